//! Which candidates of a row are its strongest: bounds of their cosines tell for nearly all of them, so that only the few
//! near the last of the strongest are computed.

use crate::graph::top_pairs::{Strength, cut};

/// Another row, and between what its cosine surely lies.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    other: u32,
    lower: f32,
    upper: f32,
}

/// The candidates of one row.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    held: Vec<Candidate>,
    /// Bounds in no order.
    bounds: Vec<f32>,
    /// Cosines of those for which bounds do not tell.
    computed: Vec<Strength>,
}

impl Candidates {
    pub fn push(&mut self, other: u32, lower: f32, upper: f32) {
        self.held.push(Candidate { other, lower, upper });
    }

    /// Puts the `most` strongest with a cosine of at least `least` into `strongest`, in no order, fewer where there are
    /// fewer, and begins anew; of equally strong ones those with smaller numbers.
    pub fn take_strongest(
        &mut self,
        most: usize,
        least: f64,
        mut cosine: impl FnMut(usize) -> f64,
        strongest: &mut Vec<u32>,
    ) {
        let Self { held, bounds, computed } = self;
        // So many are at least as strong as this; what is surely weaker is not among them.
        if let Some(last) = nth_largest(bounds, most, held.iter().map(|candidate| candidate.lower)) {
            held.retain(|candidate| candidate.upper >= last);
        }
        // Whatever surely is stronger than all but `most` is among them, since one of these is itself.
        let next = nth_largest(bounds, most + 1, held.iter().map(|candidate| candidate.upper));
        strongest.clear();
        computed.clear();
        for Candidate { other, lower, .. } in held.drain(..) {
            if next.is_none_or(|next| lower > next) && f64::from(lower) >= least {
                strongest.push(other);
            } else {
                computed.push((cosine(other as usize), other));
            }
        }
        computed.retain(|computed| computed.0 >= least);
        cut(computed, most - strongest.len());
        strongest.extend(computed.iter().map(|computed| computed.1));
    }
}

/// The n-th largest of some numbers, if there are as many; n counts from 1. Takes the memory that it needs.
pub(super) fn nth_largest(memory: &mut Vec<f32>, n: usize, numbers: impl Iterator<Item = f32>) -> Option<f32> {
    memory.clear();
    memory.extend(numbers);
    let place = n.checked_sub(1).filter(|&place| place < memory.len())?;
    Some(*memory.select_nth_unstable_by(place, |a, b| b.total_cmp(a)).1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Few different cosines, so that many are equal, and bounds from exact to useless.
        #[test]
        fn bounds_change_nothing_but_what_is_computed(
            known in prop::collection::vec((1_u8..30, 0_u8..8, 0_u8..8), 0..60),
            most in 1_usize..20,
            least in 0_u8..30,
        ) {
            let cosine = |(cosine, ..): (u8, u8, u8)| f64::from(cosine) / 32.0;
            let least = f64::from(least) / 32.0;
            let mut expected: Vec<Strength> = known.iter().map(|&one| cosine(one)).zip(0..).collect();
            expected.retain(|strength| strength.0 >= least);
            cut(&mut expected, most);
            let mut candidates = Candidates::default();
            let mut strongest = vec![7];
            for _ in 0..2 {
                for (other, &(cosine, slack_below, slack_above)) in (0..).zip(&known) {
                    let bound = |cosine: u8| f32::from(cosine) / 32.0;
                    candidates.push(other, bound(cosine - slack_below.min(cosine)), bound(cosine + slack_above));
                }
                candidates.take_strongest(most, least, |other| cosine(known[other]), &mut strongest);
                strongest.sort_unstable();
                let mut expected: Vec<u32> = expected.iter().map(|strength| strength.1).collect();
                expected.sort_unstable();
                prop_assert_eq!(&strongest, &expected);
            }
        }
    }

    #[test]
    fn what_bounds_tell_is_not_computed() {
        let mut candidates = Candidates::default();
        let bounds = [(0.8, 0.9), (0.1, 0.3), (0.4, 0.6), (0.5, 0.7), (0.2, 0.35)];
        (0..).zip(bounds).for_each(|(other, (lower, upper))| candidates.push(other, lower, upper));
        let (mut computed, mut strongest) = (Vec::new(), Vec::new());
        let cosine = |other| {
            computed.push(other);
            0.55
        };
        candidates.take_strongest(2, 0.05, cosine, &mut strongest);
        assert_eq!((computed, strongest), (vec![2, 3], vec![0, 2]), "ties go to the smaller row");
    }
}
