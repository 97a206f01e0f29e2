//! For tests: a denser world than the rehearsal's own, with eight clusters of different sizes.

use std::sync::Arc;

use super::rehearsal::{NOON, Rehearsal};
use super::{Action, Made, Message, Place};
use crate::analysis::{Answer, Links, Roster, Wall};
use crate::graph::{AccountGraph, AvatarGroup, AvatarGroups, GroupedPicture, IncidenceBuilder, Task};
use crate::model::{
    Account, AccountId, Activity, AvatarId, Counts, LinkParameters, ObjectId, Origins, Profile, ShareRow, Timestamp,
};

/// Members of each cluster. Those of even number act within seconds, the others within hours.
const SIZES: [u32; 8] = [60, 41, 33, 20, 12, 9, 5, 3];
/// Targets of each cluster, and of everybody.
const TARGETS: u32 = 24;
const HOUR: i64 = 3_600_000;
/// Who made what the clusters of even number share; a member of the last one.
const HUB: AccountId = AccountId(183);
/// Accounts that carry the same picture.
const CARRIERS: usize = 4;

impl Rehearsal {
    /// A session on the denser world.
    pub(crate) fn crowded() -> Self {
        let (accounts, mut shares) = world();
        shares.sort_unstable();
        let mut builder = IncidenceBuilder::default();
        for (object, account, at) in shares {
            builder.push(ShareRow {
                object: ObjectId(object),
                account: AccountId(account),
                at: Some(Timestamp(at)),
                own: false,
            });
        }
        let incidence = builder.finish();
        let graph = AccountGraph::build(&incidence, &[], &[], &LinkParameters::default(), &Task::UNWATCHED).unwrap();
        let counts = Counts { accounts: accounts.len() as u64, retweets: 4_392, ..Counts::default() };
        let mut session = Self::before_loading();
        let roster = Arc::new(Roster::new(accounts, counts));
        session.receive(Message::made(0, Made::Roster(roster)));
        let links = Arc::new(Links::unkept(incidence, graph));
        session.receive(Message::made(0, Made::Links { links, changes: None }));
        session
    }

    /// Opens the wall with a group of pictures for each cluster.
    pub(crate) fn hang_crowd(&mut self) -> &mut Self {
        let mut next = 1;
        let groups = SIZES.map(|size| {
            let accounts: Vec<AccountId> = (next..next + size).map(AccountId).collect();
            next += size;
            group(&accounts)
        });
        let wall = Wall::new(AvatarGroups { groups: groups.into(), carried: 60, alone: 12, poor: 1 });
        self.act(&[Action::Wall]);
        let generation = self.state.places.wall.wall.generation();
        self.receive(Message::made(generation, Made::Answer(Place::Wall, Answer::Wall(Arc::new(wall)))));
        self
    }
}

fn group(accounts: &[AccountId]) -> AvatarGroup {
    let picture = |(place, accounts): (u32, &[AccountId])| GroupedPicture {
        avatar: AvatarId(accounts[0].0),
        accounts: accounts.to_vec(),
        quality: 100,
        to_medoid: 2 * place,
    };
    let pictures: Vec<GroupedPicture> = (0..).zip(accounts.chunks(CARRIERS)).map(picture).collect();
    let diameter = pictures.last().map_or(0, |last| last.to_medoid);
    AvatarGroup {
        size: accounts.len(),
        diameter,
        medoid: pictures[0].avatar,
        is_default: false,
        is_common: false,
        pictures,
    }
}

/// Says who made what the clusters share by themselves, and when.
pub(super) fn note_origins(origins: &mut Origins) {
    for (cluster, target) in
        (0..SIZES.len() as u32).flat_map(|cluster| (0..TARGETS).map(move |target| (cluster, target)))
    {
        let author = cluster.is_multiple_of(2).then_some(HUB);
        let posted = NOON.0 + i64::from(target * 9 + cluster) * HOUR;
        origins.note(ObjectId(100 * (cluster + 1) + target), author, Some(Timestamp(posted)));
    }
}

/// Accounts, and their shares as (object, account, time).
fn world() -> (Vec<Account>, Vec<(u32, u32, i64)>) {
    let (mut accounts, mut shares) = (Vec::new(), Vec::new());
    for (cluster, size) in (0_u32..).zip(SIZES) {
        for member in 0..size {
            let id = accounts.len() as u32 + 1;
            accounts.push(account(id, cluster, member));
            for target in (0..TARGETS).filter(|target| (target * 7 + member * 3 + cluster) % 6 != 0) {
                let posted = NOON.0 + i64::from(target * 9 + cluster) * HOUR;
                let late =
                    if cluster % 2 == 0 { i64::from(member) * 700 } else { i64::from(member * 11 % 17) * HOUR / 2 };
                // One target in eight is everybody's.
                let object = if target % 8 == 0 { target + 1 } else { 100 * (cluster + 1) + target };
                shares.push((object, id, posted + late));
            }
        }
    }
    (accounts, shares)
}

fn account(id: u32, cluster: u32, member: u32) -> Account {
    let handle = match cluster % 3 {
        0 => format!("lantern_{member:02}"),
        1 => format!("walker{id:05}"),
        _ => {
            format!("{}_of_the_square", ["oak", "elm", "fir", "ash"][member as usize % 4])
                + &"i".repeat(member as usize / 4)
        }
    };
    let twins = cluster.is_multiple_of(2);
    let profile = Profile {
        handle: Some(handle),
        name: Some("گل سحر".to_owned()),
        followers: Some(if twins { 86 } else { u64::from(id * 37 % 900) }),
        following: Some(if twins { 112 } else { u64::from(id * 11 % 700) }),
        created_at: Some(Timestamp(
            NOON.0 - i64::from(if cluster == 0 { 9_000 + member / 9 } else { id * 67 % 9_000 + 100 }) * HOUR,
        )),
        declared_bot: (cluster == 7).then_some(true),
        ..Profile::default()
    };
    let activity = Activity { posts: 20, retweet_posts: 20, retweets: 20, ..Activity::default() };
    Account {
        id: AccountId(id),
        platform: Default::default(),
        platform_id: id.to_string(),
        profile,
        avatar: None,
        activity,
    }
}
