//! Each format on a small sample, written by hand, that has its odd cases.

mod bluesky;
mod coor_tweet;
mod four_cat;
mod information_operations;
mod mastodon;
mod minet;
mod native;
mod toolkit;
mod twarc_csv;
mod twitter;
mod twscrape;
mod zeeschuimer;

use std::ops::ControlFlow;

use crate::import::format::{Item, by_name, detect};
use crate::model::{AccountRecord, PostRecord, PostReference, SkippedLine, Timestamp};

/// What a sample holds, a line for each item; what is not known is left out. The format must be known by its content.
fn item_lines(format: &str, sample: &str) -> Vec<String> {
    let text = sample.trim_start_matches('\u{feff}');
    assert_eq!(detect(text.as_bytes()).map(|format| format.name()), Some(format));
    read(format, sample).iter().map(in_words).collect()
}

/// What was read, with texts of its own.
#[derive(Debug, PartialEq)]
enum Read {
    Account(Box<AccountRecord>),
    Post(Box<PostRecord>),
    Trimmed(u64),
    Deleted(String),
    Skipped(SkippedLine),
    Message,
}

impl From<Item<'_>> for Read {
    fn from(item: Item<'_>) -> Self {
        match item {
            Item::Account(record) => Self::Account(record),
            Item::Post(record) => Self::Post(Box::new(record.map(|text| (*text).to_owned()))),
            Item::Trimmed(ids) => Self::Trimmed(ids),
            Item::Deleted(id) => Self::Deleted(id),
            Item::Skipped(line) | Item::LeftOut(line) | Item::EndsEarly(line) => Self::Skipped(line),
            Item::Message => Self::Message,
        }
    }
}

fn read(format: &str, sample: &str) -> Vec<Read> {
    let mut items = Vec::new();
    let mut push = |item: Item<'_>| {
        items.push(item.into());
        ControlFlow::Continue(())
    };
    // The mark at the beginning is taken away where files are opened.
    let sample = sample.trim_start_matches('\u{feff}');
    let _ = by_name(format).unwrap().read(&mut sample.as_bytes(), &mut push);
    items
}

fn in_words(item: &Read) -> String {
    match item {
        Read::Account(record) => account(record),
        Read::Post(record) => post(record),
        Read::Deleted(id) => format!("deleted {id}"),
        Read::Skipped(line) => format!("line {}: {}", line.line, line.reason),
        Read::Trimmed(ids) => format!("{ids} trimmed"),
        Read::Message => "message".to_owned(),
    }
}

fn moment(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| jiff::Timestamp::from_millisecond(at.0).unwrap().to_string())
}

/// The words that are known, each behind its name.
fn known(begin: String, words: &[(&str, Option<String>)]) -> String {
    words.iter().fold(begin, |line, (name, word)| match word {
        Some(word) => format!("{line} {name}={word}"),
        None => line,
    })
}

fn account(record: &AccountRecord) -> String {
    let profile = record.profile.clone();
    let count = |count: Option<u64>| count.map(|count| count.to_string());
    let flag = |flag: Option<bool>| flag.map(|flag| flag.to_string());
    let quoted = |text: Option<String>| text.map(|text| format!("«{text}»"));
    known(
        format!("account {}", record.platform_id),
        &[
            ("handle", profile.handle),
            ("name", quoted(profile.name)),
            ("bio", quoted(profile.bio)),
            ("location", quoted(profile.location)),
            ("created", moment(profile.created_at)),
            ("followers", count(profile.followers)),
            ("following", count(profile.following)),
            ("statuses", count(profile.statuses)),
            ("verified", flag(profile.verified)),
            ("bot", flag(profile.declared_bot)),
            ("avatar", profile.avatar_url),
            ("seen", moment(profile.observed_at)),
            ("picture", record.avatar_file.clone()),
        ],
    )
}

fn reference(post: &PostReference) -> String {
    let begin = format!("{}{}", if post.synthetic { "~" } else { "" }, post.platform_id);
    let text = post.text.as_ref().map(|text| format!("«{text}»"));
    format!("({})", known(begin, &[("by", post.author.clone()), ("at", moment(post.created_at)), ("text", text)]))
}

fn post(record: &PostRecord) -> String {
    let list = |list: &[String]| (!list.is_empty()).then(|| list.join(" "));
    known(
        format!("post {}", record.platform_id),
        &[
            ("by", Some(record.author.clone())),
            ("at", moment(record.created_at)),
            ("text", record.text.as_ref().map(|text| format!("«{text}»"))),
            ("retweets", record.retweet_of.as_ref().map(reference)),
            ("quotes", record.quote_of.as_ref().map(reference)),
            ("answers", record.reply_to.as_ref().map(reference)),
            ("links", list(&record.links)),
            ("hashtags", list(&record.hashtags)),
            ("language", record.language.clone()),
            ("client", record.client.clone()),
        ],
    )
}

#[test]
fn lines_are_known_behind_a_torn_one_and_tables_by_their_first() {
    let name = |text: &str| detect(text.as_bytes()).map(|format| format.name());
    let lines = include_str!("../../../../tests/samples/bluesky-v1.jsonl");
    assert_eq!(name(&format!("{{\"torn\n\n{lines}")), Some("bluesky"));
    let table = include_str!("../../../../tests/samples/4cat.csv");
    assert_eq!(name(&format!("\r\n\n{table}")), Some("4cat"));
    // What stands in a row of an unknown table makes it no other one.
    assert_eq!(name(&format!("some,columns\n{table}")), None);
    assert_eq!(name("a,b,c,d,e,f,g,h\n1,u,n,,,text,1600000000,\n"), None);
    assert_eq!(name("{\"hello\":1}\n"), None);
}
