//! What was tagged in which order, and what undo and redo do next. Rebuilt from the log at every start, so undo
//! reaches back past the last session.

use rustc_hash::FxHashSet;

use crate::model::{TagBatch, TagBatchKind, TagChange, TagSource, Timestamp};

/// Names a batch of the log, also while it is still on its way to the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchKey {
    /// The log gave it this number.
    Logged(u64),
    /// The n-th batch of this session.
    Pending(u64),
}

/// One action on tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its name in the log.
    pub key: BatchKey,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub source: TagSource,
    /// What it changed.
    pub changes: Vec<TagChange>,
    /// Whether it is taken back at present.
    pub undone: bool,
}

/// Every action on tags in order, with the two stacks over it: of what this session did, and of what was there when it
/// began. What another program does meanwhile is told and never taken back here.
#[derive(Debug, Clone, Default)]
pub struct History {
    entries: Vec<HistoryEntry>,
    undo: Vec<usize>,
    redo: Vec<usize>,
    pending: u64,
    /// The last number of the log when this session began.
    began: u64,
    /// The numbers that the log gave to this session since.
    own: FxHashSet<u64>,
}

impl History {
    /// Replays the log of the cache as this session finds it.
    #[must_use]
    pub fn from_log(log: Vec<TagBatch>) -> Self {
        let began = log.last().map_or(0, |batch| batch.number);
        Self { began, ..Self::default() }.replayed(log)
    }

    /// The same session over a log that another program wrote to as well. All that this one did must be in it.
    #[must_use]
    pub fn reread(&self, log: Vec<TagBatch>) -> Self {
        let empty = Self { began: self.began, own: self.own.clone(), pending: self.pending, ..Self::default() };
        empty.replayed(log)
    }

    fn replayed(mut self, log: Vec<TagBatch>) -> Self {
        for batch in log {
            let own = batch.number <= self.began || self.own.contains(&batch.number);
            match batch.kind {
                TagBatchKind::Apply => {
                    let entry = HistoryEntry {
                        key: BatchKey::Logged(batch.number),
                        at: batch.at,
                        source: batch.source,
                        changes: batch.changes,
                        undone: false,
                    };
                    if own { self.push(entry) } else { self.entries.push(entry) }
                }
                TagBatchKind::Undo { of } => self.replay(of, true, own),
                TagBatchKind::Redo { of } => self.replay(of, false, own),
            }
        }
        self
    }

    /// Takes an action back, or does it again, as the log says. What another program did so is on no stack of this one.
    fn replay(&mut self, number: u64, undone: bool, own: bool) {
        let Some(entry) = self.entries.iter().rposition(|entry| entry.key == BatchKey::Logged(number)) else { return };
        self.entries[entry].undone = undone;
        let (from, to) = if undone { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        if let Some(place) = from.iter().rposition(|&other| other == entry) {
            from.remove(place);
            if own {
                to.push(entry);
            }
        }
    }

    fn push(&mut self, entry: HistoryEntry) {
        self.undo.push(self.entries.len());
        self.redo.clear();
        self.entries.push(entry);
    }

    /// Records a new action of this session and names it.
    pub fn apply(&mut self, at: Timestamp, changes: Vec<TagChange>) -> BatchKey {
        self.pending += 1;
        let key = BatchKey::Pending(self.pending);
        self.push(HistoryEntry { key, at, source: TagSource::Interface, changes, undone: false });
        key
    }

    /// Takes in that the log gave an action of this session a number; `applied` names it where it is one of `apply`.
    pub fn logged(&mut self, applied: Option<BatchKey>, number: u64) {
        self.own.insert(number);
        let named = self.entries.iter_mut().rev().find(|entry| Some(entry.key) == applied);
        if let Some(entry) = named {
            entry.key = BatchKey::Logged(number);
        }
    }

    /// Takes the last action back: its name, and what has to change now.
    pub fn undo(&mut self) -> Option<(BatchKey, Vec<TagChange>)> {
        let index = self.undo.pop()?;
        self.redo.push(index);
        let entry = &mut self.entries[index];
        entry.undone = true;
        Some((entry.key, entry.changes.iter().map(TagChange::inverse).collect()))
    }

    /// Does the last undone action again: its name, and what has to change now.
    pub fn redo(&mut self) -> Option<(BatchKey, Vec<TagChange>)> {
        let index = self.redo.pop()?;
        self.undo.push(index);
        let entry = &mut self.entries[index];
        entry.undone = false;
        Some((entry.key, entry.changes.clone()))
    }

    /// Every action, the oldest first.
    #[must_use]
    pub fn entries(&self) -> &[HistoryEntry] {
        &self.entries
    }

    /// How many actions can be taken back, and how many done again.
    #[must_use]
    pub fn depth(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Label, Tag};

    fn change(account: u32, label: Label) -> TagChange {
        TagChange::between(AccountId(account), &Tag::default(), &Tag { label: Some(label), note: None })
    }

    fn batch(number: u64, kind: TagBatchKind, account: u32) -> TagBatch {
        let changes = vec![change(account, Label::Unsure)];
        TagBatch { number, kind, at: Timestamp(0), source: TagSource::CommandLine, changes }
    }

    #[test]
    fn undo_and_redo_walk_without_limit() {
        let mut history = History::default();
        for account in 1..=500 {
            history.apply(Timestamp(0), vec![change(account, Label::SuspectedBot)]);
        }
        for account in (1..=500).rev() {
            let (_, changes) = history.undo().unwrap();
            assert_eq!(changes[0].account, AccountId(account));
            assert_eq!(changes[0].label.as_ref().unwrap().after, None);
        }
        assert!(history.undo().is_none());
        assert_eq!(history.redo().unwrap().1[0].account, AccountId(1));
        history.apply(Timestamp(0), vec![change(7, Label::Unsure)]);
        assert!(history.redo().is_none(), "a new action forgets what was undone");
        assert_eq!(history.depth(), (2, 0));
    }

    #[test]
    fn the_log_of_an_earlier_session_can_be_undone() {
        let log = vec![
            batch(1, TagBatchKind::Apply, 1),
            batch(2, TagBatchKind::Apply, 2),
            batch(3, TagBatchKind::Undo { of: 2 }, 2),
            batch(4, TagBatchKind::Apply, 3),
            batch(5, TagBatchKind::Undo { of: 4 }, 3),
            batch(6, TagBatchKind::Redo { of: 4 }, 3),
        ];
        let mut history = History::from_log(log);
        assert_eq!(history.depth(), (2, 0));
        assert_eq!(history.entries().iter().map(|entry| entry.undone).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(history.undo().unwrap().0, BatchKey::Logged(4));
        assert_eq!(history.undo().unwrap().0, BatchKey::Logged(1));
        assert!(history.undo().is_none());
    }

    #[test]
    fn what_another_program_does_meanwhile_is_told_and_never_taken_back_here() {
        let mut history = History::from_log(vec![batch(1, TagBatchKind::Apply, 1)]);
        let mine = history.apply(Timestamp(0), vec![change(2, Label::Unsure)]);
        history.logged(Some(mine), 3);
        let log = |more: &[TagBatch]| {
            let mut log = vec![
                batch(1, TagBatchKind::Apply, 1),
                batch(2, TagBatchKind::Apply, 9),
                batch(3, TagBatchKind::Apply, 2),
                batch(4, TagBatchKind::Apply, 8),
            ];
            log.extend_from_slice(more);
            log
        };
        let mut reread = history.reread(log(&[]));
        assert_eq!((reread.entries().len(), reread.depth()), (4, (2, 0)));
        assert_eq!(reread.undo().unwrap().0, BatchKey::Logged(3));
        assert_eq!(reread.undo().unwrap().0, BatchKey::Logged(1));
        assert!(reread.undo().is_none());
        // What another one took back is neither taken back nor done again here.
        let reread = history.reread(log(&[batch(5, TagBatchKind::Undo { of: 3 }, 2)]));
        assert_eq!((reread.entries()[2].undone, reread.depth()), (true, (1, 0)));
        history.logged(None, 5);
        assert_eq!(history.reread(log(&[batch(5, TagBatchKind::Undo { of: 3 }, 2)])).depth(), (1, 1));
    }
}
