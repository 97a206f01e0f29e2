//! Networks of accounts for other programs: one file per format. Rows are sorted and numbers are written in one way, so
//! that equal parameters give equal bytes.

mod csv;
mod gexf;
mod graphml;
mod jsonl;
mod xml;

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use crate::graph::{Evidence, EvidenceReader};
use crate::model::{AccountId, CoShare};
use crate::text::sanitise_line;

/// Edges that one thread writes at once.
const CHUNK: usize = 65_536;
/// Chunks that are held at once.
const HELD: usize = 4;

/// What an edge weighs in formats that have one weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EdgeWeight {
    /// The number of shared targets.
    Shared,
    /// The TF-IDF cosine.
    #[default]
    Cosine,
}

/// An account that can be an end of an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The account.
    pub account: AccountId,
    /// Its id on the platform, as the platform wrote it.
    pub id: String,
    /// Its handle, where known.
    pub handle: Option<String>,
}

/// Characters of an id or a handle that are written; no platform has longer ones.
const LONGEST: usize = 4_096;

impl Node {
    /// The node with what could act on a terminal or hide in a table shown visibly; ordinary ids stay as they are.
    fn harmless(&self) -> Self {
        let clean = |text: &String| sanitise_line(text, LONGEST).into_owned();
        Self { account: self.account, id: clean(&self.id), handle: self.handle.as_ref().map(clean) }
    }
}

/// The pairs of one layer.
#[derive(Debug)]
pub struct NetworkLayer<'a> {
    /// The layer's word.
    pub name: &'static str,
    /// The pairs.
    pub pairs: Pairs<'a>,
}

/// What a layer's pairs rest on.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pdq_distance: Option<u32>,
}

impl Edge<'_> {
    fn weight(&self, weight: EdgeWeight) -> f64 {
        let shared = self.shared.map(f64::from);
        let chosen = if weight == EdgeWeight::Shared { shared } else { self.cosine };
        // A match of pictures has neither; 1 is an edge.
        chosen.unwrap_or(if self.pdq_distance.is_some() { 1.0 } else { 0.0 })
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

fn by_name(name: &str, weight: EdgeWeight) -> Option<Box<dyn Format>> {
    Some(match name {
        "csv" => Box::new(csv::Csv),
        "jsonl" => Box::new(jsonl::Jsonl),
        "graphml" => Box::new(graphml::GraphMl { weight }),
        "gexf" => Box::new(gexf::Gexf { weight }),
        _ => return None,
    })
}

/// One pair of one layer, by places in the sorted list of nodes. The order of the fields is the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: u32,
    target: u32,
    layer: u8,
    distance: u16,
}

/// Writes the layers as one network.
///
/// # Errors
/// Fails where `out` cannot be written, and where no format is called `format`.
pub fn write_network(
    out: &mut (dyn Write + Send),
    nodes: &[Node],
    layers: &[NetworkLayer<'_>],
    format: &str,
    weight: EdgeWeight,
) -> io::Result<u64> {
    let format = by_name(format, weight).ok_or_else(|| io::Error::other(format!("no format is called {format}")))?;
    let nodes: Vec<Node> = nodes.par_iter().map(Node::harmless).collect();
    let mut sorted: Vec<&Node> = nodes.iter().collect();
    sorted.par_sort_unstable_by(|a, b| a.id.cmp(&b.id));
    let keys = keys(&sorted, layers);
    let linked = linked(&sorted, &keys);
    let ids: Vec<Vec<u8>> = sorted.par_iter().map(|node| format.id(&node.id)).collect();
    let ends = Ends { nodes: &sorted, ids: &ids };
    let mut text = Vec::new();
    format.begin(&mut text, &linked);
    out.write_all(&text)?;
    write_rows(out, &keys, |keys| rows(&*format, ends, layers, keys))?;
    text.clear();
    format.end(&mut text);
    out.write_all(&text)?;
    Ok(keys.len() as u64)
}

/// Writes the rows of one part of the keys while those of the next part are made.
fn write_rows(out: &mut (dyn Write + Send), keys: &[Key], make: impl Fn(&[Key]) -> Vec<u8> + Sync) -> io::Result<()> {
    let mut made: Vec<Vec<u8>> = Vec::new();
    for part in keys.chunks(CHUNK * HELD) {
        let last = std::mem::take(&mut made);
        let write = || last.iter().try_for_each(|text| out.write_all(text));
        let (written, next) = rayon::join(write, || part.par_chunks(CHUNK).map(&make).collect());
        written?;
        made = next;
    }
    made.iter().try_for_each(|text| out.write_all(text))
}

fn keys(sorted: &[&Node], layers: &[NetworkLayer<'_>]) -> Vec<Key> {
    let bound = sorted.iter().map(|node| node.account.index() + 1).max().unwrap_or(0);
    let mut places = vec![u32::MAX; bound];
    for (place, node) in (0_u32..).zip(sorted) {
        places[node.account.index()] = place;
    }
    let place = |account: AccountId| places.get(account.index()).copied().filter(|&place| place != u32::MAX);
    let key = |layer: u8, a, b, distance| {
        let (a, b) = (place(a)?, place(b)?);
        Some(Key { source: a.min(b), target: a.max(b), layer, distance })
    };
    let mut keys = Vec::new();
    for (index, layer) in (0_u8..).zip(layers) {
        match &layer.pairs {
            Pairs::Shared(pairs, _) => keys.extend(pairs.iter().filter_map(|&(a, b)| key(index, a, b, 0))),
            Pairs::Avatars(pairs) => keys.extend(
                pairs
                    .iter()
                    .filter_map(|&(a, b, distance)| key(index, a, b, u16::try_from(distance).unwrap_or(u16::MAX))),
            ),
        }
    }
    keys.par_sort_unstable();
    keys
}

/// The nodes that have an edge.
fn linked<'n>(sorted: &[&'n Node], keys: &[Key]) -> Vec<&'n Node> {
    let mut has_edge = vec![false; sorted.len()];
    for key in keys {
        has_edge[key.source as usize] = true;
        has_edge[key.target as usize] = true;
    }
    sorted.iter().zip(has_edge).filter(|&(_, linked)| linked).map(|(node, _)| *node).collect()
}

/// The accounts in the order of their ids as text, and how these are written.
#[derive(Clone, Copy)]
struct Ends<'a> {
    nodes: &'a [&'a Node],
    ids: &'a [Vec<u8>],
}

fn reader<'a>(layer: &NetworkLayer<'a>) -> Option<EvidenceReader<'a>> {
    match &layer.pairs {
        Pairs::Shared(_, evidence) => Some(evidence.reader()),
        Pairs::Avatars(_) => None,
    }
}

fn rows(format: &dyn Format, ends: Ends<'_>, layers: &[NetworkLayer<'_>], keys: &[Key]) -> Vec<u8> {
    let mut text = Vec::with_capacity(keys.len() * 64);
    let mut readers: Vec<_> = layers.iter().map(reader).collect();
    for key in keys {
        let (source, target) = (key.source as usize, key.target as usize);
        let layer = usize::from(key.layer);
        let accounts = (ends.nodes[source].account, ends.nodes[target].account);
        let co = readers[layer].as_mut().and_then(|reader| reader.read(accounts.0, accounts.1));
        let distance = readers[layer].is_none().then_some(u32::from(key.distance));
        format.edge(&mut text, &edge(&ends.ids[source], &ends.ids[target], layers[layer].name, co, distance));
    }
    text
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
        source,
        target,
        layer,
        shared: co.map(|co| co.shared),
        shared_within: co.map(|co| co.shared_within),
        cosine: co.and_then(|co| co.cosine),
        median_gap_s: co.and_then(|co| co.median_gap_ms).map(seconds),
        p: test.map(|test| test.p),
        q: test.map(|test| test.q),
        pdq_distance,
    }
}

#[cfg(test)]
mod tests;
