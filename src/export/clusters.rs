//! Clusters as versioned JSON. The README documents the schema. There is no time of writing in it, so that equal data
//! and parameters give equal bytes.

use std::collections::HashMap;

use serde::Serialize;

use super::ExportError;
use super::network::Node;
use crate::graph::{AccountGraph, ClusterMethod, ClusterTarget, Incidence};
use crate::model::{AccountId, LinkParameters, ObjectId, Timestamp};
use crate::signals::{ClusterPortrait, HandleShape, LayerCount, Proportion};
use crate::store::Store;

const SCHEMA: &str = "bot-tui/clusters/3";
const NOTICE: &str = "Accounts of a cluster acted alike. That is evidence and no verdict: it does not say that one hand \
                      runs them.";

/// The document.
#[derive(Debug, Serialize)]
pub struct ClusterDocument {
    schema: &'static str,
    version: &'static str,
    notice: &'static str,
    method: &'static str,
    /// What links depend on.
    pub parameters: LinkParameters,
    tested_pairs: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<TrialOut>,
    /// The clusters: where more independent layers agree first, then where more others do, then the larger.
    pub clusters: Vec<ClusterOut>,
}

/// How clusters were looked for again.
#[derive(Debug, Serialize)]
struct TrialOut {
    /// How often times were dealt anew, with the seeds 0, 1, ….
    rounds: u32,
    /// In how many orders of nodes, with the seeds 0, 1, ….
    orders: u64,
}

/// What became of a cluster where it was looked for again.
#[derive(Debug, Serialize)]
pub struct TestOut {
    /// Mean over the members of the share of orders in which one stays with the majority, 0 to 1; nothing where clusters know
    /// no order.
    pub stability: Option<f64>,
    /// How many rounds there were.
    #[serde(skip)]
    pub rounds: u32,
    /// In how many a cluster came about whose links weigh as much.
    pub rounds_as_strong: Option<u32>,
    /// (1 + rounds with a cluster whose links weigh as much) / (1 + rounds); nothing where the rule looks at no
    /// times, or too few accounts are in no cluster.
    pub p: Option<f64>,
}

/// One cluster.
#[derive(Debug, Serialize)]
pub struct ClusterOut {
    /// How many accounts it has.
    pub size: usize,
    /// Links between them.
    pub links: usize,
    /// Links among all pairs, 0 to 1.
    pub density: f64,
    /// Median over the links of their median gap.
    pub median_gap_s: Option<f64>,
    first: Option<String>,
    last: Option<String>,
    /// How many layers agree.
    agreeing: usize,
    /// Of those that look at something else than what made the cluster.
    agreeing_independent: usize,
    /// Of those that look at it once more.
    agreeing_reusing: usize,
    /// What each layer says.
    pub layers: Vec<LayerOut>,
    /// Benign explanations that cannot be ruled out, in words.
    pub against: Vec<String>,
    /// Where it was looked for again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<TestOut>,
    handle_shapes: Vec<ShapeOut>,
    targets: Vec<TargetOut>,
    /// The accounts, by their ids as they are written.
    pub members: Vec<MemberOut>,
}

/// What one layer says of a cluster.
#[derive(Debug, Serialize)]
pub struct LayerOut {
    layer: &'static str,
    /// Whether it looks at something else than what made the cluster.
    pub independent: bool,
    agrees: Option<bool>,
    /// Its sign in a list.
    #[serde(skip)]
    pub sign: char,
    #[serde(flatten)]
    members: Proportion,
}

#[derive(Debug, Serialize)]
struct ShapeOut {
    shape: String,
    members: u32,
    assigned: bool,
}

#[derive(Debug, Serialize)]
struct TargetOut {
    id: String,
    synthetic: bool,
    rounded: bool,
    members: usize,
    shared_by: usize,
    /// Between any two of these members.
    median_gap_s: Option<f64>,
    links_lost: usize,
    falls_apart: bool,
}

/// A member of a cluster.
#[derive(Debug, Serialize)]
pub struct MemberOut {
    /// Its id, with its platform where there are several.
    pub id: String,
    /// Its handle, where known.
    pub handle: Option<String>,
    /// Share of the orders in which it stays with the majority, where that was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    stays: Option<f64>,
}

/// The document of these clusters.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn cluster_document(
    store: &Store,
    nodes: &[Node],
    incidence: &Incidence,
    portraits: &[ClusterPortrait],
    method: ClusterMethod,
    graph: &AccountGraph,
    rounds: Option<u32>,
) -> Result<ClusterDocument, ExportError> {
    let names: HashMap<AccountId, &Node> = nodes.iter().map(|node| (node.account, node)).collect();
    let clusters =
        portraits.iter().map(|portrait| one(store, &names, incidence, portrait)).collect::<Result<_, _>>()?;
    Ok(ClusterDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        method: match method {
            ClusterMethod::Components => "components",
            ClusterMethod::Leiden => "leiden",
        },
        parameters: graph.parameters().clone(),
        tested_pairs: graph.tested_pairs(),
        test: rounds.map(|rounds| TrialOut { rounds, orders: method.orders() }),
        clusters,
    })
}

fn one(
    store: &Store,
    names: &HashMap<AccountId, &Node>,
    incidence: &Incidence,
    portrait: &ClusterPortrait,
) -> Result<ClusterOut, ExportError> {
    let cluster = &portrait.cluster;
    let objects: Vec<ObjectId> = cluster.targets.iter().filter_map(|found| incidence.object(found.target)).collect();
    let keys = store.objects(&objects)?;
    #[expect(clippy::cast_precision_loss, reason = "no gap is long enough to lose its milliseconds")]
    let seconds = |gap: u64| gap as f64 / 1_000.0;
    let target = |(found, object): (&ClusterTarget, _)| {
        let object: crate::model::Object = object;
        TargetOut {
            id: object.key,
            synthetic: object.synthetic,
            rounded: incidence.is_rounded_object(object.id),
            members: found.members,
            shared_by: found.sharers,
            median_gap_s: found.median_gap_ms.map(seconds),
            links_lost: found.links_lost,
            falls_apart: found.falls_apart,
        }
    };
    let member = |account: &AccountId| {
        let stays = cluster.test.as_ref().and_then(|test| test.stays_of(*account));
        names.get(account).map(|node| MemberOut { id: node.id.clone(), handle: node.handle.clone(), stays })
    };
    let mut members: Vec<MemberOut> = cluster.members.iter().filter_map(member).collect();
    members.sort_by(|a, b| a.id.cmp(&b.id));
    let agreeing = portrait.agreeing();
    let moment = |at: Timestamp| jiff::Timestamp::from_millisecond(at.0).ok().map(|at| at.to_string());
    Ok(ClusterOut {
        size: cluster.members.len(),
        links: cluster.links,
        density: cluster.density,
        median_gap_s: cluster.median_gap_ms.map(seconds),
        first: cluster.span.and_then(|span| moment(span.0)),
        last: cluster.span.and_then(|span| moment(span.1)),
        agreeing: agreeing.independent + agreeing.reusing,
        agreeing_independent: agreeing.independent,
        agreeing_reusing: agreeing.reusing,
        layers: portrait.layers.iter().map(|count| layer(count, cluster.members.len())).collect(),
        against: portrait.against.clone(),
        test: cluster.test.as_ref().map(|test| TestOut {
            stability: test.stability(),
            rounds: test.rounds,
            rounds_as_strong: test.as_strong,
            p: test.p(),
        }),
        handle_shapes: portrait.handles.iter().map(shape).collect(),
        targets: cluster.targets.iter().zip(keys).map(target).collect(),
        members,
    })
}

fn layer(count: &LayerCount, size: usize) -> LayerOut {
    let agrees = (count.members.total > 0).then(|| count.agrees(size));
    let (layer, independent) = (count.layer.name(), count.independent);
    LayerOut { layer, independent, agrees, sign: count.sign(size), members: count.members }
}

fn shape(found: &HandleShape) -> ShapeOut {
    ShapeOut { shape: found.shape.clone(), members: found.members, assigned: found.assigned }
}
