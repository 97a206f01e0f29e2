//! The posts that are retweeted: who wrote them, when, and how popular they are.

use super::dataset::Member;
use super::random::{Purpose, Random};
use super::schedule;
use super::story::{Language, Plan, Role, manner_of};
use super::words::{compose, lexicon};
use crate::model::dense;

/// What kind of post it is; the number says which of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Campaign(u32),
    Boost(u32),
    Daily(u32),
    Viral,
    Forecast(u32),
    Quotation(u32),
}

/// A post that is no retweet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Original {
    /// Index of its author's account.
    pub(super) author: u32,
    /// Seconds since the start.
    pub(super) at: u32,
    pub(super) language: Language,
    pub(super) kind: Kind,
}

/// All of them, and the orders in which they are chosen.
#[derive(Debug, Default)]
pub(super) struct Originals {
    pub(super) posts: Vec<Original>,
    /// The figure's posts in each language.
    pub(super) figure: [Vec<u32>; 4],
    /// Each amplifier group's list.
    pub(super) lists: Vec<Vec<u32>>,
    /// Whether a post is on some group's list, for the figure's posts.
    pub(super) amplified: Vec<bool>,
    /// Posts of people and declared bots in each language, most popular first.
    pub(super) pools: [Vec<u32>; 4],
    /// The post that everybody shares.
    pub(super) viral: u32,
}

const SKIES: [&str; 8] = ["☀️", "🌤", "⛅", "🌥", "🌧", "⛈", "🌫", "🌬"];

impl Original {
    /// What it says.
    pub(super) fn text(&self) -> String {
        let words = lexicon(self.language);
        match self.kind {
            Kind::Campaign(nth) => compose(&words.campaign, nth as usize),
            Kind::Boost(nth) => compose(&words.boosts, nth as usize),
            Kind::Daily(nth) => daily_text(self, nth as usize),
            Kind::Viral => words.viral.to_owned(),
            Kind::Forecast(day) => {
                let place = words.places.get(self.author as usize % words.places.len()).copied().unwrap_or_default();
                let sky = SKIES.get((day as usize * 5 + self.author as usize) % 8).copied().unwrap_or_default();
                format!("{sky} {place} {}° / {}°", 6 + (day / 9 + day % 5), 11 + (day / 8 + day * 3 % 7))
            }
            Kind::Quotation(nth) => {
                let [_, second, _] = words.campaign;
                let line = second.get(nth as usize % second.len().max(1)).copied().unwrap_or_default();
                format!("« {line} » {}/365", nth + 1)
            }
        }
    }
}

/// When the combinations are used up, the place and the time of day keep posts apart.
fn daily_text(post: &Original, nth: usize) -> String {
    let words = lexicon(post.language);
    let text = compose(&words.daily, nth);
    if nth < words.daily.iter().map(|part| part.len()).product() {
        return text;
    }
    let place = words.places.get((nth + post.author as usize) % words.places.len()).copied().unwrap_or_default();
    format!("{text} — {place}, {:02}:{:02}:{:02}", post.at / 3600 % 24, post.at / 60 % 60, post.at % 60)
}

impl Originals {
    /// Writes every original of the data set.
    pub(super) fn new(seed: u64, plan: &Plan, members: &[Member]) -> Self {
        let mut made = Self::default();
        let mut random = Random::new(seed, Purpose::Originals, 0);
        made.write_campaign(&mut random, plan, members);
        made.write_boosts(&mut random, plan, members);
        made.write_daily_life(&mut random, plan, members);
        made.write_bots(&mut random, members);
        made.rank(seed);
        made
    }

    fn push(&mut self, original: Original) -> u32 {
        let index = dense(self.posts.len());
        self.posts.push(original);
        index
    }

    fn write_campaign(&mut self, random: &mut Random, plan: &Plan, members: &[Member]) {
        for (author, member) in (0..).zip(members) {
            let Role::Figure(language) = member.role else { continue };
            let posts = (0..plan.figure_posts)
                .map(|nth| {
                    let at = schedule::post_time(random, Language::English);
                    self.push(Original { author, at, language, kind: Kind::Campaign(nth) })
                })
                .collect();
            if let Some(slot) = self.figure.get_mut(language as usize) {
                *slot = posts;
            }
        }
    }

    /// Each group's list: three fifths in its language by the figure, some in its second language, a quarter by the
    /// group's own mouthpieces.
    fn write_boosts(&mut self, random: &mut Random, plan: &Plan, members: &[Member]) {
        let list = plan.list as usize;
        for group in (0..).take(plan.groups.len()) {
            let manner = manner_of(group);
            let mut targets = Vec::with_capacity(list);
            for (language, wanted) in [(manner.language, list * 3 / 5), (manner.second, list * 3 / 20)] {
                let mut posts = self.figure.get(language as usize).cloned().unwrap_or_default();
                random.shuffle(&mut posts);
                targets.extend(posts.into_iter().take(wanted));
            }
            let mouthpieces: Vec<u32> = (0..)
                .zip(members)
                .filter(|(_, member)| member.role == Role::Amplifier(group))
                .map(|(author, _)| author)
                .take(3)
                .collect();
            let first = if group < 4 { 0 } else { 30 };
            for nth in (first..).take(list.saturating_sub(targets.len())) {
                let author = random.pick(&mouthpieces);
                let at = schedule::post_time(random, manner.language);
                targets.push(self.push(Original { author, at, language: manner.language, kind: Kind::Boost(nth) }));
            }
            self.lists.push(targets);
        }
        self.amplified = vec![false; self.posts.len()];
        for post in self.lists.iter().flatten() {
            if let Some(slot) = self.amplified.get_mut(*post as usize) {
                *slot = true;
            }
        }
    }

    /// Half of the posts come from a twentieth of the people.
    fn write_daily_life(&mut self, random: &mut Random, plan: &Plan, members: &[Member]) {
        let people: Vec<u32> = (0..)
            .zip(members)
            .filter(|(_, member)| matches!(member.role, Role::Supporter | Role::Ordinary))
            .map(|(account, _)| account)
            .collect();
        let voices = people.get(..people.len() / 20 + 1).unwrap_or(&people);
        let mut counters = [0; 4];
        for _ in 0..plan.pool {
            let authors = if random.per_mille(500) { voices } else { &people };
            let author = random.pick(authors);
            let language = members.get(author as usize).map(|member| member.language).unwrap_or_default();
            let at = schedule::post_time(random, language);
            if let Some(counter) = counters.get_mut(language as usize) {
                let kind = Kind::Daily(*counter);
                *counter += 1;
                let post = self.push(Original { author, at, language, kind });
                self.pools[language as usize].push(post);
            }
        }
        let author = voices.first().copied().unwrap_or_default();
        let language = members.get(author as usize).map(|member| member.language).unwrap_or_default();
        let at = schedule::machine_time(random, 30, 9);
        self.viral = self.push(Original { author, at, language, kind: Kind::Viral });
    }

    fn write_bots(&mut self, random: &mut Random, members: &[Member]) {
        for (author, member) in (0..).zip(members) {
            if member.role != Role::DeclaredBot {
                continue;
            }
            for day in 1..80 {
                let forecast = member.ordinal.is_multiple_of(2);
                if !forecast && day % 2 == 1 {
                    continue;
                }
                let at = schedule::machine_time(random, day, if forecast { 5 } else { 18 });
                let kind = if forecast { Kind::Forecast(day) } else { Kind::Quotation(day / 2 - 1) };
                let post = self.push(Original { author, at, language: member.language, kind });
                self.pools[member.language as usize].push(post);
            }
        }
    }

    fn rank(&mut self, seed: u64) {
        for (language, pool) in (0..).zip(&mut self.pools) {
            Random::new(seed, Purpose::Popularity, language).shuffle(pool);
        }
    }
}
