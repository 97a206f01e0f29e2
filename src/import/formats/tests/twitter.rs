use super::{read, told};
use crate::import::format::Item;

const FIRST: &str = include_str!("../../../../tests/samples/twitter-v1.jsonl");
const SECOND: &str = include_str!("../../../../tests/samples/twitter-v2.jsonl");

#[test]
fn a_retweet_of_a_quote_in_the_first_interface() {
    let expected = [
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/5.jpg seen=2018-10-10T20:19:24Z",
        "post 20 by=5 at=2018-10-10T20:19:24Z text=«RT @rose: Tom & Jo…» retweets=(10 by=6 at=2018-10-10T20:00:00Z text=«Tom & Jo plant trees 🌳») quotes=(8)",
        "account 6 handle=rose name=«Rose» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/6.jpg seen=2018-10-10T20:19:24Z",
        "post 10 by=6 at=2018-10-10T20:00:00Z text=«Tom & Jo plant trees 🌳» quotes=(8 by=7 at=2018-10-10T19:00:00Z text=«Look») links=https://a.example/x hashtags=Trees client=Phone & Web",
        "account 7 handle=elm name=«Elm» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/7.jpg seen=2018-10-10T20:19:24Z",
        "post 8 by=7 at=2018-10-10T19:00:00Z text=«Look» language=en",
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/5.jpg seen=2018-10-10T20:19:25Z",
        "post 21 by=5 at=2018-10-10T20:19:25Z text=«می\u{200c}کاریم» answers=(19 by=6) language=fa",
        "account 5 handle=birch seen=2010-11-04T01:59:34.657Z",
        "post 4194304000000 by=5 at=2010-11-04T01:59:34.657Z text=«no time»",
        "message",
        "line 5: the user has no id_str",
    ];
    assert_eq!(told("twitter-v1", FIRST), expected);
}

#[test]
fn a_retweet_of_a_quote_in_a_page() {
    let expected = [
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/5.jpg seen=2018-10-11T00:00:00Z",
        "account 6 handle=rose name=«Rose» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/6.jpg seen=2018-10-11T00:00:00Z",
        "account 7 handle=elm name=«Elm» bio=«» location=«» created=2006-03-21T20:50:14Z followers=3 following=4 statuses=5 verified=false avatar=https://pictures.example/7.jpg seen=2018-10-11T00:00:00Z",
        "post 20 by=5 at=2018-10-10T20:19:24Z text=«RT @rose: Tom & Jo…» retweets=(10 by=6 at=2018-10-10T20:00:00Z text=«Tom & Jo plant trees 🌳») language=en",
        "post 4194304000000 by=5 at=2010-11-04T01:59:34.657Z text=«می\u{200c}کاریم» answers=(19)",
        "post 10 by=6 at=2018-10-10T20:00:00Z text=«Tom & Jo plant trees 🌳» quotes=(8 by=7 at=2018-10-10T19:00:00Z text=«Look») links=https://a.example/x hashtags=Trees client=Phone",
        "post 8 by=7 at=2018-10-10T19:00:00Z text=«Look»",
        "message",
    ];
    assert_eq!(told("twitter-v2", SECOND), expected);
}

#[test]
fn lines_behind_a_byte_order_mark_and_with_any_line_end_are_the_same() {
    for (format, sample) in [("twitter-v1", FIRST), ("twitter-v2", SECOND)] {
        let other = format!("\u{feff}\r\n{}", sample.replace('\n', "\r\n"));
        let only_records = |text: &str| {
            let items = read(format, text);
            items.into_iter().filter(|item| !matches!(item, Item::Skipped(_))).collect::<Vec<_>>()
        };
        assert_eq!(only_records(sample), only_records(&other));
    }
}
