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
    /// The word of the platform whose accounts it tells of; `None` where it may be any.
    fn platform(&self) -> Option<&'static str>;
    /// All that decides what is read of a file, in words; they begin with the name.
    fn how(&self) -> String {
        self.name().to_owned()
    }
    /// Columns of the heading, or keys of a line, by which the format is known.
    fn marks(&self) -> &'static [&'static str];
    /// Whether content that begins like this is in the format: by default, whether it has all marks.
    fn detect(&self, head: &Head<'_>) -> bool {
        head.suits(&self.content()) && self.marks().iter().all(|mark| head.has(mark))
    }
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
/// Reads the line of this number. Sends nothing where it fails.
pub(super) type LineReader = fn(u64, &str, &mut Out<'_>) -> Outcome;

/// Makes the reader of a table's rows from its heading; an error is why it cannot be read.
pub(super) type TableOpener<'f> = Box<dyn Fn(&Heading) -> Result<Rows, String> + 'f>;
/// Reads one row.
pub(super) type RowReader = Box<dyn FnMut(&Row<'_>, &mut Out<'_>) -> Outcome>;

/// The rows of a table, and how to read them.
pub(super) enum Rows {
    /// They stand below the first line, which is a heading.
    Below(RowReader),
    /// The first line is one of them.
    All(RowReader),
}

impl Rows {
    /// Rows below a heading.
    pub(super) fn below(read: impl FnMut(&Row<'_>, &mut Out<'_>) -> Outcome + 'static) -> Self {
        Self::Below(Box::new(read))
    }
}

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
    /// The first line where it is something else, as the heading of a table.
    Heading(&'a Heading),
}

impl Head<'_> {
    /// Whether it is a line of JSON or a heading, as the content is.
    fn suits(&self, content: &Content<'_>) -> bool {
        matches!((self, content), (Self::Object(_), Content::Lines(_)) | (Self::Heading(_), Content::Table(_)))
    }

    /// Whether there is such a key or column.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::Object(object) => object.contains_key(name),
            Self::Heading(heading) => heading.column(name).is_some(),
        }
    }
}

/// Something that was read.
#[derive(Debug)]
pub(super) enum Item<'i> {
    Account(Box<AccountRecord>),
    Post(&'i PostRecord<&'i str>),
    /// The post with this id was deleted by its author.
    Deleted(String),
    /// A line that could not be read.
    Skipped(SkippedLine),
    /// An id that says nothing was left out of a record that was read.
    LeftOut(SkippedLine),
    /// So many ids of a record lost the blanks around them.
    Trimmed(u64),
    /// Nothing can be read from this line on, although the file goes on.
    EndsEarly(SkippedLine),
    /// A message that is no record.
    Message,
}

/// Takes items; breaks when nobody wants more.
pub(super) type Out<'a> = dyn FnMut(Item<'_>) -> ControlFlow<()> + 'a;

/// The names of all formats.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    FORMATS.iter().map(|format| format.name()).collect()
}

pub(super) fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

/// Lines of the beginning that are looked at: the first may be torn or strange.
const LOOKED_AT: usize = 20;

/// The format of content that begins with `head`.
pub(super) fn detect(head: &[u8]) -> Option<&'static dyn Format> {
    let lines = head.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.take(LOOKED_AT).enumerate().find_map(|(number, line)| {
        let object = serde_json::from_slice::<Map<String, Value>>(line);
        let find = |head: Head<'_>| FORMATS.iter().copied().find(|format| format.detect(&head));
        match &object {
            Ok(object) => find(Head::Object(object)),
            Err(_) if number == 0 => find(Head::Heading(&Heading::at_beginning_of(head))),
            Err(_) => None,
        }
    })
}

/// Whether content that begins with `head` can be read as `format`, which its detection does not say.
pub(super) fn check(format: &dyn Format, head: &[u8]) -> Result<(), String> {
    match format.content() {
        Content::Table(open) => open(&Heading::at_beginning_of(head)).map(drop),
        Content::Lines(_) => Ok(()),
    }
}

/// What content that is in no known format begins with, and which formats come closest.
pub(super) struct Unknown {
    /// In words for the user; hostile until sanitised.
    pub seen: String,
    pub closest: Vec<&'static str>,
    pub is_table: bool,
}

/// Names that are told, and formats.
const MOST_NAMES: usize = 15;
const CLOSEST: usize = 3;

/// Says what `head` begins with.
pub(super) fn unknown(head: &[u8]) -> Unknown {
    let mut lines = head.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let line = lines.next().unwrap_or_default();
    let heading = Heading::at_beginning_of(head);
    match serde_json::from_slice::<Map<String, Value>>(line) {
        Ok(object) => {
            let seen = format!("its first line is JSON with the keys {}", names_in_words(object.keys()));
            Unknown { seen, closest: closest(&Head::Object(&object)), is_table: false }
        }
        Err(_) if heading.names().len() > 1 => {
            let seen = format!("its first line has the columns {}", names_in_words(heading.names().iter()));
            Unknown { seen, closest: closest(&Head::Heading(&heading)), is_table: true }
        }
        Err(_) => {
            let line = String::from_utf8_lossy(line);
            Unknown { seen: format!("it begins with `{:.40}`", line.trim()), closest: Vec::new(), is_table: false }
        }
    }
}

/// Names in words, no more than fit on some lines.
pub(super) fn names_in_words<'a>(names: impl ExactSizeIterator<Item = &'a String>) -> String {
    let more = names.len().saturating_sub(MOST_NAMES);
    let names: Vec<String> = names.take(MOST_NAMES).map(|name| format!("`{name:.40}`")).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names.join(", ") + &more
}

fn closest(head: &Head<'_>) -> Vec<&'static str> {
    let suiting = FORMATS.iter().copied().filter(|format| head.suits(&format.content()));
    let mut shares: Vec<(usize, &str)> = suiting
        .map(|format| {
            let marks = format.marks();
            let there = marks.iter().filter(|mark| head.has(mark)).count();
            (100 * there / marks.len().max(1), format.name())
        })
        .filter(|&(share, _)| share > 0)
        .collect();
    shares.sort_by_key(|&(share, _)| std::cmp::Reverse(share));
    shares.into_iter().take(CLOSEST).map(|(_, name)| name).collect()
}
