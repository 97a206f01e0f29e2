//! From shares, as the cache gives them, to the incidence.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Incidence, UNKNOWN};
use crate::model::{AccountId, AccountOrder, Csr, ObjectId, Offsets, ShareRow};

/// What the user leaves out before anything is counted.
#[derive(Debug, Clone, Default)]
pub struct Muting {
    /// These objects.
    pub objects: FxHashSet<ObjectId>,
    /// And those that more accounts shared.
    pub max_accounts: Option<u32>,
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
        let sorted = in_order && matches!(self.numbering, Numbering::ByRow);
        let bound = self.largest_account as usize + 1;
        let ((targets, times), sharers) = rayon::join(
            || by_account(bound, &by_object, self.times_by_object, &order),
            || (!sorted).then(|| sorted_sharers(&by_object, &order)),
        );
        (incidence.targets, incidence.times) = (targets, times);
        incidence.sharers = sharers.unwrap_or(by_object);
        incidence.objects = order.iter().map(|&old| incidence.objects[old as usize]).collect();
        if let Numbering::InOrder(order) = self.numbering {
            incidence.order = order;
        }
        incidence
    }
}

/// The targets of each account, in `order`, which names the old number of each, and when it shared them.
fn by_account(accounts: usize, by_object: &Csr<u32>, times_by_object: Vec<i64>, order: &[u32]) -> (Csr<u32>, Vec<i64>) {
    let accounts = Offsets::counting(accounts, by_object.items().iter().copied());
    let mut slots = accounts.slots();
    let (mut targets, mut times) = (vec![0; accounts.total()], vec![0; accounts.total()]);
    for (target, &old) in (0..).zip(order) {
        let places = by_object.places(old as usize);
        for (&account, &at) in by_object.items()[places.clone()].iter().zip(&times_by_object[places]) {
            let slot = slots.take(account);
            (targets[slot], times[slot]) = (target, at);
        }
    }
    // Taken whole, so that it is gone while sharers are still laid out.
    drop(times_by_object);
    (Csr::new(accounts, targets), times)
}

/// Brings the sharers of each target into the order of their numbers, and the targets into `order`, which names the old number
/// of each.
fn sorted_sharers(by_object: &Csr<u32>, order: &[u32]) -> Csr<u32> {
    let row = |target: usize| by_object.row(order[target] as usize);
    let offsets = Offsets::of_lengths((0..order.len()).map(|target| row(target).len()));
    let mut sharers = Csr::filled_by_row(offsets, |target| row(target).iter().copied());
    sharers.rows_mut().collect::<Vec<_>>().into_par_iter().for_each(<[_]>::sort_unstable);
    sharers
}
