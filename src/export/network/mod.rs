//! Networks of accounts for other programs: one file per format. Rows are sorted and numbers are written in one way, so
//! that equal parameters give equal bytes.
//!
//! Words of this room: *node*, an account that can be an end of an edge; *edge*, a pair on one layer; *source*, the end of an
//! edge whose id comes first; *part*, the edges of some sources, which one thread makes; *weight*, the one number that tells
//! how strong an edge is.

mod csv;
mod gexf;
mod graphml;
mod jsonl;
mod nodes;
mod parts;
mod rows;
mod xml;

use std::io::{self, Write};

use serde::Serialize;

use crate::graph::Evidence;
use crate::model::{AccountId, CoShare, KeepRule};
use gexf::GexfVersion;
pub use nodes::{Node, Nodes};
use parts::Parts;
use rows::Rows;

/// What an edge weighs in formats that have one weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EdgeWeight {
    /// The number of shared targets.
    Shared,
    /// The TF-IDF cosine.
    #[default]
    Cosine,
    /// The number of targets shared within the window.
    Within,
    /// −log10 of the chance, 50 at the most.
    Chance,
}

impl EdgeWeight {
    /// What a rule looks at, as clusters weigh it.
    #[must_use]
    pub const fn from_rule(rule: KeepRule) -> Self {
        match rule {
            KeepRule::Shared(_) => Self::Shared,
            KeepRule::SharedWithin(_) => Self::Within,
            KeepRule::Significant(_) | KeepRule::Coordinated(_) | KeepRule::AuthorHeld(_) | KeepRule::Timing(_) => {
                Self::Chance
            }
            KeepRule::All | KeepRule::Cosine(_) | KeepRule::Percentile(_) => Self::Cosine,
        }
    }
}

/// A chance of 0 is smaller than any number, and would weigh without end.
const MOST_CHANCE: f64 = 50.0;

/// The pairs of one layer.
#[derive(Debug)]
pub struct NetworkLayer<'a> {
    /// The layer's word.
    pub name: &'static str,
    /// The pairs.
    pub pairs: Pairs<'a>,
}

/// What a layer's pairs rest on. Accounts go by their numbers among the nodes; the smaller first, pairs ascending.
#[derive(Debug)]
pub enum Pairs<'a> {
    /// Shared objects, whose figures are computed while they are written.
    Shared(Vec<(AccountId, AccountId)>, Evidence<'a>),
    /// Pictures, with their Hamming distance.
    Avatars(Vec<(AccountId, AccountId, u32)>),
}

/// One edge, ready to be written; `source < target` as text.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Edge<'a> {
    /// Its number among all edges, from 0.
    #[serde(skip)]
    number: u64,
    /// As `Format::id` wrote it.
    #[serde(skip)]
    source: &'a [u8],
    #[serde(skip)]
    target: &'a [u8],
    layer: &'static str,
    shared: Option<u32>,
    shared_within: Option<u32>,
    cosine: Option<f64>,
    median_gap_s: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    /// The two parts of a test of coordination.
    p_author_held: Option<f64>,
    p_timing: Option<f64>,
    /// How many of the ids that it rests on look rounded: of shared targets and of its two accounts.
    rounded_ids: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pdq_distance: Option<u32>,
}

impl Edge<'_> {
    /// What it weighs; `None` where that is not known.
    fn weight(&self, weight: EdgeWeight) -> Option<f64> {
        let chosen = match weight {
            EdgeWeight::Shared => self.shared.map(f64::from),
            EdgeWeight::Within => self.shared_within.map(f64::from),
            EdgeWeight::Cosine => self.cosine,
            EdgeWeight::Chance => self.p.map(|p| (-p.log10()).clamp(0.0, MOST_CHANCE)),
        };
        // A match of pictures has neither; 1 is an edge.
        chosen.or(self.pdq_distance.map(|_| 1.0))
    }
}

/// How a network is written.
trait Format: Sync {
    /// How an account's id is written; done once for each account.
    fn id(&self, id: &str) -> Vec<u8>;
    fn begin(&self, out: &mut Vec<u8>, nodes: &[&Node]);
    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>);
    fn end(&self, out: &mut Vec<u8>);
}

/// The formats by their words.
pub const NETWORK_FORMATS: [&str; 4] = ["csv", "jsonl", "graphml", "gexf"];
/// GEXF in the version that networkx reads before its version 3.5.
pub const OLD_GEXF: &str = "gexf-1.2";

fn by_name(name: &str, weight: EdgeWeight) -> Option<Box<dyn Format>> {
    Some(match name {
        "csv" => Box::new(csv::Csv { weight }),
        "jsonl" => Box::new(jsonl::Jsonl),
        "graphml" => Box::new(graphml::GraphMl { weight }),
        "gexf" => Box::new(gexf::Gexf { weight, version: GexfVersion::V1_3 }),
        OLD_GEXF => Box::new(gexf::Gexf { weight, version: GexfVersion::V1_2 }),
        _ => return None,
    })
}

/// Writes the layers as one network, whose accounts are numbered as `nodes` does.
///
/// # Errors
/// Fails where `out` cannot be written, and where no format is called `format`.
pub fn write_network(
    out: &mut (dyn Write + Send),
    nodes: &Nodes,
    layers: &[NetworkLayer<'_>],
    format: &str,
    weight: EdgeWeight,
) -> io::Result<u64> {
    let format = by_name(format, weight).ok_or_else(|| io::Error::other(format!("no format is called {format}")))?;
    let parts = Parts::cut(nodes.len(), layers);
    let mut text = Vec::new();
    format.begin(&mut text, &nodes.linked(&parts));
    out.write_all(&text)?;
    Rows::new(&*format, nodes, layers).write(out, &parts)?;
    text.clear();
    format.end(&mut text);
    out.write_all(&text)?;
    Ok(parts.edges())
}

/// Writes the accounts that have an edge as a table, for formats that name no nodes.
///
/// # Errors
/// Fails where `out` cannot be written.
pub fn write_nodes(out: &mut dyn Write, nodes: &Nodes, layers: &[NetworkLayer<'_>]) -> io::Result<u64> {
    let linked = nodes.linked(&Parts::cut(nodes.len(), layers));
    let mut text = Vec::new();
    csv::nodes(&mut text, &linked);
    out.write_all(&text)?;
    Ok(linked.len() as u64)
}

fn edge<'a>(
    source: &'a [u8],
    target: &'a [u8],
    layer: &'static str,
    co: Option<CoShare>,
    pdq_distance: Option<u32>,
) -> Edge<'a> {
    #[expect(clippy::cast_precision_loss, reason = "no gap is long enough to lose its milliseconds")]
    let seconds = |gap: u64| gap as f64 / 1_000.0;
    let test = co.and_then(|co| co.test);
    Edge {
        number: 0,
        source,
        target,
        layer,
        shared: co.map(|co| co.shared),
        shared_within: co.map(|co| co.shared_within),
        cosine: co.and_then(|co| co.cosine),
        median_gap_s: co.and_then(|co| co.median_gap_ms).map(seconds),
        p: test.map(|test| test.p),
        q: test.and_then(|test| test.q),
        p_author_held: test.and_then(|test| test.author_held),
        p_timing: test.and_then(|test| test.timing),
        rounded_ids: co.map_or(0, |co| co.rounded),
        pdq_distance,
    }
}

#[cfg(test)]
mod tests;
