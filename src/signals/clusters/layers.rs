//! Which layers say that the members of a cluster belong together. Significance and window look once more at the shared
//! targets that made the cluster; the others are observed by themselves: who has a picture like another's need not retweet
//! together.

use rustc_hash::FxHashMap;

use super::{ClusterBasis, Seen};
use crate::graph::{Cluster, Evidence};
use crate::model::{AccountId, CoShare, ObjectId, ObjectKind, dense};
use crate::signals::{ProfileTwins, Proportion};

/// A link is significant at this false discovery rate among all pairs.
pub const SIGNIFICANT: f64 = 0.01;
/// Two accounts act within the window together when they did so with so many targets.
const WITHIN: u32 = 3;
/// A layer speaks of a cluster only where so many members show it.
const FEWEST: u32 = 3;
/// A member was created in a burst where chance alone makes one as large in fewer than one of a thousand accounts,
const RARE: f64 = 3.0;
/// and at least so many other members within a day of it.
const TOGETHER: usize = 2;
const DAY_MS: u64 = 86_400_000;

/// A layer that may agree with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterLayer {
    /// More shared targets than activity and popularity explain.
    Significant,
    /// Shared targets within the window of each other.
    Window,
    /// Pictures that are the same or nearly so.
    Avatar,
    /// The same statements in their own words.
    Text,
    /// The same figures in the profile.
    Profile,
    /// Created together.
    Creation,
}

impl ClusterLayer {
    /// Every layer, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Significant, Self::Window, Self::Avatar, Self::Text, Self::Profile, Self::Creation];

    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Significant => "significant",
            Self::Window => "window",
            Self::Avatar => "avatar",
            Self::Text => "text",
            Self::Profile => "profile",
            Self::Creation => "creation",
        }
    }

    /// Whether it looks at something else than the shared objects of `made_of`, by which the accounts are linked.
    #[must_use]
    pub fn is_independent(self, made_of: ObjectKind) -> bool {
        match self {
            Self::Significant | Self::Window => false,
            Self::Text => made_of != ObjectKind::Text,
            Self::Avatar | Self::Profile | Self::Creation => true,
        }
    }

    /// One letter for where there is no room for its name.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Significant => 'S',
            Self::Window => 'W',
            Self::Avatar => 'A',
            Self::Text => 'T',
            Self::Profile => 'P',
            Self::Creation => 'C',
        }
    }

    /// What the members show with another of the cluster, in a few words.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Significant => "more than chance, q ≤ 0.01",
            Self::Window => "3 targets within the window",
            Self::Avatar => "a picture like another's",
            Self::Text => "the words of another",
            Self::Profile => "the counts of another",
            Self::Creation => "in a rare burst, p ≤ 0.001",
        }
    }
}

/// How many members of a cluster show a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerCount {
    /// Which layer.
    pub layer: ClusterLayer,
    /// Whether it looks at something else than what made the cluster.
    pub independent: bool,
    /// How many members show it, of those for whom the data tells.
    pub members: Proportion,
}

impl LayerCount {
    /// Whether the layer agrees that this cluster of `size` belongs together: half of all members show it, and three
    /// at the least.
    #[must_use]
    pub fn agrees(self, size: usize) -> bool {
        self.members.with >= FEWEST && self.members.with as usize * 2 >= size
    }

    /// Its letter where it agrees, `·` where it does not, `–` where the data tells of no member.
    #[must_use]
    pub fn sign(self, size: usize) -> char {
        match (self.members.total, self.agrees(size)) {
            (_, true) => self.layer.letter(),
            (0, false) => '–',
            (_, false) => '·',
        }
    }
}

/// With how many other members a member is linked.
pub(super) fn links_inside(basis: &ClusterBasis<'_>, cluster: &Cluster, member: AccountId) -> u32 {
    let inside = |other| place_in(basis, cluster, other).is_some();
    let count = basis.graph.neighbours(member).into_iter().filter(|&(other, _)| inside(other)).count();
    dense(count)
}

/// Where a member stands in a cluster whose members stand in the order of their numbers.
fn place_in(basis: &ClusterBasis<'_>, cluster: &Cluster, member: AccountId) -> Option<usize> {
    let number = |account| basis.incidence.number(account);
    cluster.members.binary_search_by_key(&number(member), |&other| number(other)).ok()
}

/// What each layer says of a cluster whose members stand in the order of their numbers.
pub(super) fn layers(basis: &ClusterBasis<'_>, seen: &Seen, cluster: &Cluster) -> Vec<LayerCount> {
    let look = Look { basis, seen, cluster, twins: twins(basis, seen, cluster), said: said(basis, cluster) };
    let made_of = basis.graph.parameters().layer;
    let mut counts = ClusterLayer::ALL.map(|layer| {
        let independent = layer.is_independent(made_of);
        LayerCount { layer, independent, members: Proportion::default() }
    });
    let linked = look.linked();
    for (member, (significant, within)) in cluster.members.iter().zip(linked) {
        let answers = [
            significant,
            within,
            look.avatar(*member),
            look.text(*member),
            look.profile(*member),
            look.creation(*member),
        ];
        for (count, answer) in counts.iter_mut().zip(answers) {
            answer.into_iter().for_each(|with| count.members.count(with));
        }
    }
    counts.to_vec()
}

fn twins(basis: &ClusterBasis<'_>, seen: &Seen, cluster: &Cluster) -> ProfileTwins {
    let members: Vec<_> = cluster.members.iter().filter_map(|&id| seen.account(basis, id).cloned()).collect();
    ProfileTwins::count(&members)
}

/// How many members made each statement.
fn said(basis: &ClusterBasis<'_>, cluster: &Cluster) -> FxHashMap<ObjectId, u32> {
    let mut said = FxHashMap::default();
    for statement in cluster.members.iter().filter_map(|member| basis.statements.get(member)).flatten() {
        *said.entry(*statement).or_default() += 1;
    }
    said
}

struct Look<'a> {
    basis: &'a ClusterBasis<'a>,
    seen: &'a Seen,
    cluster: &'a Cluster,
    twins: ProfileTwins,
    said: FxHashMap<ObjectId, u32>,
}

impl Look<'_> {
    /// Of each member whether it has a significant link inside, and one within the window; `None` where that was not tested,
    /// or no times are known.
    fn linked(&self) -> Vec<(Option<bool>, Option<bool>)> {
        let window_seconds = self.basis.graph.parameters().window_seconds;
        let mut reader = self.basis.tested.map(|(filtered, significance)| {
            let incidence = self.basis.incidence;
            Evidence { incidence, filtered, significance: Some(significance), coordination: None, window_seconds }
                .reader()
        });
        let members = &self.cluster.members;
        let mut found = vec![(None, None); members.len()];
        for (place, &a) in members.iter().enumerate() {
            for (b, link) in self.basis.graph.neighbours(a) {
                let other = place_in(self.basis, self.cluster, b).filter(|&other| place < other);
                let Some(other) = other else { continue };
                let Some(co) = link.co_share.filter(|_| link.co_share_kept) else { continue };
                let q = co.test.and_then(|test| test.q);
                let q = q.or_else(|| reader.as_mut()?.read(a, b)?.test?.q);
                let significant = q.map(|q| q <= SIGNIFICANT);
                for end in [place, other] {
                    let (tested, within) = &mut found[end];
                    *tested = either(*tested, significant);
                    *within = either(*within, within_window(&co));
                }
            }
        }
        found
    }

    fn avatar(&self, member: AccountId) -> Option<bool> {
        self.seen.account(self.basis, member)?.avatar?;
        let inside = |&other: &AccountId| place_in(self.basis, self.cluster, other).is_some();
        let neighbours = self.basis.graph.neighbours(member);
        Some(neighbours.iter().any(|(other, link)| link.avatar.is_some() && inside(other)))
    }

    fn text(&self, member: AccountId) -> Option<bool> {
        let own = self.basis.statements.get(&member)?;
        Some(own.iter().any(|statement| self.said.get(statement).is_some_and(|&by| by > 1)))
    }

    fn profile(&self, member: AccountId) -> Option<bool> {
        Some(self.twins.others_if_known(self.seen.account(self.basis, member)?)? > 0)
    }

    fn creation(&self, member: AccountId) -> Option<bool> {
        let burst = self.seen.bursts.get(self.seen.places.place(member)?)?.as_ref().ok()?;
        let created = |id| self.seen.account(self.basis, id)?.profile.created_at;
        let own = created(member)?;
        let near = |&other: &AccountId| created(other).is_some_and(|at| at.gap_ms(own) <= DAY_MS);
        let others = self.cluster.members.iter().filter(|&&other| other != member).filter(|other| near(other)).count();
        Some(burst.0 >= RARE && others >= TOGETHER)
    }
}

fn within_window(co: &CoShare) -> Option<bool> {
    co.median_gap_ms.map(|_| co.shared_within >= WITHIN)
}

fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (None, other) | (other, None) => other,
        (Some(a), Some(b)) => Some(a || b),
    }
}
