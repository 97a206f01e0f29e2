//! What an input format is, and which one content is in.

use std::io::BufRead;
use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::formats::FORMATS;
use super::table::{Heading, Row};
use super::{lines, table};
use crate::model::{AccountRecord, PostRecord, SkippedLine};

/// An input format.
pub(super) trait Format: Sync {
    /// The word for `--format`.
    fn name(&self) -> &'static str;
    /// Whether content that begins like this is in the format.
    fn detect(&self, head: &Head<'_>) -> bool;
    /// How it is read.
    fn content(&self) -> Content<'_>;
}

/// What a format consists of.
pub(super) enum Content<'f> {
    /// Lines of JSON, each by itself.
    Lines(LineReader),
    /// A table: what is read of each row depends on the heading.
    Table(TableOpener<'f>),
}

/// Sends what one line or row holds; an error is why it holds nothing.
pub(super) type Outcome = Result<ControlFlow<()>, String>;
/// Reads one line of JSON.
pub(super) type LineReader = fn(&str, &mut Out<'_>) -> Outcome;
/// Makes the reader of a table's rows from its heading; an error is why it cannot be read.
pub(super) type TableOpener<'f> = Box<dyn Fn(&Heading) -> Result<RowReader, String> + 'f>;
/// Reads one row.
pub(super) type RowReader = Box<dyn FnMut(&Row<'_>, &mut Out<'_>) -> Outcome>;

impl dyn Format + '_ {
    /// Reads all of `input`, whose lines are counted from 1. Breaks off where `out` does.
    pub(super) fn read(&self, input: &mut dyn BufRead, out: &mut Out<'_>) -> ControlFlow<()> {
        match self.content() {
            Content::Lines(read) => lines::for_each(input, 1, out, read),
            Content::Table(open) => table::for_each(input, out, open),
        }
    }
}

/// How content begins.
pub(super) enum Head<'a> {
    /// A line that is a JSON object.
    Object(&'a Map<String, Value>),
    /// A line that is something else, as the heading of a table.
    Heading(&'a Heading),
}

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Account(Box<AccountRecord>),
    Post(Box<PostRecord>),
    /// The post with this id was deleted by its author.
    Deleted(String),
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
        let heading = Heading::of(&String::from_utf8_lossy(line));
        let head = match &object {
            Ok(object) => Head::Object(object),
            Err(_) => Head::Heading(&heading),
        };
        if let Some(format) = FORMATS.into_iter().find(|format| format.detect(&head)) {
            return Some(format);
        }
    }
    None
}
