//! What matched retweeters show, against their controls, and where the difference cannot be trusted.

use super::{Match, Retweeter, Trait};
use crate::signals::PairedProportion;

/// From where to where a difference lies.
type Interval = (f64, f64);

/// Most accounts retweet the hub where it has more than so many times as many retweeters as there are others: more than three
/// in four.
const MOST: usize = 3;

/// How many of the matched retweeters show a trait, against their controls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Which trait.
    pub compared: Trait,
    /// The pairs of which it can be told on both sides, the retweeter first. Of a trait that hangs on a figure's size these
    /// are the pairs of like size alone, unless that is why the interval is withheld.
    pub pairs: PairedProportion,
    /// Why the difference has no interval, where it has none.
    pub withheld: Option<Withheld>,
}

/// Why the interval of a difference is not given: how many would be in clusters anyway cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// Most accounts retweet the hub, so that the others are no sample of those who act alone.
    MostRetweetIt,
    /// No control retweets a figure of like size,
    NoLikeSize,
    /// or fewer than half of them do.
    FewOfLikeSize,
}

impl Withheld {
    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MostRetweetIt => "most_accounts_retweet_it",
            Self::NoLikeSize => "no_control_of_like_size",
            Self::FewOfLikeSize => "few_controls_of_like_size",
        }
    }

    /// The reason as a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MostRetweetIt => {
                "most accounts in the data retweet it: how many would be in clusters anyway cannot be told"
            }
            Self::NoLikeSize => {
                "no other figure compared is of like size: how many would be in clusters anyway cannot be told"
            }
            Self::FewOfLikeSize => "few controls are of like size: how many would be in clusters anyway cannot be told",
        }
    }

    /// The more accounts retweet a figure, the more of them meet in clusters with nobody acting together. Controls of figures
    /// of like size allow for that and others do not; fewer than half would speak for a minority of those compared. Where
    /// nearly everybody retweets the hub, whoever does not is unlike the rest in more ways than that: with nobody acting
    /// together, a quarter of such intervals lay above 0 (`shared:4`, 95 % retweeted the largest figure).
    pub(super) fn reason(retweeters: usize, others: usize, matches: &[Match]) -> Option<Self> {
        let like_size = matches.iter().filter(|one| one.of_like_size).count();
        match like_size {
            _ if matches.is_empty() => None,
            _ if retweeters > MOST * others => Some(Self::MostRetweetIt),
            0 => Some(Self::NoLikeSize),
            _ => (2 * like_size < matches.len()).then_some(Self::FewOfLikeSize),
        }
    }
}

impl Comparison {
    pub(super) fn new(
        compared: Trait,
        retweeters: &[Retweeter],
        matches: &[Match],
        withheld: Option<Withheld>,
    ) -> Self {
        let withheld = withheld.filter(|_| compared.hangs_on_size());
        let every = withheld.is_some() || !compared.hangs_on_size();
        let mut pairs = PairedProportion::default();
        for one in matches.iter().filter(|one| every || one.of_like_size) {
            if let (Some(first), Some(second)) =
                (compared.is_shown(&retweeters[one.retweeter]), compared.is_shown(&one.control))
            {
                pairs.count(first, second);
            }
        }
        Self { compared, pairs, withheld }
    }

    /// By how much more of the retweeters show it, and where that lies at 95 % confidence, or why this is not said; `None`
    /// where there are no pairs.
    #[must_use]
    pub fn difference(&self) -> Option<(f64, Result<Interval, Withheld>)> {
        let (difference, interval) = self.pairs.difference()?;
        Some((difference, self.withheld.map_or(Ok(interval), Err)))
    }

    /// The same in words, the difference with so many decimals: `+12 % (+3.1 to +20.4)`, `+12 % (no interval)`, `–`.
    #[must_use]
    pub fn in_words(&self, decimals: usize) -> String {
        let Some((difference, interval)) = self.difference() else { return "–".to_owned() };
        let interval = match interval {
            Ok((low, high)) => format!("{:+.1} to {:+.1}", 100.0 * low, 100.0 * high),
            Err(_) => "no interval".to_owned(),
        };
        format!("{:+.decimals$} % ({interval})", 100.0 * difference)
    }
}
