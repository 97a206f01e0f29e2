//! One account's shares laid out by target, so that many accounts can be compared with it: each comparison costs the
//! targets of the less active of the two, not of both.

use super::Incidence;
use super::incidence::UNKNOWN;
use crate::model::AccountId;

/// Where the other account has so many times more targets, searching in them is faster than walking through them.
const MUCH_LONGER: usize = 8;

/// The account that is laid out.
#[derive(Debug)]
pub(super) struct Opened<'i> {
    incidence: &'i Incidence,
    account: Option<AccountId>,
    /// One bit for each target, so that what is looked at for nearly all of them stays near the processor.
    shared: Vec<u64>,
    /// By target; of use only where the bit is set.
    times: Vec<i64>,
}

impl<'i> Opened<'i> {
    pub fn new(incidence: &'i Incidence) -> Self {
        let targets = incidence.target_count();
        Self { incidence, account: None, shared: vec![0; targets / 64 + 1], times: vec![0; targets] }
    }

    /// Lays out `account`, unless it is already.
    pub fn open(&mut self, account: AccountId) {
        if self.account == Some(account) {
            return;
        }
        if let Some(last) = self.account.replace(account) {
            self.incidence.row(last).0.iter().for_each(|&target| self.shared[target as usize / 64] = 0);
        }
        let (targets, times) = self.incidence.row(account);
        for (&target, &at) in targets.iter().zip(times) {
            self.shared[target as usize / 64] |= 1 << (target % 64);
            self.times[target as usize] = at;
        }
    }

    /// Calls `each` with every dense target that both shared, ascending, and the milliseconds between the shares.
    pub fn for_each_shared(&self, other: AccountId, mut each: impl FnMut(usize, Option<u64>)) {
        let own = self.account.map_or(&[][..], |account| self.incidence.row(account).0);
        let (targets, times) = self.incidence.row(other);
        let mut both = |target: u32, at: i64, other_at: i64| {
            each(target as usize, (at != UNKNOWN && other_at != UNKNOWN).then(|| at.abs_diff(other_at)));
        };
        if targets.len() > MUCH_LONGER * own.len() {
            for &target in own {
                if let Ok(place) = targets.binary_search(&target) {
                    both(target, self.times[target as usize], times[place]);
                }
            }
            return;
        }
        for (&target, &other_at) in targets.iter().zip(times) {
            if self.shared[target as usize / 64] >> (target % 64) & 1 == 1 {
                both(target, self.times[target as usize], other_at);
            }
        }
    }
}
