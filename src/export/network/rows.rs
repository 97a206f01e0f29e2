//! Rows of a network, made by all threads and written in order.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::parts::{Part, Parts};
use super::{Format, NetworkLayer, Nodes, Pairs, edge};
use crate::graph::EvidenceReader;
use crate::model::{AccountId, CoShare};

/// Parts that are made while as many are written.
const HELD: usize = 8;
/// Pairs of one source whose figures are read at once: enough for speed, and few enough to stay near the processor.
const READ: usize = 64;

/// One pair of one layer. The order of the fields is the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    source: u32,
    target: u32,
    layer: u8,
    distance: u32,
}

/// What all rows are made from.
pub(super) struct Rows<'a> {
    format: &'a dyn Format,
    ids: Vec<Vec<u8>>,
    /// Whose ids look rounded.
    rounded: Vec<bool>,
    layers: &'a [NetworkLayer<'a>],
}

/// What one thread makes rows with; kept from part to part, since fresh memory is slow.
struct Bench<'a> {
    readers: Vec<Option<EvidenceReader<'a>>>,
    keys: Vec<Key>,
    others: Vec<AccountId>,
    figures: Vec<Option<CoShare>>,
    text: Vec<u8>,
}

impl<'a> Rows<'a> {
    pub fn new(format: &'a dyn Format, nodes: &Nodes, layers: &'a [NetworkLayer<'a>]) -> Self {
        Self { format, ids: nodes.ids(|id| format.id(id)), rounded: nodes.rounded(), layers }
    }

    /// Writes the rows of some parts while those of the next ones are made.
    pub fn write(&self, out: &mut (dyn Write + Send), parts: &Parts) -> io::Result<()> {
        let benches = || -> Vec<Bench<'a>> { (0..HELD).map(|_| self.bench()).collect() };
        let (mut made, mut making) = (benches(), benches());
        for parts in parts.each().chunks(HELD) {
            let write = || made.iter_mut().try_for_each(|bench| bench.empty_into(out));
            let make = || making.par_iter_mut().zip(parts).for_each(|(bench, part)| self.make(bench, part));
            let (written, ()) = rayon::join(write, make);
            written?;
            std::mem::swap(&mut made, &mut making);
        }
        made.iter_mut().try_for_each(|bench| bench.empty_into(out))
    }

    fn bench(&self) -> Bench<'a> {
        let reader = |layer: &NetworkLayer<'a>| match &layer.pairs {
            Pairs::Shared(_, evidence) => Some(evidence.reader()),
            Pairs::Avatars(_) => None,
        };
        Bench {
            readers: self.layers.iter().map(reader).collect(),
            keys: Vec::new(),
            others: Vec::new(),
            figures: Vec::new(),
            text: Vec::new(),
        }
    }

    fn make(&self, bench: &mut Bench<'_>, part: &Part) {
        let mut keys = std::mem::take(&mut bench.keys);
        let mut number = part.before;
        self.collect(&mut keys, &part.sources);
        let of_sources = keys.chunk_by(|a, b| a.source == b.source);
        for keys in of_sources.flat_map(|keys| keys.chunks(READ)) {
            bench.read_figures(keys);
            for (key, &co) in keys.iter().zip(&bench.figures) {
                let layer = usize::from(key.layer);
                let (source, target) = (&self.ids[key.source as usize], &self.ids[key.target as usize]);
                let distance = bench.readers[layer].is_none().then_some(key.distance);
                let mut edge = edge(source, target, self.layers[layer].name, co, distance);
                edge.number = number;
                if co.is_none() {
                    edge.rounded_ids =
                        [key.source, key.target].map(|end| u32::from(self.rounded[end as usize])).iter().sum();
                }
                self.format.edge(&mut bench.text, &edge);
                number += 1;
            }
        }
        bench.keys = keys;
    }

    /// The pairs of all layers whose sources belong to a part, in the order of the rows.
    fn collect(&self, keys: &mut Vec<Key>, part: &Range<u32>) {
        keys.clear();
        for (index, layer) in (0_u8..).zip(self.layers) {
            let key = |a: AccountId, b: AccountId, distance| Key { source: a.0, target: b.0, layer: index, distance };
            match &layer.pairs {
                Pairs::Shared(pairs, _) => {
                    keys.extend(within(pairs, part, |pair| pair.0).iter().map(|&(a, b)| key(a, b, 0)));
                }
                Pairs::Avatars(pairs) => {
                    keys.extend(within(pairs, part, |pair| pair.0).iter().map(|&(a, b, distance)| key(a, b, distance)));
                }
            }
        }
        keys.sort_unstable();
    }
}

/// Those of ascending `pairs` whose sources belong to a part.
fn within<'p, T>(pairs: &'p [T], part: &Range<u32>, source: impl Fn(&T) -> AccountId) -> &'p [T] {
    let place = |bound: u32| pairs.partition_point(|pair| source(pair).0 < bound);
    &pairs[place(part.start)..place(part.end)]
}

impl Bench<'_> {
    /// Reads the figures of some pairs of one source, where their layers have any.
    fn read_figures(&mut self, keys: &[Key]) {
        let Self { readers, others, figures, .. } = self;
        figures.clear();
        figures.resize(keys.len(), None);
        for (layer, reader) in (0_u8..).zip(readers) {
            let of_layer = |key: &&Key| key.layer == layer;
            let (Some(reader), Some(first)) = (reader, keys.iter().find(of_layer)) else { continue };
            others.clear();
            others.extend(keys.iter().filter(of_layer).map(|key| AccountId(key.target)));
            let mut places = figures.iter_mut().zip(keys).filter(|(_, key)| key.layer == layer);
            reader.read_all(AccountId(first.source), others, |read| {
                if let Some((figures, _)) = places.next() {
                    *figures = read;
                }
            });
        }
    }

    /// Writes the rows that were made.
    fn empty_into(&mut self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        out.write_all(&self.text)?;
        self.text.clear();
        Ok(())
    }
}
