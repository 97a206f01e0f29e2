//! How old targets are when an account shares them: two accounts that are always told at once are always quick together,
//! which explains how near in time they share the same.

use super::WINDOWS;
use super::pace::Shares;
use crate::graph::Incidence;
use crate::model::{Csr, dense};

/// From so many shares of one author on, the ages of its posts stand for themselves.
const FEWEST: usize = 4;
/// So many pairs of ages are taken from all authors beside those of one.
const SHRINKAGE: f64 = 16.0;
/// Stands for an author who is not known.
const NOBODY: u32 = u32::MAX;

/// The ages of what each account shared, where it is known when the target was made.
#[derive(Debug)]
pub(super) struct Ages {
    /// Of each account, ascending.
    all: Csr<i64>,
    /// Of each account by author, then ascending.
    by_author: Csr<(u32, i64)>,
    /// The author of each target whose time is known; `None` of others.
    known: Vec<Option<u32>>,
}

impl Ages {
    /// Reads them.
    pub fn new(incidence: &Incidence) -> Self {
        let made: Vec<Option<(u32, i64)>> = (0..dense(incidence.target_count()))
            .map(|target| {
                Some((incidence.author(target).map_or(NOBODY, |author| author.0), incidence.made_at(target)?.0))
            })
            .collect();
        let (mut all, mut by_author) = (Csr::default(), Csr::default());
        let mut ages = Vec::new();
        for account in (0..incidence.account_bound()).map(dense) {
            ages.clear();
            incidence.for_each_timed_share(account, |_, target, at| {
                ages.extend(made[target].map(|(author, made)| (author, at - made)));
            });
            ages.sort_unstable();
            by_author.push(ages.iter().copied());
            ages.sort_unstable_by_key(|&(_, age)| age);
            all.push(ages.iter().map(|&(_, age)| age));
        }
        let known = made.iter().map(|made| made.map(|(author, _)| author)).collect();
        Self { all, by_author, known }
    }

    /// How two accounts' ages fall together.
    pub fn of_pair(&self, a: u32, b: u32) -> Together<'_> {
        let (of_a, of_b) = (self.all.row(a as usize), self.all.row(b as usize));
        let all = if of_a.is_empty() || of_b.is_empty() {
            [0.0; WINDOWS.len()]
        } else {
            let pairs = of_a.len() as f64 * of_b.len() as f64;
            WINDOWS.map(|window| near(of_a, of_b, window, |&age| age) as f64 / pairs)
        };
        Together { ages: self, a, b, all, last: None }
    }
}

/// How often the ages of two accounts fall within each window of each other.
#[derive(Debug)]
pub(super) struct Together<'a> {
    ages: &'a Ages,
    a: u32,
    b: u32,
    all: Shares,
    last: Option<(u32, Shares)>,
}

impl Together<'_> {
    /// Of posts of the author of a target; 0 where it is not known when the target was made.
    pub fn on(&mut self, target: u32) -> Shares {
        let Some(author) = self.ages.known[target as usize] else { return [0.0; WINDOWS.len()] };
        if author == NOBODY {
            return self.all;
        }
        match self.last {
            Some((last, shares)) if last == author => shares,
            _ => {
                let shares = self.by(author);
                self.last = Some((author, shares));
                shares
            }
        }
    }

    fn by(&self, author: u32) -> Shares {
        let of = |account: u32| {
            let row = self.ages.by_author.row(account as usize);
            let start = row.partition_point(|&(other, _)| other < author);
            let length = row[start..].partition_point(|&(other, _)| other == author);
            &row[start..start + length]
        };
        let (of_a, of_b) = (of(self.a), of(self.b));
        if of_a.len() < FEWEST || of_b.len() < FEWEST {
            return self.all;
        }
        let pairs = of_a.len() as f64 * of_b.len() as f64;
        std::array::from_fn(|place| {
            let near = near(of_a, of_b, WINDOWS[place], |&(_, age)| age) as f64;
            (near + SHRINKAGE * self.all[place]) / (pairs + SHRINKAGE)
        })
    }
}

/// How many pairs of one of `a` and one of `b`, both ascending, are at most so far apart.
fn near<T>(a: &[T], b: &[T], window: i64, age: impl Fn(&T) -> i64) -> usize {
    let (mut from, mut to, mut pairs) = (0, 0, 0);
    for own in a {
        let own = age(own);
        while b.get(from).is_some_and(|other| age(other) < own - window) {
            from += 1;
        }
        while b.get(to).is_some_and(|other| age(other) <= own + window) {
            to += 1;
        }
        pairs += to - from;
    }
    pairs
}
