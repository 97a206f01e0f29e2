//! What could not be saved by the end, and where it is kept: it is said when the program ends, however it ends.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, anyhow, bail};

use crate::text::sanitise_line;

/// Characters of a line that is said.
const LONGEST: usize = 4_096;

/// What could not be saved.
#[derive(Debug, Clone, Default)]
pub(super) struct Unsaved(Arc<Mutex<Vec<String>>>);

impl Unsaved {
    pub fn note(&self, said: String) {
        self.lock().push(said);
    }

    /// How the session ended, together with what was noted: neither must hide the other.
    pub fn join(&self, outcome: Result<()>) -> Result<()> {
        let noted = std::mem::take(&mut *self.lock()).join("; ");
        match outcome {
            outcome if noted.is_empty() => outcome,
            Ok(()) => bail!("{noted}"),
            Err(error) => Err(anyhow!("{error:#}; {noted}")),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Prints what was noted and never joined, as after a panic. To be dropped behind the workers, and behind the terminal.
pub(super) struct LastWords(pub Unsaved);

impl Drop for LastWords {
    fn drop(&mut self) {
        for said in self.0.lock().drain(..) {
            // Nobody is left to be told where that cannot be said.
            let _ = writeln!(io::stderr(), "bot-tui: {}", sanitise_line(&said, LONGEST));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_fault_nor_what_is_unsaved_hides_the_other() {
        let said = |outcome: Result<()>, noted: &[&str]| {
            let unsaved = Unsaved::default();
            noted.iter().for_each(|noted| unsaved.note((*noted).to_owned()));
            let ended = unsaved.join(outcome).err().map(|error| format!("{error:#}"));
            assert!(unsaved.lock().is_empty(), "what was said is not printed again");
            ended
        };
        let fault = || Err(anyhow!("no such device").context("cannot draw"));
        assert_eq!(said(Ok(()), &[]), None);
        assert_eq!(said(Ok(()), &["a", "b"]).unwrap(), "a; b");
        assert_eq!(said(fault(), &[]).unwrap(), "cannot draw: no such device");
        assert_eq!(said(fault(), &["tags are in a file"]).unwrap(), "cannot draw: no such device; tags are in a file");
    }
}
