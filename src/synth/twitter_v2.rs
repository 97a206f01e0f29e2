//! Posts as pages of Twitter's API v2, a page a line, as the collection tool twarc 2 writes what it searched for.

use std::collections::HashSet;
use std::io::{self, Write};

use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::{Serializer, Value, json};

use super::avatars::Gallery;
use super::dataset::{Dataset, Event};
use super::profile::account_line;
use super::schedule::{self, moment};
use crate::model::{Timestamp, dense};

/// Tweets of a page.
const PAGE: usize = 100;
/// Characters that a retweet's text keeps.
const CUT: usize = 139;
const PROGRAMS: [&str; 4] = ["Twitter for Android", "Twitter for iPhone", "Twitter Web App", "TweetDeck"];

/// Writes all posts.
pub(super) fn write_pages(
    file: &mut impl Write,
    dataset: &Dataset,
    gallery: &Gallery,
    progress: &dyn Fn(f32),
) -> io::Result<()> {
    let users: Vec<Value> = (0..dataset.members.len()).map(|account| user(dataset, gallery, account)).collect();
    let texts: Vec<String> = dataset.originals.posts.iter().map(|original| original.text()).collect();
    let writer = Writer { dataset, users, texts };
    let pages = dataset.events().len().div_ceil(PAGE);
    for (number, events) in dataset.events().chunks(PAGE).enumerate() {
        if number.is_multiple_of(256) {
            progress(number as f32 / pages as f32);
        }
        let page = writer.page(number * PAGE, events);
        serde::Serialize::serialize(&page, &mut Serializer::with_formatter(&mut *file, Ascii))?;
        file.write_all(b"\n")?;
    }
    Ok(())
}

/// Milliseconds, as the platform writes them.
fn written(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|time| format!("{time:.3}")).unwrap_or_default()
}

fn user(dataset: &Dataset, gallery: &Gallery, account: usize) -> Value {
    let (Ok(number), Some(member)) = (u32::try_from(account), dataset.members.get(account)) else {
        return Value::Null;
    };
    let line = account_line(dataset, gallery, number, *member);
    let name = line.handle.unwrap_or_else(|| format!("id{}", line.id));
    json!({
        "id": line.id, "username": name, "name": line.name.unwrap_or_else(|| name.clone()),
        "description": line.bio.unwrap_or_default(), "location": line.location.unwrap_or_default(),
        "created_at": line.created_at.unwrap_or_else(|| written(schedule::observed())),
        "public_metrics": {
            "followers_count": line.followers.unwrap_or_default(), "following_count": line.following.unwrap_or_default(),
            "tweet_count": line.statuses.unwrap_or_default(), "listed_count": number % 7
        },
        "profile_image_url": line.avatar_url.unwrap_or_default(), "url": "", "protected": false,
        "verified": line.verified.unwrap_or_default()
    })
}

struct Writer<'d> {
    dataset: &'d Dataset,
    users: Vec<Value>,
    texts: Vec<String>,
}

impl Writer<'_> {
    fn page(&self, first: usize, events: &[Event]) -> Value {
        let (mut users, mut tweets) = (Vec::new(), Vec::new());
        let (mut seen_users, mut seen_tweets) = (HashSet::new(), HashSet::new());
        let mut include = |account: u32| {
            if seen_users.insert(account) {
                users.extend(self.users.get(account as usize).cloned());
            }
        };
        for event in events {
            include(event.account);
            if event.retweet && seen_tweets.insert(event.post) {
                include(self.dataset.author(event.post).unwrap_or_default());
                tweets.push(self.original(event.post));
            }
        }
        let position = |place: usize| dense(first + place);
        let data: Vec<Value> =
            events.iter().enumerate().map(|(place, event)| self.tweet(position(place), *event)).collect();
        let id = |place: usize| self.dataset.post_id(position(place)).to_string();
        json!({
            "data": data, "includes": { "users": users, "tweets": tweets },
            "meta": {
                "newest_id": id(events.len().saturating_sub(1)), "oldest_id": id(0), "result_count": events.len()
            },
            "__twarc": {
                "url": "https://api.example/2/tweets/search/all?max_results=100&query=odrel", "version": "2.0.3",
                "retrieved_at": "2025-05-24T00:00:00+00:00"
            }
        })
    }

    fn original(&self, post: u32) -> Value {
        let at = self.dataset.originals.posts.get(post as usize).map(|original| original.at).unwrap_or_default();
        let text = self.texts.get(post as usize).map_or("", String::as_str);
        let author = self.dataset.author(post).unwrap_or_default();
        self.whole(self.dataset.original_id(post), author, at, text)
    }

    fn tweet(&self, position: u32, event: Event) -> Value {
        let id = self.dataset.post_id(position);
        let text = self.texts.get(event.post as usize).map_or("", String::as_str);
        if !event.retweet {
            return self.whole(id, event.account, event.at, text);
        }
        let author = self.dataset.author(event.post).unwrap_or_default();
        let handle = self.users.get(author as usize).and_then(|user| user["username"].as_str()).unwrap_or_default();
        let mut said = format!("RT @{handle}: {text}");
        if said.chars().count() > CUT {
            said = said.chars().take(CUT).chain(['…']).collect();
        }
        let mut tweet = self.whole(id, event.account, event.at, &said);
        tweet["referenced_tweets"] =
            json!([{ "type": "retweeted", "id": self.dataset.original_id(event.post).to_string() }]);
        tweet["entities"]["mentions"] = json!([{
            "start": 3, "end": 4 + handle.len(), "username": handle, "id": self.dataset.account_id(author).to_string()
        }]);
        tweet
    }

    fn whole(&self, id: u64, account: u32, at: u32, text: &str) -> Value {
        let hashtags = text.split_whitespace().filter_map(|word| word.strip_prefix('#'));
        let hashtags: Vec<Value> =
            hashtags.map(|tag| json!({ "start": 0, "end": tag.chars().count() + 1, "tag": tag })).collect();
        let metric = |salt: u64| (id >> 5 ^ salt) % 97;
        json!({
            "source": PROGRAMS[(account % 4) as usize], "possibly_sensitive": false, "conversation_id": id.to_string(),
            "public_metrics": {
                "retweet_count": metric(1), "reply_count": metric(2), "like_count": metric(3), "quote_count": metric(4)
            },
            "lang": if text.is_ascii() { "en" } else { "und" }, "id": id.to_string(),
            "entities": { "hashtags": hashtags }, "author_id": self.dataset.account_id(account).to_string(),
            "reply_settings": "everyone", "created_at": written(moment(at)), "text": text
        })
    }
}

/// JSON as the tool writes it: a space behind commas and colons, and nothing but ASCII.
struct Ascii;

impl Formatter for Ascii {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.is_ascii() {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        for character in fragment.chars() {
            if character.is_ascii() {
                write!(writer, "{character}")?;
            } else {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        Ok(())
    }
}
