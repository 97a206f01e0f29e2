//! Who retweets an account, or several that belong together: which of them act and look alike, against accounts of the
//! same data that are as active and do not retweet it. Every figure is evidence; none says who is behind an account.

mod controls;
mod traits;

#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{ProfileTwins, Proportion};
use crate::graph::{AccountGraph, Cluster, GraphError, Incidence, Task};
use crate::model::{Account, AccountId, Origins};
pub use traits::{FAST_MS, FEWEST_TIMED, Retweeter, Trait};

/// What an audit is made from.
#[derive(Debug, Clone, Copy)]
pub struct AuditBasis<'a> {
    /// Every account, ordered by id.
    pub accounts: &'a [Account],
    /// Who retweeted what.
    pub incidence: &'a Incidence,
    /// Who made what.
    pub origins: &'a Origins,
    /// Who is linked with whom.
    pub graph: &'a AccountGraph,
    /// What hangs together.
    pub clusters: &'a [Cluster],
}

/// How many of the retweeters show a trait, against the controls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Which trait.
    pub of: Trait,
    /// Among the retweeters.
    pub retweeters: Proportion,
    /// Among the controls.
    pub controls: Proportion,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct HubAudit {
    /// The audited accounts, ascending.
    pub hub: Vec<AccountId>,
    /// Everyone else who retweeted one of them, ascending.
    pub retweeters: Vec<Retweeter>,
    /// Accounts that did not, each about as active as one of them, ascending.
    pub controls: Vec<Retweeter>,
    /// Each trait in turn.
    pub comparisons: Vec<Comparison>,
    /// Retweets of retweeters in clusters whose author is another of these, of all their retweets with a known author.
    pub of_each_other: Proportion,
    /// Targets of the hub that the data holds.
    pub targets: usize,
}

impl HubAudit {
    /// The retweeters that show none of the traits. That proves nothing.
    pub fn without_traits(&self) -> impl Iterator<Item = &Retweeter> {
        self.retweeters.iter().filter(|retweeter| Trait::ALL.iter().all(|of| of.is_shown(retweeter) != Some(true)))
    }
}

/// Accounts between two looks at whether to stop.
const STEP: usize = 256;

/// Audits the accounts of `hub`, which are taken as one.
///
/// # Errors
/// Fails when cancelled.
pub fn hub_audit(basis: &AuditBasis<'_>, hub: &[AccountId], task: &Task<'_>) -> Result<HubAudit, GraphError> {
    let members: FxHashSet<AccountId> = hub.iter().copied().collect();
    let cluster_of: FxHashMap<AccountId, usize> = (0..)
        .zip(basis.clusters)
        .flat_map(|(index, cluster)| cluster.members.iter().map(move |&member| (member, index)))
        .collect();
    let twins = ProfileTwins::count(basis.accounts);
    let look = |account: &Account| traits::look(basis, &members, &cluster_of, &twins, account);
    let (mut retweeters, mut others) = (Vec::new(), Vec::new());
    for (step, accounts) in basis.accounts.chunks(STEP).enumerate() {
        task.check()?;
        task.report(step * STEP, basis.accounts.len());
        let seen = accounts.iter().filter(|account| !members.contains(&account.id)).map(look);
        for one in seen.filter(|one| one.retweets > 0) {
            if one.of_hub > 0 { retweeters.push(one) } else { others.push(one) }
        }
    }
    let controls = controls::matched(&retweeters, others);
    let comparisons = Trait::ALL
        .into_iter()
        .map(|of| Comparison { of, retweeters: of.among(&retweeters), controls: of.among(&controls) })
        .collect();
    let mut hub: Vec<AccountId> = members.into_iter().collect();
    hub.sort_unstable();
    task.report(1, 1);
    Ok(HubAudit {
        of_each_other: of_each_other(basis, &retweeters),
        targets: targets_of(basis, &hub),
        hub,
        retweeters,
        controls,
        comparisons,
    })
}

fn of_each_other(basis: &AuditBasis<'_>, retweeters: &[Retweeter]) -> Proportion {
    let clustered: FxHashSet<AccountId> =
        retweeters.iter().filter(|one| one.cluster.is_some()).map(|one| one.account).collect();
    let mut found = Proportion::default();
    for &account in &clustered {
        for author in basis.incidence.targets_of(account).iter().filter_map(|&target| basis.author(target)) {
            found.count(clustered.contains(&author));
        }
    }
    found
}

fn targets_of(basis: &AuditBasis<'_>, hub: &[AccountId]) -> usize {
    (0..u32::try_from(basis.incidence.target_count()).unwrap_or(u32::MAX))
        .filter_map(|target| basis.author(target))
        .filter(|author| hub.contains(author))
        .count()
}

impl AuditBasis<'_> {
    /// The author of a dense target, where known.
    fn author(&self, target: u32) -> Option<AccountId> {
        self.origins.author(self.incidence.object(target)?)
    }
}
