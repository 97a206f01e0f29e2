//! The data set in memory: who is who, and every post in the order of time.

use super::originals::Originals;
use super::random::{Purpose, Random};
use super::retweets::Chooser;
use super::story::{Language, Plan, Role, manner_of};
use super::{SynthError, SynthRequest};

/// An account's part in the story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub(super) role: Role,
    pub(super) language: Language,
    /// Its number among the accounts of its role and group.
    pub(super) ordinal: u32,
}

/// One post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// Seconds since the start of the data set.
    pub at: u32,
    /// Index of the account that posts.
    pub account: u32,
    /// Index of the original that is posted or retweeted.
    pub post: u32,
    /// Whether it is a retweet.
    pub retweet: bool,
}

/// A generated data set: small, since texts, profiles and pictures are made only when they are written.
#[derive(Debug)]
pub struct Dataset {
    pub(super) seed: u64,
    pub(super) plan: Plan,
    pub(super) members: Vec<Member>,
    pub(super) originals: Originals,
    events: Vec<Event>,
    /// Where each original stands among the events.
    positions: Vec<u32>,
}

/// Makes the data set that a request asks for: exactly that many accounts and retweets.
///
/// # Errors
/// The numbers are out of range.
pub fn generate(request: &SynthRequest) -> Result<Dataset, SynthError> {
    request.check()?;
    let plan = Plan::new(request);
    let members = members(request.seed, &plan);
    let originals = Originals::new(request.seed, &plan, &members);
    let mut events = Chooser::new(request.seed, &plan, &members, &originals).choose(request.retweets);
    events.extend((0..).zip(&originals.posts).map(|(post, original)| Event {
        at: original.at,
        account: original.author,
        post,
        retweet: false,
    }));
    events.sort_unstable();
    let mut positions = vec![0; originals.posts.len()];
    for (position, event) in (0..).zip(&events) {
        if let Some(slot) = positions.get_mut(event.post as usize).filter(|_| !event.retweet) {
            *slot = position;
        }
    }
    Ok(Dataset { seed: request.seed, plan, members, originals, events, positions })
}

fn members(seed: u64, plan: &Plan) -> Vec<Member> {
    let mut counts = std::collections::BTreeMap::new();
    let roles = plan.cast(seed);
    (1..)
        .zip(roles)
        .map(|(number, role)| {
            let language = match role {
                Role::Figure(language) => language,
                Role::Amplifier(group) => manner_of(group).language,
                _ => spoken(&mut Random::new(seed, Purpose::Cast, number)),
            };
            let ordinal = counts.entry(role).or_insert(0);
            *ordinal += 1;
            Member { role, language, ordinal: *ordinal - 1 }
        })
        .collect()
}

fn spoken(random: &mut Random) -> Language {
    match random.below(10) {
        0..3 => Language::English,
        3..5 => Language::French,
        5..8 => Language::Persian,
        _ => Language::Arabic,
    }
}

impl Dataset {
    /// Every post in the order of time.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The planted role of each account.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        self.members.iter().map(|member| member.role)
    }

    /// Author of an original, as an index of accounts.
    #[must_use]
    pub fn author(&self, post: u32) -> Option<u32> {
        self.originals.posts.get(post as usize).map(|original| original.author)
    }

    /// The id of the post at this place of [`Self::events`]. Like a platform's it grows with time and is too large
    /// for a double; unlike a platform's it lies in a range that none has reached.
    pub(super) fn post_id(&self, position: u32) -> u64 {
        let at = self.events.get(position as usize).map(|event| event.at).unwrap_or_default();
        7_700_000_000_000_000_000 + (u64::from(at) << 28) + u64::from(position)
    }

    /// The id of an original.
    pub(super) fn original_id(&self, post: u32) -> u64 {
        self.post_id(self.positions.get(post as usize).copied().unwrap_or_default())
    }

    /// The id of an account.
    pub(super) fn account_id(&self, account: u32) -> u64 {
        let salt = Random::new(self.seed, Purpose::Cast, (1 << 40) + u64::from(account)).below(1 << 26);
        7_600_000_000_000_000_000 + (u64::from(account) << 26) + salt
    }
}
