use super::{Read, item_lines, read};

const FIRST: &str = include_str!("../../../../tests/samples/bluesky-v1.jsonl");
const SECOND: &str = include_str!("../../../../tests/samples/bluesky-v2.jsonl");

#[test]
fn events_of_the_first_version() {
    let expected = [
        "post at://did:plc:aaa/app.bsky.feed.post/p1 by=did:plc:aaa at=2024-10-27T03:33:20Z text=«کتاب\u{200c}ها 🌳 news.example/1» answers=(at://did:plc:bbb/app.bsky.feed.post/r1 by=did:plc:bbb) links=https://news.example/1 hashtags=hidden Trees language=fa,en",
        // Whoever dates a post ahead posted it when it was seen.
        "post at://did:plc:aaa/app.bsky.feed.repost/s1 by=did:plc:aaa at=2024-10-27T03:33:21Z retweets=(at://did:plc:bbb/app.bsky.feed.post/q1 by=did:plc:bbb)",
        "post at://did:plc:bbb/app.bsky.feed.repost/s2 by=did:plc:bbb at=2024-10-27T03:33:22Z retweets=(at://rose.example/app.bsky.feed.post/q1)",
        "post at://did:plc:bbb/app.bsky.feed.post/p2 by=did:plc:bbb at=2024-10-27T03:33:00Z text=«» quotes=(at://did:plc:aaa/app.bsky.feed.post/p1 by=did:plc:aaa) links=https://maps.example/",
        "post at://did:plc:bbb/app.bsky.feed.post/p3 by=did:plc:bbb at=2024-10-27T03:33:00Z text=«a list»",
        "deleted at://did:plc:aaa/app.bsky.feed.repost/s1",
        "deleted at://did:plc:bbb/app.bsky.feed.post/p3",
        "message",
        "message",
        "account did:plc:aaa name=«Amber 🌲» bio=«» created=2023-06-01T00:00:00Z bot=true avatar=https://cdn.bsky.app/img/avatar/plain/did:plc:aaa/bafy1@jpeg seen=2024-10-27T03:33:25Z",
        "account did:plc:aaa handle=amber.example seen=2024-10-27T03:33:26Z",
        "message",
        "message",
    ];
    let lines = item_lines("bluesky", FIRST);
    assert_eq!(lines[..expected.len()], expected);
    assert!(lines[13].starts_with("line 14: missing field `subject`"), "{}", lines[13]);
}

#[test]
fn messages_of_the_second_version() {
    let expected = [
        "message",
        "post at://did:plc:aaa/app.bsky.feed.repost/s1 by=did:plc:aaa at=2024-10-27T03:33:20.25Z retweets=(at://did:plc:bbb/app.bsky.feed.post/q1 by=did:plc:bbb)",
        "deleted at://did:plc:aaa/app.bsky.feed.repost/s1",
        "account did:plc:aaa handle=amber.example seen=2024-10-27T03:33:23Z",
        "post at://did:plc:bbb/app.bsky.feed.post/p1 by=did:plc:bbb at=2024-10-27T03:33:23Z text=«nested all the same»",
    ];
    assert_eq!(item_lines("bluesky", SECOND), expected);
}

#[test]
fn a_missing_time_is_none() {
    let line = r#"{"did":"d","commit":{"operation":"create","collection":"app.bsky.feed.post","rkey":"1","record":{"text":"x"}}}"#;
    let Read::Post(post) = &read("bluesky", line)[0] else { panic!() };
    assert_eq!(post.created_at, None);
}
