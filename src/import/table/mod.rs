//! Tables with a heading: comma, semicolon, tab or bar, cells perhaps in quotes, rows bounded in length.
//!
//! Words of this room: *heading*, what the columns are called, and what stands between them; *cut*, find the cells of a row,
//! and its end; *shape*, delimiter and number of columns; *stray quote*, a letter of the text, though it begins a cell;
//! *swallowed*, of rows: taken for a part of that cell.

mod cells;
mod columns;
mod heading;
mod rows;
mod stray;

use std::cell::{Cell, RefCell};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use cells::Cells;
pub(super) use columns::columns;
pub(super) use heading::{Heading, behind_declared_delimiter};
use rows::{Next, RowStream, Shape};

use super::format::{Item, Out, RowReader, Rows};
use super::time;
use crate::model::{SkippedLine, Timestamp};

/// More columns are a mistake; no export has a tenth of them.
const MOST_COLUMNS: usize = 4_096;
/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'r> {
    heading: &'r Heading,
    cells: &'r Cells,
    left_out: &'r RefCell<Vec<String>>,
    trimmed: &'r Cell<u64>,
}

impl<'r> Row<'r> {
    /// Notes that what a cell says was left out, though the row says something without it.
    pub fn leave_out(&self, column: Option<usize>, reason: &str) {
        let name = column.map_or_else(String::new, |column| self.heading.name(column));
        self.left_out.borrow_mut().push(format!("{name}: {reason}"));
    }

    /// Counts the id in a cell where blanks around it were taken off: two that differ by them only are one.
    pub fn note_id(&self, column: Option<usize>) {
        let cell = column.and_then(|column| self.cells.get(column)).and_then(|cell| std::str::from_utf8(cell).ok());
        if cell.is_some_and(|cell| trim(cell).len() < cell.len()) {
            self.trimmed.set(self.trimmed.get() + 1);
        }
    }

    /// A cell, trimmed, as it is: perhaps blank; `None` where the column or the cell is not there.
    ///
    /// # Errors
    /// Fails where the cell is no UTF-8.
    pub fn cell(&self, column: Option<usize>) -> Result<Option<&'r str>, String> {
        let Some((column, cell)) = column.and_then(|column| Some((column, self.cells.get(column)?))) else {
            return Ok(None);
        };
        let text = std::str::from_utf8(cell).map_err(|_| format!("{} is no UTF-8", self.heading.name(column)))?;
        Ok(Some(trim(text)))
    }

    /// A cell that says something.
    ///
    /// # Errors
    /// Fails where the cell is no UTF-8.
    pub fn text(&self, column: Option<usize>) -> Result<Option<&'r str>, String> {
        Ok(self.cell(column)?.filter(|text| !text.is_empty()))
    }

    /// A cell without which the row is none.
    ///
    /// # Errors
    /// Fails where it is missing, blank or no UTF-8.
    pub fn need(&self, column: usize) -> Result<&'r str, String> {
        let name = || self.heading.name(column);
        if self.cells.get(column).is_none() {
            return Err(format!("there is no {}", name()));
        }
        self.text(Some(column))?.ok_or_else(|| format!("{} is empty", name()))
    }

    /// A time, `None` where the cell is blank.
    ///
    /// # Errors
    /// Fails where the cell says something that is no time.
    pub fn time(&self, column: Option<usize>) -> Result<Option<Timestamp>, String> {
        let Some(written) = self.text(column)? else { return Ok(None) };
        let name = column.map_or_else(String::new, |column| self.heading.name(column));
        time::parse(written).map(Some).ok_or_else(|| format!("{name}: `{written:.40}` is no time"))
    }

    /// A count; `None` where the cell is blank or no whole number.
    ///
    /// # Errors
    /// Fails where the cell is no UTF-8.
    pub fn count(&self, column: Option<usize>) -> Result<Option<u64>, String> {
        Ok(self.text(column)?.and_then(|text| text.strip_suffix(".0").unwrap_or(text).parse().ok()))
    }

    /// Yes or no, in the ways in which programs write it; `None` where the cell says neither.
    ///
    /// # Errors
    /// Fails where the cell is no UTF-8.
    pub fn flag(&self, column: Option<usize>) -> Result<Option<bool>, String> {
        Ok(self.text(column)?.and_then(|text| match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" | "yes" => Some(true),
            "false" | "f" | "0" | "no" => Some(false),
            _ => None,
        }))
    }
}

/// Most cells have nothing to trim, and are told at a glance.
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Calls the reader that `open` makes of the heading with every row. What it refuses is a skipped line.
pub(super) fn for_each(
    input: &mut dyn BufRead,
    out: &mut Out<'_>,
    open: impl FnOnce(&Heading) -> Result<Rows, String>,
) -> ControlFlow<()> {
    let mut first = Vec::new();
    let (before, heading) = match Heading::read(input, &mut first) {
        Ok(read) => read,
        Err(reason) => return skip(out, 1, reason),
    };
    let shape = Shape { delimiter: heading.delimiter, columns: heading.names().len() };
    match open(&heading) {
        Ok(Rows::Below(mut take)) => for_each_row(input, out, (&heading, shape, before + 2), &mut take),
        Ok(Rows::All(mut take)) => {
            for_each_row(&mut (first.as_slice()).chain(input), out, (&heading.nameless(), shape, before + 1), &mut take)
        }
        Err(reason) => skip(out, before + 1, reason),
    }
}

/// Calls `take` with every row; the first line has the number that is given.
fn for_each_row(
    input: &mut dyn BufRead,
    out: &mut Out<'_>,
    (heading, shape, line): (&Heading, Shape, u64),
    take: &mut RowReader,
) -> ControlFlow<()> {
    let mut rows = RowStream::new(input, line, shape);
    let mut cells = Cells::with_most(MOST_COLUMNS);
    let (left_out, trimmed) = (RefCell::<Vec<String>>::default(), Cell::new(0));
    loop {
        match rows.next(&mut cells) {
            Next::Row(line) if cells.count() > MOST_COLUMNS => {
                skip(out, line, format!("it has {} columns, more than {MOST_COLUMNS}", cells.count()))?;
            }
            Next::Row(line) => {
                left_out.borrow_mut().clear();
                trimmed.set(0);
                match take(&Row { heading, cells: &cells, left_out: &left_out, trimmed: &trimmed }, out) {
                    Ok(flow) => flow?,
                    Err(reason) => {
                        skip(out, line, reason)?;
                        continue;
                    }
                }
                if trimmed.get() > 0 {
                    out(Item::Trimmed(trimmed.get()))?;
                }
                for reason in left_out.take() {
                    out(Item::LeftOut(SkippedLine { line, reason }))?;
                }
            }
            Next::Skipped(line, reason) => skip(out, line, reason)?,
            Next::EndsEarly(line, reason) => return out(Item::EndsEarly(SkippedLine { line, reason })),
            Next::End => return ControlFlow::Continue(()),
        }
    }
}

fn skip(out: &mut Out<'_>, line: u64, reason: String) -> ControlFlow<()> {
    out(Item::Skipped(SkippedLine { line, reason }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<Vec<String>, (u64, String)>> {
        let mut read = Vec::new();
        let mut skipped = Vec::new();
        let mut out = |item: Item<'_>| {
            if let Item::Skipped(line) = item {
                skipped.push(Err((line.line, line.reason)));
            }
            ControlFlow::Continue(())
        };
        let (sender, receiver) = std::sync::mpsc::channel();
        let _ = for_each(&mut text.as_bytes(), &mut out, |heading| {
            let (a, b) = (heading.need("a")?, heading.column("b"));
            Ok(Rows::below(move |row, _| {
                let cells = vec![row.need(a)?.to_owned(), row.text(b)?.unwrap_or("-").to_owned()];
                sender.send(Ok(cells)).map_err(|error| error.to_string())?;
                Ok(ControlFlow::Continue(()))
            }))
        });
        read.extend(receiver.try_iter());
        read.extend(skipped);
        read
    }

    fn ok(cells: [&str; 2]) -> Result<Vec<String>, (u64, String)> {
        Ok(cells.map(str::to_owned).to_vec())
    }

    #[test]
    fn cells_may_hold_line_ends_and_quotes() {
        let text = "\u{feff}b;a\r\n\"one\r\ntwo; \"\"three\"\"\";1\r\n\r\n;2\r\n";
        assert_eq!(rows(text), [ok(["1", "one\r\ntwo; \"three\""]), ok(["2", "-"])]);
    }

    #[test]
    fn a_first_line_for_excel_is_no_heading_and_bars_separate_columns() {
        assert_eq!(rows("sep=;\nb;a\nx,y;1\n;\n"), [ok(["1", "x,y"]), Err((4, "a is empty".to_owned()))]);
        assert_eq!(rows("\u{feff}\"sep=~\"\r\na~b\r\n1~x;y\r\n"), [ok(["1", "x;y"])]);
        assert_eq!(rows("a|b\n1|\"x|y\"\n"), [ok(["1", "x|y"])]);
        assert_eq!(Heading::at_beginning_of(b"sep=;\na;b,c\n1;2").names(), ["a", "b,c"]);
        // A column may be called so.
        assert_eq!(Heading::at_beginning_of(b"sep=a,b\n1,2").names(), ["sep=a", "b"]);
    }

    #[test]
    fn a_bad_row_costs_that_row_and_says_its_line() {
        let read = rows("a,b\n1,x\n\"2\n2\",y\n,z\n3\n");
        assert_eq!(read[..3], [ok(["1", "x"]), ok(["2\n2", "y"]), ok(["3", "-"])]);
        assert_eq!(read[3], Err((5, "a is empty".to_owned())));
        let read = rows("a,b\r\n,x\r\n1,\"y\r\n\"\r\n,z\r\n");
        assert_eq!(read[1..], [Err((2, "a is empty".to_owned())), Err((5, "a is empty".to_owned()))]);
        assert!(matches!(&rows("a,b\n,\"x\n")[..], [Err((2, reason))] if reason.contains("never closed")));
        let read = rows("a,b\n\n\n,x\n\r\n,\"y\n\"");
        assert_eq!(read, [Err((4, "a is empty".to_owned())), Err((6, "a is empty".to_owned()))]);
    }

    /// A heading and a thousand rows of three columns, in some of which a stray quote stands before the second cell.
    fn thousand(stray: &[u32]) -> String {
        let row = |number| format!("u{number},{}t{number},x\n", if stray.contains(&number) { "\"" } else { "" });
        "a,b,c\n".to_owned() + &(1..=1_000).map(row).collect::<String>()
    }

    #[test]
    fn a_stray_quote_costs_its_own_row() {
        let strays: [(&[u32], &[&str]); 4] = [
            (&[10], &["never closed"]),
            (&[10, 500], &["closed only on line 501", "never closed"]),
            (&[10, 11, 12], &["closed only on line 12,", "closed only on line 13,", "never closed"]),
            (&[1_000], &["never closed"]),
        ];
        for (stray, said) in strays {
            let (good, bad): (Vec<_>, Vec<_>) = rows(&thousand(stray)).into_iter().partition(Result::is_ok);
            assert_eq!(good.len(), 1_000 - stray.len(), "{stray:?}");
            assert!(good.iter().flatten().flatten().all(|cell| !cell.contains(['\n', '"'])));
            assert_eq!(bad.len(), stray.len(), "{bad:?}");
            for ((bad, stray), said) in bad.into_iter().map(Result::unwrap_err).zip(stray).zip(said) {
                assert_eq!(bad.0, u64::from(*stray) + 1);
                assert!(bad.1.contains(said), "{bad:?}");
            }
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_many_lines() {
        let texts = [
            "we plant trees, and more\n".repeat(40),
            "one\n\n- two, three, four\n".repeat(30),
            "a,b,c\n".repeat(3),
            "\n".repeat(2_000),
            "she said: \"\"trees\"\", and\nleft\n".repeat(200),
        ];
        for text in texts {
            let table = format!("a,b,c\n1,\"{text}\",x\n\"2\",\"{text}\",\"{text}\"\n3,y,z\n");
            let text = text.trim().replace("\"\"", "\"");
            let cell = if text.is_empty() { "-" } else { &text };
            assert_eq!(rows(&table), [ok(["1", cell]), ok(["2", cell]), ok(["3", "y"])]);
        }
    }

    #[test]
    fn rows_that_are_too_long_or_too_wide_cost_themselves() {
        let mut text = b"a,b\n1,x\n2,".to_vec();
        text.extend(std::iter::repeat_n(b',', 70 << 20));
        text.extend(b"\n3,y\n4,\"");
        text.extend(std::iter::repeat_n(b'z', 70 << 20));
        text.extend(b"\n5,y\n6");
        text.extend(b",".repeat(10_000));
        text.extend(b"\n7,y\n");
        let read = rows(&String::from_utf8(text).unwrap());
        assert_eq!(read[..4], [ok(["1", "x"]), ok(["3", "y"]), ok(["5", "y"]), ok(["7", "y"])]);
        let said: Vec<_> = read[4..].iter().flat_map(|row| row.clone().err()).collect();
        assert_eq!(said.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 5, 7]);
        assert!(said[0].1.contains("longer than 64 MiB") && said[1].1.contains("longer than 64 MiB"), "{said:?}");
        assert!(said[2].1.contains("10001 columns"), "{said:?}");
    }

    #[test]
    fn a_table_that_breaks_off_gives_its_whole_rows() {
        struct Torn<'t>(&'t [u8]);
        impl Read for Torn<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                if self.0.is_empty() { Err(std::io::Error::other("torn")) } else { self.0.read(buffer) }
            }
        }
        for (text, line) in [("a,b\n1,x\n2,y\n3", 4), ("a,b\n1,x\n\"2\",\"y\"\n", 4), ("a,b\n1,x\n2,y\n3,\"z", 4)] {
            let (mut count, mut early) = (0, None);
            let mut out = |item: Item<'_>| {
                if let Item::EndsEarly(line) = item {
                    early = Some(line);
                }
                ControlFlow::Continue(())
            };
            let (sender, receiver) = std::sync::mpsc::channel();
            let mut input = std::io::BufReader::with_capacity(7, Torn(text.as_bytes()));
            let _ = for_each(&mut input, &mut out, |_| {
                Ok(Rows::below(move |_, _| {
                    sender.send(()).map_err(|error| error.to_string())?;
                    Ok(ControlFlow::Continue(()))
                }))
            });
            count += receiver.try_iter().count();
            let early = early.unwrap();
            assert_eq!((count, early.line, early.reason.as_str()), (2, line, "the file ends early: torn"), "{text}");
        }
    }

    #[test]
    fn a_table_that_lacks_a_column_says_which() {
        let lacking = (2, "the heading has no column `a`; it has `x`, `y`".to_owned());
        assert_eq!(rows("\nx,y\n1,2\n"), [Err(lacking)]);
        assert!(matches!(&rows("\t")[0], Err((1, _))), "the only line is blank and does not end");
        let wide = vec!["c"; 10_000].join(",");
        assert!(matches!(&rows(&wide)[0], Err((1, reason)) if reason.contains("10000 columns")));
    }
}
