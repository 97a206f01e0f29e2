//! Who is in the data set and how much of it is theirs.

use super::SynthRequest;
use super::random::{Purpose, Random};

/// A language of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
    /// Persian.
    Persian,
    /// Arabic.
    Arabic,
}

impl Language {
    /// Every language, in the order of the public figure's accounts.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Persian, Self::Arabic];
}

/// What an account is in the planted truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// One of the public figure's accounts.
    Figure(Language),
    /// One of many run by one hand; the number is its group's.
    Amplifier(u8),
    /// A person who shares the figure's cause.
    Supporter,
    /// A person with other things in mind.
    Ordinary,
    /// An automated account that says so.
    DeclaredBot,
}

impl Role {
    /// The word that the truth file carries.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Figure(_) => "figure",
            Self::Amplifier(_) => "amplifier",
            Self::Supporter => "supporter",
            Self::Ordinary => "ordinary",
            Self::DeclaredBot => "self-declared-bot",
        }
    }
}

/// How a group of amplifiers works. Seconds throughout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// The name that the truth file carries.
    pub(super) name: &'static str,
    /// The language of most of its targets, and of its slogans.
    pub(super) language: Language,
    /// The language of its other targets.
    pub(super) second: Language,
    /// How long after a target the wave begins: shortest and longest.
    pub(super) lead: (i64, i64),
    /// How long a wave lasts.
    pub(super) spread: i64,
    /// Share of the group's list that a member retweets, in per mille: lowest and highest.
    pub(super) share: (u64, u64),
    /// Followers that its members have, in equal parts.
    pub(super) followers: &'static [u64],
    /// Accounts that its members follow.
    pub(super) following: &'static [u64],
}

/// The groups that a large data set can hold; a small one holds the first three.
pub(super) const MANNERS: [Manner; 8] = [
    manner("heron", [Language::Persian, Language::English], (3, 40), 45, (660, 800), &[86], &[112]),
    manner("ember", [Language::Arabic, Language::English], (20, 240), 180, (640, 780), &[41, 86, 133], &[57]),
    manner("loom", [Language::French, Language::Arabic], (300, 3600), 5400, (640, 740), &[19, 23], &[201, 202]),
    manner("quartz", [Language::English, Language::French], (2, 30), 30, (680, 800), &[7], &[7]),
    manner("thistle", [Language::Persian, Language::Arabic], (60, 600), 300, (640, 800), &[64], &[128]),
    manner("cobalt", [Language::Arabic, Language::French], (10, 90), 90, (640, 780), &[30, 31], &[99]),
    manner("juniper", [Language::French, Language::Persian], (120, 1200), 1800, (620, 760), &[55], &[310]),
    manner("saffron", [Language::English, Language::Persian], (5, 60), 60, (660, 800), &[12, 86], &[86]),
];

const fn manner(
    name: &'static str,
    [language, second]: [Language; 2],
    lead: (i64, i64),
    spread: i64,
    share: (u64, u64),
    followers: &'static [u64],
    following: &'static [u64],
) -> Manner {
    Manner { name, language, second, lead, spread, share, followers, following }
}

/// How a group's members are called and how it works; the first group's for a number that no group has.
pub(super) fn manner_of(group: u8) -> &'static Manner {
    MANNERS.get(usize::from(group)).unwrap_or(&MANNERS[0])
}

/// Sizes of everything, before any choice is made.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Members of each amplifier group.
    pub(super) groups: Vec<u32>,
    /// Posts on each group's list.
    pub(super) list: u32,
    /// Posts that each of the figure's accounts wrote.
    pub(super) figure_posts: u32,
    pub(super) supporters: u32,
    pub(super) declared_bots: u32,
    pub(super) ordinary: u32,
    /// Posts that supporters and ordinary people wrote.
    pub(super) pool: u32,
}

/// Shares of the groups in the amplifiers: the tight ones are the large ones.
const GROUP_WEIGHTS: [u32; 8] = [10, 8, 6, 7, 6, 5, 4, 3];

impl Plan {
    /// Divides what was asked among the roles. The number of amplifiers grows slowly with the data set, as a real
    /// campaign is a small part of a large collection.
    pub(super) fn new(request: &SynthRequest) -> Self {
        let accounts = request.accounts;
        let wanted = (accounts.min(1000) * 26 / 100) + accounts.saturating_sub(1000) / 80;
        let amplifiers = wanted.min(request.retweets / 28).min(4000);
        let group_count = (3 + amplifiers.saturating_sub(300) / 200).min(8);
        let weights = &GROUP_WEIGHTS[..group_count as usize];
        let total: u32 = weights.iter().sum();
        let groups: Vec<u32> = weights.iter().map(|weight| (amplifiers * weight / total).max(3)).collect();
        let amplifiers: u32 = groups.iter().sum();
        let each = request.retweets / 20 * 11 / amplifiers;
        let list = (each * 10 / 7).clamp(24, 72);
        let supporters =
            (accounts.min(1000) * 9 / 100 + accounts.saturating_sub(1000) / 100).min(amplifiers * 2 / 5).max(4);
        let declared_bots = (accounts / 220).clamp(2, 40);
        let ordinary = accounts - amplifiers - supporters - declared_bots - 4;
        let pool = (accounts * 2).min(40_000 + accounts / 4).max(request.retweets / accounts * 60).max(600);
        Self { groups, list, figure_posts: list * 4 / 5, supporters, declared_bots, ordinary, pool }
    }

    /// A role for each account, in the order in which the accounts stand in the file.
    pub(super) fn cast(&self, seed: u64) -> Vec<Role> {
        let mut roles = Language::ALL.map(Role::Figure).to_vec();
        for (group, size) in (0..).zip(&self.groups) {
            roles.extend((0..*size).map(|_| Role::Amplifier(group)));
        }
        roles.extend((0..self.supporters).map(|_| Role::Supporter));
        roles.extend((0..self.declared_bots).map(|_| Role::DeclaredBot));
        roles.extend((0..self.ordinary).map(|_| Role::Ordinary));
        Random::new(seed, Purpose::Cast, 0).shuffle(&mut roles);
        roles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(accounts: u32, retweets: u32) -> Plan {
        Plan::new(&SynthRequest { accounts, retweets, seed: 1 })
    }

    #[test]
    fn every_size_holds_every_role_and_no_more_accounts_than_asked() {
        for (accounts, retweets) in [(100, 1000), (100, 20_000), (900, 16_000), (100_000, 1_000_000), (5_000_000, 1000)]
        {
            let plan = plan(accounts, retweets);
            let roles = plan.cast(1);
            assert_eq!(roles.len(), accounts as usize);
            for role in Language::ALL.map(Role::Figure) {
                assert_eq!(roles.iter().filter(|other| **other == role).count(), 1);
            }
            for role in [Role::Amplifier(0), Role::Amplifier(2), Role::Supporter, Role::Ordinary, Role::DeclaredBot] {
                assert!(roles.contains(&role), "{role:?} at {accounts} and {retweets}");
            }
        }
    }

    #[test]
    fn a_large_data_set_is_mostly_ordinary() {
        let plan = plan(100_000, 1_000_000);
        assert!(plan.groups.iter().sum::<u32>() < 2000);
        assert!(plan.ordinary > 95_000);
        assert_eq!(plan.groups.len(), 8);
    }
}
