//! Links between accounts, each with the evidence it rests on. A link is evidence, never a verdict.

use super::AccountId;

/// Evidence of a layer of shared objects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoShare {
    /// Objects that both shared: `|T(a) ∩ T(b)|` over all their targets, before any filter.
    pub shared: u32,
    /// Of these, how many within the window of each other, inclusive.
    pub shared_within: u32,
    /// TF-IDF cosine, 0 to 1; `None` where the minimum filters left one of the two out.
    pub cosine: Option<f64>,
    /// `|A∩B| / √(|A||B|)` over the same filtered targets as `cosine`.
    pub binary_cosine: Option<f64>,
    /// Median of the milliseconds between the two shares of each target; `None` where no two times are known.
    pub median_gap_ms: Option<u64>,
    /// How many of the ids that this rests on look rounded, so that one may stand for several: of the shared targets, and of
    /// the two accounts.
    pub rounded: u32,
    /// Whether the overlap is more than chance explains; `None` where that was not asked.
    pub test: Option<PairTest>,
}

/// The test of one pair against a null model: that of activity and popularity, or that of coordination.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairTest {
    /// The probability of what is seen, or more of it, where chance decides; above 0 and at most 1.
    pub p: f64,
    /// The false discovery rate at which the pair is significant among all pairs, 0 to 1; `None` of a test of coordination,
    /// whose chance ranks.
    pub q: Option<f64>,
    /// The chance of sharing so much of each author; `None` where no author is held.
    pub author_held: Option<f64>,
    /// The chance of being so near in time; `None` where no times are known.
    pub timing: Option<f64>,
}

/// Evidence of the avatar layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvatarMatch {
    /// The files are equal byte for byte.
    Same,
    /// The PDQ hashes differ in this many of 256 bits.
    Near(u32),
}

impl AvatarMatch {
    /// Hamming distance of the pictures, 0 for equal files.
    #[must_use]
    pub fn distance(self) -> u32 {
        match self {
            Self::Same => 0,
            Self::Near(distance) => distance,
        }
    }
}

/// One link: what each layer says. At least one layer speaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// Shared targets of the chosen layer. Present with its figures on avatar links too, wherever the pair shares one.
    pub co_share: Option<CoShare>,
    /// Whether this layer alone keeps the pair.
    pub co_share_kept: bool,
    /// Equal or near pictures.
    pub avatar: Option<AvatarMatch>,
}

impl Link {
    /// Order for "strongest first", larger is stronger: a pair that shared targets keep before a mere avatar match,
    /// then the cosine, then the shared targets, then the nearer picture. It ranks rows and is never shown as a score.
    #[must_use]
    pub fn rank(&self) -> (bool, f64, u32, u32) {
        let co = self.co_share;
        (
            self.co_share_kept,
            co.and_then(|c| c.cosine).unwrap_or(0.0),
            co.map_or(0, |c| c.shared),
            self.avatar.map_or(0, |a| 256 - a.distance()),
        )
    }
}

/// A link and its two ends, `a < b`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkedPair {
    /// The end with the smaller id.
    pub a: AccountId,
    /// The other end.
    pub b: AccountId,
    /// What links them.
    pub link: Link,
}
