//! Multi-index hashing: all pairs of 256-bit hashes within a small Hamming distance. [Norouzi, Punjani & Fleet 2012]
//!
//! Sixteen slots of 16 bits: two hashes at distance 31 or less differ by at most one bit in some slot. So it is enough to
//! measure, slot by slot, what lies in one bucket or in two buckets one bit apart. A pair that several slots find is the
//! first one's. Only one slot is laid out at a time: memory is 36 bytes a hash, and what is found.

use rayon::prelude::*;

use super::{GraphError, Task};
use crate::model::{Offsets, PdqHash};

/// The largest distance for which one differing bit a slot is enough.
const FARTHEST: u32 = 31;
const SLOTS: u32 = 16;
const SLOT_BITS: u32 = 16;
const BUCKETS: usize = 1 << SLOT_BITS;
/// Buckets between two looks at whether the work is still wanted.
const STEP: usize = 256;

/// A hash as four words, which is what the processor compares.
pub(super) type Words = [u64; 4];
/// A pair of places, and the distance between what stands there.
pub type Near = (u32, u32, u32);

pub(super) fn words(hash: &PdqHash) -> Words {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(hash.0.as_chunks::<8>().0) {
        *word = u64::from_be_bytes(*bytes);
    }
    words
}

/// In how many bits two hashes differ.
pub(super) fn distance(a: &Words, b: &Words) -> u32 {
    a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum()
}

/// Below `BUCKETS`.
fn slot(words: &Words, index: u32) -> u32 {
    let word = words[(index / 4) as usize] >> (SLOT_BITS * (index % 4));
    (word & (BUCKETS as u64 - 1)) as u32
}

/// Hashes ordered by the bits of one slot.
#[derive(Debug)]
struct Buckets {
    buckets: Offsets,
    places: Vec<u32>,
    hashes: Vec<Words>,
}

impl Buckets {
    fn new(hashes: &[Words], index: u32) -> Self {
        let buckets = Offsets::counting(BUCKETS, hashes.iter().map(|hash| slot(hash, index)));
        let mut slots = buckets.slots();
        let mut places = vec![0; hashes.len()];
        let mut ordered = vec![[0; 4]; hashes.len()];
        for (place, hash) in (0..).zip(hashes) {
            let slot = slots.take(slot(hash, index));
            (places[slot], ordered[slot]) = (place, *hash);
        }
        Self { buckets, places, hashes: ordered }
    }

    fn bucket(&self, bucket: usize) -> (&[u32], &[Words]) {
        let range = self.buckets.places(bucket);
        (&self.places[range.clone()], &self.hashes[range])
    }
}

/// What is looked for in a slot.
struct Search<'a> {
    left: &'a Buckets,
    right: &'a Buckets,
    index: u32,
    farthest: u32,
    /// Whether both sides are the same, so that each pair is to be found once only.
    among: bool,
}

impl Search<'_> {
    /// Bits that may differ in the slot that finds a pair.
    fn radius(&self) -> u32 {
        self.farthest / SLOTS
    }

    fn bucket<S>(&self, bucket: usize, state: &mut S, found: &impl Fn(&mut S, Near)) {
        let left = self.left.bucket(bucket);
        if left.0.is_empty() {
            return;
        }
        for (at, (place, hash)) in left.0.iter().zip(left.1).enumerate() {
            let (places, hashes) = self.right.bucket(bucket);
            let from = if self.among { at + 1 } else { 0 };
            self.compare(*place, hash, (&places[from..], &hashes[from..]), state, found);
        }
        if self.radius() == 0 {
            return;
        }
        for bit in 0..SLOT_BITS {
            let other = bucket ^ 1 << bit;
            if !self.among || other > bucket {
                for (place, hash) in left.0.iter().zip(left.1) {
                    self.compare(*place, hash, self.right.bucket(other), state, found);
                }
            }
        }
    }

    fn compare<S>(
        &self,
        place: u32,
        hash: &Words,
        (places, hashes): (&[u32], &[Words]),
        state: &mut S,
        found: &impl Fn(&mut S, Near),
    ) {
        for (&other, with) in places.iter().zip(hashes) {
            // Half of the bits is enough to see that two hashes have nothing to do with each other.
            let first_half = (hash[0] ^ with[0]).count_ones() + (hash[1] ^ with[1]).count_ones();
            if first_half <= self.farthest {
                let distance = first_half + (hash[2] ^ with[2]).count_ones() + (hash[3] ^ with[3]).count_ones();
                if distance <= self.farthest && self.is_first(hash, with) {
                    found(state, (place, other, distance));
                }
            }
        }
    }

    /// Whether no slot before this one finds the pair.
    fn is_first(&self, a: &Words, b: &Words) -> bool {
        (0..self.index).all(|index| (slot(a, index) ^ slot(b, index)).count_ones() > self.radius())
    }
}

/// Calls `found` with every pair of `left` and `right` at a distance of at most `farthest` (itself at most 31), in no
/// order, each thread with a state of its own; gives the states back. Without `right` the pairs are those among `left`,
/// each of them once.
///
/// # Errors
/// Fails when cancelled, and where `check` does.
pub(super) fn search<S: Send>(
    left: &[PdqHash],
    right: Option<&[PdqHash]>,
    farthest: u32,
    task: &Task<'_>,
    new: impl Fn() -> S + Sync,
    found: impl Fn(&mut S, Near) + Sync,
    check: impl Fn(&S) -> Result<(), GraphError> + Sync,
) -> Result<Vec<S>, GraphError> {
    let farthest = farthest.min(FARTHEST);
    let left: Vec<Words> = left.iter().map(words).collect();
    let other: Option<Vec<Words>> = right.map(|right| right.iter().map(words).collect());
    let mut states = Vec::new();
    for index in 0..SLOTS {
        let buckets = Buckets::new(&left, index);
        let others = other.as_ref().map(|other| Buckets::new(other, index));
        let right = others.as_ref().unwrap_or(&buckets);
        let search = Search { left: &buckets, right, index, farthest, among: others.is_none() };
        let steps = (0..BUCKETS).into_par_iter().step_by(STEP).try_fold(&new, |mut state, first| {
            task.check()?;
            for bucket in first..first + STEP {
                search.bucket(bucket, &mut state, &found);
            }
            check(&state)?;
            Ok(state)
        });
        let steps: Vec<Result<S, GraphError>> = steps.collect();
        for state in steps {
            states.push(state?);
        }
        task.report(index as usize + 1, SLOTS as usize);
    }
    Ok(states)
}

/// Every pair of `hashes` at a distance of at most `farthest` (itself at most 31), `i < j` and ascending: only to be
/// measured against looking at all.
///
/// # Errors
/// Fails when cancelled.
#[doc(hidden)]
pub fn near_hashes(hashes: &[PdqHash], farthest: u32, task: &Task<'_>) -> Result<Vec<Near>, GraphError> {
    let push = |pairs: &mut Vec<Near>, (i, j, distance): Near| pairs.push((i.min(j), i.max(j), distance));
    let mut pairs = search(hashes, None, farthest, task, Vec::new, push, |_| Ok(()))?.concat();
    pairs.par_sort_unstable();
    Ok(pairs)
}

/// How many pairs may be held, and what to do about more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub pairs: usize,
    pub advice: &'static str,
}

impl Limit {
    /// Fails where there are more.
    pub fn check(self, pairs: usize) -> Result<(), GraphError> {
        if pairs <= self.pairs {
            return Ok(());
        }
        Err(GraphError::TooManyLinks { limit: self.pairs, advice: self.advice })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(left: &[PdqHash], right: Option<&[PdqHash]>, farthest: u32) -> Vec<Near> {
        let push = |pairs: &mut Vec<Near>, pair: Near| pairs.push(pair);
        let found = search(left, right, farthest, &Task::UNWATCHED, Vec::new, push, |_| Ok(()));
        let mut pairs = found.unwrap().concat();
        pairs.sort_unstable();
        pairs
    }

    fn flipped(mut hash: [u8; 32], bits: &[usize]) -> PdqHash {
        for &bit in bits {
            hash[bit / 8] ^= 1 << (bit % 8);
        }
        PdqHash(hash)
    }

    fn brute_force(left: &[PdqHash], right: &[PdqHash], farthest: u32) -> Vec<Near> {
        let pairs =
            (0..).zip(left).flat_map(|(i, a)| (0..).zip(right).map(move |(j, b)| (i, j, a.hamming_distance(b))));
        pairs.filter(|pair| pair.2 <= farthest).collect()
    }

    fn hashes(seeds: &[[u8; 32]], changes: &[(usize, Vec<usize>)]) -> Vec<PdqHash> {
        changes.iter().map(|(seed, bits)| flipped(seeds[seed % seeds.len()], bits)).collect()
    }

    type Changes = Vec<(usize, Vec<usize>)>;

    fn changes() -> impl Strategy<Value = Changes> {
        prop::collection::vec((0_usize..4, prop::collection::vec(0_usize..256, 0..40)), 1..30)
    }

    proptest! {
        #[test]
        fn agrees_with_measuring_every_pair(
            seeds in prop::collection::vec(prop::array::uniform32(any::<u8>()), 1..4),
            (changes, others) in (changes(), changes()),
            farthest in 0_u32..=31,
        ) {
            let (left, right) = (hashes(&seeds, &changes), hashes(&seeds, &others));
            let mut expected = brute_force(&left, &left, farthest);
            expected.retain(|pair| pair.0 < pair.1);
            let mut among: Vec<Near> =
                found(&left, None, farthest).into_iter().map(|(i, j, d)| (i.min(j), i.max(j), d)).collect();
            among.sort_unstable();
            prop_assert_eq!(among, expected);
            prop_assert_eq!(found(&left, Some(&right), farthest), brute_force(&left, &right, farthest));
        }
    }

    #[test]
    fn too_many_pairs_are_an_error_and_cancelled_work_stops() {
        let equal = [PdqHash([1; 32]); 50];
        let limit = Limit { pairs: 1_000, advice: "take fewer" };
        let run = |task: &Task<'_>| {
            search(&equal, None, 31, task, || 0, |count, _| *count += 1, |&count| limit.check(count)).map(drop)
        };
        let error = run(&Task::UNWATCHED).unwrap_err().to_string();
        assert!(error.contains("1000") && error.contains("take fewer"), "{error}");
        let cancelled = Task { progress: &|_| {}, cancelled: &|| true };
        assert!(matches!(run(&cancelled), Err(GraphError::Cancelled)));
    }
}
