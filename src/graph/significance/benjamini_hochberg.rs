//! Many tests at once: the false discovery rate at which a pair would still be called significant.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// q-values by group of equal tests.
#[derive(Debug, Clone, Default)]
pub struct QValues<K> {
    by_group: FxHashMap<K, (f64, f64)>,
    tests: u64,
}

impl<K: Copy + Eq + Hash + Ord> QValues<K> {
    /// Adjusts `groups`, each a key, how many tests it stands for, and their p-value, among `tests` tests in all; the
    /// tests that are in no group have p = 1. `q_i = min_{j ≥ i} p_j m / j` over the tests in the order of their p.
    /// [Benjamini and Hochberg 1995]
    #[must_use]
    pub fn adjust(mut groups: Vec<(K, u64, f64)>, tests: u64) -> Self {
        groups.sort_unstable_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
        let mut rank: u64 = groups.iter().map(|group| group.1).sum();
        let mut smallest = 1.0_f64;
        let mut by_group = FxHashMap::default();
        for run in groups.chunk_by(|a, b| a.2 == b.2).rev() {
            let p = run[0].2;
            #[expect(clippy::cast_precision_loss, reason = "a rank needs no more precision")]
            let q = p * tests as f64 / rank.max(1) as f64;
            smallest = smallest.min(q);
            by_group.extend(run.iter().map(|&(key, ..)| (key, (p, smallest))));
            rank -= run.iter().map(|group| group.1).sum::<u64>();
        }
        Self { by_group, tests }
    }

    /// p and q of a group.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<(f64, f64)> {
        self.by_group.get(key).copied()
    }

    /// How many tests were made.
    #[must_use]
    pub fn tests(&self) -> u64 {
        self.tests
    }
}
