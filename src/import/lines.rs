//! Lines of a stream, bounded in length.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::REASONS;
use super::format::{Item, Out, Outcome};
use crate::model::SkippedLine;

/// The longest line that is read; what is longer is skipped without being held.
pub(super) const LONGEST: u64 = 64 << 20;

/// Calls `parse` with every line that is not blank; the first one has the number `first`. What it refuses, and what is no text, is a skipped line.
pub(super) fn for_each(
    input: &mut dyn BufRead,
    first: u64,
    out: &mut Out<'_>,
    mut parse: impl FnMut(u64, &str, &mut Out<'_>) -> Outcome,
) -> ControlFlow<()> {
    let mut line = Vec::new();
    for number in first.. {
        line.clear();
        let outcome = match read_line(input, &mut line) {
            Ok(Taken::End) => break,
            Ok(Taken::TooLong) => Err(format!("the line is longer than {} MiB", LONGEST >> 20)),
            Ok(Taken::Line) => each(&line, out, &mut |line, out| parse(number, line, out))?,
            Err(error) => {
                let reason = format!("the file ends early: {error}");
                return out(Item::EndsEarly(SkippedLine { line: number, reason }));
            }
        };
        if let Err(reason) = outcome {
            out(Item::Skipped(SkippedLine { line: number, reason }))?;
        }
    }
    ControlFlow::Continue(())
}

/// Calls `parse` with every line of a text that is whole, as `for_each` does.
pub(super) fn for_each_of(
    text: &[u8],
    first: u64,
    out: &mut Out<'_>,
    mut parse: impl FnMut(u64, &str, &mut Out<'_>) -> Outcome,
) -> ControlFlow<()> {
    let (mut start, mut refused) = (0, 0);
    let ends = memchr::memchr_iter(b'\n', text).chain([text.len()]);
    for (number, end) in (first..).zip(ends) {
        let line = text.get(start..end).unwrap_or_default();
        start = end + 1;
        // Reasons beyond these are not kept, so that what can be no record need not be read to find out why.
        let outcome = if refused >= REASONS && !may_be_record(line) {
            if line.trim_ascii().is_empty() { Ok(()) } else { Err(String::new()) }
        } else {
            each(line, out, &mut |line, out| parse(number, line, out))?
        };
        if let Err(reason) = outcome {
            refused += 1;
            out(Item::Skipped(SkippedLine { line: number, reason }))?;
        }
    }
    ControlFlow::Continue(())
}

fn may_be_record(line: &[u8]) -> bool {
    matches!(line.trim_ascii_start(), [b'{' | b'[', ..])
}

/// Calls `parse` with a line that is not blank; the reason why it cannot be read is an inner error.
fn each(
    line: &[u8],
    out: &mut Out<'_>,
    parse: &mut impl FnMut(&str, &mut Out<'_>) -> Outcome,
) -> ControlFlow<(), Result<(), String>> {
    if line.trim_ascii().is_empty() {
        return ControlFlow::Continue(Ok(()));
    }
    let outcome = match simdutf8::basic::from_utf8(line) {
        Ok(text) => parse(text.trim(), out),
        Err(_) => {
            let valid = std::str::from_utf8(line).map_or_else(|error| error.valid_up_to(), str::len);
            Err(format!("no UTF-8 from byte {} of the line on", valid + 1))
        }
    };
    match outcome {
        Ok(ControlFlow::Continue(())) => ControlFlow::Continue(Ok(())),
        Ok(ControlFlow::Break(())) => ControlFlow::Break(()),
        Err(reason) => ControlFlow::Continue(Err(reason)),
    }
}

enum Taken {
    Line,
    TooLong,
    End,
}

fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Taken> {
    let read = (&mut *input).take(LONGEST).read_until(b'\n', line)?;
    if read == 0 {
        return Ok(Taken::End);
    }
    if line.last() == Some(&b'\n') || (read as u64) < LONGEST {
        return Ok(Taken::Line);
    }
    line.clear();
    skip_to_line_end(input)?;
    Ok(Taken::TooLong)
}

pub(super) fn skip_to_line_end(input: &mut (impl BufRead + ?Sized)) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn skipped(bytes: &[u8]) -> (Vec<String>, Vec<(u64, String)>) {
        let mut read = Vec::new();
        let mut skipped = Vec::new();
        let mut out = |item: Item<'_>| {
            if let Item::Skipped(line) = item {
                skipped.push((line.line, line.reason));
            }
            ControlFlow::Continue(())
        };
        let _ = for_each(&mut Cursor::new(bytes), 1, &mut out, |_, line, _| {
            read.push(line.to_owned());
            Ok(ControlFlow::Continue(()))
        });
        (read, skipped)
    }

    #[test]
    fn blank_lines_and_line_ends_of_any_system_are_fine() {
        let (read, skipped) = skipped(b"one\r\n\n  \ntwo\nthree");
        assert_eq!(read, ["one", "two", "three"]);
        assert!(skipped.is_empty());
    }

    #[test]
    fn what_is_no_text_or_too_long_is_skipped_with_its_number() {
        let mut bytes = b"one\nt\xffo\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', 65 << 20));
        bytes.extend(b"\nfour");
        let (read, skipped) = skipped(&bytes);
        assert_eq!(read, ["one", "four"]);
        assert_eq!(skipped.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
        assert!(skipped[0].1.contains("byte 2") && skipped[1].1.contains("64 MiB"));
    }
}
