//! Every figure of one pair, from what the two shared. Kept links and asked-for pairs get theirs here, so that one
//! number has one origin.

use super::median::median;
use super::opened::{Opened, Shared};
use super::significance::{Overlap, Significance};
use super::{Coordination, Filtered, Incidence};
use crate::model::{AccountId, CoShare, CoordinationPart, PairTest, dense};

/// Computes the figures of pairs of a layer of shared objects.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Who shared what.
    pub incidence: &'a Incidence,
    /// What the minimum filters leave of it.
    pub filtered: &'a Filtered,
    /// The test of all pairs, where one was made.
    pub significance: Option<&'a Significance>,
    /// What coordination is tested against, where that was learnt, and the part that is asked for.
    pub coordination: Option<(&'a Coordination, CoordinationPart)>,
    /// Seconds, inclusive, that count as within the window.
    pub window_seconds: u32,
}

impl<'a> Evidence<'a> {
    /// Reads many pairs; those with the same first account fastest one after the other.
    #[must_use]
    pub fn reader(&self) -> EvidenceReader<'a> {
        EvidenceReader {
            evidence: *self,
            opened: Opened::new(self.incidence),
            weights: Vec::new(),
            shared: Vec::new(),
            gaps: Vec::new(),
        }
    }
}

/// Reads the figures of pairs, with the memory that this takes.
#[derive(Debug)]
pub struct EvidenceReader<'a> {
    evidence: Evidence<'a>,
    opened: Opened<'a>,
    /// What each target of the opened account weighs in a cosine.
    weights: Vec<f64>,
    shared: Vec<Shared>,
    gaps: Vec<u64>,
}

impl EvidenceReader<'_> {
    /// The figures of a pair; `None` where it shares no target.
    #[must_use]
    pub fn read(&mut self, a: AccountId, b: AccountId) -> Option<CoShare> {
        let mut figures = None;
        self.read_all(a, &[b], |of_pair| figures = of_pair);
        figures
    }

    /// Calls `each` with the figures of the pairs of an account with each of `others`, in their order; `None` for one that
    /// shares no target. Some dozens at once are read faster than one after the other.
    pub fn read_all(&mut self, a: AccountId, others: &[AccountId], mut each: impl FnMut(Option<CoShare>)) {
        let Self { evidence, opened, weights, shared, gaps } = self;
        let incidence = evidence.incidence;
        if opened.open(incidence.number(a)) {
            let targets = incidence.targets_of(a).iter();
            weights.clear();
            weights.extend(targets.map(|&target| evidence.filtered.squared_idf(target as usize)));
        }
        let mut start = 0;
        let numbers = others.iter().map(|&other| incidence.number(other));
        for (&b, &end) in others.iter().zip(opened.shared_with(numbers, shared)) {
            each(evidence.figures(a, b, &shared[start..end], weights, gaps));
            start = end;
        }
    }
}

impl Evidence<'_> {
    /// The figures of a pair by what it shares; `weights` are those of the targets of `a`.
    fn figures(
        &self,
        a: AccountId,
        b: AccountId,
        shared: &[Shared],
        weights: &[f64],
        gaps: &mut Vec<u64>,
    ) -> Option<CoShare> {
        let Self { filtered, significance, window_seconds, .. } = self;
        let window = u64::from(*window_seconds) * 1_000;
        let (mut kept, mut sum) = (0_u32, 0.0);
        gaps.clear();
        for &Shared { place, gap, .. } in shared {
            gaps.extend(gap);
            let weight = weights[place as usize];
            kept += u32::from(weight > 0.0);
            sum += weight;
        }
        let shared_within = dense(gaps.iter().filter(|&&gap| gap <= window).count());
        let row = |account| filtered.row(self.incidence.number(account));
        let rows = row(a).zip(row(b));
        let cosine = rows.map(|(row_a, row_b)| filtered.cosine(row_a, row_b, sum));
        let degrees = rows.map(|(row_a, row_b)| (filtered.degree(row_a), filtered.degree(row_b)));
        let binary_cosine = degrees.map(|(a, b)| f64::from(kept) / (f64::from(a) * f64::from(b)).sqrt());
        let by_overlap = || {
            let ((a, b), tested) = degrees.zip(*significance)?;
            let (p, q) = tested.get(Overlap::new(a, b, kept))?;
            Some(PairTest { p, q: Some(q), author_held: None, timing: None })
        };
        // One column never holds the chances of two tests.
        let test = if self.coordination.is_some() { self.coordination_test(a, b, shared) } else { by_overlap() };
        let (shared, median_gap_ms) = (dense(shared.len()), median(gaps));
        let rounded = self.incidence.rounded_ids(a, b);
        (shared > 0).then_some(CoShare { shared, shared_within, cosine, binary_cosine, median_gap_ms, rounded, test })
    }

    fn coordination_test(&self, a: AccountId, b: AccountId, shared: &[Shared]) -> Option<PairTest> {
        let (coordination, part) = self.coordination?;
        let numbers = (self.incidence.number(a), self.incidence.number(b));
        let test = coordination.test(self.incidence, numbers, shared);
        // Never 0: what is smaller than a number can be is the smallest number.
        let chance = |ln: Option<f64>| ln.map(|ln| ln.exp().max(f64::MIN_POSITIVE));
        Some(PairTest {
            p: chance(test.ln_chance(part))?,
            q: None,
            author_held: chance(test.ln_author_held),
            timing: chance(test.ln_timing),
        })
    }
}
