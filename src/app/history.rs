//! What was tagged in which order, and what undo and redo do next. Rebuilt from the log at every start, so undo
//! reaches back past the last session.

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

/// Every action on tags in order, with the two stacks over it.
#[derive(Debug, Clone, Default)]
pub struct History {
    entries: Vec<HistoryEntry>,
    undo: Vec<usize>,
    redo: Vec<usize>,
    pending: u64,
}

impl History {
    /// Replays the log of the cache.
    #[must_use]
    pub fn from_log(log: Vec<TagBatch>) -> Self {
        let mut history = Self::default();
        for batch in log {
            match batch.kind {
                TagBatchKind::Apply => {
                    history.push(BatchKey::Logged(batch.number), batch.at, batch.source, batch.changes);
                }
                TagBatchKind::Undo { of } => history.replay(of, true),
                TagBatchKind::Redo { of } => history.replay(of, false),
            }
        }
        history
    }

    fn replay(&mut self, number: u64, undone: bool) {
        let (from, to) = if undone { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        let named = from.iter().rposition(|&entry| self.entries[entry].key == BatchKey::Logged(number));
        if let Some(position) = named {
            let entry = from.remove(position);
            to.push(entry);
            self.entries[entry].undone = undone;
        }
    }

    fn push(&mut self, key: BatchKey, at: Timestamp, source: TagSource, changes: Vec<TagChange>) {
        self.undo.push(self.entries.len());
        self.redo.clear();
        self.entries.push(HistoryEntry { key, at, source, changes, undone: false });
    }

    /// Records a new action of this session and names it.
    pub fn apply(&mut self, at: Timestamp, changes: Vec<TagChange>) -> BatchKey {
        self.pending += 1;
        let key = BatchKey::Pending(self.pending);
        self.push(key, at, TagSource::Interface, changes);
        key
    }

    /// Takes the last action back: its name, and what has to change now.
    pub fn undo(&mut self) -> Option<(BatchKey, Vec<TagChange>)> {
        let index = self.undo.pop()?;
        self.redo.push(index);
        let entry = &mut self.entries[index];
        entry.undone = true;
        let swap = |change: &TagChange| TagChange {
            account: change.account,
            before: change.after.clone(),
            after: change.before.clone(),
        };
        Some((entry.key, entry.changes.iter().map(swap).collect()))
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
        TagChange { account: AccountId(account), before: Tag::default(), after: Tag { label: Some(label), note: None } }
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
            assert_eq!(changes[0].after, Tag::default());
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
}
