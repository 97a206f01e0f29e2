//! The invented world of the rehearsals: its accounts, what they shared, and what links them.

use crate::analysis::Links;
use crate::graph::{AccountGraph, IncidenceBuilder, Muting, Task};
use crate::model::{
    Account, AccountId, Activity, AvatarId, AvatarPrint, LinkParameters, Object, ObjectId, ObjectKind, PdqHash,
    Picture, Platform, Profile, ShareRow, Thumbnail, Timestamp,
};

/// Noon of some day.
pub(crate) const NOON: Timestamp = Timestamp(1_743_422_400_000);
/// The public figure whose posts are retweeted.
pub(crate) const FIGURE: AccountId = AccountId(20);
const AMPLIFIERS: u32 = 12;
pub(super) const POSTS: u32 = 14;

/// Handle, name, bio, followers of accounts 13 to 19.
const OTHERS: [(&str, &str, &str, u64); 7] = [
    ("harbour_bread", "Nell of the Harbour", "Bakes bread, reads by the canal", 210),
    ("canal_lights", "Odo Marren", "Night photographs", 1_532),
    ("tilde_garden", "Ysa Ternal", "Seeds and soil", 48),
    ("slow_train", "Bram Ickle", "Timetables", 77),
    // Tries to leave its place on the screen and to turn the line around.
    ("evil\u{202e}txt", "a\u{1b}[2Jb\u{7}\u{200b}c\r\nd", "\u{1b}]0;owned\u{7}bio \u{e0041}tag", 5),
    ("sobh_roshan", "روشنا می\u{200c}خواند 👩\u{200d}🚀", "کتاب\u{200c}فروشِ کنار رود", 930),
    ("blank_page", "", "", 0),
];

fn account(id: u32, handle: &str, name: &str, bio: &str, followers: u64) -> Account {
    let profile = Profile {
        handle: Some(handle.to_owned()),
        name: Some(name.to_owned()),
        bio: Some(bio.to_owned()),
        followers: Some(followers),
        following: Some(followers + 26),
        created_at: Some(Timestamp(NOON.0 - i64::from(id) * 86_400_000)),
        ..Profile::default()
    };
    Account {
        id: AccountId(id),
        platform: Platform::default(),
        platform_id: format!("90{id:02}"),
        profile,
        avatar: None,
        activity: Activity::default(),
    }
}

pub(super) fn accounts(shares: &[ShareRow]) -> Vec<Account> {
    let amplifiers = (1..=AMPLIFIERS).map(|id| account(id, &format!("lamp_{id:02}"), "Lamp", "", 86));
    let others =
        OTHERS.iter().zip(AMPLIFIERS + 1..).map(|((handle, name, bio, n), id)| account(id, handle, name, bio, *n));
    let figure = account(FIGURE.0, "orla_invented", "Orla Invented", "Speaks in the square", 120_400);
    let mut accounts: Vec<Account> = amplifiers.chain(others).chain([figure]).collect();
    for account in &mut accounts {
        let retweets = shares.iter().filter(|share| share.account == account.id).count() as u32;
        let author = (retweets > 0).then_some(FIGURE);
        let (posts, retweet_posts, top_author_retweets, top_author) = (retweets, retweets, retweets, author);
        account.activity = Activity { posts, retweet_posts, retweets, top_author_retweets, top_author };
    }
    accounts[0].avatar = Some(AvatarId(1));
    accounts[1].avatar = Some(AvatarId(2));
    accounts
}

/// Each amplifier retweets every post within seconds, the supporters some of them within hours.
pub(super) fn shares() -> Vec<ShareRow> {
    let mut shares = Vec::new();
    for post in 0..POSTS {
        let posted = NOON.0 + i64::from(post) * 3_600_000;
        let amplified = (1..=AMPLIFIERS).map(|id| (id, posted + i64::from(id) * 2_000));
        let supported = (13..=15).filter(|id| (post + id) % 3 == 0).map(|id| (id, posted + i64::from(id) * 600_000));
        let row = |(id, at)| ShareRow {
            object: ObjectId(post + 1),
            account: AccountId(id),
            at: Some(Timestamp(at)),
            own: false,
        };
        shares.extend(amplified.chain(supported).map(row));
    }
    shares
}

pub(super) fn links(accounts: &[Account], parameters: &LinkParameters) -> Links {
    links_with(accounts, parameters, &[])
}

/// The same where the ids of these accounts, and of every post, look rounded.
pub(super) fn links_with(accounts: &[Account], parameters: &LinkParameters, rounded: &[AccountId]) -> Links {
    let muted = shares().into_iter().map(|share| share.object).filter(|&id| parameters.muted.contains(&object(id).key));
    let muting = Muting { objects: muted.collect(), max_accounts: parameters.max_accounts };
    let mut builder = IncidenceBuilder::without(muting);
    shares().into_iter().for_each(|share| builder.push(share));
    let mut incidence = builder.finish();
    if !rounded.is_empty() {
        incidence.mark_rounded(rounded.iter().copied(), (1..=POSTS).map(ObjectId));
    }
    let pictures: Vec<_> = accounts.iter().filter_map(|account| Some((account.id, account.avatar?))).collect();
    let prints = [print(1), print(2)];
    let graph = AccountGraph::build(&incidence, &pictures, &prints, parameters, &Task::UNWATCHED).unwrap();
    Links::unkept(incidence, graph)
}

pub(super) fn object(id: ObjectId) -> Object {
    let text = format!("Tomorrow at {} we meet in the square, and bring a lamp.", id.0);
    let created_at = Some(Timestamp(NOON.0 + i64::from(id.0 - 1) * 3_600_000));
    Object {
        synthetic: false,
        id,
        kind: ObjectKind::RetweetedPost,
        key: format!("77{}", id.0),
        author: Some(FIGURE),
        created_at,
        text: Some(text),
    }
}

/// Four bits apart, but for the pictures from 8 on, which are like no other.
pub(super) fn print(id: u32) -> AvatarPrint {
    let mut bits = [if id < 8 { 0x5a } else { 0xa5 }; 32];
    bits[0] = if id == 1 { 0x00 } else { 0x0f };
    AvatarPrint::new(AvatarId(id), PdqHash(bits), 100)
}

pub(super) fn picture(id: AvatarId) -> Picture {
    let rgb = (0..16_u8).flat_map(|pixel| [pixel * 16, 120, (id.0 as u8).wrapping_mul(60)]).collect();
    let thumbnail = Thumbnail { width: 4, height: 4, rgb };
    Picture {
        print: print(id.0),
        sha256: [id.0 as u8; 32],
        width: 400,
        height: 400,
        small: thumbnail.clone(),
        thumbnail,
    }
}
