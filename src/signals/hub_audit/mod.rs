//! Who retweets an account, or several that belong together: which of them act and look alike, against accounts of the
//! same data that are as active and do not retweet it, pair by pair. Every figure is evidence; none says who is behind an
//! account.
//!
//! Words of this room: *figure*, an account whose posts are retweeted; *match*, a retweeter with its control; *like size*, of a
//! figure: half to twice the retweeters of the hub; *trait*, what a retweeter may show, compared by itself; *withheld*, why a
//! difference has no interval.

mod comparison;
mod controls;
mod figures;
mod kin;
#[cfg(test)]
mod tests;
mod traits;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{ProfileTwins, Proportion};
use crate::graph::{AccountGraph, Cluster, GraphError, Incidence, Task};
use crate::model::{Account, AccountId, AccountKey, Origins, dense};
pub use comparison::{Comparison, Withheld};
use figures::Figures;
pub use kin::{Kin, Likeness};
pub use traits::{FAST_MS, FEWEST_TIMED, Retweeter, Trait};

/// What an audit is made from.
#[derive(Debug, Clone, Copy)]
pub struct AuditBasis<'a> {
    /// Every account, in the order of platforms and of ids there.
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

/// A retweeter and its control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The place of the retweeter among all of them.
    pub retweeter: usize,
    /// An account about as active that retweeted none of the hub's posts.
    pub control: Retweeter,
    /// Whether it retweets a figure of like size.
    pub of_like_size: bool,
}

/// How many retweets accounts made.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Spread {
    /// How many accounts.
    pub accounts: usize,
    /// The first quarter, the middle and the third quarter of their retweets, interpolated as numpy does; 0 of nobody.
    pub quarters: [f64; 3],
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct HubAudit {
    /// The audited accounts, ascending.
    pub hub: Vec<AccountId>,
    /// Everyone else who retweeted one of them, ascending.
    pub retweeters: Vec<Retweeter>,
    /// Those of them that have a control, in their order. All comparisons are of these, or of some of these.
    pub matches: Vec<Match>,
    /// Each trait in turn.
    pub comparisons: Vec<Comparison>,
    /// Retweets of retweeters in clusters whose author is another of these, of all their retweets with a known author.
    pub of_each_other: Proportion,
    /// Targets of the hub that the data holds.
    pub targets: usize,
    /// Accounts that may belong to the hub, those with most retweeters first.
    pub kin: Vec<Kin>,
}

impl HubAudit {
    /// The retweeters that show none of the traits. That proves nothing.
    pub fn without_traits(&self) -> impl Iterator<Item = &Retweeter> {
        self.retweeters.iter().filter(|retweeter| Trait::ALL.iter().all(|each| each.is_shown(retweeter) != Some(true)))
    }

    /// Retweeters with a control, their controls, and retweeters without one: how active they are.
    #[must_use]
    pub fn activity(&self) -> [Spread; 3] {
        let has: FxHashSet<usize> = self.matches.iter().map(|one| one.retweeter).collect();
        let retweets = |matched: bool| {
            let all = self.retweeters.iter().enumerate().filter(move |(place, _)| has.contains(place) == matched);
            all.map(|(_, one)| one.retweets).collect::<Vec<_>>()
        };
        let controls = self.matches.iter().map(|one| one.control.retweets).collect();
        let [matched, unmatched] = [retweets.clone()(true), retweets(false)];
        [matched, controls, unmatched].map(Spread::new)
    }

    /// What speaks against reading much into the differences.
    #[must_use]
    pub fn cautions(&self) -> Vec<&'static str> {
        let (retweeters, pairs) = (self.retweeters.len(), self.matches.len());
        let mut words = Vec::new();
        if pairs * 2 < retweeters {
            words.push("few controls: differences speak of the compared alone, the less active ones mostly");
        }
        words.extend(self.comparisons.iter().filter_map(|one| Some(one.withheld?.words())));
        if retweeters < 10 {
            words.push("few retweeters: shares of so few say little");
        }
        words
    }

    /// Controls that are in clusters, where these are so many that they may belong to the campaign themselves.
    #[must_use]
    pub fn clustered_controls(&self) -> Option<usize> {
        let clustered = self.matches.iter().filter(|one| one.control.cluster.is_some()).count();
        kin::controls_stand_in_clusters(&self.matches).then_some(clustered)
    }

    /// The audited accounts together with those that may belong to them.
    #[must_use]
    pub fn together(&self) -> Vec<AccountId> {
        let kin = self.kin.iter().map(|one| one.account).filter(|one| !self.hub.contains(one));
        self.hub.iter().copied().chain(kin).collect()
    }
}

impl Spread {
    fn new(mut values: Vec<u32>) -> Self {
        values.sort_unstable();
        let Some(last) = values.len().checked_sub(1) else { return Self::default() };
        let quarter = |part: usize| {
            let (place, rest) = (last * part / 4, last * part % 4);
            let (low, high) = (f64::from(values[place]), f64::from(values[(place + 1).min(last)]));
            low + (high - low) * f64::from(u8::try_from(rest).unwrap_or_default()) / 4.0
        };
        Self { accounts: values.len(), quarters: [1, 2, 3].map(quarter) }
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
    let figures = Figures::count(basis, &members, task)?;
    let matches = controls::matched(basis, (&retweeters, &others), &figures, task)?;
    let withheld = Withheld::reason(retweeters.len(), others.len(), &matches);
    let mut hub: Vec<AccountId> = members.iter().copied().collect();
    hub.sort_unstable_by_key(|&account| basis.incidence.number(account));
    task.report(1, 1);
    Ok(HubAudit {
        of_each_other: of_each_other(basis, &retweeters),
        targets: targets_of(basis, &hub),
        kin: kin::kin(basis, &members, &matches, &figures),
        hub,
        comparisons: Trait::ALL
            .into_iter()
            .map(|which| Comparison::new(which, &retweeters, &matches, withheld))
            .collect(),
        retweeters,
        matches,
    })
}

fn of_each_other(basis: &AuditBasis<'_>, retweeters: &[Retweeter]) -> Proportion {
    let clustered: FxHashSet<AccountId> =
        retweeters.iter().filter(|one| one.cluster.is_some()).map(|one| one.account).collect();
    let mut found = Proportion::default();
    for &account in &clustered {
        basis.authors_of(account).iter().for_each(|author| found.count(clustered.contains(author)));
    }
    found
}

fn targets_of(basis: &AuditBasis<'_>, hub: &[AccountId]) -> usize {
    (0..dense(basis.incidence.target_count()))
        .filter_map(|target| basis.author(target))
        .filter(|author| hub.contains(author))
        .count()
}

impl AuditBasis<'_> {
    /// The account with this id.
    fn account(&self, id: AccountId) -> Option<&Account> {
        self.incidence.order().find(self.accounts, id)
    }

    /// What names an account whatever the order of import.
    fn key(&self, id: AccountId) -> Option<AccountKey> {
        self.account(id).map(Account::key)
    }

    /// The known author of each target of an account.
    fn authors_of(&self, account: AccountId) -> Vec<AccountId> {
        self.incidence.targets_of(account).iter().filter_map(|&target| self.author(target)).collect()
    }

    /// The author of a dense target, where known.
    fn author(&self, target: u32) -> Option<AccountId> {
        self.origins.author(self.incidence.object(target)?)
    }
}
