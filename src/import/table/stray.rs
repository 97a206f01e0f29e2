//! Quotes that are none: a text that holds one where a cell begins would swallow the rows behind it.

use memchr::{memchr_iter, memchr2};

use super::cells::Cells;
use super::rows::Shape;

/// Rows that were swallowed, at the least, before a closed quote is taken for a stray one.
const FEWEST_LINES: usize = 3;
/// The same in delimiters: the fewer columns there are, the sooner lines of a text look like rows.
const FEWEST_DELIMITERS: usize = 12;
/// The same where a letter follows the quote that closes, which no program writes.
const FEWEST_BEFORE_A_LETTER: usize = 2;

/// How many lines behind the first one of a row a quote is closed that seems to be stray: the lines between are rows by
/// themselves. Within quotes they hold no quotes but doubled ones.
pub(super) fn swallowed(row: &[u8], Shape { delimiter, columns }: Shape) -> Option<usize> {
    let delimiters = columns.checked_sub(1).filter(|&delimiters| delimiters > 0)?;
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let mut lines = Lines(row);
    lines.next()?;
    let (mut within, mut rows, mut last) = (0, 0, lines.next()?);
    for next in lines {
        within += 1;
        rows += usize::from(memchr_iter(delimiter, last).count() == delimiters);
        last = next;
    }
    let stray = if is_letter_behind_quote(last, delimiter) {
        // Its own quotes may be proper ones or stray ones.
        let mut cells = Cells::with_most(0);
        cells.cut(last, delimiter);
        let is_row = cells.count() == columns || memchr_iter(delimiter, last).count() == delimiters;
        is_row && rows == within && (rows + 1) * delimiters >= FEWEST_BEFORE_A_LETTER
    } else {
        rows >= FEWEST_LINES && 10 * rows >= 9 * within && rows * delimiters >= FEWEST_DELIMITERS
    };
    stray.then_some(within + 1)
}

/// The lines of a text, whose ends are those of rows.
struct Lines<'t>(&'t [u8]);

impl<'t> Iterator for Lines<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        let end = memchr2(b'\n', b'\r', self.0).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at_checked(end)?;
        if rest.is_empty() && line.is_empty() {
            return None;
        }
        self.0 = rest.strip_prefix(b"\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        Some(line)
    }
}

/// Whether the first quote of a line that is not doubled, which closes the cell, is followed by more of the cell.
fn is_letter_behind_quote(line: &[u8], delimiter: u8) -> bool {
    let mut rest = line;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        rest = &rest[quote + 1..];
        match rest.first() {
            Some(b'"') => rest = &rest[1..],
            Some(&next) => return next != delimiter,
            None => return false,
        }
    }
    false
}
