//! Filters on accounts made by hand.

use super::*;
use crate::model::{Account, AccountId, Activity, AvatarId, Label, ObjectKind, Profile, Timestamp};

fn account(profile: Profile, avatar: Option<u32>) -> Account {
    let activity = Activity { posts: 10, retweets: 9, ..Activity::default() };
    Account {
        id: AccountId(1),
        platform: Default::default(),
        platform_id: "77".to_owned(),
        profile,
        avatar: avatar.map(AvatarId),
        activity,
    }
}

fn known() -> Account {
    let profile = Profile {
        handle: Some("Amber_Lake".to_owned()),
        name: Some("كاوه".to_owned()),
        bio: Some(" ".to_owned()),
        followers: Some(86),
        created_at: Some(Timestamp(1_735_689_600_000)), // 2025-01-01T00:00:00Z
        verified: Some(false),
        ..Profile::default()
    };
    account(profile, Some(3))
}

fn subject(account: &Account) -> Subject<'_> {
    Subject {
        account,
        label: Some(Label::Unsure),
        note: None,
        links: 12,
        linked_by_share: Some(ObjectKind::RetweetedPost),
        linked_by_avatar: false,
        default_avatar: true,
        twins: None,
        retweet_share: Some(0.9),
        single_purpose: None,
    }
}

fn holds(filter: &str) -> bool {
    Query::parse(filter).unwrap().matches(&subject(&known()))
}

#[test]
fn conditions_hold_or_not() {
    for filter in [
        "",
        "amber",
        "handle:amber handle=amber_lake",
        "name:کاوه",
        "bio:empty",
        "followers=86 followers:80..90 followers:..86 followers>85 followers>=86 followers!=87",
        "followers:5,86",
        "retweet-share>=0.9 -retweet-share>0.9 retweet-share:0.9..",
        "links>10 posts=10",
        "tag:unsure tag:none,unsure -tag:none !tag:none tag!=none",
        "layer:co-retweet -layer:avatar",
        "avatar:default verified:no declared-bot:unknown",
        "created:2025 created:2025-01 created=2025-01-01 created>2024-12 created<=2025 created:2024..2025",
        "location:unknown twins:unknown -location:here note:unknown",
        "\"amber_lake\" id=77",
    ] {
        assert!(holds(filter), "{filter}");
    }
    for filter in [
        "heron",
        "handle=amber",
        "bio:unknown",
        "followers<86 ",
        "followers!=86",
        "following>0",
        "following<=0",
        "following!=3",
        "location:here",
        "tag:none",
        "layer:avatar",
        "verified:yes",
        "created<2025",
        "created>2025-01-01",
        "-amber",
        "twins=0",
        "location!=here",
        "declared-bot!=yes",
        "verified!=no",
    ] {
        assert!(!holds(filter), "{filter}");
    }
}

#[test]
fn what_is_wrong_is_said_with_what_is_right() {
    for (filter, said) in [
        ("folowers=86", "perhaps followers is meant"),
        ("colour:red", "the fields are tag, note,"),
        ("tag:bot", "one of none, suspected-bot, likely-human, unsure"),
        ("followers:many", "write followers=5"),
        ("created:yesterday", "write created:2025-03"),
        ("created:2025-13", "write created:2025-03"),
        ("bio>5", "bio cannot be compared with `>`"),
        ("followers:", "`` is no value of followers"),
        ("bio:\"ferry pilot", "not closed"),
    ] {
        let error = Query::parse(filter).unwrap_err().to_string();
        assert!(error.contains(said), "{filter}: {error}");
    }
}

#[test]
fn words_are_completed() {
    assert_eq!(completions("tag:none fol"), ["followers:", "following:"]);
    assert_eq!(completions("-tag:s"), ["-tag:suspected-bot"]);
    assert_eq!(completions("tag:none,un"), ["tag:none,unsure", "tag:none,unknown"]);
    assert_eq!(completions("bio:e"), ["bio:empty"]);
    assert_eq!(completions("").len(), Field::ALL.len());
    assert!(completions("colour:").is_empty());
}
