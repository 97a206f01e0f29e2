//! For tests: a small world in which accounts are linked by what they share, by their pictures, by both, and by way of
//! others; with names that try to leave their place.

use crate::app::Made;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Message;
use super::rehearsal::{NOON, Rehearsal};
use super::rehearsal_world::print;
use crate::analysis::{Links, Roster};
use crate::graph::{AccountGraph, IncidenceBuilder, Task};
use crate::model::{
    Account, AccountId, Activity, AvatarId, Counts, KeepRule, LinkParameters, ObjectId, Platform, Profile, ShareRow,
    Timestamp,
};

/// Handle, name, picture, and the targets from and to which it shared, of the accounts from 1 on.
type Member = (&'static str, &'static str, Option<u32>, &'static [(u32, u32)]);
const MEMBERS: [Member; 9] = [
    ("keeper_of_lamps", "Keeper", Some(1), &[(1, 12)]),
    ("dove_white", "Dove", Some(1), &[(1, 10)]),
    ("evil\u{202e}txt", "a\u{1b}[2Jb\u{200b}c", None, &[(1, 8)]),
    ("چراغ_روشن", "می\u{200c}خواند", Some(2), &[(3, 9)]),
    ("horse_plain", "Horse", Some(1), &[]),
    ("a_handle_that_goes_on_and_on_and_never_ends", "Long", None, &[(1, 4), (13, 16)]),
    ("far_away", "Far", Some(9), &[(13, 16)]),
    ("further_still", "Further", Some(9), &[]),
    ("alone_here", "Alone", None, &[(20, 20)]),
];

impl Rehearsal {
    /// A session on this world, with its first account chosen.
    pub(crate) fn layered() -> Self {
        let parameters = LinkParameters { min_retweets: 1, keep: KeepRule::Shared(3), ..LinkParameters::default() };
        let accounts: Vec<Account> = (1..).zip(MEMBERS).map(account).collect();
        let counts = Counts { accounts: accounts.len() as u64, retweets: 46, avatars: 3, ..Counts::default() };
        let pictures: Vec<_> = accounts.iter().filter_map(|account| Some((account.id, account.avatar?))).collect();
        let incidence = shares().finish();
        let prints = [print(1), print(2), print(9)];
        let graph = AccountGraph::build(&incidence, &pictures, &prints, &parameters, &Task::UNWATCHED).unwrap();
        let mut session = Self::before_loading();
        let roster = Arc::new(Roster::new(accounts, counts));
        session.receive(Message::made(0, Made::Roster(roster)));
        let links = Arc::new(Links::unkept(incidence, graph));
        session.receive(Message::made(0, Made::Links { links, changes: None }));
        session
    }
}

fn account((id, (handle, name, picture, shared)): (u32, Member)) -> Account {
    let retweets = shared.iter().map(|(from, to)| to - from + 1).sum();
    Account {
        id: AccountId(id),
        platform: Platform::default(),
        platform_id: id.to_string(),
        profile: Profile {
            handle: Some(handle.to_owned()),
            name: Some(name.to_owned()),
            followers: Some(u64::from(86 + id / 5)),
            following: Some(112),
            bio: Some(String::new()),
            ..Profile::default()
        },
        avatar: picture.map(AvatarId),
        activity: Activity { posts: retweets, retweet_posts: retweets, retweets, ..Activity::default() },
    }
}

/// The second account acts within seconds of the first, the others hours later.
fn shares() -> IncidenceBuilder {
    let mut rows = BTreeMap::new();
    for (id, (.., shared)) in (1_u32..).zip(MEMBERS) {
        let late = if id <= 2 { i64::from(id) * 3_000 } else { i64::from(id) * 3_600_000 };
        for target in shared.iter().flat_map(|&(from, to)| from..=to) {
            rows.insert((target, id), NOON.0 + i64::from(target) * 60_000 + late);
        }
    }
    let mut builder = IncidenceBuilder::default();
    for ((target, id), at) in rows {
        let at = Some(Timestamp(at));
        builder.push(ShareRow { object: ObjectId(target), account: AccountId(id), at, own: false });
    }
    builder
}
