//! What the columns of a table are called, and what stands between them.

use std::io::{BufRead, Read};

use super::MOST_COLUMNS;
use super::cells::Cells;
use crate::import::format::names_in_words;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Columns of a heading that are told.
const MOST_NAMES: usize = 1 << 16;
/// Bytes of a heading.
const LONGEST_HEADING: u64 = 1 << 20;

/// What the columns of a table are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Heading {
    pub(super) delimiter: u8,
    names: Vec<String>,
}

impl Heading {
    /// The heading that a line may be: cut where it gives the most columns.
    pub fn parse(line: &str) -> Self {
        let line = trimmed(line);
        let cut = |delimiter| Self { delimiter, names: cells(line, delimiter) };
        let [comma, others @ ..] = DELIMITERS.map(cut);
        others.into_iter().fold(comma, |best, other| if other.names.len() > best.names.len() { other } else { best })
    }

    /// The heading that content may begin with, or its first row, which may have several lines.
    pub fn at_beginning_of(head: &[u8]) -> Self {
        let line = String::from_utf8_lossy(behind_declared_delimiter(head));
        let first = head.trim_ascii_start().split(|&byte| byte == b'\n').next().unwrap_or_default();
        match std::str::from_utf8(first).ok().and_then(declared_delimiter) {
            Some(delimiter) => Self::cut_at(&line, delimiter),
            None => Self::parse(&line),
        }
    }

    /// Reads the first line that is not blank and does not only say what stands between columns; with how many lines stood
    /// before it.
    ///
    /// # Errors
    /// Says why there is none.
    pub(super) fn read(input: &mut dyn BufRead, first: &mut Vec<u8>) -> Result<(u64, Self), String> {
        let (mut before, mut declared) = (0, None);
        loop {
            let read = input.take(LONGEST_HEADING).read_until(b'\n', first);
            let read = read.map_err(|error| format!("the file ends early: {error}"))?;
            let delimiter = std::str::from_utf8(first).ok().filter(|_| declared.is_none()).and_then(declared_delimiter);
            if read == 0 || (!first.trim_ascii().is_empty() && delimiter.is_none()) {
                break;
            }
            before += u64::from(first.ends_with(b"\n"));
            declared = declared.or(delimiter);
            first.clear();
        }
        if first.len() as u64 == LONGEST_HEADING && !first.ends_with(b"\n") {
            return Err(format!("the heading is longer than {} MiB", LONGEST_HEADING >> 20));
        }
        let line = String::from_utf8_lossy(first);
        let heading = declared.map_or_else(|| Self::parse(&line), |delimiter| Self::cut_at(&line, delimiter));
        if heading.names.len() > MOST_COLUMNS {
            return Err(format!("the heading has {} columns, more than {MOST_COLUMNS}", heading.names.len()));
        }
        Ok((before, heading))
    }

    /// The heading that a line may be where it is known what stands between columns.
    fn cut_at(line: &str, delimiter: u8) -> Self {
        Self { delimiter, names: cells(trimmed(line), delimiter) }
    }

    /// The place of a column, if there is one of that name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|column| column == name)
    }

    /// The same columns, with those alone named whose names begin like this, by what stands behind that.
    pub fn behind(&self, beginning: &str) -> Self {
        let name = |name: &String| name.strip_prefix(beginning).unwrap_or_default().to_owned();
        Self { names: self.names.iter().map(name).collect(), ..*self }
    }

    /// The place of a column that must be there.
    ///
    /// # Errors
    /// Says which column is missing.
    pub fn need(&self, name: &str) -> Result<usize, String> {
        let missing = || format!("the heading has no column `{name}`; it has {}", names_in_words(self.names.iter()));
        self.column(name).ok_or_else(missing)
    }

    /// What the columns are called.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The same columns, called by their numbers.
    pub(super) fn nameless(&self) -> Self {
        Self { names: Vec::new(), ..*self }
    }

    pub(super) fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_else(|| format!("column {}", column + 1))
    }
}

fn trimmed(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n'])
}

/// What stands between columns, where a first line says just that: `sep=;` is for Excel, and no heading.
fn declared_delimiter(line: &str) -> Option<u8> {
    match trimmed(line).trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        [delimiter] if delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric() => Some(*delimiter),
        _ => None,
    }
}

/// What stands behind a first line that only says what stands between columns, or all where there is none.
pub(in crate::import) fn behind_declared_delimiter(head: &[u8]) -> &[u8] {
    let head = head.trim_ascii_start();
    let end = head.iter().position(|&byte| byte == b'\n');
    let declared = end.and_then(|end| std::str::from_utf8(&head[..end]).ok()).and_then(declared_delimiter);
    match (declared, end) {
        (Some(_), Some(end)) => head[end + 1..].trim_ascii_start(),
        _ => head,
    }
}

fn cells(line: &str, delimiter: u8) -> Vec<String> {
    let mut cells = Cells::with_most(MOST_NAMES);
    cells.cut(line.as_bytes(), delimiter);
    cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
}
