//! What a signal reads of an account: a value with its evidence and its percentile in the data, or why there is none.

use std::fmt;

/// Why a signal has no value for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Too little was observed.
    TooFew {
        /// Of what.
        what: &'static str,
        /// How many the data holds.
        has: u64,
        /// How many it takes.
        needs: u64,
    },
    /// The data does not tell; what.
    Unknown(&'static str),
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { what, has, needs } => write!(f, "too few {what}: {has}, it takes {needs}"),
            Self::Unknown(why) => f.write_str(why),
        }
    }
}

/// What a signal found before it was ranked: its value and its evidence.
pub type Outcome<E> = Result<(f64, E), Silence>;

/// What a signal reads of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<E> {
    /// The number that accounts are compared by.
    pub value: f64,
    /// The mid-rank: percent of the accounts with a value whose value is smaller, half of the equal ones counted, itself among
    /// them, 0 to 100. It says where
    /// the account stands in this data, not that this is odd.
    pub percentile: f64,
    /// What the value rests on.
    pub evidence: E,
}

/// A reading of an account, or why there is none.
pub type Ranked<E> = Result<Reading<E>, Silence>;

/// Gives every value its percentile among all values.
#[must_use]
pub fn rank<E>(outcomes: Vec<Outcome<E>>) -> Vec<Ranked<E>> {
    let mut values: Vec<f64> = outcomes.iter().flatten().map(|(value, _)| *value).collect();
    values.sort_unstable_by(f64::total_cmp);
    let percentile = |value: f64| {
        let smaller = values.partition_point(|other| other.total_cmp(&value).is_lt());
        let up_to = values.partition_point(|other| other.total_cmp(&value).is_le());
        #[expect(clippy::cast_precision_loss, reason = "no data set has 2^52 accounts")]
        let (twice_rank, all) = ((smaller + up_to) as f64, values.len() as f64);
        50.0 * twice_rank / all
    };
    let ranked = |(value, evidence)| Reading { value, percentile: percentile(value), evidence };
    outcomes.into_iter().map(|outcome| outcome.map(ranked)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_values_share_the_middle_of_their_ranks() {
        let silent = Silence::Unknown("no bio in the data");
        let ranked = rank(vec![Ok((1.0, 'a')), Err(silent), Ok((3.0, 'b')), Ok((3.0, 'c')), Ok((9.0, 'd'))]);
        let percentiles: Vec<Option<f64>> = ranked.iter().map(|one| one.as_ref().ok().map(|r| r.percentile)).collect();
        assert_eq!(percentiles, [Some(12.5), None, Some(50.0), Some(50.0), Some(87.5)]);
        assert_eq!(ranked[1], Err(silent));
    }

    proptest! {
        #[test]
        fn percentiles_are_what_counting_gives(values in prop::collection::vec(0_u8..9, 1..40)) {
            let ranked = rank(values.iter().map(|&value| Ok((f64::from(value), ()))).collect::<Vec<Outcome<()>>>());
            for (value, reading) in values.iter().zip(ranked) {
                let smaller = values.iter().filter(|other| *other < value).count() as f64;
                let equal = values.iter().filter(|other| *other == value).count() as f64;
                let counted = 100.0 * (smaller + equal / 2.0) / values.len() as f64;
                prop_assert!((reading.unwrap().percentile - counted).abs() < 1e-9);
            }
        }
    }
}
