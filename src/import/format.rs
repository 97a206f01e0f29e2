//! What an input format is, and the list of them: a new one is a file and a line here.

use std::io::BufRead;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::{coor_tweet, native, twitter_v1, twitter_v2};
use crate::model::{AccountRecord, PostRecord, SkippedLine};

/// Every format, in the order in which content is asked for.
pub(super) static FORMATS: [&dyn Format; 4] =
    [&native::Native, &twitter_v2::TwitterV2, &twitter_v1::TwitterV1, &coor_tweet::CoorTweet];

/// An input format.
pub(super) trait Format: Sync {
    /// The word for `--format`.
    fn name(&self) -> &'static str;
    /// Whether content that begins like this is in the format.
    fn detect(&self, head: &Head<'_>) -> bool;
    /// Reads all of `input`, whose lines are counted from 1. Breaks off where `out` does.
    fn read(&self, input: &mut dyn BufRead, out: &mut Out<'_>) -> ControlFlow<()>;
}

/// How content begins.
pub(super) enum Head<'a> {
    /// A line that is a JSON object.
    Object(&'a Map<String, Value>),
    /// A line that is something else, such as a table's heading.
    Line(&'a str),
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Account(Box<AccountRecord>),
    Post(Box<PostRecord>),
    /// A line that could not be read.
    Skipped(SkippedLine),
    /// A message that is no record.
    Message,
}

/// Takes items; breaks when nobody wants more.
pub(super) type Out<'a> = dyn FnMut(Item) -> ControlFlow<()> + 'a;

/// The names of all formats.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}

pub(super) fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.name() == name)
}

/// Lines of the beginning that are looked at: the first may be torn or strange.
const LOOKED_AT: usize = 20;

/// The format of content that begins with `head`.
pub(super) fn detect(head: &[u8]) -> Option<&'static dyn Format> {
    let lines = head.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    for line in lines.take(LOOKED_AT) {
        let object = serde_json::from_slice::<Map<String, Value>>(line);
        let text = String::from_utf8_lossy(line);
        let head = match &object {
            Ok(object) => Head::Object(object),
            Err(_) => Head::Line(text.trim()),
        };
        if let Some(format) = FORMATS.into_iter().find(|format| format.detect(&head)) {
            return Some(format);
        }
    }
    None
}
