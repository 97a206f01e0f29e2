//! Signals of the real binary against counting what the file says, record by record.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use place::Place;

const ACCOUNTS: u64 = 60;
const TARGETS: u64 = 200;
/// 1 March 2025.
const BEGIN: i64 = 1_740_787_200;

/// A small generator of numbers, so that every run sees the same records.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// What a target's retweets tell of it: one in nine has no known author, one in seven no known time.
fn target(id: u64) -> (Option<u64>, Option<i64>) {
    let author = (!id.is_multiple_of(9)).then_some(900 + id * id % 5);
    (author, (!id.is_multiple_of(7)).then_some(BEGIN + id.cast_signed() * 4_321))
}

fn post(number: usize, account: u64, numbers: &mut Numbers) -> Value {
    let id = numbers.below(TARGETS);
    let (author, made_at) = target(id);
    let at = match (numbers.below(3), made_at) {
        (0, Some(made_at)) => made_at + numbers.below(30).cast_signed() - 5,
        _ => BEGIN + numbers.below(20 * 86_400).cast_signed(),
    };
    // Some accounts sleep.
    let at = if account.is_multiple_of(4) { at - at % 86_400 + at % 40_000 } else { at };
    let mut post = json!({ "type": "post", "id": format!("p{number}"), "author_id": account.to_string() });
    if !numbers.below(12).eq(&0) {
        post["created_at"] = json!(at);
    }
    if numbers.below(10) < account % 11 {
        post["retweet_of"] = json!({ "id": format!("t{id}") });
        if let Some(author) = author {
            post["retweet_of"]["author_id"] = json!(author.to_string());
        }
        if let Some(made_at) = made_at {
            post["retweet_of"]["created_at"] = json!(made_at);
        }
    }
    post
}

fn profile(id: u64, numbers: &mut Numbers) -> Value {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let bio: Vec<&str> = words.into_iter().filter(|_| numbers.below(12) > 0).collect();
    let bio = if id.is_multiple_of(5) { String::new() } else { bio.join(" ") };
    let mut account = json!({ "type": "account", "id": id.to_string(), "followers": numbers.below(3), "bio": bio });
    if !id.is_multiple_of(13) {
        account["following"] = json!(numbers.below(2));
    }
    account
}

fn records() -> Vec<Value> {
    let mut numbers = Numbers(11);
    let profiles: Vec<Value> = (1..=ACCOUNTS).map(|id| profile(id, &mut numbers)).collect();
    let posts = (1..=ACCOUNTS).flat_map(|account| (0..account * 7 % 90).map(move |_| account));
    let posts: Vec<Value> = posts.enumerate().map(|(number, account)| post(number, account, &mut numbers)).collect();
    [profiles, posts].concat()
}

fn share(with: usize, total: usize, at_least: usize) -> Option<f64> {
    (total >= at_least).then(|| with as f64 / total as f64)
}

/// The posts of an account.
fn posts_of<'a>(records: &'a [Value], id: &str) -> Vec<&'a Value> {
    records.iter().filter(|record| record["author_id"] == id).collect()
}

fn times(posts: &[&Value]) -> Vec<i64> {
    let mut times: Vec<i64> = posts.iter().filter_map(|post| post["created_at"].as_i64()).collect();
    times.sort_unstable();
    times
}

/// Each target that was retweeted, with the earliest time of it.
fn retweeted<'a>(posts: &[&'a Value]) -> BTreeMap<&'a str, (Option<i64>, &'a Value)> {
    let mut found: BTreeMap<&str, (Option<i64>, &Value)> = BTreeMap::new();
    for post in posts {
        let target = &post["retweet_of"];
        let Some(id) = target["id"].as_str() else { continue };
        let earliest = &mut found.entry(id).or_insert((None, target)).0;
        *earliest = (*earliest).into_iter().chain(post["created_at"].as_i64()).min();
    }
    found
}

fn single_purpose(targets: &BTreeMap<&str, (Option<i64>, &Value)>) -> Option<f64> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    targets
        .values()
        .filter_map(|(_, target)| target["author_id"].as_str())
        .for_each(|id| *counts.entry(id).or_default() += 1);
    share(*counts.values().max()?, targets.len(), 5)
}

fn fast(targets: &BTreeMap<&str, (Option<i64>, &Value)>) -> Option<f64> {
    let gaps: Vec<i64> =
        targets.values().filter_map(|(at, target)| Some((*at)? - target["created_at"].as_i64()?)).collect();
    share(gaps.iter().filter(|gap| (0..=10).contains(*gap)).count(), gaps.len(), 5)
}

fn burstiness(times: &[i64]) -> Option<f64> {
    let gaps: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    let variance = gaps.iter().map(|gap| (gap - mean) * (gap - mean)).sum::<f64>() / gaps.len() as f64;
    (gaps.len() >= 10).then(|| (variance.sqrt() - mean) / (variance.sqrt() + mean))
}

fn quiet(times: &[i64]) -> Option<f64> {
    let used: BTreeSet<i64> = times.iter().map(|at| at / 3_600 % 24).collect();
    let from = |hour: i64| (0..24).take_while(|step| !used.contains(&((hour + step) % 24))).count();
    (times.len() >= 24).then(|| (0..24).map(from).max().unwrap() as f64)
}

fn profile_twins(records: &[Value], me: &Value) -> Option<f64> {
    let figures = |one: &Value| Some((one["followers"].as_u64()?, one["following"].as_u64()?, one["bio"] == ""));
    let mine = figures(me)?;
    let others = records.iter().filter(|one| one["type"] == "account" && one["id"] != me["id"]);
    Some(others.filter(|one| figures(one) == Some(mine)).count() as f64)
}

fn bio_twins(records: &[Value], me: &Value) -> Option<f64> {
    let words = |one: &Value| -> BTreeSet<String> {
        one["bio"].as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
    };
    let mine = words(me);
    let near = |other: &BTreeSet<String>| {
        // 4 of 5 in whole numbers, so that nothing is rounded.
        other.len() >= 5 && 5 * mine.intersection(other).count() >= 4 * mine.union(other).count()
    };
    let others = records.iter().filter(|one| one["type"] == "account" && one["id"] != me["id"]);
    (mine.len() >= 5).then(|| others.filter(|one| near(&words(one))).count() as f64)
}

#[test]
fn counting_what_the_file_says_gives_the_same_signals() {
    let place = Place::new();
    let records = records();
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    fs::write(place.path("records.jsonl"), lines.join("\n")).unwrap();
    place.run(&["import", "records.jsonl"]).success();
    let document = place.json(&["signals", "--json"]);
    let mut values: BTreeMap<&str, usize> = BTreeMap::new();
    for one in document["accounts"].as_array().unwrap() {
        let id = one["id"].as_str().unwrap();
        let Some(me) = records.iter().find(|record| record["type"] == "account" && record["id"] == id) else {
            continue;
        };
        let posts = posts_of(&records, id);
        let (times, targets) = (times(&posts), retweeted(&posts));
        // A post counts above as it does below, whatever else retweets the same target.
        let retweets = posts.iter().filter(|post| post["retweet_of"]["id"].is_string()).count();
        for (signal, expected) in [
            ("retweet_share", share(retweets, posts.len(), 5)),
            ("single_purpose", single_purpose(&targets)),
            ("fast_retweets", fast(&targets)),
            ("gap_regularity", burstiness(&times)),
            ("hours", quiet(&times)),
            ("profile_twins", profile_twins(&records, me)),
            ("bio_twins", bio_twins(&records, me)),
        ] {
            let found = one["signals"][signal]["value"].as_f64();
            let close = found.zip(expected).map_or(found == expected, |(a, b)| (a - b).abs() < 1e-9);
            assert!(close, "{signal} of {id}: {found:?}, counted {expected:?}");
            *values.entry(signal).or_default() += usize::from(found.is_some());
        }
    }
    // Some have a value and some are too little known for one.
    assert_eq!(values.len(), 7);
    for (signal, count) in values {
        assert!(count > 20 && count < ACCOUNTS as usize, "{signal}: {count}");
    }
}

#[test]
fn of_ten_posts_the_hours_of_the_day_say_nothing() {
    let document = Place::imported().json(&["signals", "--json", "1"]);
    let hours = &document["accounts"][0]["signals"]["hours"];
    assert_eq!((&hours["value"], &hours["why"]), (&Value::Null, &json!("too few posts with a time: 10, it takes 24")));
}
