//! The rows of a text, one by one, in bounded memory: a row that is too long, or a quote that is never closed, costs its
//! own line, and reading goes on at the next one.

use std::io::{self, BufRead};

use memchr::{memchr_iter, memchr2};

use super::cells::{Cells, Cut};
use super::stray::swallowed;
use crate::import::lines::{LONGEST, skip_to_line_end};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 18;
/// How far the end of a quote is looked for at the least: far enough for a text of several lines.
const NEAR: usize = 1 << 14;

/// The longest row, in bytes.
fn most() -> usize {
    usize::try_from(LONGEST).unwrap_or(usize::MAX)
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A row that begins on this line.
    Row(u64),
    /// This line is none, and why.
    Skipped(u64, String),
    /// Nothing can be read from this line on, and why.
    EndsEarly(u64, String),
    End,
}

/// What rows are cut by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub delimiter: u8,
    /// Columns of the heading.
    pub columns: usize,
}

pub(super) struct RowStream<'i> {
    input: &'i mut dyn BufRead,
    shape: Shape,
    /// What was read; of it all before `at` is dealt with.
    text: Vec<u8>,
    at: usize,
    line: u64,
    at_end: bool,
    failure: Option<io::Error>,
    /// How far the end of a quote is looked for. Each that was sought in vain makes it less: a file with stray quotes on every
    /// line would be read as often as it has lines.
    reach: usize,
}

impl<'i> RowStream<'i> {
    /// The rows of `input`, whose first line has this number.
    pub fn new(input: &'i mut dyn BufRead, line: u64, shape: Shape) -> Self {
        Self { input, shape, text: Vec::new(), at: 0, line, at_end: false, failure: None, reach: most() }
    }

    /// Cuts the next row.
    pub fn next(&mut self, cells: &mut Cells) -> Next {
        loop {
            self.skip_blank_lines();
            let (length, cut) = (self.text.len() - self.at, self.cut(cells));
            if let Cut::At(end) = cut {
                return self.row(end, cells);
            }
            if cut == Cut::Open && length >= self.reach && self.has_line_end() {
                return self.give_up_quote();
            }
            if length >= most() {
                return self.too_long();
            }
            if !self.at_end && self.failure.is_none() {
                cells.give_back();
                self.read_more();
                continue;
            }
            let broken_off = !self.has_line_end() || cut == Cut::WithText;
            return match self.failure.take_if(|_| broken_off) {
                Some(error) => {
                    self.at = self.text.len();
                    Next::EndsEarly(self.line, format!("the file ends early: {error}"))
                }
                None if length == 0 => Next::End,
                None if cut == Cut::Open => {
                    self.reach = (length / 2).clamp(NEAR, self.reach);
                    self.skip_line("a quote is opened here and never closed; reading went on at the next line")
                }
                None => self.row(length, cells),
            };
        }
    }

    /// Cuts what was read, looking for the end of a quote no farther than one reaches.
    fn cut(&self, cells: &mut Cells) -> Cut {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return Cut::WithText;
        }
        let near = &rest[..rest.len().min(self.reach)];
        match cells.cut(near, self.shape.delimiter) {
            Cut::WithText if near.len() < rest.len() => {
                cells.give_back();
                cells.cut(rest, self.shape.delimiter)
            }
            cut => cut,
        }
    }

    fn give_up_quote(&mut self) -> Next {
        let reach = self.reach;
        self.reach = (reach / 2).max(NEAR);
        let within = if reach < 1 << 20 { format!("{} KiB", reach >> 10) } else { format!("{} MiB", reach >> 20) };
        self.skip_line(&format!(
            "a quote is opened here and not closed within {within}; reading went on at the next line"
        ))
    }

    fn skip_blank_lines(&mut self) {
        while let Some(end @ (b'\n' | b'\r')) = self.text.get(self.at) {
            self.line += u64::from(*end == b'\n');
            self.at += 1;
        }
    }

    /// Goes past a row of so many bytes, unless a stray quote made it of several.
    fn row(&mut self, length: usize, cells: &Cells) -> Next {
        let row = &self.text[self.at..self.at + length];
        let one_line = !cells.are_quoted() || memchr2(b'\n', b'\r', row).is_none_or(|end| end + 1 == row.len());
        let lines =
            if one_line { u64::from(row.last() == Some(&b'\n')) } else { memchr_iter(b'\n', row).count() as u64 };
        if let Some(behind) = (!one_line).then(|| swallowed(row, self.shape)).flatten() {
            let closed = self.line + behind as u64;
            self.reach = (length / 2).clamp(NEAR, self.reach);
            return self.skip_line(&format!(
                "a quote that is opened here is closed only on line {closed}, behind lines that are rows by themselves; \
                 reading went on at the next line"
            ));
        }
        if !one_line {
            self.reach = (2 * self.reach).min(most());
        }
        self.at += length;
        self.line += lines;
        Next::Row(self.line - lines)
    }

    fn has_line_end(&self) -> bool {
        memchr2(b'\n', b'\r', &self.text[self.at..]).is_some()
    }

    /// Goes past the line on which one is.
    fn skip_line(&mut self, reason: &str) -> Next {
        let rest = &self.text[self.at..];
        let end = memchr2(b'\n', b'\r', rest);
        let ended = end.is_some_and(|end| rest[end] == b'\n');
        self.at += end.map_or(rest.len(), |end| end + 1);
        self.line += u64::from(ended);
        Next::Skipped(self.line - u64::from(ended), reason.to_owned())
    }

    fn too_long(&mut self) -> Next {
        let (most, line) = (LONGEST >> 20, self.line);
        self.line += memchr_iter(b'\n', &self.text[self.at..]).count() as u64;
        (self.text, self.at) = (Vec::new(), 0);
        // An error comes again with the next read.
        let skipped = skip_to_line_end(self.input);
        self.failure = skipped.err();
        self.line += 1;
        Next::Skipped(line, format!("the row is longer than {most} MiB"))
    }

    /// Reads as much again as waits, so that a long row is cut anew only a few times.
    fn read_more(&mut self) {
        self.text.drain(..self.at);
        self.at = 0;
        if self.text.capacity() > 8 * CHUNK && self.text.len() < CHUNK {
            self.text.shrink_to(2 * CHUNK);
        }
        let before = self.text.len();
        let wanted = most().min(2 * before).max(CHUNK);
        self.text.reserve_exact(wanted.saturating_sub(before));
        while self.text.len() < wanted {
            match self.input.fill_buf() {
                Ok([]) => {
                    self.at_end = true;
                    break;
                }
                Ok(read) => {
                    let used = read.len().min(wanted - self.text.len());
                    self.text.extend_from_slice(&read[..used]);
                    self.input.consume(used);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break;
                }
            }
        }
    }
}
