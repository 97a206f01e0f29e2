//! Pages of tweets, read piece by piece: users and tweets that pages add come word for word again and again, and are not
//! read twice.

use std::ops::ControlFlow;

use super::twitter_v2_records::{Included, Relation, Target, Tweet, User};
use crate::import::format::{Item, Out};
use crate::import::pieces::Pieces;
use crate::import::warnings::PostWatch;
use crate::model::Timestamp;

/// A page. What it adds is read, or known from before.
#[derive(Default)]
pub(super) struct Page<'a> {
    pub data: Vec<Tweet<'a>>,
    pub users: Vec<Part<'a, User<'a>>>,
    pub tweets: Vec<Part<'a, Tweet<'a>>>,
    /// When the page was asked for.
    pub seen: Option<Timestamp>,
}

/// A part of a page, and how the line writes it; blank where that is not worth keeping.
pub(super) enum Part<'a, T> {
    New(T, &'a str),
    /// By its number among pieces.
    Known(u32, &'a str),
}

/// What parts of earlier pages said.
#[derive(Debug)]
pub(super) struct Memory {
    pub users: Pieces<KnownUser>,
    pub tweets: Pieces<KnownTweet>,
}

#[derive(Debug)]
pub(super) struct KnownUser {
    /// It is more than a mention.
    whole: bool,
    /// The time of sight with which it was sent, and the latest one.
    told: Option<Timestamp>,
    latest: Option<Timestamp>,
}

/// A tweet of one record, which depends on nothing else in the page.
#[derive(Debug)]
pub(super) struct KnownTweet {
    id: Box<str>,
    author: Box<str>,
    at: Option<Timestamp>,
    watch: PostWatch,
    /// The relations in which its text was told, as bits.
    told: u8,
}

fn bit(relation: Option<Relation>) -> u8 {
    match relation {
        Some(Relation::Retweeted) => 1,
        Some(Relation::Quoted) => 2,
        Some(Relation::RepliedTo) => 4,
        Some(Relation::Other) | None => 0,
    }
}

impl<T> Part<'_, T> {
    fn if_new(&self) -> Option<&T> {
        match self {
            Self::New(part, _) => Some(part),
            Self::Known(..) => None,
        }
    }
}

impl Memory {
    /// Room for so many bytes.
    pub fn with_room(room: usize) -> Self {
        Self { users: Pieces::with_room(room / 2), tweets: Pieces::with_room(room / 2) }
    }

    /// Sends what a page holds.
    pub fn send(&mut self, page: &Page<'_>, out: &mut Out<'_>) -> ControlFlow<()> {
        self.send_users(page, out)?;
        let asked = self.send_tweets(page, out)?;
        self.keep_users(page, out)?;
        self.keep_tweets(page, &asked);
        ControlFlow::Continue(())
    }

    fn send_users(&self, page: &Page<'_>, out: &mut Out<'_>) -> ControlFlow<()> {
        page.users.iter().try_for_each(|user| match user {
            Part::New(user, _) => send_user(user, page.seen, out),
            Part::Known(number, _) if self.users.known(*number).is_some_and(|user| user.whole) => {
                out(Item::Repeat(PostWatch::default()))
            }
            Part::Known(..) => ControlFlow::Continue(()),
        })
    }

    /// Sends all tweets; of those that the page adds, the relations in which others refer to them, as bits.
    fn send_tweets(&self, page: &Page<'_>, out: &mut Out<'_>) -> ControlFlow<(), Vec<u8>> {
        let mut included = Included::of(page.tweets.iter().map(|tweet| self.target(tweet)));
        let mut asked = vec![0; page.tweets.len()];
        for tweet in page.data.iter().chain(page.tweets.iter().filter_map(Part::if_new)) {
            note_references(tweet, &included, &mut asked);
        }
        let untold = self.untold(page, &asked);
        for (place, tweet) in &untold {
            included.tell(*place, tweet.target());
        }
        page.data.iter().try_for_each(|tweet| send_tweet(tweet, &included, page.seen, out))?;
        for tweet in &page.tweets {
            match tweet {
                Part::New(tweet, _) => send_tweet(tweet, &included, page.seen, out)?,
                Part::Known(number, _) => {
                    out(Item::Repeat(self.tweets.known(*number).map(|tweet| tweet.watch).unwrap_or_default()))?;
                }
            }
        }
        ControlFlow::Continue(asked)
    }

    /// What a tweet says of itself to those that refer to it; its text only where it was read.
    fn target<'t>(&'t self, tweet: &'t Part<'_, Tweet<'_>>) -> Target<'t> {
        match tweet {
            Part::New(tweet, _) => tweet.target(),
            Part::Known(number, _) => self.tweets.known(*number).map_or_else(Target::default, |tweet| Target {
                id: &tweet.id,
                author: Some(&tweet.author),
                at: tweet.at,
                text: None,
            }),
        }
    }

    /// The known tweets that are referred to in a relation in which their text was not told yet, with their places.
    fn untold<'a>(&self, page: &Page<'a>, asked: &[u8]) -> Vec<(usize, Tweet<'a>)> {
        let untold = |(place, (tweet, asked)): (usize, (&Part<'a, Tweet<'a>>, &u8))| match tweet {
            Part::Known(number, written)
                if self.tweets.known(*number).is_some_and(|known| asked & !known.told != 0) =>
            {
                // It was read from the same bytes before.
                Some((place, serde_json::from_str(written).ok()?))
            }
            _ => None,
        };
        page.tweets.iter().zip(asked).enumerate().filter_map(untold).collect()
    }

    fn keep_users(&mut self, page: &Page<'_>, out: &mut Out<'_>) -> ControlFlow<()> {
        for user in &page.users {
            if let Part::Known(number, _) = user
                && let Some(known) = self.users.known_mut(*number)
            {
                known.latest = known.latest.max(page.seen);
            }
        }
        for user in &page.users {
            let Part::New(user, written) = user else { continue };
            if !self.users.has_room(written) {
                self.send_sights(out)?;
                self.users.clear();
            }
            let known = KnownUser { whole: user.is_whole(), told: page.seen, latest: page.seen };
            self.users.keep(written, known);
        }
        ControlFlow::Continue(())
    }

    fn keep_tweets(&mut self, page: &Page<'_>, asked: &[u8]) {
        for (tweet, asked) in page.tweets.iter().zip(asked) {
            if let Part::Known(number, _) = tweet
                && let Some(known) = self.tweets.known_mut(*number)
            {
                known.told |= asked;
            }
        }
        for (tweet, asked) in page.tweets.iter().zip(asked) {
            let Part::New(tweet, written) = tweet else { continue };
            let stands_alone = tweet.referenced_tweets.is_empty() && !tweet.users().any(User::is_whole);
            let Some(record) = tweet.record(&Included::default()).filter(|_| stands_alone) else { continue };
            if !self.tweets.has_room(written) {
                self.tweets.clear();
            }
            let mut watch = PostWatch::default();
            watch.post(&record);
            let (id, author) = (record.platform_id.into(), record.author.into());
            self.tweets.keep(written, KnownTweet { id, author, at: record.created_at, watch, told: *asked });
        }
    }

    /// Sends the latest sight of every user that was seen later than it was told.
    pub fn send_sights(&self, out: &mut Out<'_>) -> ControlFlow<()> {
        for (written, known) in self.users.iter().filter(|(_, known)| known.latest > known.told) {
            let user = serde_json::from_str::<User<'_>>(written).ok();
            if let Some(record) = user.and_then(|user| user.record(known.latest)) {
                out(Item::Sight(Box::new(record)))?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Notes whose text is told by the records of a tweet and of what it refers to.
fn note_references(tweet: &Tweet<'_>, included: &Included<'_>, asked: &mut [u8]) {
    for reference in tweet.shared_references() {
        if let Some(asked) = included.place(&reference.id.0).and_then(|place| asked.get_mut(place)) {
            *asked |= bit(reference.relation);
        }
    }
    tweet.referenced_tweets.iter().for_each(|reference| note_references(reference, included, asked));
}

fn send_user(user: &User<'_>, seen: Option<Timestamp>, out: &mut Out<'_>) -> ControlFlow<()> {
    user.record(seen).map_or(ControlFlow::Continue(()), |record| out(Item::Account(Box::new(record))))
}

/// Sends the tweet where its author is known, what it refers to, and every whole user in it.
pub(super) fn send_tweet(
    tweet: &Tweet<'_>,
    included: &Included<'_>,
    seen: Option<Timestamp>,
    out: &mut Out<'_>,
) -> ControlFlow<()> {
    tweet.users().try_for_each(|user| send_user(user, seen, out))?;
    if let Some(record) = tweet.record(included) {
        out(Item::Post(&record))?;
    }
    tweet.referenced_tweets.iter().try_for_each(|reference| send_tweet(reference, included, seen, out))
}
