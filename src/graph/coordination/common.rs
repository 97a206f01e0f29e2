//! What two accounts have in common, as both tests look at it.

use super::WINDOWS;
use super::author_held::AuthorHeld;
use crate::graph::opened::Shared;
use crate::model::dense;

/// Counts of what a pair shares.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// Shared targets.
    pub all: u32,
    /// Those whose authors are held,
    pub held: u32,
    /// and these authors, each once.
    pub authors: Vec<u32>,
    /// Targets with both times,
    pub timed: Vec<u32>,
    /// and how many of them lie within each window.
    pub within: [u32; WINDOWS.len()],
}

impl Common {
    /// Reads anew what is shared; `targets` are those of the account that was opened.
    pub fn read(&mut self, held: &AuthorHeld, targets: &[u32], shared: &[Shared]) {
        self.authors.clear();
        self.timed.clear();
        self.within = [0; WINDOWS.len()];
        self.all = dense(shared.len());
        for &Shared { place, gap } in shared {
            let target = targets[place];
            self.authors.extend(held.author(target));
            let Some(gap) = gap else { continue };
            self.timed.push(target);
            for (within, window) in self.within.iter_mut().zip(WINDOWS) {
                *within += u32::from(gap <= window.unsigned_abs());
            }
        }
        self.held = dense(self.authors.len());
        self.authors.sort_unstable();
        self.authors.dedup();
    }

    /// How many lie within the longest window.
    pub fn near(&self) -> u32 {
        self.within[WINDOWS.len() - 1]
    }
}
