//! One account's shares laid out by target, so that many accounts can be compared with it: each comparison costs the
//! targets of the other account, and hardly more than one step for each.

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
    /// One bit for each target, so that all that is looked at for most of them stays near the processor.
    shared: Vec<u64>,
    /// How many of the account's targets come before those of each word of `shared`; of use only where it has bits.
    before: Vec<u32>,
    /// Places of shared targets in the other account's row. Room for one more than there are.
    found: Vec<u32>,
}

impl<'i> Opened<'i> {
    pub fn new(incidence: &'i Incidence) -> Self {
        let words = incidence.target_count() / 64 + 1;
        Self { incidence, account: None, shared: vec![0; words], before: vec![0; words], found: Vec::new() }
    }

    /// Lays out `account`; false where it is already.
    pub fn open(&mut self, account: AccountId) -> bool {
        if self.account == Some(account) {
            return false;
        }
        if let Some(last) = self.account.replace(account) {
            self.incidence.targets_of(last).iter().for_each(|&target| self.shared[target as usize / 64] = 0);
        }
        for (place, &target) in (0_u32..).zip(self.incidence.targets_of(account)) {
            let word = target as usize / 64;
            if self.shared[word] == 0 {
                self.before[word] = place;
            }
            self.shared[word] |= 1 << (target % 64);
        }
        true
    }

    /// Calls `each` with the place among this account's targets of every one that both shared, ascending, and the
    /// milliseconds between the shares.
    pub fn for_each_shared(&mut self, other: AccountId, mut each: impl FnMut(usize, Option<u64>)) {
        let (_, own_times) = self.account.map_or(Default::default(), |account| self.incidence.row(account));
        let (targets, times) = self.incidence.row(other);
        let found = self.find_shared(targets);
        for &found in &self.found[..found] {
            let (target, other_at) = (targets[found as usize], times[found as usize]);
            let place = self.place(target);
            let at = own_times[place];
            each(place, (at != UNKNOWN && other_at != UNKNOWN).then(|| at.abs_diff(other_at)));
        }
    }

    /// The place of a target of this account among them all.
    fn place(&self, target: u32) -> usize {
        let word = target as usize / 64;
        let lower = self.shared[word] & ((1 << (target % 64)) - 1);
        (self.before[word] + lower.count_ones()) as usize
    }

    /// Puts the places of those `targets` that are shared into `found`, and tells how many there are.
    fn find_shared(&mut self, targets: &[u32]) -> usize {
        let own = self.account.map_or(&[][..], |account| self.incidence.targets_of(account));
        if self.found.len() <= targets.len() {
            self.found.resize(targets.len() + 1, 0);
        }
        let mut count = 0;
        if targets.len() > MUCH_LONGER * own.len() {
            for place in own.iter().filter_map(|target| targets.binary_search(target).ok()) {
                self.found[count] = u32::try_from(place).unwrap_or(u32::MAX);
                count += 1;
            }
            return count;
        }
        let found = &mut self.found[..=targets.len()];
        for (place, &target) in (0_u32..).zip(targets) {
            // Without a branch, since no processor can guess which targets are shared.
            found[count] = place;
            count += usize::from(self.shared[target as usize / 64] >> (target % 64) & 1 == 1);
        }
        count
    }
}
