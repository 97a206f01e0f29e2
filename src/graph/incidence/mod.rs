//! Who shared what and when, in a compressed sparse layout both ways. `T(a)` of the definitions is a row of it.
//!
//! Words of this room: *sharer*, an account that shared the target; *number*, the place of an account in the order of ids;
//! *own*, a share of one's own post, which does not count; *muting*, what the user leaves out; *synthetic*, of a target: its
//! key was made of author and words.

mod builder;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::model::{AccountId, AccountOrder, Csr, ObjectId, Origins, SharedTarget, Timestamp, dense};

pub use builder::{IncidenceBuilder, Muting, Numbering};

/// Stands for a share whose time is not known.
pub(in crate::graph) const UNKNOWN: i64 = i64::MIN;

/// Accounts × targets. Self-retweets and muted targets are left out and counted.
#[derive(Debug, Clone, Default)]
pub struct Incidence {
    /// The cache's ids of the targets; a dense target is an index into it. Dense targets follow the keys of the objects, and
    /// accounts are numbered by their ids on their platform, so that all that is counted and summed up from here on has one
    /// order, whatever the order of import.
    objects: Vec<ObjectId>,
    /// The numbers of the accounts that shared each target, ascending.
    sharers: Csr<u32>,
    /// The targets of each account by its number, ascending,
    targets: Csr<u32>,
    /// and when it shared each; `UNKNOWN` where that is not known.
    times: Vec<i64>,
    own: u64,
    muted: usize,
    /// Targets whose keys were made of their authors and words.
    synthetic: FxHashSet<ObjectId>,
    /// Targets, and accounts, whose ids look rounded.
    rounded: FxHashSet<ObjectId>,
    rounded_accounts: FxHashSet<AccountId>,
    /// Which account each number stands for.
    order: Arc<AccountOrder>,
    /// Who made each object, and when, where that was read.
    origins: Option<Origins>,
}

impl Incidence {
    /// Accounts are numbered below this.
    pub(in crate::graph) fn account_bound(&self) -> usize {
        self.targets.len()
    }

    /// The cache's id of a dense target.
    #[must_use]
    pub fn object(&self, target: u32) -> Option<ObjectId> {
        self.objects.get(target as usize).copied()
    }

    /// In which order accounts are numbered.
    #[must_use]
    pub fn order(&self) -> &Arc<AccountOrder> {
        &self.order
    }

    /// The number of an account: its place in the order of ids.
    #[must_use]
    pub fn number(&self, account: AccountId) -> u32 {
        self.order.number(account)
    }

    /// The account with this number.
    #[must_use]
    pub fn account(&self, number: u32) -> AccountId {
        self.order.account(number)
    }

    /// Marks targets whose keys were made of their authors and words, among objects of the cache.
    pub fn mark_synthetic(&mut self, objects: impl Iterator<Item = ObjectId>) {
        let synthetic: FxHashSet<ObjectId> = objects.collect();
        if !synthetic.is_empty() {
            self.synthetic = self.objects.iter().copied().filter(|object| synthetic.contains(object)).collect();
        }
    }

    /// How many targets were marked so.
    #[must_use]
    pub fn synthetic_targets(&self) -> usize {
        self.synthetic.len()
    }

    /// Marks targets and accounts whose ids look rounded, so that one may stand for several.
    pub fn mark_rounded(&mut self, accounts: impl Iterator<Item = AccountId>, objects: impl Iterator<Item = ObjectId>) {
        let rounded: FxHashSet<ObjectId> = objects.collect();
        if !rounded.is_empty() {
            self.rounded = self.objects.iter().copied().filter(|object| rounded.contains(object)).collect();
        }
        self.rounded_accounts = accounts.collect();
    }

    /// How many targets were marked so.
    #[must_use]
    pub fn rounded_targets(&self) -> usize {
        self.rounded.len()
    }

    /// Whether the id of an account looks rounded.
    #[must_use]
    pub fn is_rounded(&self, account: AccountId) -> bool {
        self.rounded_accounts.contains(&account)
    }

    /// Whether the id of a target, by its number in the cache, looks rounded.
    #[must_use]
    pub fn is_rounded_object(&self, object: ObjectId) -> bool {
        self.rounded.contains(&object)
    }

    /// How many of two accounts have ids that look rounded.
    #[must_use]
    pub fn rounded_ends(&self, a: AccountId, b: AccountId) -> u32 {
        u32::from(self.is_rounded(a)) + u32::from(self.is_rounded(b))
    }

    /// How many of the ids that the link of two accounts rests on look rounded: of their shared targets, and their own.
    #[must_use]
    pub fn rounded_ids(&self, a: AccountId, b: AccountId) -> u32 {
        let targets = || self.shared_targets(a, b).iter().filter(|target| target.rounded).count();
        let targets = if self.rounded.is_empty() { 0 } else { targets() };
        self.rounded_ends(a, b) + dense(targets)
    }

    /// Takes in who made each object of the cache, and when.
    pub fn know_origins(&mut self, origins: Origins) {
        self.origins = Some(origins);
    }

    /// Whether it was read who made each object.
    #[must_use]
    pub fn knows_origins(&self) -> bool {
        self.origins.is_some()
    }

    /// Who made a target, where that is known.
    pub(in crate::graph) fn author(&self, target: u32) -> Option<AccountId> {
        self.origins.as_ref()?.author(self.object(target)?)
    }

    /// When a target was made, where that is known.
    pub(in crate::graph) fn made_at(&self, target: u32) -> Option<Timestamp> {
        self.origins.as_ref()?.created_at(self.object(target)?)
    }

    /// How many targets there are.
    #[must_use]
    pub fn target_count(&self) -> usize {
        self.objects.len()
    }

    /// Self-retweets that were left out.
    #[must_use]
    pub fn own_shares(&self) -> u64 {
        self.own
    }

    /// Targets that were muted.
    #[must_use]
    pub fn muted_targets(&self) -> usize {
        self.muted
    }

    /// The dense targets of an account, ascending.
    #[must_use]
    pub fn targets_of(&self, account: AccountId) -> &[u32] {
        self.targets_at(self.number(account))
    }

    /// The dense targets of the account with this number, ascending.
    pub(in crate::graph) fn targets_at(&self, number: u32) -> &[u32] {
        self.row(number).0
    }

    /// The numbers of the accounts that shared a dense target, ascending.
    pub(in crate::graph) fn sharers_of(&self, target: usize) -> &[u32] {
        self.sharers.row(target)
    }

    /// The dense targets of the account with this number, ascending, and when it shared each; `UNKNOWN` where that is not
    /// known.
    pub(in crate::graph) fn row(&self, number: u32) -> (&[u32], &[i64]) {
        (self.targets.row(number as usize), &self.times[self.shares_at(number)])
    }

    /// When an account shared a target; `None` where it did not, or where the time is not known.
    pub(in crate::graph) fn known_time(&self, account: AccountId, target: u32) -> Option<i64> {
        let (targets, times) = self.row(self.number(account));
        let at = times[targets.binary_search(&target).ok()?];
        (at != UNKNOWN).then_some(at)
    }

    /// The shares of each target with a known time, as (time, number of the share). Shares are numbered account by account
    /// and within one by target.
    pub(in crate::graph) fn timed_shares(&self) -> Csr<(i64, u32)> {
        let shares = (0_u32..).zip(self.targets.items().iter().zip(&self.times));
        let timed = shares.filter(|&(_, (_, &at))| at != UNKNOWN);
        Csr::from_pairs(self.target_count(), timed.map(|(share, (&target, &at))| (target, (at, share))))
    }

    /// How many shares there are.
    pub(in crate::graph) fn share_count(&self) -> usize {
        self.times.len()
    }

    /// The dense target and the time of every share by its number; `UNKNOWN` where the time is not known.
    pub(in crate::graph) fn shares(&self) -> (&[u32], &[i64]) {
        (self.targets.items(), &self.times)
    }

    /// Has every share, by its number, happen at another time.
    pub(in crate::graph) fn set_times(&mut self, times: Vec<i64>) {
        debug_assert_eq!(times.len(), self.times.len(), "one for each share");
        self.times = times;
    }

    /// Which shares are those of the account with this number.
    pub(in crate::graph) fn shares_at(&self, number: u32) -> Range<usize> {
        self.targets.places(number as usize)
    }

    /// Calls `each` with every dense target of an account, ascending, and when it shared it, where that is known.
    pub fn for_each_share(&self, account: AccountId, mut each: impl FnMut(u32, Option<Timestamp>)) {
        let (targets, times) = self.row(self.number(account));
        for (&target, &at) in targets.iter().zip(times) {
            each(target, (at != UNKNOWN).then_some(Timestamp(at)));
        }
    }

    /// Calls `each` with every share of the account with this number whose time is known: the number of the share, its dense
    /// target, and that time.
    pub(in crate::graph) fn for_each_timed_share(&self, number: u32, mut each: impl FnMut(usize, usize, i64)) {
        let (targets, times) = self.row(number);
        for (share, (&target, &at)) in self.shares_at(number).zip(targets.iter().zip(times)) {
            if at != UNKNOWN {
                each(share, target as usize, at);
            }
        }
    }

    /// Every target that both shared, in the order of their keys.
    #[must_use]
    pub fn shared_targets(&self, a: AccountId, b: AccountId) -> Vec<SharedTarget> {
        let known = |at: i64| (at != UNKNOWN).then_some(Timestamp(at));
        let ((targets_a, times_a), (targets_b, times_b)) = (self.row(self.number(a)), self.row(self.number(b)));
        let mut shared = Vec::new();
        let (mut at_a, mut at_b) = (0, 0);
        while at_a < targets_a.len() && at_b < targets_b.len() {
            let target = targets_a[at_a] as usize;
            match targets_a[at_a].cmp(&targets_b[at_b]) {
                Ordering::Less => at_a += 1,
                Ordering::Greater => at_b += 1,
                Ordering::Equal => {
                    let object = self.objects[target];
                    shared.push(SharedTarget {
                        object,
                        synthetic: self.synthetic.contains(&object),
                        rounded: self.rounded.contains(&object),
                        at_a: known(times_a[at_a]),
                        at_b: known(times_b[at_b]),
                        sharers: dense(self.sharers_of(target).len()),
                    });
                    at_a += 1;
                    at_b += 1;
                }
            }
        }
        shared
    }
}
