//! Who shared what and when, in a compressed sparse layout both ways. `T(a)` of the definitions is a row of it.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashSet;

use crate::model::{AccountId, AccountOrder, Csr, ObjectId, Offsets, ShareRow, SharedTarget, Timestamp, dense};

/// Stands for a share whose time is not known.
pub(super) const UNKNOWN: i64 = i64::MIN;

/// Accounts × targets. Self-retweets and muted targets are left out and counted.
#[derive(Debug, Default)]
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
        self.sharers.row(target)
    }

    /// The dense targets of the account with this number, ascending, and when it shared each; `UNKNOWN` where that is not
    /// known.
    pub(super) fn row(&self, number: u32) -> (&[u32], &[i64]) {
        (self.targets.row(number as usize), &self.times[self.shares_at(number)])
    }

    /// When an account shared a target; `None` where it did not, or where the time is not known.
    pub(super) fn known_time(&self, account: AccountId, target: u32) -> Option<i64> {
        let (targets, times) = self.row(self.number(account));
        let at = times[targets.binary_search(&target).ok()?];
        (at != UNKNOWN).then_some(at)
    }

    /// The shares of each target with a known time, as (time, number of the share). Shares are numbered account by account
    /// and within one by target.
    pub(super) fn timed_shares(&self) -> Csr<(i64, u32)> {
        let shares = (0_u32..).zip(self.targets.items().iter().zip(&self.times));
        let timed = shares.filter(|&(_, (_, &at))| at != UNKNOWN);
        Csr::from_pairs(self.target_count(), timed.map(|(share, (&target, &at))| (target, (at, share))))
    }

    /// How many shares there are.
    pub(super) fn share_count(&self) -> usize {
        self.times.len()
    }

    /// The dense target and the time of every share by its number; `UNKNOWN` where the time is not known.
    pub(super) fn shares(&self) -> (&[u32], &[i64]) {
        (self.targets.items(), &self.times)
    }

    /// Which shares are those of the account with this number.
    pub(super) fn shares_at(&self, number: u32) -> Range<usize> {
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
    pub(super) fn for_each_timed_share(&self, number: u32, mut each: impl FnMut(usize, usize, i64)) {
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
    /// The object at hand, and who shared it.
    object: Option<ObjectId>,
    sharers: Vec<u32>,
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
        if row.own {
            self.incidence.own += 1;
            return;
        }
        if self.object != Some(row.object) {
            self.close_object();
            self.object = Some(row.object);
        }
        self.sharers.push(row.account.0);
        self.times_by_object.push(row.at.map_or(UNKNOWN, |at| at.0.max(UNKNOWN + 1)));
        self.largest_account = self.largest_account.max(row.account.0);
    }

    /// Takes the object at hand in, or leaves it out where it is muted; how many accounts shared it is known only now.
    fn close_object(&mut self) {
        let Some(object) = self.object.take() else { return };
        let incidence = &mut self.incidence;
        let popular = self.muting.max_accounts.is_some_and(|most| self.sharers.len() > most as usize);
        if popular || self.muting.objects.contains(&object) {
            self.sharers.clear();
            self.times_by_object.truncate(incidence.sharers.items().len());
            incidence.muted += 1;
        } else {
            incidence.objects.push(object);
            incidence.sharers.push(self.sharers.drain(..));
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
        let place = |object: ObjectId| (places.get(object.index()).copied().unwrap_or(u32::MAX), object);
        let in_order = incidence.objects.is_sorted_by_key(|&object| place(object));
        let mut order: Vec<u32> = (0..).zip(&incidence.objects).map(|(target, _)| target).collect();
        if !in_order {
            order.par_sort_unstable_by_key(|&target| place(incidence.objects[target as usize]));
        }
        let by_object = incidence.sharers;
        let accounts = Offsets::counting(self.largest_account as usize + 1, by_object.items().iter().copied());
        let mut slots = accounts.slots();
        let (mut targets, mut times) = (vec![0; accounts.total()], vec![0; accounts.total()]);
        for (target, &old) in (0..).zip(&order) {
            for place in by_object.places(old as usize) {
                let slot = slots.take(by_object.items()[place]);
                (targets[slot], times[slot]) = (target, self.times_by_object[place]);
            }
        }
        let sorted = in_order && matches!(self.numbering, Numbering::ByRow);
        (incidence.targets, incidence.times) = (Csr::new(accounts, targets), times);
        incidence.sharers = if sorted { by_object } else { sorted_sharers(by_object, &incidence.targets, &order) };
        incidence.objects = order.iter().map(|&old| incidence.objects[old as usize]).collect();
        if let Numbering::InOrder(order) = self.numbering {
            incidence.order = order;
        }
        incidence
    }
}

/// Brings the sharers of each target into the order of their numbers, and the targets into `order`, which names the old number
/// of each.
fn sorted_sharers(by_object: Csr<u32>, targets: &Csr<u32>, order: &[u32]) -> Csr<u32> {
    let offsets = Offsets::of_lengths(order.iter().map(|&old| by_object.row(old as usize).len()));
    let mut sharers = Csr::new(offsets, by_object.into_items());
    let pairs = (0..).zip(targets.rows()).flat_map(|(account, row)| row.iter().map(move |&target| (target, account)));
    sharers.refill(pairs);
    sharers
}
