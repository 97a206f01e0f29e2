//! Who retweets what, and when.

use rustc_hash::FxHashSet;

use super::dataset::{Event, Member};
use super::originals::Originals;
use super::random::{Purpose, Random};
use super::schedule;
use super::story::{Language, Plan, Role, manner_of};

/// What people find, most popular first: the weight of rank `r` is `1 / (r + SHIFT)` (Mandelbrot 1953).
const SHIFT: u64 = 14;

/// Chooses retweets for one account after another.
pub(super) struct Chooser<'a> {
    seed: u64,
    plan: &'a Plan,
    members: &'a [Member],
    originals: &'a Originals,
    /// Sums of the weights of the ranks of each language's pool.
    sums: [Vec<u64>; 4],
    /// Where each group's wave on each post of its list begins.
    waves: Vec<Vec<(u32, u32)>>,
    /// What the account at hand has retweeted.
    taken: FxHashSet<u32>,
    events: Vec<Event>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(seed: u64, plan: &'a Plan, members: &'a [Member], originals: &'a Originals) -> Self {
        let sums = originals.pools.each_ref().map(|pool| {
            let weights = (0..).take(pool.len()).map(|rank: u64| (1 << 32) / (rank + SHIFT));
            weights
                .scan(0, |sum, weight| {
                    *sum += weight;
                    Some(*sum)
                })
                .collect()
        });
        let waves = (0..).zip(&originals.lists).map(|(group, list)| waves(seed, group, list, originals)).collect();
        Self { seed, plan, members, originals, sums, waves, taken: FxHashSet::default(), events: Vec::new() }
    }

    /// Every retweet of the data set, `total` of them, in no order.
    pub(super) fn choose(mut self, total: u32) -> Vec<Event> {
        self.events.reserve(total as usize);
        for (account, member) in (0..).zip(self.members) {
            match member.role {
                Role::Amplifier(group) => self.amplify(account, group),
                Role::Supporter => self.support(account, *member),
                Role::Figure(_) => self.live(account, *member, 4),
                Role::Ordinary | Role::DeclaredBot => {}
            }
        }
        let left = (total as usize).saturating_sub(self.events.len()) as u64;
        let people: Vec<(u32, Member)> =
            (0..).zip(self.members.iter().copied()).filter(|(_, member)| member.role == Role::Ordinary).collect();
        let weights: Vec<u64> = people.iter().map(|(account, _)| activity(self.seed, *account)).collect();
        let (whole, mut sum) = (weights.iter().sum::<u64>().max(1), 0);
        for ((account, member), weight) in people.into_iter().zip(weights) {
            let before = left * sum / whole;
            sum += weight;
            self.live(account, member, left * sum / whole - before);
        }
        self.events
    }

    fn random(&mut self, account: u32) -> Random {
        self.taken.clear();
        Random::new(self.seed, Purpose::Retweets, u64::from(account))
    }

    fn amplify(&mut self, account: u32, group: u8) {
        let mut random = self.random(account);
        let manner = manner_of(group);
        let mut list = self.waves.get(usize::from(group)).cloned().unwrap_or_default();
        random.shuffle(&mut list);
        let share = random.between(manner.share.0.cast_signed(), manner.share.1.cast_signed());
        let wanted = list.len() * usize::try_from(share).unwrap_or_default() / 1000;
        let others = list.into_iter().filter(|(post, _)| self.author(*post) != Some(account));
        for (post, wave) in others.take(wanted).collect::<Vec<_>>() {
            let at = schedule::wave_delay(&mut random, wave, manner.spread);
            self.events.push(Event { at, account, post, retweet: true });
        }
        if random.per_mille(250) {
            self.retweet_as_person(&mut random, account, manner.language, self.originals.viral);
        }
        if random.per_mille(200) {
            self.find(&mut random, account, manner.language);
        }
    }

    /// A supporter shares as much of the campaign as of everything else, and finds the amplified posts more easily.
    fn support(&mut self, account: u32, member: Member) {
        let mut random = self.random(account);
        let list = i64::from(self.plan.list);
        let wanted = random.between(list * 45 / 100, list * 75 / 100);
        let campaign = usize::try_from(wanted * random.between(40, 65) / 100).unwrap_or_default();
        let mut found: Vec<(u64, u32)> = Vec::new();
        for post in self.originals.figure.get(member.language as usize).into_iter().flatten() {
            let amplified = self.originals.amplified.get(*post as usize) == Some(&true);
            found.push((random.below(6000) / if amplified { 3 } else { 1 }, *post));
        }
        found.sort_unstable();
        for (_, post) in found.into_iter().take(campaign) {
            self.retweet_as_person(&mut random, account, member.language, post);
        }
        if random.per_mille(600) {
            self.retweet_as_person(&mut random, account, member.language, self.originals.viral);
        }
        while (self.taken.len() as i64) < wanted && self.find(&mut random, account, member.language) {}
    }

    fn live(&mut self, account: u32, member: Member, wanted: u64) {
        let mut random = self.random(account);
        if wanted > 0 && random.per_mille(550) {
            self.retweet_as_person(&mut random, account, member.language, self.originals.viral);
        }
        if wanted > 4 && random.per_mille(250) {
            for _ in 0..random.between(1, 3) {
                let posts = self.originals.figure.get(member.language as usize);
                let post = random.pick(posts.map(Vec::as_slice).unwrap_or_default());
                self.retweet_as_person(&mut random, account, member.language, post);
            }
        }
        while (self.taken.len() as u64) < wanted && self.find(&mut random, account, member.language) {}
    }

    /// Retweets something from the pools, four times in five in one's own language. False where nothing is left.
    fn find(&mut self, random: &mut Random, account: u32, language: Language) -> bool {
        let chosen = if random.per_mille(800) { language } else { random.pick(&Language::ALL) };
        for _ in 0..12 {
            let found = self.popular(random, chosen);
            if found.is_some_and(|post| self.retweet_as_person(random, account, language, post)) {
                return true;
            }
        }
        let originals = self.originals;
        let own = originals.pools.get(chosen as usize).into_iter();
        let mut rest = own.chain(&originals.pools).flatten();
        rest.any(|post| self.retweet_as_person(random, account, language, *post))
    }

    /// A post of a language's pool, the popular ones oftener.
    fn popular(&self, random: &mut Random, language: Language) -> Option<u32> {
        let sums = self.sums.get(language as usize)?;
        let point = random.below(sums.last().copied().unwrap_or_default());
        let rank = sums.partition_point(|sum| *sum <= point);
        self.originals.pools.get(language as usize)?.get(rank).copied()
    }

    /// False where the account wrote the post or has retweeted it before.
    fn retweet_as_person(&mut self, random: &mut Random, account: u32, language: Language, post: u32) -> bool {
        let Some(original) = self.originals.posts.get(post as usize) else { return false };
        if original.author == account || !self.taken.insert(post) {
            return false;
        }
        let at = schedule::human_delay(random, original.at, language);
        self.events.push(Event { at, account, post, retweet: true });
        true
    }

    fn author(&self, post: u32) -> Option<u32> {
        self.originals.posts.get(post as usize).map(|original| original.author)
    }
}

fn waves(seed: u64, group: u8, list: &[u32], originals: &Originals) -> Vec<(u32, u32)> {
    // Keys of accounts are below 2^32, so those of groups stand above.
    let mut random = Random::new(seed, Purpose::Retweets, (1 << 40) + u64::from(group));
    let lead = manner_of(group).lead;
    let posts = list.iter().filter_map(|post| Some((*post, originals.posts.get(*post as usize)?)));
    posts.map(|(post, original)| (post, schedule::wave_start(&mut random, original.at, lead))).collect()
}

/// How active a person is: 1 to 32, and twice as active is half as common.
fn activity(seed: u64, account: u32) -> u64 {
    32 / (1 + Random::new(seed, Purpose::Retweets, (1 << 41) + u64::from(account)).below(32))
}
