//! Audits of invented data in which nobody acts together: how often an interval lies above 0 all the same.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use bot_tui::graph::{AccountGraph, ClusterMethod, Incidence, IncidenceBuilder, Task, clusters};
use bot_tui::model::{
    Account, AccountId, Activity, KeepRule, LinkParameters, ObjectId, Origins, Platform, Profile, ShareRow, Timestamp,
};
use bot_tui::signals::{AuditBasis, HubAudit, Trait, hub_audit};

const ACCOUNTS: u32 = 500;
const FIGURES: u32 = 24;
const POSTS: u32 = 30;
const SEEDS: u64 = 20;

/// Repeatable random numbers. [Steele et al. 2014, SplitMix64]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of so many, the first ones more often: by Zipf's law with this exponent.
    fn ranked(&mut self, count: u32, exponent: f64) -> u32 {
        let weight = |rank: u32| f64::from(rank + 1).powf(-exponent);
        let mut left = self.part() * (0..count).map(weight).sum::<f64>();
        (0..count)
            .find(|&rank| {
                left -= weight(rank);
                left <= 0.0
            })
            .unwrap_or(count - 1)
    }
}

/// A way in which people are unalike without acting together.
#[derive(Debug, Clone, Copy)]
struct World {
    /// How unequal figures are in the number of their retweeters.
    fame: f64,
    /// The share of an account's retweets that go to those it follows, and how many these are at the most.
    loyalty: f64,
    follows: u32,
}

/// What they did.
struct Invented {
    accounts: Vec<Account>,
    incidence: Incidence,
    origins: Origins,
}

/// Figures are accounts 1 to 24. Each account follows some figures and retweets their posts, and now and then others'; how
/// much it does varies a hundredfold, how fast too, since some have notifications.
fn invented(world: World, seed: u64) -> Invented {
    let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut origins = Origins::default();
    for figure in 0..FIGURES {
        for post in 0..POSTS {
            let at = Timestamp(i64::from(post) * 86_400_000 + (random.part() * 8e7) as i64);
            origins.note(ObjectId(figure * POSTS + post + 1), Some(AccountId(figure + 1)), Some(at));
        }
    }
    let mut shares = Vec::new();
    for account in FIGURES + 1..=ACCOUNTS {
        let follows: Vec<u32> =
            (0..1 + random.next() as u32 % world.follows).map(|_| random.ranked(FIGURES, world.fame)).collect();
        let notified = random.part() < 0.1;
        let retweets = (4.0 * 40_f64.powf(random.part())) as u32;
        for _ in 0..retweets {
            let figure = if random.part() < world.loyalty {
                follows[random.next() as usize % follows.len()]
            } else {
                random.ranked(FIGURES, world.fame)
            };
            let object = figure * POSTS + random.ranked(POSTS, 0.8) + 1;
            let delay = if notified { random.part() * 15_000.0 } else { 5_000.0 * (1e4_f64).powf(random.part()) };
            let made_at = origins.created_at(ObjectId(object)).unwrap();
            shares.push((object, account, made_at.0 + delay as i64));
        }
    }
    shares.sort_unstable();
    shares.dedup_by_key(|share| (share.0, share.1));
    let mut builder = IncidenceBuilder::default();
    for (object, account, at) in shares {
        let (object, account, at) = (ObjectId(object), AccountId(account), Some(Timestamp(at)));
        builder.push(ShareRow { object, account, at, own: false });
    }
    let accounts: Vec<Account> = (1..=ACCOUNTS)
        .map(|id| Account {
            id: AccountId(id),
            platform: Platform::default(),
            platform_id: id.to_string(),
            profile: Profile {
                followers: Some(random.next() % 40),
                following: Some(random.next() % 40),
                ..Profile::default()
            },
            avatar: None,
            activity: Activity::default(),
        })
        .collect();
    Invented { accounts, incidence: builder.finish(), origins }
}

impl Invented {
    /// The audits of these figures, the one with the most retweeters being 0.
    fn audits(&self, keep: KeepRule, audited: &[u32]) -> Vec<HubAudit> {
        let Self { accounts, incidence, origins } = self;
        let (parameters, unwatched) = (LinkParameters { keep, ..LinkParameters::default() }, &Task::UNWATCHED);
        let graph = AccountGraph::build(incidence, &[], &[], &parameters, unwatched).unwrap();
        let found = clusters(&graph.pairs(), incidence, &parameters, ClusterMethod::Leiden, 3, unwatched).unwrap();
        let basis = AuditBasis { accounts, incidence, origins, graph: &graph, clusters: &found };
        audited.iter().map(|&figure| hub_audit(&basis, &[AccountId(figure + 1)], unwatched).unwrap()).collect()
    }
}

/// Under each of these an audit may be asked for.
const RULES: [KeepRule; 6] = [
    KeepRule::All,
    KeepRule::Cosine(0.5),
    KeepRule::Percentile(99.0),
    KeepRule::Shared(4),
    KeepRule::Significant(0.05),
    KeepRule::SharedWithin(2),
];
/// Figures that are audited: the largest, and one of middle size.
const AUDITED: [u32; 2] = [0, 5];

const WORLDS: [World; 4] = [
    World { fame: 0.8, loyalty: 0.9, follows: 1 },
    World { fame: 0.8, loyalty: 0.9, follows: 4 },
    World { fame: 1.2, loyalty: 0.9, follows: 1 },
    World { fame: 1.2, loyalty: 0.6, follows: 8 },
];

/// What was found of one trait in one audit.
struct Found {
    world: World,
    audited: u32,
    keep: KeepRule,
    compared: Trait,
    /// Whether the interval lies above 0; `None` where it is withheld.
    is_above_zero: Option<bool>,
}

fn found() -> Vec<Found> {
    let jobs: Vec<(World, u64)> = (1..=SEEDS).flat_map(|seed| WORLDS.map(|world| (world, seed))).collect();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(&(world, seed)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let data = invented(world, seed);
            for keep in RULES {
                for (audited, audit) in AUDITED.into_iter().zip(data.audits(keep, &AUDITED)) {
                    let found = audit.comparisons.iter().filter_map(|one| Some((one.compared, one.difference()?)));
                    let found = found.map(|(compared, (_, interval))| Found {
                        world,
                        audited,
                        keep,
                        compared,
                        is_above_zero: interval.ok().map(|(low, _)| low > 0.0),
                    });
                    all.lock().unwrap().extend(found);
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    all.into_inner().unwrap()
}

/// The least number that so many of which each comes with a chance of 5 % exceed once in a thousand times or less.
fn largest_by_chance(total: u32) -> u32 {
    let (chance, mut sum) = (0.05_f64, 0.0);
    let mut term = (1.0 - chance).powi(total as i32);
    (0..total)
        .find(|&count| {
            sum += term;
            term *= f64::from(total - count) / f64::from(count + 1) * chance / (1.0 - chance);
            sum >= 0.999
        })
        .unwrap_or(total)
}

#[test]
fn the_bound_is_that_of_the_binomial_distribution() {
    // scipy.stats.binom.ppf(0.999, n, 0.05)
    assert_eq!([1, 20, 40, 160, 960].map(largest_by_chance), [1, 5, 7, 18, 70]);
}

/// Intervals above 0, those that are given, and those that are withheld.
fn count<'f>(found: impl Iterator<Item = &'f Found>) -> (u32, u32, u32) {
    found.fold((0, 0, 0), |(above_zero, given, withheld), one| match one.is_above_zero {
        Some(is_above) => (above_zero + u32::from(is_above), given + 1, withheld),
        None => (above_zero, given, withheld + 1),
    })
}

#[test]
fn where_nobody_acts_together_few_intervals_lie_above_zero() {
    let found = found();
    for compared in Trait::ALL {
        let (above_zero, given, _) = count(found.iter().filter(|one| one.compared == compared));
        println!("{}: {above_zero} of {given} intervals above 0", compared.name());
        assert!(20 * above_zero <= given, "{}: {above_zero} of {given}", compared.name());
    }
    for keep in RULES {
        let clusters = || found.iter().filter(move |one| one.compared == Trait::InCluster && one.keep == keep);
        let (above_zero, given, withheld) = count(clusters());
        println!("clusters by {keep}: {above_zero} of {given} above 0, {withheld} withheld");
        assert!(
            20 * above_zero <= given && given > 2 * withheld,
            "{keep}: {above_zero} of {given}, {withheld} withheld"
        );
        for (fame, audited) in [(0.8, 0), (0.8, 5), (1.2, 0), (1.2, 5)] {
            let (above_zero, given, withheld) =
                count(clusters().filter(|one| one.world.fame == fame && one.audited == audited));
            println!("  fame {fame}, figure {audited}: {above_zero} of {given}, {withheld} withheld");
            assert!(
                above_zero <= largest_by_chance(given),
                "{keep}, fame {fame}, figure {audited}: {above_zero} of {given}"
            );
        }
    }
}
