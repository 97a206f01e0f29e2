//! Rows of a network, made by all threads and written in order.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::parts::Parts;
use super::{Format, NetworkLayer, Nodes, Pairs, edge};
use crate::graph::EvidenceReader;
use crate::model::AccountId;

/// Parts that are made while as many are written.
const HELD: usize = 8;

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
    layers: &'a [NetworkLayer<'a>],
}

/// What one thread makes rows with; kept from part to part, since fresh memory is slow.
struct Bench<'a> {
    readers: Vec<Option<EvidenceReader<'a>>>,
    keys: Vec<Key>,
    text: Vec<u8>,
}

impl<'a> Rows<'a> {
    pub fn new(format: &'a dyn Format, nodes: &Nodes, layers: &'a [NetworkLayer<'a>]) -> Self {
        Self { format, ids: nodes.ids(|id| format.id(id)), layers }
    }

    /// Writes the rows of some parts while those of the next ones are made.
    pub fn write(&self, out: &mut (dyn Write + Send), parts: &Parts) -> io::Result<()> {
        let benches = || -> Vec<Bench<'a>> { (0..HELD).map(|_| self.bench()).collect() };
        let (mut made, mut making) = (benches(), benches());
        for parts in parts.sources().chunks(HELD) {
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
        Bench { readers: self.layers.iter().map(reader).collect(), keys: Vec::new(), text: Vec::new() }
    }

    fn make(&self, bench: &mut Bench<'_>, part: &Range<u32>) {
        let Bench { readers, keys, text } = bench;
        self.collect(keys, part);
        for key in keys {
            let layer = usize::from(key.layer);
            let (source, target) = (&self.ids[key.source as usize], &self.ids[key.target as usize]);
            let (co, distance) = match &mut readers[layer] {
                Some(reader) => (reader.read(AccountId(key.source), AccountId(key.target)), None),
                None => (None, Some(key.distance)),
            };
            self.format.edge(text, &edge(source, target, self.layers[layer].name, co, distance));
        }
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
    /// Writes the rows that were made.
    fn empty_into(&mut self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        out.write_all(&self.text)?;
        self.text.clear();
        Ok(())
    }
}
