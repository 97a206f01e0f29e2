use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/mastodon.jsonl");

#[test]
fn boosts_seen_from_two_instances_name_one_status() {
    let expected = [
        "account https://a.example/@birch handle=birch@a.example name=«Birch» bio=«Hello a» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=false avatar=https://a.example/@birch.png seen=2024-01-01T10:00:05Z",
        "post https://a.example/users/birch/statuses/901/activity by=https://a.example/@birch at=2024-01-01T10:00:05Z retweets=(https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees») links=https://news.example/1?a=1&b=2",
        "account https://b.example/@rose handle=rose@b.example name=«Rose» bio=«» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=true avatar=https://b.example/@rose.png seen=2024-01-01T10:00:05Z",
        "post https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees» links=https://news.example/1?a=1&b=2 hashtags=Trees language=en client=Web",
        "account https://c.example/@birch handle=birch@c.example name=«Birch» bio=«Hello a» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=false avatar=https://c.example/@birch.png seen=2024-01-01T10:00:06Z",
        "post https://c.example/users/birch/statuses/77/activity by=https://c.example/@birch at=2024-01-01T10:00:06Z retweets=(https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees»)",
        "account https://b.example/@rose handle=rose@b.example name=«Rose» bio=«» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=true avatar=https://b.example/@rose.png seen=2024-01-01T10:00:06Z",
        "post https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees» links=https://news.example/1?a=1&b=2 hashtags=Trees language=en client=Web",
        "account https://a.example/@birch handle=birch@a.example name=«Birch» bio=«Hello a» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=false avatar=https://a.example/@birch.png seen=2024-01-01T11:00:00Z",
        "post https://a.example/users/birch/statuses/902 by=https://a.example/@birch at=2024-01-01T11:00:00Z text=«@rose yes <3» quotes=(https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees») answers=(status:900 by=https://b.example/@rose)",
        "account https://b.example/@rose handle=rose@b.example name=«Rose» bio=«» created=2022-11-01T00:00:00Z followers=3 following=4 statuses=5 bot=true avatar=https://b.example/@rose.png seen=2024-01-01T11:00:00Z",
        "post https://b.example/users/rose/statuses/1 by=https://b.example/@rose at=2024-01-01T10:00:00.5Z text=«We plant trees & flowers 🌳\nمی\u{200c}کاریم\n\nhttps://news.example/1?a=1&b=2 #Trees» links=https://news.example/1?a=1&b=2 hashtags=Trees language=en client=Web",
        "line 4: missing field `uri` at line 1 column 388",
    ];
    assert_eq!(item_lines("mastodon", SAMPLE), expected);
}
