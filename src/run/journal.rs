//! The log file: what was asked for and what came back, each with the milliseconds since the start. It names actions and
//! kinds of messages, never who or what they were about, so that it can be shown to others.

use std::fmt::Debug;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

/// A log that is longer is begun anew.
const LONGEST: u64 = 8 << 20;

/// The log of a session, where one is wanted.
#[derive(Debug)]
pub(super) struct Journal {
    file: Option<File>,
    start: Instant,
}

impl Journal {
    /// Goes on with the log at `path`; writes nothing where there is none.
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let file = path.map(open).transpose()?;
        let mut journal = Self { file, start: Instant::now() };
        journal.note(&format!("bot-tui {} starts", env!("CARGO_PKG_VERSION")));
        Ok(journal)
    }

    /// Writes a line. A log that cannot be written is no reason to stop.
    pub fn note(&mut self, line: &str) {
        if let Some(file) = &mut self.file {
            let _ = writeln!(file, "{:>9} ms  {line}", self.start.elapsed().as_millis());
        }
    }

    /// Writes the kind of something, which is the first word of how it is shown for programmers.
    pub fn kind(&mut self, what: &str, value: &impl Debug) {
        if self.file.is_some() {
            let mut word = FirstWord(String::new());
            // It fails on purpose behind the first word.
            let _ = std::fmt::write(&mut word, format_args!("{value:?}"));
            self.note(&format!("{what} {}", word.0));
        }
    }
}

/// Takes letters up to the first other character, however much would follow.
struct FirstWord(String);

impl std::fmt::Write for FirstWord {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let letters = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        self.0.push_str(&text[..letters]);
        if letters < text.len() { Err(std::fmt::Error) } else { Ok(()) }
    }
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    if file.metadata()?.len() > LONGEST {
        file.set_len(0)?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Message;

    #[test]
    fn a_log_names_kinds_and_no_contents() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/log.txt");
        for _ in 0..2 {
            let mut journal = Journal::open(Some(&path)).unwrap();
            journal.kind("message", &Message::Failed("@amber_lake is not there".to_owned()));
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().map(|line| line.split(" ms  ").nth(1).unwrap()).collect();
        assert_eq!(lines.len(), 4, "the second session goes on behind the first");
        assert_eq!(lines[1], "message Failed");
        Journal::open(None).unwrap().note("nowhere");
    }
}
