//! Groups of pictures that hang together by being alike, each with its middle and its width.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::carriers::{carriers_of, first_carriers};
use super::defaults::default_avatars;
use super::near::each_near;
use super::order::{Spread, side_by_side, spread};
use crate::graph::hamming_index::{Words, distance, words};
use crate::graph::{GraphError, Task};
use crate::model::{AccountId, AvatarId, AvatarPrint, LinkParameters};

/// Where comparing ends, as a share of the work.
const COMPARING_TO: f32 = 0.9;
/// Groups between two reports.
const STEP: usize = 256;

/// A picture of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupedPicture {
    /// Which picture.
    pub avatar: AvatarId,
    /// Who carries it, in the order of the accounts.
    pub accounts: Vec<AccountId>,
    /// PDQ's quality figure, 0 to 100.
    pub quality: u8,
    /// Hamming distance to the medoid, 0 to 256; where pictures turned over count, that of the turn nearest to it.
    pub to_medoid: u32,
}

/// Pictures that hang together by single link: each is alike to some other one, not to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvatarGroup {
    /// The pictures, in an order in which near ones stand together.
    pub pictures: Vec<GroupedPicture>,
    /// How many accounts carry one of them.
    pub size: usize,
    /// The largest distance of two of them, 0 to 256: a chain of small steps can lead far.
    pub diameter: u32,
    /// The picture with the smallest sum of distances to those that all the accounts carry.
    pub medoid: AvatarId,
    /// Whether they are default pictures, which link nobody.
    pub is_default: bool,
    /// They count as default pictures only since so many accounts carry them, and no address says so: they may as well be a
    /// stock picture that somebody gave to many accounts.
    pub is_common: bool,
}

/// Every group, and what stands in none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AvatarGroups {
    /// Groups of at least two accounts: first those of pictures that are only too common to link anybody, then the largest;
    /// those of default pictures by their address at the end.
    pub groups: Vec<AvatarGroup>,
    /// Pictures that some account carries.
    pub carried: usize,
    /// Pictures that one account carries and that are like no other one.
    pub alone: usize,
    /// Pictures whose hash says too little: only equal bytes count.
    pub poor: usize,
}

/// Groups the pictures that accounts carry. Pictures follow the accounts of `pictures`: a picture stands where the first one
/// stands that carries it.
///
/// # Errors
/// Fails when cancelled.
pub fn avatar_groups(
    pictures: &[(AccountId, AvatarId)],
    prints: &[AvatarPrint],
    parameters: &LinkParameters,
    task: &Task<'_>,
) -> Result<AvatarGroups, GraphError> {
    let carriers = carriers_of(pictures);
    let defaults = default_avatars(pictures, prints, parameters);
    let first = first_carriers(pictures);
    let mut carried: Vec<&AvatarPrint> = prints.iter().filter(|print| carriers.contains_key(&print.id)).collect();
    carried.sort_unstable_by_key(|print| first.get(&print.id));
    let members = task.part(0.0, COMPARING_TO, |task| components(&carried, &defaults, parameters, task))?;
    let builder =
        Builder { carried: &carried, carriers: &carriers, defaults: &defaults, mirrored: parameters.mirrored };
    let mut groups = task.part(COMPARING_TO, 1.0, |task| built(&builder, &members, task))?;
    let before = groups.len();
    groups.retain(|group| group.size > 1);
    let alone = before - groups.len();
    groups.sort_by_key(|group| {
        (!group.is_common, group.is_default, Reverse(group.size), first.get(&group.medoid).copied())
    });
    let poor = carried.iter().filter(|print| !print.is_comparable()).count();
    Ok(AvatarGroups { groups, carried: carried.len(), alone, poor })
}

fn built(builder: &Builder<'_>, sets: &[Vec<u32>], task: &Task<'_>) -> Result<Vec<AvatarGroup>, GraphError> {
    let done = AtomicUsize::new(0);
    let built = |members: &Vec<u32>| {
        let group = builder.group(members, task);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(STEP) {
            task.report(done, sets.len());
        }
        group
    };
    let groups: Vec<Result<AvatarGroup, GraphError>> = sets.par_iter().map(built).collect();
    groups.into_iter().collect()
}

/// Which pictures hang together, each set ascending. A default picture hangs together with no other than defaults.
fn components(
    carried: &[&AvatarPrint],
    defaults: &FxHashSet<AvatarId>,
    parameters: &LinkParameters,
    task: &Task<'_>,
) -> Result<Vec<Vec<u32>>, GraphError> {
    let forest = Forest((0..).take(carried.len()).map(AtomicU32::new).collect());
    let is_default = |place: u32| defaults.contains(&carried[place as usize].id);
    let join = |(): &mut (), (i, j, _)| {
        if is_default(i) == is_default(j) {
            forest.join(i, j);
        }
    };
    each_near(carried, parameters, task, || (), join, |()| Ok(()))?;
    let mut sets: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for place in (0..).take(carried.len()) {
        sets.entry(forest.root(place)).or_default().push(place);
    }
    let mut sets: Vec<Vec<u32>> = sets.into_values().collect();
    sets.sort_unstable();
    Ok(sets)
}

/// Disjoint sets that many threads join at once, with the smallest member as root. [Anderson & Woll 1991]
struct Forest(Vec<AtomicU32>);

impl Forest {
    fn root(&self, mut place: u32) -> u32 {
        loop {
            let parent = self.0[place as usize].load(Ordering::Relaxed);
            if parent == place {
                return place;
            }
            let grandparent = self.0[parent as usize].load(Ordering::Relaxed);
            // Whoever comes later finds the root in fewer steps; where another thread was faster, nothing is lost.
            let _ = self.0[place as usize].compare_exchange(parent, grandparent, Ordering::Relaxed, Ordering::Relaxed);
            place = parent;
        }
    }

    fn join(&self, i: u32, j: u32) {
        loop {
            let (a, b) = (self.root(i), self.root(j));
            if a == b {
                return;
            }
            let (low, high) = (a.min(b), a.max(b));
            let joined = self.0[high as usize].compare_exchange(high, low, Ordering::Relaxed, Ordering::Relaxed);
            if joined.is_ok() {
                return;
            }
        }
    }
}

struct Builder<'a> {
    carried: &'a [&'a AvatarPrint],
    carriers: &'a FxHashMap<AvatarId, Vec<AccountId>>,
    defaults: &'a FxHashSet<AvatarId>,
    mirrored: bool,
}

impl Builder<'_> {
    fn group(&self, members: &[u32], task: &Task<'_>) -> Result<AvatarGroup, GraphError> {
        let prints: Vec<&AvatarPrint> = members.iter().map(|&place| self.carried[place as usize]).collect();
        let accounts = |print: &AvatarPrint| self.carriers.get(&print.id).cloned().unwrap_or_default();
        let hashes = self.aligned(&prints);
        let weights: Vec<u64> = prints.iter().map(|print| accounts(print).len() as u64).collect();
        let Spread { medoid, diameter } = spread(&hashes, &weights, task)?;
        let picture = |place: usize| {
            let accounts = accounts(prints[place]);
            GroupedPicture {
                avatar: prints[place].id,
                accounts,
                quality: prints[place].quality,
                to_medoid: distance(&hashes[place], &hashes[medoid]),
            }
        };
        let is_default = self.defaults.contains(&prints[medoid].id);
        Ok(AvatarGroup {
            pictures: side_by_side(&hashes, medoid, task)?.into_iter().map(picture).collect(),
            size: weights.iter().sum::<u64>() as usize,
            diameter,
            medoid: prints[medoid].id,
            is_default,
            is_common: is_default && !prints.iter().any(|print| print.default_address),
        })
    }

    /// The hash of each picture, turned over so that it comes nearest to the first one.
    fn aligned(&self, prints: &[&AvatarPrint]) -> Vec<Words> {
        let first = prints.first().map(|print| words(&print.pdq)).unwrap_or_default();
        let nearest = |print: &&AvatarPrint| {
            let turned = print.turned.as_ref().filter(|_| self.mirrored);
            let turns = turned.into_iter().flat_map(|hashes| hashes.iter());
            let hashes = [&print.pdq].into_iter().chain(turns).map(words);
            hashes.min_by_key(|hash| distance(hash, &first)).unwrap_or_default()
        };
        prints.iter().map(nearest).collect()
    }
}
