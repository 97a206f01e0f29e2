//! The lines of the native format.

use std::borrow::Cow;

use serde::Serialize;

/// An account's line. What is `None` is left out, as it is not in the data.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct AccountLine {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) handle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) followers: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) following: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) statuses: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) avatar_url: Option<String>,
    pub(super) observed_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) avatar: Option<String>,
}

/// A post's line: an original has a text, a retweet has what it retweets.
#[derive(Debug, Serialize)]
pub(super) struct PostLine<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) author_id: String,
    pub(super) created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) retweet_of: Option<RetweetedLine<'a>>,
}

/// The retweeted post inside a retweet's line.
#[derive(Debug, Serialize)]
pub(super) struct RetweetedLine<'a> {
    pub(super) id: String,
    pub(super) author_id: String,
    pub(super) created_at: String,
    pub(super) text: Cow<'a, str>,
}

/// A moment as RFC 3339 in UTC.
pub(super) fn rfc3339(moment: crate::model::Timestamp) -> String {
    jiff::Timestamp::from_millisecond(moment.0).map(|time| time.to_string()).unwrap_or_default()
}
