use super::{Read, item_lines, read};

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
    assert_eq!(item_lines("twitter-v1", FIRST), expected);
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
    assert_eq!(item_lines("twitter-v2", SECOND), expected);
}

#[test]
fn lines_behind_a_byte_order_mark_and_with_any_line_end_are_the_same() {
    for (format, sample) in [("twitter-v1", FIRST), ("twitter-v2", SECOND)] {
        let other = format!("\u{feff}\r\n{}", sample.replace('\n', "\r\n"));
        let only_records = |text: &str| {
            let items = read(format, text);
            items.into_iter().filter(|item| !matches!(item, Read::Skipped(_))).collect::<Vec<_>>()
        };
        assert_eq!(only_records(sample), only_records(&other));
    }
}

/// A page in which a tweet stands in a relation to another one, which it adds with the author of both.
fn page_with(id: u32, relation: &str, seen: &str) -> String {
    let long = "x".repeat(130);
    let user = format!(r#"{{"id":"6","username":"x","public_metrics":{{"followers_count":9}},"url":"{long}"}}"#);
    let data = format!(r#"{{"id":"{id}","author_id":"6","referenced_tweets":[{{"type":"{relation}","id":"10"}}]}}"#);
    let tweet = format!(r#"{{"id":"10","author_id":"6","text":"Tom &amp; Jo","source":"{long}"}}"#);
    format!(
        r#"{{"data":[{data}],"includes":{{"users":[{user}],"tweets":[{tweet}]}},"__twarc":{{"retrieved_at":"2018-10-{seen}T00:00:00Z"}}}}"#
    )
}

#[test]
fn every_page_tells_what_it_adds_with_the_time_at_which_it_was_asked_for() {
    let pages = [page_with(20, "retweeted", "11"), page_with(21, "quoted", "13"), page_with(22, "retweeted", "12")];
    let long = "x".repeat(130);
    let said = |id: u32, what: &str, day: u32| {
        [
            format!("account 6 handle=x followers=9 seen=2018-10-{day}T00:00:00Z"),
            format!("post {id} by=6 {what}=(10 by=6 text=«Tom & Jo»)"),
            format!("post 10 by=6 text=«Tom & Jo» client={long}"),
        ]
    };
    let expected = [said(20, "retweets", 11), said(21, "quotes", 13), said(22, "retweets", 12)].concat();
    assert_eq!(item_lines("twitter-v2", &pages.join("\n")), expected);
}

#[test]
fn a_page_that_is_broken_costs_its_line() {
    let whole = page_with(20, "retweeted", "11");
    let mut broken = page_with(21, "retweeted", "11");
    broken.pop();
    let lines = item_lines("twitter-v2", &format!("{whole}\n{broken}\n{}", page_with(22, "retweeted", "11")));
    assert!(lines[3].starts_with("line 2: EOF while parsing an object at line 1 column "), "{}", lines[3]);
    assert!(lines.len() == 7 && lines[5].starts_with("post 22 "), "{lines:?}");
}

#[test]
fn a_bad_value_in_a_page_costs_its_record_only() {
    let tweet = |id: u32| {
        let at = if id == 3 { "yesterday" } else { "2018-10-10T20:00:00Z" };
        format!(r#"{{"id":"{id}","author_id":"5","created_at":"{at}"}}"#)
    };
    let tweets = (1..=8).map(tweet).collect::<Vec<_>>().join(",");
    let includes = r#""includes":{"users":[{"id":"6","public_metrics":7},{"id":"5","username":"birch","name":"B","public_metrics":{"followers_count":1}}],"tweets":[{"id":{}},{"id":"9","author_id":"5"}]}"#;
    let with = |includes: &str| item_lines("twitter-v2", &format!("{{\"data\":[{tweets}],\"meta\":{{}}{includes}}}"));
    let posts = |lines: &[String]| lines.iter().filter(|line| line.starts_with("post ")).count();
    let alone = with("");
    assert_eq!((posts(&alone), alone.len()), (7, 8));
    assert_eq!(alone[0], "line 1: in `data` of the page: `yesterday` is no time");
    let whole = with(&format!(",{includes}"));
    assert_eq!((posts(&whole), whole.iter().filter(|line| line.starts_with("line 1: ")).count()), (8, 3), "{whole:?}");
    assert!(whole[1].starts_with("line 1: in `users` of the page: invalid type"), "{}", whole[1]);
    assert!(whole.iter().any(|line| line.starts_with("account 5 ")));
    // The time at which a page was asked for is worth less than the page.
    let seen = with(r#","__twarc":{"retrieved_at":"soon"}"#);
    assert_eq!((posts(&seen), seen[1].as_str()), (7, "line 1: in `__twarc` of the page: `soon` is no time"));
    let one = item_lines(
        "twitter-v2",
        r#"{"data":{"id":"1","created_at":"x"},"includes":{"tweets":[{"id":"9","author_id":"5"}]}}"#,
    );
    assert_eq!((posts(&one), one.len()), (1, 2));
}

const V2_PAGE: &str = r#"{"data":[{"id":"4194304000000","author_id":"5","text":"RT @x: Tom","referenced_tweets":[{"type":"retweeted","id":"10"}],"entities":{"mentions":[{"username":"x"}]}}],"includes":{"users":[{"id":"5","username":"birch","name":"B","description":"","public_metrics":{"followers_count":3,"following_count":4,"tweet_count":5}},{"id":"6","username":"x","name":"X","public_metrics":{"followers_count":9}}],"tweets":[{"id":"10","author_id":"6","created_at":"2018-10-10T20:00:00.000Z","text":"Tom plants trees"}]},"__twarc":{"retrieved_at":"2018-10-11T00:00:00+00:00"}}"#;

const V2_FLAT: &str = r#"{"id":"4194304000000","author_id":"5","text":"RT @x: Tom","author":{"id":"5","username":"birch","name":"B","description":"","public_metrics":{"followers_count":3,"following_count":4,"tweet_count":5}},"referenced_tweets":[{"type":"retweeted","id":"10","author_id":"6","created_at":"2018-10-10T20:00:00.000Z","text":"Tom plants trees","author":{"id":"6","username":"x","name":"X","public_metrics":{"followers_count":9}}}],"__twarc":{"retrieved_at":"2018-10-11T00:00:00+00:00"}}"#;

#[test]
fn pages_and_flattened_tweets_say_the_same() {
    let sorted = |text| {
        let mut lines = item_lines("twitter-v2", text);
        lines.sort();
        lines.dedup();
        lines
    };
    assert_eq!(sorted(V2_PAGE), sorted(V2_FLAT));
    let accounts = item_lines("twitter-v2", V2_PAGE).iter().filter(|line| line.starts_with("account")).count();
    assert_eq!(accounts, 2, "a mere mention is no account");
    assert_eq!(read("twitter-v2", "{\"errors\":[],\"meta\":{\"result_count\":0}}"), [Read::Message]);
}

#[test]
fn what_a_post_holds_is_read_in_every_format_that_tells_it() {
    let native = r#"{"type":"post","id":"1","author_id":"a","quote_of":{"id":"20","author_id":"q"},"reply_to":{"id":"30","author_id":"r"},"links":["https://a.example/x"],"hashtags":["Trees"]}"#;
    let v1 = r#"{"id_str":"1","user":{"id_str":"a"},"text":"cut","quoted_status_id_str":"20","quoted_status":{"id_str":"20","user":{"id_str":"q"}},"in_reply_to_status_id_str":"30","in_reply_to_user_id_str":"r","entities":{"urls":[{"expanded_url":"https://twitter.com/i/web/status/1"}],"hashtags":[]},"extended_tweet":{"full_text":"whole","entities":{"urls":[{"expanded_url":"https://s.example/1","unwound":{"url":"https://a.example/x"}},{"expanded_url":"https://twitter.com/q/status/20"}],"hashtags":[{"text":"Trees"}]}}}"#;
    let v2 = r#"{"data":[{"id":"1","author_id":"a","referenced_tweets":[{"type":"quoted","id":"20"},{"type":"replied_to","id":"30"}],"entities":{"urls":[{"expanded_url":"https://s.example/1","unwound_url":"https://a.example/x"},{"expanded_url":"https://twitter.com/a/status/1/photo/1","media_key":"3_1"},{"expanded_url":"https://twitter.com/q/status/20"}],"hashtags":[{"tag":"Trees"}]}}],"includes":{"tweets":[{"id":"20","author_id":"q"},{"id":"30","author_id":"r"}]}}"#;
    for (format, text) in [("native", native), ("twitter-v1", v1), ("twitter-v2", v2)] {
        let expected = "quotes=(20 by=q) answers=(30 by=r) links=https://a.example/x hashtags=Trees";
        let post = item_lines(format, text).into_iter().find(|line| line.starts_with("post 1 ")).unwrap();
        assert!(post.ends_with(expected), "{format}: {post}");
    }
}
