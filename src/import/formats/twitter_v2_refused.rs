//! What of a page is not as it should be: it costs only itself, and is told with the page's line.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::import::REASONS;
use crate::import::cursor::Cursor;
use crate::import::format::{Item, Out};
use crate::model::SkippedLine;

/// Elements of a list that are read. A line is too short for more of them than this that say anything.
const LONGEST_LIST: usize = 1 << 18;

/// Values of a page that could not be read: why the first ones could not, and how many more there are.
#[derive(Default)]
pub(super) struct Refused {
    reasons: Vec<String>,
    more: u64,
}

impl Refused {
    /// Reads a value of the page, named for the user; one that is refused is an inner `None`.
    pub fn value<'a, T: Deserialize<'a>>(&mut self, line: &mut Cursor<'a>, name: &str) -> Option<Option<T>> {
        self.value_as_written(line, name).map(|(value, _)| value)
    }

    /// The same, with how it is written.
    pub fn value_as_written<'a, T: Deserialize<'a>>(
        &mut self,
        line: &mut Cursor<'a>,
        name: &str,
    ) -> Option<(Option<T>, &'a str)> {
        let (read, written) = line.value_or_reason()?;
        let value = match read {
            Ok(value) => Some(value),
            Err(reason) => {
                // Where in the value that is says nothing about the line.
                let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
                self.note(|| format!("in `{name}` of the page: {reason}"));
                None
            }
        };
        Some((value, written))
    }

    /// Whether a list that has so many elements may have one more.
    pub fn has_room(&self, elements: usize) -> bool {
        elements < LONGEST_LIST
    }

    /// Goes past an element for which there is no room.
    pub fn too_many(&mut self, line: &mut Cursor<'_>, name: &str) -> Option<()> {
        line.value::<IgnoredAny>()?;
        self.note(|| format!("`{name}` of the page has more than {LONGEST_LIST} elements"));
        Some(())
    }

    fn note(&mut self, reason: impl FnOnce() -> String) {
        if self.reasons.len() < REASONS {
            self.reasons.push(reason());
        } else {
            self.more += 1;
        }
    }

    /// Sends what was refused of the page on this line.
    pub fn send(self, line: u64, out: &mut Out<'_>) -> ControlFlow<()> {
        for reason in self.reasons {
            out(Item::Skipped(SkippedLine { line, reason }))?;
        }
        // These are only counted.
        (0..self.more).try_for_each(|_| out(Item::Skipped(SkippedLine { line, reason: String::new() })))
    }
}
