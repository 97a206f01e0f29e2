//! What commands say. All words for people go this way, so that no name, path or argument acts on their terminal; data
//! that is asked for goes out as it is.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::ffi::OsString;
use std::io::{self, Stderr, Stdout, StdoutLock, Write};
use std::panic::{self, PanicHookInfo};
use std::path::Path;

use crate::text::sanitise_line;

/// Characters of a cell that are said; more is no word for people.
const LONGEST_CELL: usize = 20_000;
/// Characters of a path or an argument that are repeated.
const LONGEST_NAME: usize = 4_096;
/// Characters of an error.
const LONGEST_ERROR: usize = 2_000;
/// Variables that clap repeats.
const VARIABLES: [&str; 3] = ["BOT_TUI_CACHE", "BOT_TUI_THEME", "BOT_TUI_PICTURES"];

/// Words on standard output.
pub(super) fn out() -> Said<StdoutLock<'static>> {
    Said { to: io::stdout().lock(), line: Vec::new() }
}

/// Words beside the output, on standard error.
pub(super) fn note() -> Said<Stderr> {
    Said { to: io::stderr(), line: Vec::new() }
}

/// Data on standard output, in a format that is safe by itself or wanted as it is.
pub(super) fn data() -> Stdout {
    io::stdout()
}

/// A path in words.
pub(super) fn name(path: &Path) -> String {
    sanitise_line(&path.display().to_string(), LONGEST_NAME).into_owned()
}

/// An error that ends the program, in one line.
pub(super) fn error(error: &impl std::fmt::Display) {
    // Nobody is left to be told of an error that cannot be told.
    let _ = writeln!(note(), "bot-tui: {}", sanitise_line(&format!("{error:#}"), LONGEST_ERROR));
}

/// Writes lines whose cells, between tabs, are safe to show.
#[derive(Debug)]
pub(super) struct Said<W: Write> {
    to: W,
    /// What has not come to its end yet.
    line: Vec<u8>,
}

impl<W: Write> Said<W> {
    fn say(&mut self, end: &[u8]) -> io::Result<()> {
        let mut said = String::new();
        for (place, cell) in String::from_utf8_lossy(&std::mem::take(&mut self.line)).split('\t').enumerate() {
            if place > 0 {
                said.push('\t');
            }
            said.push_str(&sanitise_line(cell, LONGEST_CELL));
        }
        self.to.write_all(said.as_bytes())?;
        self.to.write_all(end)
    }
}

impl<W: Write> Write for Said<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            match part.strip_suffix(b"\n") {
                Some(end) => {
                    self.line.extend_from_slice(end);
                    self.say(b"\n")?;
                }
                None => self.line.extend_from_slice(part),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.say(b"")?;
        }
        self.to.flush()
    }
}

impl<W: Write> Drop for Said<W> {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// Says what clap has to say: help, the version, or what is wrong about `arguments`. It repeats them as they are, with its
/// own colours between them; so it says them itself only where none of them would act. `again` is what it says of other
/// arguments, without colours.
pub(super) fn from_clap(
    said: &clap::Error,
    arguments: &[OsString],
    again: impl Fn(Vec<String>) -> Option<clap::Error>,
) -> io::Result<()> {
    let clean = |word: &OsString| word.to_str().is_some_and(|word| sanitise_line(word, LONGEST_NAME) == word);
    let variables: Vec<OsString> = VARIABLES.iter().filter_map(std::env::var_os).collect();
    if arguments.iter().chain(&variables).all(clean) {
        return said.print();
    }
    let safe = |word: &OsString| sanitise_line(&word.to_string_lossy(), LONGEST_NAME).into_owned();
    // Without colours of its own nothing has to be told from them, so that it can be taken as it is.
    let plain = again(arguments.iter().map(safe).collect()).map(|error| error.render().ansi().to_string());
    let mut text = plain.unwrap_or_else(|| said.to_string());
    for value in variables.iter().filter(|value| !clean(value)) {
        text = text.replace(value.to_string_lossy().as_ref(), &safe(value));
    }
    if said.use_stderr() { note().write_all(text.as_bytes()) } else { out().write_all(text.as_bytes()) }
}

/// Lets a panic be told in words that are safe to show: it may repeat what it stumbled over.
pub(super) fn panics() {
    panic::set_hook(Box::new(|info| {
        let _ = writeln!(note(), "{}", of_a_panic(info));
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            let _ = writeln!(note(), "{trace}");
        }
    }));
}

fn of_a_panic(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map_or_else(|| "somewhere".to_owned(), ToString::to_string);
    let said = info.payload();
    let said = said.downcast_ref::<&str>().copied().or_else(|| said.downcast_ref::<String>().map(String::as_str));
    let words = sanitise_line(said.unwrap_or("no words"), LONGEST_ERROR);
    format!("bot-tui: an error in the program, at {place}: {words}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_made_safe_and_lines_stay_lines() {
        let mut said = Said { to: Vec::new(), line: Vec::new() };
        write!(said, "a\u{1b}[31m\tb").unwrap();
        writeln!(said, "\u{202e}\n–\u{9b}c").unwrap();
        said.write_all(b"\xff\x07").unwrap();
        said.flush().unwrap();
        let text = String::from_utf8(std::mem::take(&mut said.to)).unwrap();
        assert_eq!(text, "a⟨U+001B⟩[31m\tb⟨U+202E⟩\n–⟨U+009B⟩c\n\u{fffd}⟨U+0007⟩");
    }

    #[test]
    fn no_command_writes_past_this_file() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli")).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let writes = ["io::stdout", "io::stderr", "println!", "print!("].iter().any(|word| text.contains(word));
            assert!(path.ends_with("say.rs") || !writes, "{}", path.display());
        }
    }
}
