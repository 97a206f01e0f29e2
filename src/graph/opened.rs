//! One account's shares laid out by target, so that many accounts can be compared with it: each comparison costs the
//! targets of the other account, and hardly more than one step for each.

use super::Incidence;
use super::incidence::UNKNOWN;
use crate::model::dense;

/// Where the other account has so many times more targets, searching in them is faster than walking through them.
const MUCH_LONGER: usize = 8;

/// The account that is laid out.
#[derive(Debug)]
pub(super) struct Opened<'i> {
    incidence: &'i Incidence,
    /// The number of the account that is laid out.
    account: Option<u32>,
    /// One bit for each target, so that all that is looked at for most of them stays near the processor.
    shared: Vec<u64>,
    /// How many of the account's targets come before those of each word of `shared`; of use only where it has bits.
    before: Vec<u32>,
    /// Numbers of the shares by which others have them in common, other by other. Room for one more than there are.
    found: Vec<usize>,
    /// Where those of each other one end.
    ends: Vec<usize>,
}

/// A target that the opened account shares with another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    /// Its place among the targets of the opened account.
    pub place: u32,
    /// Milliseconds between the shares, where both times are known and were looked up.
    pub gap: Option<u64>,
    /// The number of the other account's share.
    pub other: u32,
}

impl<'i> Opened<'i> {
    pub fn new(incidence: &'i Incidence) -> Self {
        let words = incidence.target_count() / 64 + 1;
        Self {
            incidence,
            account: None,
            shared: vec![0; words],
            before: vec![0; words],
            found: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Lays out the account with this number; false where it is already.
    pub fn open(&mut self, account: u32) -> bool {
        if self.account == Some(account) {
            return false;
        }
        if let Some(last) = self.account.replace(account) {
            self.incidence.targets_at(last).iter().for_each(|&target| self.shared[target as usize / 64] = 0);
        }
        for (place, &target) in (0_u32..).zip(self.incidence.targets_at(account)) {
            let word = target as usize / 64;
            if self.shared[word] == 0 {
                self.before[word] = place;
            }
            self.shared[word] |= 1 << (target % 64);
        }
        true
    }

    /// Puts all that this account shares with each of `others`, given by their numbers, into `shared`, one other after the other, each by target.
    /// Gives back where those of each end.
    pub fn shared_with(&mut self, others: impl Iterator<Item = u32>, shared: &mut Vec<Shared>) -> &[usize] {
        let mut count = 0;
        self.ends.clear();
        for other in others {
            count = self.find_shared(other, count);
            self.ends.push(count);
        }
        // Times lie far apart. Looked up one after the other, with nothing in between, many of them are waited for at once.
        shared.clear();
        shared.extend(self.found[..count].iter().map(|&share| self.timed(self.shared_by(share))));
        &self.ends
    }

    /// Puts all that this account shares with another one into `shared`, by target, without a look at when.
    pub fn untimed_with(&mut self, other: u32, shared: &mut Vec<Shared>) {
        let count = self.find_shared(other, 0);
        shared.clear();
        shared.extend(self.found[..count].iter().map(|&share| self.shared_by(share)));
    }

    /// The same with the gap.
    pub fn timed(&self, shared: Shared) -> Shared {
        let own_times = self.account.map_or(&[][..], |account| self.incidence.row(account).1);
        let (at, other_at) = (own_times[shared.place as usize], self.incidence.shares().1[shared.other as usize]);
        Shared { gap: (at != UNKNOWN && other_at != UNKNOWN).then(|| at.abs_diff(other_at)), ..shared }
    }

    /// What is shared by this share of another account, without the gap.
    fn shared_by(&self, share: usize) -> Shared {
        let target = self.incidence.shares().0[share];
        Shared { place: dense(self.place(target)), gap: None, other: dense(share) }
    }

    /// The place of a target of this account among them all.
    fn place(&self, target: u32) -> usize {
        let word = target as usize / 64;
        let lower = self.shared[word] & ((1 << (target % 64)) - 1);
        (self.before[word] + lower.count_ones()) as usize
    }

    /// Puts the shares of `other` that are shared into `found` behind the first `count`, and tells how many there are then.
    fn find_shared(&mut self, other: u32, mut count: usize) -> usize {
        let own = self.account.map_or(&[][..], |account| self.incidence.targets_at(account));
        let (shares, targets) = (self.incidence.shares_at(other), self.incidence.targets_at(other));
        if self.found.len() <= count + targets.len() {
            self.found.resize(count + targets.len() + 1, 0);
        }
        if targets.len() > MUCH_LONGER * own.len() {
            for place in own.iter().filter_map(|target| targets.binary_search(target).ok()) {
                self.found[count] = shares.start + place;
                count += 1;
            }
            return count;
        }
        for (share, &target) in shares.zip(targets) {
            // Without a branch, since no processor can guess which targets are shared.
            self.found[count] = share;
            count += usize::from(self.shared[target as usize / 64] >> (target % 64) & 1 == 1);
        }
        count
    }
}
