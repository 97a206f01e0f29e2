//! Whose accounts they are: equal ids of two platforms are two accounts, and whoever names one is never misunderstood.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

#[expect(dead_code, reason = "only a part of it is of use here")]
mod place;
mod program;

use std::collections::BTreeSet;
use std::fs;

use assert_cmd::assert::Assert;
use predicates::prelude::*;
use serde_json::{Value, json};

use place::Place;

/// Two accounts, of which the first has this handle, that retweeted the same ten posts of account 7.
fn two_accounts(handle: &str) -> String {
    let mut lines = format!("{{\"type\":\"account\",\"id\":\"71\",\"handle\":\"{handle}\"}}\n");
    for post in 0..10 {
        for account in [71, 72] {
            lines += &format!(
                "{{\"type\":\"post\",\"id\":\"{account}{post}\",\"author_id\":\"{account}\",\"created_at\":\"2025-03-01T10:0{post}:00Z\",\"retweet_of\":{{\"id\":\"9{post}\",\"author_id\":\"7\"}}}}\n"
            );
        }
    }
    lines
}

/// Accounts of x and of mastodon that have the same ids and posts with the same ids.
fn two_platforms() -> Place {
    let place = Place::new();
    fs::write(place.path("a.jsonl"), two_accounts("amber_lake")).unwrap();
    fs::write(place.path("b.jsonl"), two_accounts("birch_hill")).unwrap();
    place.run(&["import", "a.jsonl", "--platform", "Twitter"]).success();
    place.run(&["import", "b.jsonl", "--platform", "mastodon"]).success();
    place
}

fn text(run: Assert) -> String {
    String::from_utf8(run.success().get_output().stdout.clone()).unwrap()
}

fn sample(name: &str) -> String {
    format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn platforms(place: &Place) -> Value {
    place.json(&["stats", "--json"])["platforms"].clone()
}

#[test]
fn equal_numbers_of_two_platforms_are_two_accounts_and_two_posts() {
    let place = two_platforms();
    let stats = place.json(&["stats", "--json"]);
    let count = |name: &str| stats[name].as_u64().unwrap();
    assert_eq!(
        (count("accounts"), count("posts"), count("retweets"), count("targets"), count("links")),
        (6, 40, 40, 20, 2)
    );
    let counts = json!([{"platform": "mastodon", "accounts": 3}, {"platform": "x", "accounts": 3}]);
    assert_eq!(stats["platforms"], counts);
    let said = text(place.run(&["stats"]));
    assert!(said.contains("platforms: mastodon (3), x (3)"), "{said}");
    let network = text(place.run(&["network", "--keep", "all"]));
    let pairs: Vec<String> =
        network.lines().skip(1).map(|row| row.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(pairs, ["mastodon:71 mastodon:72", "x:71 x:72"], "posts with equal ids link nobody across platforms");
}

#[test]
fn formats_know_their_platform() {
    let place = Place::new();
    place
        .run(&["import", &sample("mastodon.jsonl"), &sample("twitter-v1.jsonl"), &sample("bluesky-v2.jsonl")])
        .success();
    let counted = platforms(&place);
    let words: Vec<&str> = counted.as_array().unwrap().iter().map(|one| one["platform"].as_str().unwrap()).collect();
    assert_eq!(words, ["bluesky", "mastodon", "x"]);
    let wrong = place.run(&["import", &sample("minet.csv"), "--platform", "mastodon"]).failure();
    wrong.code(1).stderr(predicate::str::contains(
        "in the format minet, which tells of x and not of mastodon; leave --platform out",
    ));
    place
        .run(&["import", "data.jsonl", "--platform", "a:b"])
        .failure()
        .code(2)
        .stderr(predicate::str::contains("names no platform"));
}

#[test]
fn a_table_of_no_platform_is_refused_where_it_could_be_of_several() {
    let place = two_platforms();
    let before = place.json(&["stats", "--json"]);
    fs::write(place.path("t.csv"), "who,what,when\n71,900,1\n72,900,2\n").unwrap();
    let table = ["import", "t.csv", "--map", "account=who,target=what,time=when"];
    let refused = place.run(&table).failure().code(1);
    refused.stderr(predicate::str::contains(
        "t.csv does not tell whose accounts it holds, and the cache has those of mastodon, x; say it with --platform NAME",
    ));
    assert_eq!(place.json(&["stats", "--json"]), before);
    place.run(&[&table[..], &["--platform", "mastodon"]].concat()).success();
    let found = place.json(&["query", "handle:birch_hill", "--json"]);
    assert_eq!((&found[0]["id"], &found[0]["retweets"]), (&json!("mastodon:71"), &json!(11)));
    // What it was the first time, it is without being told.
    place.run(&table).success().stdout(predicate::str::contains("nothing changed"));
    // And it was a mistake.
    place.run(&[&table[..], &["--platform", "x"]].concat()).success();
    let found = place.json(&["query", "handle:_", "--json"]);
    assert_eq!((&found[0]["id"], &found[0]["retweets"]), (&json!("mastodon:71"), &json!(10)));
    assert_eq!((&found[1]["id"], &found[1]["retweets"]), (&json!("x:71"), &json!(11)));
    assert_eq!(text(place.run(&["imports"])).matches("t.csv").count(), 1);
}

#[test]
fn a_table_that_was_taken_for_another_platforms_leaves_nothing_there() {
    let place = Place::new();
    fs::write(place.path("t.csv"), "who,what,when\n71,900,1\n72,900,2\n").unwrap();
    let table = ["import", "t.csv", "--map", "account=who,target=what,time=when", "--platform"];
    place.run(&[&table[..], &["x"]].concat()).success();
    place.run(&[&table[..], &["mastodon"]].concat()).success();
    assert_eq!(platforms(&place), json!([{"platform": "mastodon", "accounts": 2}]));
    // Standard input is known by its end only.
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_bot-tui"));
    command.env("BOT_TUI_CACHE", place.path("cache.db")).args(["import", "-"]).args(&table[2..]).arg("x");
    command.write_stdin(fs::read(place.path("t.csv")).unwrap()).assert().success();
    assert_eq!(platforms(&place), json!([{"platform": "x", "accounts": 2}]));
}

/// The bytes of a network, and the accounts of an export, once files were imported in this order.
fn imported(place: &Place, files: [&str; 2]) -> (String, Value, String) {
    let cache = place.path(&format!("{}.db", files[0]));
    let cache = cache.to_str().unwrap();
    let mut said = String::new();
    for file in files {
        said += &text(place.run(&["--cache", cache, "import", file]));
    }
    place.run(&["--cache", cache, "tag", "id:5", "unsure"]).success();
    let network = text(place.run(&["--cache", cache, "network", "--keep", "shared:1"]));
    let export = place.json(&["--cache", cache, "export", "--keep", "shared:1"]);
    let mut accounts = export["accounts"].clone();
    // It says when.
    accounts[0].as_object_mut().unwrap().remove("tag");
    (network, accounts, said)
}

#[test]
fn a_table_before_the_tweets_gives_what_it_gives_after_them() {
    let place = Place::new();
    fs::copy(sample("twscrape.jsonl"), place.path("tweets.jsonl")).unwrap();
    let rows = "5,1750000000000000001,p1,1\n6,900,p2,2\n5,900,p3,3\n8,900,p4,4\n8,1750000000000000001,p5,5\n";
    let rows: Vec<String> = rows
        .lines()
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|row| format!("{},{},{},{}\n", row[1], row[0], row[2], row[3]))
        .collect();
    fs::write(place.path("table.csv"), "object_id,account_id,content_id,timestamp_share\n".to_owned() + &rows.concat())
        .unwrap();
    let (first, export, said) = imported(&place, ["table.csv", "tweets.jsonl"]);
    assert!(
        said.contains("note: the accounts in the cache, of no known platform so far, were taken for those of x"),
        "{said}"
    );
    let (then, other, said) = imported(&place, ["tweets.jsonl", "table.csv"]);
    assert!(said.contains("note: no platform was named: taken for x, the only one in the cache"), "{said}");
    assert_eq!(first, then);
    assert!(
        first.contains("\n5,8,Undirected,2,co-retweet,co-retweet,2,"),
        "the table and the tweets speak of the same posts: {first}"
    );
    assert_eq!(export, other);
    assert_eq!((&export[0]["id"], &export[0]["platform"]), (&json!("5"), &json!("x")));
    assert_eq!(export[0]["links"][0]["platform"], "x");
}

#[test]
fn what_was_taken_for_a_platform_stays_there_without_the_file_that_said_it() {
    let place = Place::new();
    fs::write(place.path("table.csv"), "object_id,account_id,content_id,timestamp_share\n900,5,p1,1\n").unwrap();
    place.run(&["import", "table.csv"]).success();
    assert_eq!(platforms(&place), json!([{"platform": null, "accounts": 1}]));
    assert!(!text(place.run(&["stats"])).contains("platforms:"));
    place.run(&["import", &sample("twscrape.jsonl")]).success();
    place.run(&["imports", "remove", "2"]).success();
    assert_eq!(platforms(&place), json!([{"platform": "x", "accounts": 1}]));
    // The same file again is of the same platform, whatever came meanwhile.
    place
        .run(&["import", &sample("mastodon.jsonl"), "table.csv"])
        .success()
        .stdout(predicate::str::contains("nothing changed"));
    place.run(&["imports", "remove", "1"]).success();
    assert_eq!(platforms(&place).as_array().unwrap().len(), 1, "nobody is left of x");
}

#[test]
fn who_is_meant_is_asked_where_several_could_be() {
    let place = two_platforms();
    fs::write(place.path("c.jsonl"), "{\"type\":\"account\",\"id\":\"amber_lake\",\"handle\":\"cedar\"}\n").unwrap();
    place.run(&["import", "c.jsonl", "--platform", "forum.example"]).success();
    let asked = |wanted: &str, words: &[&str]| {
        let run = place.run(&["tag", wanted, "unsure"]).failure().code(1);
        let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
        assert!(words.iter().all(|word| said.contains(word)) && said.lines().count() == 1, "{said}");
    };
    asked("71", &["`71` matches 2 accounts; use one of: x:71 (@amber_lake), mastodon:71 (@birch_hill)"]);
    asked("id:71", &["x:71 (@amber_lake), mastodon:71 (@birch_hill)"]);
    // A handle of one is the id of another.
    asked("amber_lake", &["x:71 (@amber_lake), id:amber_lake (@cedar)"]);
    asked("bluesky:71", &["no account `bluesky:71` in the cache"]);
    asked("@cedar_hill", &["no account"]);
    for (wanted, id) in [
        ("mastodon:71", "mastodon:71"),
        ("x:71", "x:71"),
        ("twitter:71", "x:71"),
        ("@Amber_Lake", "x:71"),
        ("birch_hill", "mastodon:71"),
        ("id:amber_lake", "forum.example:amber_lake"),
    ] {
        let signals = place.json(&["signals", wanted, "--json"]);
        assert_eq!(signals["accounts"][0]["id"], id, "{wanted}");
    }
    for command in [&["audit", "7"][..], &["path", "71", "72"], &["signals", "71"]] {
        place.run(command).failure().code(1).stderr(predicate::str::contains("; use one of: "));
    }
    place.run(&["tag", "mastodon:71", "unsure", "--note", "seen"]).success();
    let accounts = place.json(&["export"])["accounts"].clone();
    assert_eq!(accounts.as_array().unwrap().len(), 1);
    assert_eq!((&accounts[0]["id"], &accounts[0]["platform"]), (&json!("71"), &json!("mastodon")));
    let link = &accounts[0]["links"][0];
    assert_eq!((&link["id"], &link["platform"]), (&json!("72"), &json!("mastodon")));
}

#[test]
fn exports_name_platforms_where_there_are_several() {
    let place = two_platforms();
    let members = |clusters: &Value| -> BTreeSet<String> {
        let clusters = clusters["clusters"].as_array().unwrap().iter();
        let members = clusters.flat_map(|cluster| cluster["members"].as_array().unwrap());
        members.map(|member| member["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ["mastodon:71", "mastodon:72", "x:71", "x:72"].map(str::to_owned);
    assert_eq!(members(&place.json(&["clusters", "--min-size", "2", "--json"])), BTreeSet::from(all));
    let path = place.json(&["path", "x:71", "x:72", "--json"]);
    assert_eq!((&path["from"]["id"], &path["steps"][0]["to"]["id"]), (&json!("x:71"), &json!("x:72")));
    let audit = place.json(&["audit", "mastodon:7", "--json"]);
    assert_eq!(audit["hub"][0]["id"], "mastodon:7");
    assert_eq!(audit["retweeters"][0]["id"], "mastodon:71");
    let signals = place.json(&["signals", "x:71", "--json"]);
    assert_eq!(signals["accounts"][0]["signals"]["single_purpose"]["evidence"]["account"], "x:7");
    for format in ["jsonl", "graphml", "gexf"] {
        let network = text(place.run(&["network", "--keep", "all", "--format", format]));
        assert!(network.contains("mastodon:71") && network.contains("x:72"), "{network}");
    }
}

#[test]
fn a_picture_named_by_an_id_of_two_platforms_is_nobodys() {
    let place = two_platforms();
    fs::create_dir(place.path("pictures")).unwrap();
    for (name, grey) in [("71", 10), ("amber_lake", 90)] {
        let pixels = image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([grey + (x * y % 120) as u8; 3]));
        pixels.save(place.path(&format!("pictures/{name}.png"))).unwrap();
    }
    let said = text(place.run(&["import", "a.jsonl", "--avatars", "pictures"]));
    assert!(said.contains("71.png: no account has this id or handle, or several have it"), "{said}");
    let pictured = place.json(&["query", "avatar:own", "--json"]);
    assert_eq!((pictured.as_array().unwrap().len(), &pictured[0]["id"]), (1, &json!("x:71")));
}
