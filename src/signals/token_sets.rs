//! Texts as sets of words, and all pairs of sets that are nearly alike: exact, without comparing all with all.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::graph::{GraphError, Task};
use crate::model::{Csr, dense};

/// Sets are nearly alike from this Jaccard index on: four fifths.
const NUMERATOR: usize = 4;
const DENOMINATOR: usize = 5;

/// Sets of words. Equal sets are one, so that what everybody copies is compared once.
#[derive(Debug, Clone, Default)]
pub struct TokenSets {
    numbers: FxHashMap<Box<str>, u32>,
    /// The numbers of the words of each set, sorted.
    sets: Csr<u32>,
    known: FxHashMap<Box<[u32]>, u32>,
    scratch: Vec<u32>,
}

impl TokenSets {
    /// Adds the set of these words and gives its number; `None` where there are fewer than `fewest` distinct ones.
    pub fn add<'w>(&mut self, words: impl Iterator<Item = &'w str>, fewest: usize) -> Option<u32> {
        self.scratch.clear();
        for word in words {
            let next = dense(self.numbers.len());
            let number = match self.numbers.get(word) {
                Some(&number) => number,
                None => *self.numbers.entry(word.into()).or_insert(next),
            };
            self.scratch.push(number);
        }
        self.scratch.sort_unstable();
        self.scratch.dedup();
        if self.scratch.len() < fewest.max(1) {
            return None;
        }
        if let Some(&known) = self.known.get(self.scratch.as_slice()) {
            return Some(known);
        }
        let number = dense(self.sets.len());
        self.sets.push(self.scratch.iter().copied());
        self.known.insert(self.scratch.as_slice().into(), number);
        Some(number)
    }

    /// The sets numbered anew: `order` names the old number of each. None can be added afterwards.
    #[must_use]
    pub fn in_order(self, order: &[u32]) -> Self {
        let sets = order.iter().map(|&old| self.set(old as usize).iter().copied()).collect();
        Self { numbers: self.numbers, sets, ..Self::default() }
    }

    /// How many different sets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    fn set(&self, number: usize) -> &[u32] {
        self.sets.row(number)
    }

    /// Calls `each` once with every pair of different sets whose Jaccard index is 0.8 or more, in no certain order and from
    /// many threads. Sets are looked up by their rarest words: two that are nearly alike must share one of them.
    /// [Chaudhuri et al. 2006; Bayardo, Ma and Srikant 2007]
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn for_each_near_pair(&self, task: &Task<'_>, each: impl Fn(u32, u32) + Sync) -> Result<(), GraphError> {
        let sorted = Sorted::new(self);
        let index = PrefixIndex::new(&sorted);
        let done = AtomicUsize::new(0);
        let chunk = 1 << 12;
        let starts: Vec<usize> = (0..sorted.len()).step_by(chunk).collect();
        starts.par_iter().try_for_each(|&start| {
            let mut seen = vec![u32::MAX; sorted.len()];
            for at in start..sorted.len().min(start + chunk) {
                if (task.cancelled)() {
                    return Err(GraphError::Cancelled);
                }
                index.partners(&sorted, at, &mut seen, &|other| each(sorted.numbers[other], sorted.numbers[at]));
            }
            #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
            (task.progress)((done.fetch_add(chunk, Ordering::Relaxed) + chunk) as f32 / sorted.len().max(1) as f32);
            Ok(())
        })
    }
}

/// The sets by ascending size, the words of each by ascending frequency.
struct Sorted {
    /// Number of each set in the original order.
    numbers: Vec<u32>,
    sets: Csr<u32>,
    words: usize,
}

impl Sorted {
    fn new(sets: &TokenSets) -> Self {
        let words = sets.numbers.len();
        let mut frequency = vec![0_u32; words];
        sets.sets.items().iter().for_each(|&token| frequency[token as usize] += 1);
        let mut by_rarity: Vec<u32> = (0..dense(words)).collect();
        by_rarity.sort_unstable_by_key(|&token| (frequency[token as usize], token));
        let mut rank = vec![0_u32; words];
        (0_u32..).zip(&by_rarity).for_each(|(place, &token)| rank[token as usize] = place);
        let mut numbers: Vec<u32> = (0..dense(sets.len())).collect();
        numbers.sort_by_key(|&number| sets.set(number as usize).len());
        let mut sorted = Csr::with_room_for(sets.sets.items().len());
        for &number in &numbers {
            sorted.push(sets.set(number as usize).iter().map(|&token| rank[token as usize]));
        }
        sorted.rows_mut().for_each(<[u32]>::sort_unstable);
        Self { numbers, sets: sorted, words }
    }

    fn len(&self) -> usize {
        self.sets.len()
    }

    fn set(&self, at: usize) -> &[u32] {
        self.sets.row(at)
    }
}

/// Which sets have a word among their rarest ones, by ascending size.
struct PrefixIndex {
    sets: Csr<u32>,
}

/// Of a set of this size, the words in which it must meet a smaller set that is nearly alike: all but those that four
/// fifths of its size can do without.
fn probed(size: usize) -> usize {
    size - (size * NUMERATOR).div_ceil(DENOMINATOR) + 1
}

/// The same for meeting sets that are no smaller: these share 2 · 4 / (5 + 4) of its size.
fn indexed(size: usize) -> usize {
    size - (size * 2 * NUMERATOR).div_ceil(DENOMINATOR + NUMERATOR) + 1
}

/// Whether a Jaccard index is four fifths or more: shared / (a + b − shared) ≥ 4 / 5.
fn is_near(shared: usize, a: usize, b: usize) -> bool {
    shared * (DENOMINATOR + NUMERATOR) >= NUMERATOR * (a + b)
}

impl PrefixIndex {
    fn new(sorted: &Sorted) -> Self {
        let pairs = (0..)
            .zip(sorted.sets.rows())
            .flat_map(|(at, set)| set[..indexed(set.len())].iter().map(move |&token| (token, at)));
        Self { sets: Csr::from_pairs(sorted.words, pairs) }
    }

    /// Calls `each` with the sets before `at` that are nearly alike.
    fn partners(&self, sorted: &Sorted, at: usize, seen: &mut [u32], each: &dyn Fn(usize)) {
        let set = sorted.set(at);
        let smallest = (set.len() * NUMERATOR).div_ceil(DENOMINATOR);
        let mark = dense(at);
        for &token in &set[..probed(set.len())] {
            let postings = self.sets.row(token as usize);
            let first = postings.partition_point(|&other| sorted.set(other as usize).len() < smallest);
            for &other in &postings[first..] {
                let other = other as usize;
                if other >= at {
                    break;
                }
                if std::mem::replace(&mut seen[other], mark) != mark && near(sorted.set(other), set) {
                    each(other);
                }
            }
        }
    }
}

/// Whether two sorted sets are nearly alike; stops as soon as that is decided.
fn near(a: &[u32], b: &[u32]) -> bool {
    let (mut shared, mut i, mut j) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        if !is_near(shared + (a.len() - i).min(b.len() - j), a.len(), b.len()) {
            return false;
        }
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (shared, i, j) = (shared + 1, i + 1, j + 1),
        }
    }
    is_near(shared, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    use proptest::prelude::*;

    use super::*;

    fn pairs(sets: &TokenSets) -> BTreeSet<(u32, u32)> {
        let found = Mutex::new(Vec::new());
        sets.for_each_near_pair(&Task::UNWATCHED, |a, b| found.lock().unwrap().push((a.min(b), a.max(b)))).unwrap();
        let found = found.into_inner().unwrap();
        let distinct: BTreeSet<(u32, u32)> = found.iter().copied().collect();
        assert_eq!(distinct.len(), found.len(), "each pair once");
        distinct
    }

    #[test]
    fn four_fifths_are_near_and_less_is_not() {
        let mut sets = TokenSets::default();
        let mut add = |text: &str| sets.add(text.split(' '), 5);
        assert_eq!(add("a b c d e f g h i"), Some(0));
        assert_eq!(add("i h g f e d c b a a"), Some(0), "order and repeats do not matter");
        assert_eq!(add("a b c d"), None);
        // Eight of ten and nine of eleven are shared; then seven of eleven.
        assert_eq!(
            (add("a b c d e f g h x"), add("a b c d e f g h i y z"), add("a b c d e f g p q")),
            (Some(1), Some(2), Some(3))
        );
        assert_eq!(pairs(&sets), [(0, 1), (0, 2)].into());
    }

    #[test]
    fn a_cancelled_join_stops() {
        let mut sets = TokenSets::default();
        sets.add("a b c".split(' '), 1);
        let task = Task { cancelled: &|| true, ..Task::UNWATCHED };
        assert!(matches!(sets.for_each_near_pair(&task, |_, _| ()), Err(GraphError::Cancelled)));
    }

    proptest! {
        #[test]
        fn comparing_all_with_all_finds_the_same(
            texts in prop::collection::vec(prop::collection::btree_set(0_u8..14, 1..12), 0..40),
            skewed in prop::collection::vec(prop::collection::btree_set(0_u8..90, 1..40), 0..25),
        ) {
            let mut sets = TokenSets::default();
            let mut known: Vec<BTreeSet<u8>> = Vec::new();
            for set in texts.into_iter().chain(skewed) {
                let words: Vec<String> = set.iter().map(u8::to_string).collect();
                let number = sets.add(words.iter().map(String::as_str), 1).unwrap() as usize;
                if number == known.len() { known.push(set) } else { prop_assert_eq!(&known[number], &set) }
            }
            let mut all = BTreeSet::new();
            for a in 0..known.len() {
                for b in a + 1..known.len() {
                    let shared = known[a].intersection(&known[b]).count();
                    let union = known[a].union(&known[b]).count();
                    if 5 * shared >= 4 * union {
                        all.insert((a as u32, b as u32));
                    }
                }
            }
            prop_assert_eq!(pairs(&sets), all);
        }
    }
}
