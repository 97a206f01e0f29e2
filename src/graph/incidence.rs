//! Who shared what and when, in a compressed sparse layout both ways. `T(a)` of the definitions is a row of it.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashSet;

use crate::model::{AccountId, AccountOrder, ObjectId, ShareRow, SharedTarget, Timestamp};

/// Stands for a share whose time is not known.
pub(super) const UNKNOWN: i64 = i64::MIN;

/// Accounts × targets. Self-retweets and muted targets are left out and counted.
#[derive(Debug, Default)]
pub struct Incidence {
    /// The cache's ids of the targets; a dense target is an index into it. Dense targets follow the keys of the objects, and
    /// accounts are numbered by their ids on their platform, so that all that is counted and summed up from here on has one
    /// order, whatever the order of import.
    objects: Vec<ObjectId>,
    /// Where each target's sharers begin; one longer than `objects`.
    object_starts: Vec<usize>,
    sharers: Vec<u32>,
    /// Where each account's targets begin, by its number; two longer than the largest number.
    account_starts: Vec<usize>,
    targets: Vec<u32>,
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
}

/// What the user leaves out before anything is counted.
#[derive(Debug, Clone, Default)]
pub struct Muting {
    /// These objects.
    pub objects: FxHashSet<ObjectId>,
    /// And those that more accounts shared.
    pub max_accounts: Option<u32>,
}

impl Incidence {
    /// Accounts are numbered below this.
    pub(super) fn account_bound(&self) -> usize {
        self.account_starts.len().saturating_sub(1)
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
        self.rounded_ends(a, b) + u32::try_from(targets).unwrap_or(u32::MAX)
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
    pub(super) fn targets_at(&self, number: u32) -> &[u32] {
        self.row(number).0
    }

    /// The numbers of the accounts that shared a dense target, ascending.
    pub(super) fn sharers_of(&self, target: usize) -> &[u32] {
        match (self.object_starts.get(target), self.object_starts.get(target + 1)) {
            (Some(&start), Some(&end)) => &self.sharers[start..end],
            _ => &[],
        }
    }

    /// The dense targets of the account with this number, ascending, and when it shared each; `UNKNOWN` where that is not
    /// known.
    pub(super) fn row(&self, number: u32) -> (&[u32], &[i64]) {
        let shares = self.shares_at(number);
        (&self.targets[shares.clone()], &self.times[shares])
    }

    /// When an account shared a target; `None` where it did not, or where the time is not known.
    pub(super) fn known_time(&self, account: AccountId, target: u32) -> Option<i64> {
        let (targets, times) = self.row(self.number(account));
        let at = times[targets.binary_search(&target).ok()?];
        (at != UNKNOWN).then_some(at)
    }

    /// The shares with a known time, target by target, as (time, number of the share), and where each target's begin.
    /// Shares are numbered account by account and within one by target.
    pub(super) fn timed_shares(&self) -> (Vec<(i64, u32)>, Vec<usize>) {
        let mut starts = vec![0_usize; self.target_count() + 1];
        for (&target, _) in self.targets.iter().zip(&self.times).filter(|&(_, &at)| at != UNKNOWN) {
            starts[target as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut shares = vec![(0, 0); starts.last().copied().unwrap_or(0)];
        let timed = (0_u32..).zip(self.targets.iter().zip(&self.times)).filter(|&(_, (_, &at))| at != UNKNOWN);
        for (share, (&target, &at)) in timed {
            shares[next[target as usize]] = (at, share);
            next[target as usize] += 1;
        }
        (shares, starts)
    }

    /// How many shares there are.
    pub(super) fn share_count(&self) -> usize {
        self.targets.len()
    }

    /// The dense target and the time of every share by its number; `UNKNOWN` where the time is not known.
    pub(super) fn shares(&self) -> (&[u32], &[i64]) {
        (&self.targets, &self.times)
    }

    /// Which shares are those of the account with this number.
    pub(super) fn shares_at(&self, number: u32) -> Range<usize> {
        let number = number as usize;
        let bounds = (self.account_starts.get(number), self.account_starts.get(number.saturating_add(1)));
        if let (Some(&start), Some(&end)) = bounds { start..end } else { 0..0 }
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
    pub(super) fn for_each_timed_share(&self, number: u32, mut each: impl FnMut(usize, usize, i64)) {
        let shares = self.shares_at(number);
        for share in shares.filter(|&share| self.times[share] != UNKNOWN) {
            each(share, self.targets[share] as usize, self.times[share]);
        }
    }

    /// Numbers the targets anew: `order` names the old number of each. The sharers must be sorted afterwards.
    fn rearrange(&mut self, order: &[u32]) {
        self.objects = order.iter().map(|&old| self.objects[old as usize]).collect();
        let lengths = order.iter().map(|&old| self.object_starts[old as usize + 1] - self.object_starts[old as usize]);
        let mut end = 0;
        let ends = lengths.map(|length| {
            end += length;
            end
        });
        self.object_starts = [0].into_iter().chain(ends).collect();
    }

    /// Brings the sharers of each target into the order of their numbers.
    fn sort_sharers(&mut self) {
        let mut next = self.object_starts.clone();
        for account in 0..u32::try_from(self.account_bound()).unwrap_or(u32::MAX) {
            let (start, end) = (self.account_starts[account as usize], self.account_starts[account as usize + 1]);
            for &target in &self.targets[start..end] {
                self.sharers[next[target as usize]] = account;
                next[target as usize] += 1;
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
                        sharers: u32::try_from(self.sharers_of(target).len()).unwrap_or(u32::MAX),
                    });
                    at_a += 1;
                    at_b += 1;
                }
            }
        }
        shared
    }
}

/// How accounts are numbered.
#[derive(Debug, Clone, Default)]
pub enum Numbering {
    /// By their rows in the cache.
    #[default]
    ByRow,
    /// `numbers[row]`; accounts without one, or with `u32::MAX`, are left out. Whoever asks knows them by these numbers.
    As(Vec<u32>),
    /// In this order. Whoever asks knows them by their rows.
    InOrder(Arc<AccountOrder>),
}

impl Numbering {
    /// As whom whoever asks knows an account; `None` where it is left out.
    #[must_use]
    pub fn known_as(&self, account: AccountId) -> Option<AccountId> {
        match self {
            Self::As(_) => Some(AccountId(self.number(account))).filter(|known| known.0 != u32::MAX),
            _ => Some(account),
        }
    }

    fn number(&self, account: AccountId) -> u32 {
        match self {
            Self::ByRow => account.0,
            Self::As(numbers) => numbers.get(account.index()).copied().unwrap_or(u32::MAX),
            Self::InOrder(order) => order.number(account),
        }
    }
}

/// Takes shares in the order of the cache: by object, then by account, each pair once.
#[derive(Debug, Default)]
pub struct IncidenceBuilder {
    incidence: Incidence,
    muting: Muting,
    numbering: Numbering,
    times_by_object: Vec<i64>,
    largest_account: u32,
}

impl IncidenceBuilder {
    /// Leaves out what `muting` names.
    #[must_use]
    pub fn without(muting: Muting) -> Self {
        Self { muting, ..Self::default() }
    }

    /// Numbers the accounts otherwise than the cache does.
    #[must_use]
    pub fn numbered(self, numbering: Numbering) -> Self {
        Self { numbering, ..self }
    }

    /// Makes room for so many shares, since growing step by step costs several times their memory.
    #[must_use]
    pub fn with_room_for(mut self, shares: usize) -> Self {
        self.incidence.sharers.reserve_exact(shares);
        self.times_by_object.reserve_exact(shares);
        self
    }

    /// Adds one share.
    pub fn push(&mut self, mut row: ShareRow) {
        row.account = AccountId(self.numbering.number(row.account));
        if row.account.0 == u32::MAX {
            return;
        }
        let incidence = &mut self.incidence;
        if row.own {
            incidence.own += 1;
            return;
        }
        if incidence.objects.last() != Some(&row.object) {
            self.close_object();
            self.incidence.objects.push(row.object);
            self.incidence.object_starts.push(self.incidence.sharers.len());
        }
        let incidence = &mut self.incidence;
        incidence.sharers.push(row.account.0);
        self.times_by_object.push(row.at.map_or(UNKNOWN, |at| at.0.max(UNKNOWN + 1)));
        self.largest_account = self.largest_account.max(row.account.0);
    }

    /// Takes the last object back where it is muted; how many accounts shared it is known only now.
    fn close_object(&mut self) {
        let incidence = &mut self.incidence;
        let (Some(&object), Some(&start)) = (incidence.objects.last(), incidence.object_starts.last()) else { return };
        let sharers = incidence.sharers.len() - start;
        let popular = self.muting.max_accounts.is_some_and(|most| sharers > most as usize);
        if popular || self.muting.objects.contains(&object) {
            incidence.objects.pop();
            incidence.object_starts.pop();
            incidence.sharers.truncate(start);
            self.times_by_object.truncate(start);
            incidence.muted += 1;
        }
    }

    /// The finished layout, with the targets in the order of the cache.
    #[must_use]
    pub fn finish(self) -> Incidence {
        self.finish_in(&[])
    }

    /// The finished layout, with the targets in the order of `places`, which is by object id; those without a place come
    /// last, by object id.
    #[must_use]
    pub fn finish_in(mut self, places: &[u32]) -> Incidence {
        self.close_object();
        let mut incidence = self.incidence;
        incidence.object_starts.push(incidence.sharers.len());
        let place = |object: ObjectId| (places.get(object.index()).copied().unwrap_or(u32::MAX), object);
        let in_order = incidence.objects.is_sorted_by_key(|&object| place(object));
        let count = u32::try_from(incidence.objects.len()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (0..count).collect();
        if !in_order {
            order.par_sort_unstable_by_key(|&target| place(incidence.objects[target as usize]));
        }
        let mut starts = vec![0_usize; self.largest_account as usize + 2];
        for &account in &incidence.sharers {
            starts[account as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        incidence.targets = vec![0; incidence.sharers.len()];
        incidence.times = vec![0; incidence.sharers.len()];
        for (target, &old) in (0..).zip(&order) {
            for place in incidence.object_starts[old as usize]..incidence.object_starts[old as usize + 1] {
                let slot = &mut next[incidence.sharers[place] as usize];
                incidence.targets[*slot] = target;
                incidence.times[*slot] = self.times_by_object[place];
                *slot += 1;
            }
        }
        incidence.account_starts = starts;
        if !in_order {
            incidence.rearrange(&order);
        }
        if !in_order || !matches!(self.numbering, Numbering::ByRow) {
            incidence.sort_sharers();
        }
        if let Numbering::InOrder(order) = self.numbering {
            incidence.order = order;
        }
        incidence
    }
}
