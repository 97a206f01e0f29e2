//! The table of the R package CooRTweet: `object_id account_id content_id timestamp_share`, in any order, among
//! other columns, with comma, semicolon or tab. Each row shares an object; it is taken as a retweet of it.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use super::format::{Format, Head, Item, Out};
use super::time;
use crate::model::{PostRecord, PostReference, SkippedLine};

pub(super) struct CoorTweet;

/// The most bytes one row may take: a quote that is never closed would else swallow the file.
const LONGEST: u64 = 32 << 20;
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Where the columns stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    object: usize,
    account: usize,
    time: usize,
    content: Option<usize>,
}

impl Columns {
    fn find(names: &[&str]) -> Option<Self> {
        let place = |wanted: &str| names.iter().position(|name| name.trim().trim_matches('"') == wanted);
        Some(Self {
            object: place("object_id")?,
            account: place("account_id")?,
            time: place("timestamp_share")?,
            content: place("content_id"),
        })
    }
}

fn heading(line: &str) -> Option<(u8, Columns)> {
    DELIMITERS.into_iter().find_map(|delimiter| {
        let names: Vec<&str> = line.trim_start_matches('\u{feff}').split(char::from(delimiter)).collect();
        Some((delimiter, Columns::find(&names)?))
    })
}

impl Format for CoorTweet {
    fn name(&self) -> &'static str {
        "coortweet"
    }

    fn detect(&self, head: &Head<'_>) -> bool {
        matches!(head, Head::Line(line) if heading(line).is_some())
    }

    fn read(&self, input: &mut dyn BufRead, out: &mut Out<'_>) -> ControlFlow<()> {
        let skip = |out: &mut Out<'_>, line, reason: String| out(Item::Skipped(SkippedLine { line, reason }));
        let mut first = Vec::new();
        if let Err(error) = input.take(LONGEST).read_until(b'\n', &mut first) {
            return skip(out, 1, format!("the file ends early: {error}"));
        }
        let Some((delimiter, columns)) = heading(String::from_utf8_lossy(&first).trim_end()) else {
            return skip(out, 1, "the heading lacks object_id, account_id or timestamp_share".to_owned());
        };
        let left = Cell::new(LONGEST);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Bounded { input, left: &left });
        let mut row = ByteRecord::new();
        loop {
            left.set(LONGEST);
            let line = reader.position().line() + 1;
            match reader.read_byte_record(&mut row) {
                Ok(false) => return ControlFlow::Continue(()),
                Ok(true) => {
                    let line = row.position().map_or(line, |position| position.line() + 1);
                    match post(&row, columns) {
                        Ok(post) => out(Item::Post(Box::new(post)))?,
                        Err(reason) => skip(out, line, reason)?,
                    }
                }
                Err(error) => return skip(out, line, format!("the rest cannot be read: {error}")),
            }
        }
    }
}

fn post(row: &ByteRecord, columns: Columns) -> Result<PostRecord, String> {
    let field = |column: usize, name: &str| {
        let bytes = row.get(column).ok_or_else(|| format!("there is no {name}"))?;
        let text = std::str::from_utf8(bytes).map_err(|_| format!("{name} is no UTF-8"))?.trim();
        if text.is_empty() { Err(format!("{name} is empty")) } else { Ok(text) }
    };
    let object = field(columns.object, "object_id")?;
    let account = field(columns.account, "account_id")?;
    let written = field(columns.time, "timestamp_share")?;
    let at = time::parse(written).ok_or_else(|| format!("`{written:.40}` is no time"))?;
    let content = columns.content.and_then(|column| field(column, "content_id").ok());
    Ok(PostRecord {
        // Without an id of its own, a share is named by what makes it one.
        platform_id: content.map_or_else(|| format!("{account}/{object}/{}", at.0), str::to_owned),
        author: account.to_owned(),
        created_at: Some(at),
        retweet_of: Some(PostReference { platform_id: object.to_owned(), ..PostReference::default() }),
        ..PostRecord::default()
    })
}

/// Fails once more bytes were read than are left.
struct Bounded<'a> {
    input: &'a mut dyn BufRead,
    left: &'a Cell<u64>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other("a row is longer than 32 MiB; a quote may not be closed"));
        }
        let read = self.input.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}
