//! How many posts of an author two accounts share by chance, where each shares as many of that author's posts as it does, and
//! each post is as popular as it is: a bipartite configuration model for each author. It holds who retweets how much of whom,
//! so that people who like the same figure explain themselves. [after Saracco et al. 2017]

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::common::{Common, Held};
use super::counts::{Counts, Reach};
use crate::graph::significance::{Fitness, Trials, ln_tail};
use crate::graph::{GraphError, Incidence, Task};
use crate::model::{Csr, dense};

/// An author of whom fewer posts were shared says nothing: there is no choice among them.
const FEWEST_POSTS: u32 = 2;
/// Below this what the models hold ready is not right any more.
const RIGHT_FROM: f64 = 1e-50;
/// Stands for a target whose author is not known, or says nothing.
const NOBODY: u32 = u32::MAX;

/// The models of all authors.
#[derive(Debug)]
pub(super) struct AuthorHeld {
    authors: Vec<Author>,
    /// The author of each target, by its place among `authors`; else `NOBODY`.
    author_of: Vec<u32>,
    /// For each account the authors that it shared posts of, ascending, and its class there.
    classes: Csr<(u32, u32)>,
    /// For each share its account's class with that author; of no use where no author is held.
    class_of_share: Vec<u32>,
}

/// The model of one author. Accounts that share as many of the author's posts are of one class.
#[derive(Debug)]
struct Author {
    /// For each class, how many targets are of each popularity, and how likely it shares one of them.
    probabilities: Vec<Vec<(u32, f64)>>,
    /// How many posts accounts of two classes share, the larger class `b` at `b (b + 1) / 2 + a`; made where asked for.
    shared: Vec<OnceLock<Counts>>,
}

impl Author {
    fn new(degrees: &[u32], popularities: &[u32], task: &Task<'_>) -> Result<Self, GraphError> {
        let fitness = Fitness::solve(degrees, popularities, task)?;
        let probabilities =
            distinct(degrees).into_iter().map(|degree| fitness.probabilities(degree)).collect::<Vec<_>>();
        let pairs = probabilities.len() * (probabilities.len() + 1) / 2;
        Ok(Self { probabilities, shared: std::iter::repeat_with(OnceLock::new).take(pairs).collect() })
    }

    fn trials(&self, a: u32, b: u32) -> impl Iterator<Item = Trials> + '_ {
        let both = self.probabilities[a as usize].iter().zip(&self.probabilities[b as usize]);
        both.map(|(&(count, by_a), &(_, by_b))| Trials { count, probability: by_a * by_b })
    }

    fn shared(&self, a: u32, b: u32) -> &Counts {
        let (smaller, larger) = (a.min(b), a.max(b) as usize);
        self.shared[larger * (larger + 1) / 2 + smaller as usize].get_or_init(|| Counts::of_trials(self.trials(a, b)))
    }
}

/// ln of a chance; of one that is too small to be right, what surely is below it.
fn ln_from(chance: f64) -> f64 {
    if chance >= RIGHT_FROM { chance.ln() } else { f64::NEG_INFINITY }
}

fn distinct(degrees: &[u32]) -> Vec<u32> {
    let mut distinct = degrees.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

impl AuthorHeld {
    /// Learns a model for each author of whom enough is known.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn new(incidence: &Incidence, task: &Task<'_>) -> Result<Self, GraphError> {
        let (author_of, authors) = posts_by_author(incidence);
        let degrees = degrees(incidence, &author_of);
        let mut by_author: Vec<Vec<u32>> = vec![Vec::new(); authors.len()];
        for &(author, degree) in degrees.items() {
            by_author[author as usize].push(degree);
        }
        let classes = by_author.iter().map(|degrees| distinct(degrees)).collect::<Vec<_>>();
        let classes = degrees.map(|(author, degree)| {
            let class = classes[author as usize].binary_search(&degree).unwrap_or_default();
            (author, dense(class))
        });
        let authors = by_author.par_iter().zip(authors).map(|(degrees, posts)| Author::new(degrees, &posts, task));
        let class_of_share = classes_of_shares(incidence, &author_of, &classes);
        Ok(Self { authors: authors.collect::<Result<_, _>>()?, author_of, classes, class_of_share })
    }

    /// Whether no author is held.
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
    }

    /// The author of a target, by its place among those that are held.
    pub fn author(&self, target: u32) -> Option<u32> {
        Some(self.author_of[target as usize]).filter(|&author| author != NOBODY)
    }

    /// ln of the chance that two accounts share at least so many posts of the authors that are held.
    pub fn ln_chance(&self, a: u32, b: u32, at_least: u32) -> f64 {
        let mut reach = Reach::new(at_least as usize);
        self.common(a, b).for_each(|(author, a, b)| reach.add(author.shared(a, b)));
        match reach.chance() {
            chance if chance >= RIGHT_FROM => chance.ln(),
            _ => {
                let trials = self.common(a, b).flat_map(|(author, a, b)| author.trials(a, b));
                ln_tail(&trials.collect::<Vec<_>>(), at_least)
            }
        }
    }

    /// The class of the account of a share, whose author is held.
    pub fn class(&self, share: usize) -> u32 {
        self.class_of_share[share]
    }

    /// ln of a chance that theirs is not below: that of sharing as much of each author of whom they share anything.
    pub fn bound_of_each(&self, common: &Common) -> f64 {
        let tail = |held: &Held| self.counts(held).tail(held.shared as usize);
        // One logarithm is enough. What is not right any more is bounded by nothing.
        ln_from(common.authors.iter().map(tail).product())
    }

    /// The same, nearer: that of sharing as much of these authors together.
    pub fn bound_of_shared(&self, common: &Common) -> f64 {
        let mut reach = Reach::new(common.held as usize);
        common.authors.iter().for_each(|held| reach.add(self.counts(held)));
        ln_from(reach.chance())
    }

    fn counts(&self, held: &Held) -> &Counts {
        self.authors[held.author as usize].shared(held.classes.0, held.classes.1)
    }

    /// The authors that both shared posts of, with the class of each.
    fn common(&self, a: u32, b: u32) -> impl Iterator<Item = (&Author, u32, u32)> + Clone {
        let (mut of_a, mut of_b) = (self.classes.row(a as usize), self.classes.row(b as usize));
        std::iter::from_fn(move || {
            while let (Some(&(author_a, class_a)), Some(&(author_b, class_b))) = (of_a.first(), of_b.first()) {
                if author_a <= author_b {
                    of_a = &of_a[1..];
                }
                if author_b <= author_a {
                    of_b = &of_b[1..];
                }
                if author_a == author_b {
                    return Some((&self.authors[author_a as usize], class_a, class_b));
                }
            }
            None
        })
    }
}

/// The author of each target, and how popular each post of each author is.
fn posts_by_author(incidence: &Incidence) -> (Vec<u32>, Vec<Vec<u32>>) {
    let targets = 0..dense(incidence.target_count());
    let author = |target: u32| incidence.author(target);
    let mut posts: FxHashMap<u32, u32> = FxHashMap::default();
    for author in targets.clone().filter_map(author) {
        *posts.entry(author.0).or_default() += 1;
    }
    let mut places: FxHashMap<u32, u32> = FxHashMap::default();
    let mut popularities: Vec<Vec<u32>> = Vec::new();
    let author_of = targets.map(|target| {
        let Some(author) = author(target).filter(|author| posts.get(&author.0) >= Some(&FEWEST_POSTS)) else {
            return NOBODY;
        };
        let place = *places.entry(author.0).or_insert_with(|| {
            popularities.push(Vec::new());
            dense(popularities.len() - 1)
        });
        popularities[place as usize].push(dense(incidence.sharers_of(target as usize).len()));
        place
    });
    (author_of.collect(), popularities)
}

/// For each account the authors that it shared posts of, and how many.
fn degrees(incidence: &Incidence, author_of: &[u32]) -> Csr<(u32, u32)> {
    let mut degrees = Csr::default();
    let mut authors: Vec<u32> = Vec::new();
    for account in (0..incidence.account_bound()).map(dense) {
        authors.clear();
        let of_targets = incidence.targets_at(account).iter().map(|&target| author_of[target as usize]);
        authors.extend(of_targets.filter(|&author| author != NOBODY));
        authors.sort_unstable();
        degrees.push(authors.chunk_by(|a, b| a == b).map(|run| (run[0], dense(run.len()))));
    }
    degrees
}

fn classes_of_shares(incidence: &Incidence, author_of: &[u32], classes: &Csr<(u32, u32)>) -> Vec<u32> {
    let of_share = |(account, &target): (usize, &u32)| {
        let (author, classes) = (author_of[target as usize], classes.row(account));
        classes.binary_search_by_key(&author, |of| of.0).map_or(0, |place| classes[place].1)
    };
    let of_account = |account: usize| incidence.targets_at(dense(account)).iter().map(move |target| (account, target));
    (0..incidence.account_bound()).flat_map(of_account).map(of_share).collect()
}
