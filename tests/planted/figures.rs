//! What of the planted pairs is found, what beside them, and why the rest is missed.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use bot_tui::analysis::read_prints;
use bot_tui::graph::{SilentAvatars, Task, avatar_groups, link_avatars};
use bot_tui::model::{AccountId, AvatarPrint, LinkParameters};
use bot_tui::store::Store;

use super::{COPIES, Kind, Plan};

/// Pairs of which one picture is untouched, or of which neither is.
#[derive(Debug, Default)]
pub struct Pairs {
    pub planted: usize,
    /// Planted, but of a quality at which PDQ advises against comparing.
    pub poor: usize,
    pub found: usize,
    /// Distances of what is comparable, ascending.
    distances: Vec<u32>,
}

impl Pairs {
    /// Comparable, but too far apart.
    pub fn far(&self) -> usize {
        self.planted - self.poor - self.found
    }

    pub fn recall(&self) -> f64 {
        share(self.found, self.planted)
    }

    fn quantile(&self, part: usize) -> u32 {
        self.distances.get(self.distances.len() * part / 100).or(self.distances.last()).copied().unwrap_or_default()
    }

    fn add(&mut self, [a, b]: [&AvatarPrint; 2], found: bool) {
        self.planted += 1;
        self.found += usize::from(found);
        if a.is_comparable() && b.is_comparable() {
            self.distances.push(a.pdq.hamming_distance(&b.pdq));
        } else {
            self.poor += usize::from(!found);
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// What was found of what was planted.
#[derive(Debug, Default)]
pub struct Figures {
    /// Pictures that can be compared by their hash only with caution, which are compared by bytes.
    pub poor: usize,
    /// Pairs of an untouched picture and one that was altered in this way.
    pub by_kind: BTreeMap<Kind, Pairs>,
    /// Pairs of two altered ones.
    pub altered: Pairs,
    /// Pairs that were found and not planted.
    pub chance: usize,
    /// Planted groups whose comparable pictures are all in one group that was found.
    pub whole: usize,
    /// Pictures of one planted group in the group that holds most of them, over all groups.
    pub together: usize,
    /// Planted groups, and pictures in them.
    pub groups: (usize, usize),
}

impl Figures {
    fn kinds(&self) -> impl Iterator<Item = (&'static str, &Pairs)> {
        let kinds = self.by_kind.iter().map(|(kind, pairs)| (kind.word(), pairs));
        kinds.chain([("two altered ones", &self.altered)])
    }

    pub fn found(&self) -> usize {
        self.kinds().map(|(_, pairs)| pairs.found).sum()
    }

    pub fn planted(&self) -> usize {
        self.kinds().map(|(_, pairs)| pairs.planted).sum()
    }

    /// The share of pairs that were found and planted among those that were found.
    pub fn precision(&self) -> f64 {
        share(self.found(), self.found() + self.chance)
    }

    /// The share of pairs that were found and planted among those that were planted.
    pub fn recall(&self) -> f64 {
        share(self.found(), self.planted())
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "untouched and         pairs    found   recall     poor  too far   distance p50  p95  max")?;
        for (word, pairs) in self.kinds() {
            let [middle, high, most] = [50, 95, 100].map(|part| pairs.quantile(part));
            let (recall, far) = (pairs.recall(), pairs.far());
            let Pairs { planted, found, poor, .. } = pairs;
            writeln!(f, "{word:18}{planted:9}{found:9}{recall:9.4}{poor:9}{far:9}{middle:15}{high:5}{most:5}")?;
        }
        let (planted, found) = (self.planted(), self.found());
        writeln!(f, "together          {planted:9}{found:9}{:9.4}", self.recall())?;
        writeln!(f, "precision {:.4}: {} pairs found that nobody planted", self.precision(), self.chance)?;
        let (groups, pictures) = self.groups;
        let held = share(self.together, pictures);
        writeln!(f, "{} of {groups} groups whole, {held:.4} of their pictures with most of the others", self.whole)?;
        write!(f, "{} pictures of quality 49 or less are compared by bytes only", self.poor)
    }
}

/// Links the pictures of the cache and counts.
pub fn figures(store: &Store, plan: Plan) -> Figures {
    let parameters = LinkParameters::default();
    let pictures = store.account_avatars().unwrap();
    let prints = read_prints(store, &parameters).unwrap();
    let print_of: HashMap<_, &AvatarPrint> = prints.iter().map(|print| (print.id, print)).collect();
    let numbers: HashMap<AccountId, u32> =
        store.accounts().unwrap().iter().map(|account| (account.id, account.platform_id.parse().unwrap())).collect();
    let carried: HashMap<u32, &AvatarPrint> =
        pictures.iter().map(|(account, avatar)| (numbers[account], print_of[avatar])).collect();
    let links = link_avatars(&pictures, &prints, &parameters, &Task::UNWATCHED).unwrap();
    assert!(links.silent == SilentAvatars::default(), "nothing planted is carried by many accounts");
    let pair = |a: AccountId, b: AccountId| (numbers[&a].min(numbers[&b]), numbers[&a].max(numbers[&b]));
    let found: std::collections::HashSet<(u32, u32)> = links.pairs.iter().map(|&(a, b, _)| pair(a, b)).collect();
    let mut all = Figures {
        poor: prints.iter().filter(|print| !print.is_comparable()).count(),
        groups: (plan.groups as usize, (plan.groups * COPIES) as usize),
        ..Figures::default()
    };
    for group in 0..plan.groups {
        let members = group * COPIES..(group + 1) * COPIES;
        for (a, b) in members.clone().flat_map(|a| (a + 1..members.end).map(move |b| (a, b))) {
            let pairs = match plan.place(a).1 {
                Kind::Untouched => all.by_kind.entry(plan.place(b).1).or_default(),
                _ => &mut all.altered,
            };
            pairs.add([carried[&a], carried[&b]], found.contains(&(a, b)));
        }
    }
    all.by_kind.values_mut().chain([&mut all.altered]).for_each(|pairs| pairs.distances.sort_unstable());
    all.chance = found.len() - all.found();
    count_groups(&mut all, plan, &groups_of(&pictures, &prints, &numbers), &carried);
    all
}

/// The group that was found of every picture that is in one.
fn groups_of(
    pictures: &[(AccountId, bot_tui::model::AvatarId)],
    prints: &[AvatarPrint],
    numbers: &HashMap<AccountId, u32>,
) -> HashMap<u32, usize> {
    let found = avatar_groups(pictures, prints, &LinkParameters::default(), &Task::UNWATCHED).unwrap();
    let accounts = found.groups.iter().enumerate().flat_map(|(at, group)| {
        group.pictures.iter().flat_map(move |picture| picture.accounts.iter().map(move |account| (account, at)))
    });
    accounts.map(|(account, at)| (numbers[account], at)).collect()
}

fn count_groups(all: &mut Figures, plan: Plan, found: &HashMap<u32, usize>, carried: &HashMap<u32, &AvatarPrint>) {
    for group in 0..plan.groups {
        let members = group * COPIES..(group + 1) * COPIES;
        let mut counts: HashMap<usize, usize> = HashMap::new();
        members.clone().filter_map(|member| found.get(&member)).for_each(|&at| *counts.entry(at).or_default() += 1);
        let most = counts.values().max().copied().unwrap_or_default();
        let comparable = members.filter(|member| carried[member].is_comparable()).count();
        all.together += most;
        all.whole += usize::from(comparable > 0 && most >= comparable);
    }
}
