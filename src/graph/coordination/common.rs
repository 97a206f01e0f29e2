//! What two accounts have in common, as both tests look at it.

use super::WINDOWS;
use super::author_held::AuthorHeld;
use crate::graph::Incidence;
use crate::graph::opened::Shared;
use crate::model::dense;

/// Counts of what a pair shares.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// Shared targets whose authors are held,
    pub held: u32,
    /// and these authors, each once.
    pub authors: Vec<Held>,
    /// Targets with both times,
    pub timed: Vec<u32>,
    /// and how many of them lie within each window.
    pub within: [u32; WINDOWS.len()],
}

/// An author of whom two accounts share something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub author: u32,
    /// The classes of both accounts there.
    pub classes: (u32, u32),
    /// How many targets they share.
    pub shared: u32,
}

impl Common {
    /// Reads anew what another account shares with `a`, which was opened.
    pub fn read(&mut self, held: &AuthorHeld, incidence: &Incidence, a: u32, shared: &[Shared]) {
        self.read_authors(held, incidence, a, shared);
        self.read_times(incidence, a, shared.iter().copied());
    }

    /// When both shared it.
    pub fn read_times(&mut self, incidence: &Incidence, a: u32, shared: impl Iterator<Item = Shared>) {
        let targets = incidence.targets_at(a);
        self.timed.clear();
        self.within = [0; WINDOWS.len()];
        for Shared { place, gap, .. } in shared {
            let Some(gap) = gap else { continue };
            self.timed.push(targets[place as usize]);
            for (within, window) in self.within.iter_mut().zip(WINDOWS) {
                *within += u32::from(gap <= window.unsigned_abs());
            }
        }
    }

    /// Whose it is; of times nothing is known after that.
    pub fn read_authors(&mut self, held: &AuthorHeld, incidence: &Incidence, a: u32, shared: &[Shared]) {
        let (targets, own) = (incidence.targets_at(a), incidence.shares_at(a).start);
        self.authors.clear();
        self.timed.clear();
        for &Shared { place, other, .. } in shared {
            let (place, other) = (place as usize, other as usize);
            let classes = || (held.class(own + place), held.class(other));
            let author = held.author(targets[place]);
            self.authors.extend(author.map(|author| Held { author, classes: classes(), shared: 1 }));
        }
        self.held = dense(self.authors.len());
        self.authors.sort_unstable();
        self.authors.dedup_by(|next, first| {
            let is_same = next.author == first.author;
            first.shared += u32::from(is_same);
            is_same
        });
    }

    /// How many lie within the longest window.
    pub fn near(&self) -> u32 {
        self.within[WINDOWS.len() - 1]
    }
}
