//! Audits of invented data in which nobody acts together: how often an interval lies above 0 all the same.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

use bot_tui::graph::{AccountGraph, ClusterMethod, IncidenceBuilder, Task, clusters};
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
    /// Which figure is audited, the one with the most retweeters first.
    audited: u32,
    keep: KeepRule,
}

/// Figures are accounts 1 to 24. Each account follows some figures and retweets their posts, and now and then others'; how
/// much it does varies a hundredfold, how fast too, since some have notifications.
fn invented(world: World, seed: u64) -> HubAudit {
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
    let incidence = builder.finish();
    let parameters = LinkParameters { keep: world.keep, ..LinkParameters::default() };
    let graph = AccountGraph::build(&incidence, &[], &[], &parameters, &Task::UNWATCHED).unwrap();
    let found = clusters(&graph.pairs(), &incidence, &parameters, ClusterMethod::Leiden, 3, &Task::UNWATCHED).unwrap();
    let basis =
        AuditBasis { accounts: &accounts, incidence: &incidence, origins: &origins, graph: &graph, clusters: &found };
    hub_audit(&basis, &[AccountId(world.audited + 1)], &Task::UNWATCHED).unwrap()
}

fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for (fame, loyalty, follows) in [(0.8, 0.9, 1), (0.8, 0.9, 4), (1.2, 0.6, 8)] {
        for audited in [0, 5] {
            for keep in [KeepRule::Cosine(0.5), KeepRule::SharedWithin(2)] {
                worlds.push(World { fame, loyalty, follows, audited, keep });
            }
        }
    }
    worlds
}

/// Intervals above 0, and all of them, of each trait.
type Above = [(u32, u32); Trait::ALL.len()];

fn above(world: World) -> Above {
    let mut above = Above::default();
    for seed in 1..=SEEDS {
        for (count, comparison) in above.iter_mut().zip(&invented(world, seed).comparisons) {
            if let Some((_, (low, _))) = comparison.pairs.difference() {
                *count = (count.0 + u32::from(low > 0.0), count.1 + 1);
            }
        }
    }
    above
}

#[test]
fn where_nobody_acts_together_few_intervals_lie_above_zero() {
    let found: Vec<(World, Above)> = std::thread::scope(|scope| {
        let running: Vec<_> = worlds().into_iter().map(|world| scope.spawn(move || (world, above(world)))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    for (world, above) in &found {
        println!("{world:?}: {above:?}");
    }
    for (place, of) in Trait::ALL.into_iter().enumerate() {
        let (above, audits) = found.iter().fold((0, 0), |sum, (_, one)| (sum.0 + one[place].0, sum.1 + one[place].1));
        println!("{}: {above} of {audits} intervals above 0", of.name());
        assert!(f64::from(above) <= 0.05 * f64::from(audits), "{}: {above} of {audits}", of.name());
    }
}
