//! What signals look at: plain data that somebody read from the cache.

use super::token_sets::TokenSets;
use crate::graph::Cluster;
use crate::model::{Account, AccountId, Csr, ObjectId, Timestamp};

/// The place of every account in the list of accounts, by its id.
#[derive(Debug, Clone, Default)]
pub struct Places {
    by_id: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Places {
    /// The places of `accounts`.
    #[must_use]
    pub fn new(accounts: &[Account]) -> Self {
        let mut by_id = Vec::new();
        for (place, account) in (0_u32..).zip(accounts) {
            if by_id.len() <= account.id.index() {
                by_id.resize(account.id.index() + 1, NOWHERE);
            }
            by_id[account.id.index()] = place;
        }
        Self { by_id }
    }

    /// Where an account stands; `None` where it is not among them.
    #[must_use]
    pub fn place(&self, id: AccountId) -> Option<usize> {
        self.by_id.get(id.index()).filter(|&&place| place != NOWHERE).map(|&place| place as usize)
    }
}

/// The times of each account's posts, ascending.
#[derive(Debug, Clone, Default)]
pub struct PostTimes {
    times: Csr<i64>,
}

impl PostTimes {
    /// Sorts `times`, each with the place of its account, for `accounts` accounts.
    #[must_use]
    pub fn new(mut times: Vec<(u32, Timestamp)>, accounts: usize) -> Self {
        times.sort_unstable();
        Self { times: Csr::from_pairs(accounts, times.iter().map(|&(place, at)| (place, at.0))) }
    }

    /// The times of an account's posts, in milliseconds.
    #[must_use]
    pub fn times(&self, place: usize) -> &[i64] {
        self.times.row(place)
    }
}

/// An account's retweets of others whose own time and whose original's time are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimedRetweets {
    /// How many there are.
    pub timed: u32,
    /// How many of them came within the limit of `fast_retweets`.
    pub fast: u32,
    /// The shortest time between original and retweet, in milliseconds; `None` where no retweet is later.
    pub fastest_ms: Option<u64>,
}

/// What accounts said in their own words, and who said it.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// The words of each statement.
    pub words: TokenSets,
    /// Which object of the cache each is; of several with the same words the first by its key.
    pub objects: Vec<ObjectId>,
    /// The place of every account that made a statement, and the statement, by its number.
    pub said: Vec<(u32, u32)>,
}

impl Statements {
    /// Brings the statements into the order of the keys of their objects, of which `keys` tells the place by object id.
    #[must_use]
    pub fn in_order(self, keys: &[u32]) -> Self {
        let place = |object: ObjectId| keys.get(object.index()).copied().unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (0..).take(self.objects.len()).collect();
        order.sort_unstable_by_key(|&set| (place(self.objects[set as usize]), set));
        let mut numbers = vec![0; order.len()];
        for (number, &set) in (0..).zip(&order) {
            numbers[set as usize] = number;
        }
        Self {
            words: self.words.in_order(&order),
            objects: order.iter().map(|&set| self.objects[set as usize]).collect(),
            said: self.said.into_iter().map(|(account, set)| (account, numbers[set as usize])).collect(),
        }
    }
}

/// Everything that the signals of accounts look at.
#[derive(Debug, Clone, Copy)]
pub struct Observations<'a> {
    /// The accounts, in the order of platforms and of ids there.
    pub accounts: &'a [Account],
    /// When they posted.
    pub posts: &'a PostTimes,
    /// How fast they retweeted, by place.
    pub retweets: &'a [TimedRetweets],
    /// What they said.
    pub statements: &'a Statements,
    /// Which of them hang together.
    pub clusters: &'a [Cluster],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_sorted_by_account() {
        let at = |place, at| (place, Timestamp(at));
        let posts = PostTimes::new(vec![at(2, 5), at(0, 9), at(2, 1), at(0, 3)], 4);
        assert_eq!(
            [0, 1, 2, 3, 4].map(|place| posts.times(place).to_vec()),
            [vec![3, 9], vec![], vec![1, 5], vec![], vec![]]
        );
        assert!(PostTimes::default().times(0).is_empty());
    }
}
