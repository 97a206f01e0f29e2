//! The catalogue of fields. Errors, completion and help are made from it.

use super::Subject;
use crate::model::{Label, ObjectKind, Timestamp};

/// What a filter can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is what `meaning` says")]
pub enum Field {
    Tag,
    Note,
    Id,
    Handle,
    Name,
    Bio,
    Location,
    Followers,
    Following,
    Statuses,
    Posts,
    Retweets,
    RetweetShare,
    SinglePurpose,
    Links,
    Layer,
    Twins,
    Avatar,
    Created,
    Observed,
    Verified,
    DeclaredBot,
}

/// How the values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    /// One or several of some words.
    Words(&'static [&'static str]),
}

/// What an account has in a field.
pub(super) enum Value<'a> {
    Unknown,
    Text(&'a str),
    Number(f64),
    Date(Timestamp),
    Words(Vec<&'static str>),
}

const TAGS: [&str; 4] = ["none", "suspected-bot", "likely-human", "unsure"];
const AVATARS: [&str; 3] = ["none", "default", "own"];
const ANSWERS: [&str; 2] = ["yes", "no"];
const LAYERS: [&str; 8] = ["none", "avatar", "co-retweet", "co-link", "co-hashtag", "co-reply", "co-quote", "co-text"];

impl Field {
    /// Every field, in the order in which they are listed.
    pub const ALL: [Self; 22] = [
        Self::Tag,
        Self::Note,
        Self::Id,
        Self::Handle,
        Self::Name,
        Self::Bio,
        Self::Location,
        Self::Followers,
        Self::Following,
        Self::Statuses,
        Self::Posts,
        Self::Retweets,
        Self::RetweetShare,
        Self::SinglePurpose,
        Self::Links,
        Self::Layer,
        Self::Twins,
        Self::Avatar,
        Self::Created,
        Self::Observed,
        Self::Verified,
        Self::DeclaredBot,
    ];

    /// The names of all fields.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        Self::ALL.into_iter().map(Self::name).collect()
    }

    /// How it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.described().0
    }

    /// What it is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.described().1
    }

    pub(super) fn kind(self) -> Kind {
        self.described().2
    }

    fn described(self) -> (&'static str, &'static str, Kind) {
        match self {
            Self::Tag => ("tag", "your tag", Kind::Words(&TAGS)),
            Self::Note => ("note", "your note", Kind::Text),
            Self::Id => ("id", "the platform's id", Kind::Text),
            Self::Handle => ("handle", "the handle without @", Kind::Text),
            Self::Name => ("name", "the display name", Kind::Text),
            Self::Bio => ("bio", "the description", Kind::Text),
            Self::Location => ("location", "the place that the profile names", Kind::Text),
            Self::Followers => ("followers", "accounts that follow it", Kind::Number),
            Self::Following => ("following", "accounts that it follows", Kind::Number),
            Self::Statuses => ("statuses", "posts that the platform counts", Kind::Number),
            Self::Posts => ("posts", "posts in the data", Kind::Number),
            Self::Retweets => ("retweets", "distinct targets in the data", Kind::Number),
            Self::RetweetShare => ("retweet-share", "retweets of its posts in the data, 0 to 1", Kind::Number),
            Self::SinglePurpose => ("single-purpose", "retweets of one author, 0 to 1", Kind::Number),
            Self::Links => ("links", "accounts that it is linked with", Kind::Number),
            Self::Layer => ("layer", "what links it", Kind::Words(&LAYERS)),
            Self::Twins => ("twins", "accounts that show the same counts", Kind::Number),
            Self::Avatar => ("avatar", "its picture", Kind::Words(&AVATARS)),
            Self::Created => ("created", "when it was created", Kind::Date),
            Self::Observed => ("observed", "when its profile was seen", Kind::Date),
            Self::Verified => ("verified", "the platform's mark", Kind::Words(&ANSWERS)),
            Self::DeclaredBot => ("declared-bot", "whether it says to be automated", Kind::Words(&ANSWERS)),
        }
    }

    /// What can be written for it.
    #[must_use]
    pub fn expected(self) -> String {
        let name = self.name();
        match self.kind() {
            Kind::Text => format!("{name}:part, {name}=whole, {name}:empty or {name}:unknown"),
            Kind::Number => format!("{name}=5, {name}>5, {name}<=5, {name}:5..9 or {name}:unknown"),
            Kind::Date => format!("{name}:2025-03, {name}<2025-03-31, {name}:2024..2025-03 or {name}:unknown"),
            Kind::Words(words) => format!("{name}: and one of {}, unknown", words.join(", ")),
        }
    }

    pub(super) fn value<'a>(self, subject: &Subject<'a>) -> Value<'a> {
        let (account, profile) = (subject.account, &subject.account.profile);
        let text = |text: &'a Option<String>| text.as_deref().map_or(Value::Unknown, Value::Text);
        #[expect(clippy::cast_precision_loss, reason = "counts of followers stay far below 2^53")]
        let count = |count: Option<u64>| count.map_or(Value::Unknown, |count| Value::Number(count as f64));
        let date = |at: Option<Timestamp>| at.map_or(Value::Unknown, Value::Date);
        let answer = |flag: Option<bool>| {
            flag.map_or(Value::Unknown, |flag| Value::Words(vec![if flag { "yes" } else { "no" }]))
        };
        match self {
            Self::Tag => Value::Words(vec![subject.label.map_or("none", Label::word)]),
            Self::Note => subject.note.map_or(Value::Unknown, Value::Text),
            Self::Id => Value::Text(&account.platform_id),
            Self::Handle => text(&profile.handle),
            Self::Name => text(&profile.name),
            Self::Bio => text(&profile.bio),
            Self::Location => text(&profile.location),
            Self::Followers => count(profile.followers),
            Self::Following => count(profile.following),
            Self::Statuses => count(profile.statuses),
            Self::Posts => Value::Number(account.activity.posts.into()),
            Self::Retweets => Value::Number(account.activity.retweets.into()),
            Self::RetweetShare => subject.retweet_share.map_or(Value::Unknown, Value::Number),
            Self::SinglePurpose => subject.single_purpose.map_or(Value::Unknown, Value::Number),
            Self::Links => count(Some(subject.links as u64)),
            Self::Layer => Value::Words(layers(subject)),
            Self::Twins => count(subject.twins.map(u64::from)),
            Self::Avatar => Value::Words(vec![match account.avatar {
                None => "none",
                Some(_) if subject.default_avatar => "default",
                Some(_) => "own",
            }]),
            Self::Created => date(profile.created_at),
            Self::Observed => date(profile.observed_at),
            Self::Verified => answer(profile.verified),
            Self::DeclaredBot => answer(profile.declared_bot),
        }
    }
}

fn layers(subject: &Subject<'_>) -> Vec<&'static str> {
    let shared = subject.linked_by_share.map(ObjectKind::layer);
    let mut layers: Vec<&'static str> =
        subject.linked_by_avatar.then_some("avatar").into_iter().chain(shared).collect();
    if layers.is_empty() {
        layers.push("none");
    }
    layers
}
