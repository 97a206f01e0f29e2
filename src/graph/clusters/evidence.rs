//! What holds a cluster together, and whether it still would without one single target.

use rustc_hash::FxHashMap;

use super::components::components;
use super::gaps::median_gap;
use super::network::Network;
use super::{Cluster, ClusterTarget};
use crate::graph::coordination::FEWEST_SHARED;
use crate::graph::median::median;
use crate::graph::{Filtered, Incidence};
use crate::model::{AccountId, KeepRule, LinkParameters, LinkedPair, Timestamp};

/// Targets that are named of each cluster.
const NAMED: usize = 10;

/// Describes groups of nodes.
pub(super) struct Describe<'a> {
    incidence: &'a Incidence,
    filtered: Filtered,
    parameters: &'a LinkParameters,
    members: Vec<Vec<AccountId>>,
    links: Vec<Vec<&'a LinkedPair>>,
}

impl<'a> Describe<'a> {
    pub fn new(
        incidence: &'a Incidence,
        parameters: &'a LinkParameters,
        group_of: &[u32],
        accounts: &[AccountId],
        pairs: &[&'a LinkedPair],
    ) -> Self {
        let groups = group_of.iter().max().map_or(0, |&group| group as usize + 1);
        let mut members = vec![Vec::new(); groups];
        for (&group, &account) in group_of.iter().zip(accounts) {
            members[group as usize].push(account);
        }
        let number = |account: &AccountId| incidence.number(*account);
        let group = |account| {
            let found = accounts.binary_search_by_key(&incidence.number(account), number);
            found.ok().map(|node| group_of[node])
        };
        let mut links = vec![Vec::new(); groups];
        for pair in pairs {
            if let Some(own) = group(pair.a).filter(|&own| group(pair.b) == Some(own)) {
                links[own as usize].push(*pair);
            }
        }
        Self { incidence, filtered: Filtered::new(incidence, parameters), parameters, members, links }
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn size(&self, group: usize) -> usize {
        self.members[group].len()
    }

    pub fn group(&self, group: usize) -> Cluster {
        let (members, links) = (&self.members[group], &self.links[group]);
        let shared = self.shared_targets(members);
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let density = links.len() as f64 / (members.len() * (members.len() - 1) / 2).max(1) as f64;
        let mut gaps: Vec<u64> = links.iter().filter_map(|pair| pair.link.co_share?.median_gap_ms).collect();
        let targets = shared.iter().take(NAMED).map(|&(target, count)| self.target(group, target, count)).collect();
        Cluster {
            members: members.clone(),
            links: links.len(),
            density,
            targets,
            median_gap_ms: median(&mut gaps),
            span: self.span(members, &shared),
            test: None,
        }
    }

    /// The targets that at least two members shared, those of most members first.
    fn shared_targets(&self, members: &[AccountId]) -> Vec<(u32, usize)> {
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        for &member in members {
            for &target in self.incidence.targets_of(member) {
                *counts.entry(target).or_default() += 1;
            }
        }
        let mut shared: Vec<(u32, usize)> = counts.into_iter().filter(|&(_, count)| count > 1).collect();
        shared.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        shared
    }

    fn span(&self, members: &[AccountId], shared: &[(u32, usize)]) -> Option<(Timestamp, Timestamp)> {
        let shared: rustc_hash::FxHashSet<usize> = shared.iter().map(|&(target, _)| target as usize).collect();
        let mut span: Option<(i64, i64)> = None;
        for &member in members {
            self.incidence.for_each_timed_share(self.incidence.number(member), |_, target, at| {
                if shared.contains(&target) {
                    span = Some(span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
                }
            });
        }
        span.map(|(first, last)| (Timestamp(first), Timestamp(last)))
    }

    /// Leave one out: the links that would not be kept without `target`, the weights of other targets held.
    fn target(&self, group: usize, target: u32, members: usize) -> ClusterTarget {
        let mut left = Vec::new();
        for pair in &self.links[group] {
            if self.is_kept_without(pair, target) {
                left.push(*pair);
            }
        }
        let size = self.members[group].len();
        let mut times: Vec<i64> =
            self.members[group].iter().filter_map(|&member| self.incidence.known_time(member, target)).collect();
        ClusterTarget {
            target,
            members,
            sharers: self.incidence.sharers_of(target as usize).len(),
            median_gap_ms: median_gap(&mut times),
            links_lost: self.links[group].len() - left.len(),
            falls_apart: self.largest_component(&left) * 2 <= size,
        }
    }

    fn is_kept_without(&self, pair: &LinkedPair, target: u32) -> bool {
        let has = |account| self.incidence.targets_of(account).binary_search(&target).is_ok();
        let (has_a, has_b) = (has(pair.a), has(pair.b));
        let Some(co) = pair.link.co_share else { return true };
        match self.parameters.keep {
            KeepRule::Shared(least) => co.shared - u32::from(has_a && has_b) >= least,
            KeepRule::SharedWithin(least) => {
                let near = has_a && has_b && self.is_within_window(pair, target);
                co.shared_within - u32::from(near) >= least
            }
            KeepRule::Cosine(least) => self.cosine_without(pair, target, has_a, has_b).is_some_and(|c| c >= least),
            // What these keep depends on all pairs; a link surely goes with its last shared target,
            KeepRule::All | KeepRule::Percentile(_) | KeepRule::Significant(_) => {
                self.cosine_without(pair, target, has_a, has_b).is_some_and(|cosine| cosine > 0.0)
            }
            // or with so many left that nothing can be said of them.
            KeepRule::Coordinated(_) | KeepRule::AuthorHeld(_) | KeepRule::Timing(_) => {
                co.shared - u32::from(has_a && has_b) >= FEWEST_SHARED
            }
        }
    }

    fn largest_component(&self, pairs: &[&LinkedPair]) -> usize {
        let (network, _) = Network::from_pairs(pairs, self.parameters.keep, self.incidence.order());
        let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
        for group in components(&network) {
            *sizes.entry(group).or_default() += 1;
        }
        sizes.into_values().max().unwrap_or(0)
    }

    fn is_within_window(&self, pair: &LinkedPair, target: u32) -> bool {
        let at = |account| self.incidence.known_time(account, target);
        let window = u64::from(self.parameters.window_seconds) * 1_000;
        at(pair.a).zip(at(pair.b)).is_some_and(|(a, b)| a.abs_diff(b) <= window)
    }

    /// The cosine without a target; `None` where an account would have too few targets left.
    fn cosine_without(&self, pair: &LinkedPair, target: u32, has_a: bool, has_b: bool) -> Option<f64> {
        let cosine = pair.link.co_share?.cosine?;
        let too_few = |account, has| {
            has && self.incidence.targets_of(account).len() <= self.parameters.min_retweets.max(1) as usize
        };
        if too_few(pair.a, has_a) || too_few(pair.b, has_b) {
            return None;
        }
        let row = |account| self.filtered.row(self.incidence.number(account));
        let (row_a, row_b) = (row(pair.a)?, row(pair.b)?);
        self.filtered.cosine_without(row_a, row_b, cosine, target as usize, [has_a, has_b])
    }
}
