//! What was done in which order, and what undo and redo do next: actions on tags, and changes of what links accounts and of
//! how they are listed. Tags are rebuilt from the log at every start, so undo of them reaches back past the last session;
//! the other changes are those of this session.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::model::ListOrder;
use crate::model::{AccountId, LinkParameters, TagBatch, TagBatchKind, TagChange, TagSource, Timestamp};

/// Names a batch of the log, also while it is still on its way to the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BatchKey {
    /// The log gave it this number.
    Logged(u64),
    /// The n-th batch of this session.
    Pending(u64),
}

/// One action on tags.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// Its name in the log.
    pub key: BatchKey,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub source: TagSource,
    /// What linked the accounts then, where that is known.
    pub basis: Option<Arc<LinkParameters>>,
    /// What it changed, by account.
    pub changes: Vec<TagChange>,
    /// Whether it is taken back at present.
    pub undone: bool,
}

/// A change of how the data is looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewChange {
    /// Of what links accounts: before and after.
    Parameters(Arc<LinkParameters>, Arc<LinkParameters>),
    /// Of the order of the list: before and after.
    Order(ListOrder, ListOrder),
}

impl ViewChange {
    fn inverse(&self) -> Self {
        match self {
            Self::Parameters(before, after) => Self::Parameters(Arc::clone(after), Arc::clone(before)),
            Self::Order(before, after) => Self::Order(*after, *before),
        }
    }
}

/// What an undo or a redo has to do now.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Change these tags, as the action of that name says.
    Tags(BatchKey, Vec<TagChange>),
    /// Look at the data like that.
    View(ViewChange),
}

/// A place in what can be taken back: an entry, or a change of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Tags(usize),
    View(usize),
}

/// What became of a change of the parameters by which accounts are not linked yet.
#[derive(Debug, Clone, Copy)]
enum Unsettled {
    Done(usize),
    Undone(usize),
    Redone(usize),
}

/// Every action on tags in order, with the two stacks over it: of what this session did, and of what was there when it
/// began. What another program does meanwhile is told and never taken back here.
#[derive(Debug, Clone, Default)]
pub struct History {
    entries: Vec<HistoryEntry>,
    views: Vec<ViewChange>,
    undo: Vec<Done>,
    redo: Vec<Done>,
    unsettled: Vec<Unsettled>,
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
        let mut read = empty.replayed(log);
        read.undo = self.woven(&self.undo, &read.undo, &read);
        read.redo = self.woven(&self.redo, &read.redo, &read);
        (read.views, read.unsettled) = (self.views.clone(), self.unsettled.clone());
        read
    }

    /// A stack of actions on tags that was read anew, with the changes of the view where they stood in the one before.
    fn woven(&self, before: &[Done], tags: &[Done], read: &Self) -> Vec<Done> {
        let mut rest = tags;
        let mut woven = Vec::with_capacity(before.len());
        for &done in before {
            let Done::Tags(entry) = done else {
                woven.push(done);
                continue;
            };
            let is_same = |other: &Done| matches!(other, Done::Tags(other) if read.entries[*other].key == self.entries[entry].key);
            if let Some(place) = rest.iter().position(is_same) {
                woven.extend_from_slice(&rest[..=place]);
                rest = &rest[place + 1..];
            }
        }
        woven.extend_from_slice(rest);
        woven
    }

    fn replayed(mut self, log: Vec<TagBatch>) -> Self {
        for mut batch in log {
            batch.changes.sort_by_key(|change| change.account);
            let own = batch.number <= self.began || self.own.contains(&batch.number);
            match batch.kind {
                TagBatchKind::Apply => {
                    let entry = HistoryEntry {
                        key: BatchKey::Logged(batch.number),
                        at: batch.at,
                        source: batch.source,
                        basis: batch.basis,
                        changes: batch.changes,
                        undone: false,
                    };
                    if own { self.push(entry) } else { self.entries.push(entry) }
                }
                TagBatchKind::Undo { number } => self.replay(number, true, own),
                TagBatchKind::Redo { number } => self.replay(number, false, own),
            }
        }
        self
    }

    /// Takes an action back, or does it again, as the log says. What another program did so is on no stack of this one.
    fn replay(&mut self, number: u64, undone: bool, own: bool) {
        let Some(entry) = self.entries.iter().rposition(|entry| entry.key == BatchKey::Logged(number)) else { return };
        self.entries[entry].undone = undone;
        let (from, to) = if undone { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        if let Some(place) = from.iter().rposition(|&other| other == Done::Tags(entry)) {
            let done = from.remove(place);
            if own {
                to.push(done);
            }
        }
    }

    fn push(&mut self, entry: HistoryEntry) {
        self.undo.push(Done::Tags(self.entries.len()));
        self.redo.clear();
        self.entries.push(entry);
    }

    /// Records a new action of this session and names it. `basis` is what links accounts now, where that is known.
    pub fn apply(
        &mut self,
        at: Timestamp,
        basis: Option<Arc<LinkParameters>>,
        mut changes: Vec<TagChange>,
    ) -> BatchKey {
        self.pending += 1;
        let key = BatchKey::Pending(self.pending);
        changes.sort_by_key(|change| change.account);
        self.push(HistoryEntry { key, at, source: TagSource::Interface, basis, changes, undone: false });
        key
    }

    /// Records a change of the view.
    pub fn look(&mut self, change: ViewChange) {
        let view = self.views.len();
        if matches!(change, ViewChange::Parameters(..)) {
            self.unsettled.push(Unsettled::Done(view));
        }
        self.views.push(change);
        self.undo.push(Done::View(view));
        self.redo.clear();
    }

    /// The accounts are linked as the last change of the parameters says: it counts.
    pub fn settle(&mut self) {
        self.unsettled.clear();
    }

    /// The accounts are not linked as the last changes of the parameters say, and will not be: what those did to what can be
    /// undone is taken back.
    pub fn unsettle(&mut self) {
        while let Some(change) = self.unsettled.pop() {
            let (Unsettled::Done(view) | Unsettled::Undone(view) | Unsettled::Redone(view)) = change;
            for stack in [&mut self.undo, &mut self.redo] {
                stack.retain(|&done| done != Done::View(view));
            }
            match change {
                Unsettled::Done(_) => {}
                Unsettled::Undone(_) => self.undo.push(Done::View(view)),
                Unsettled::Redone(_) => self.redo.push(Done::View(view)),
            }
        }
    }

    /// Takes in that the log gave an action of this session a number; `applied` names it where it is one of `apply`.
    pub fn logged(&mut self, applied: Option<BatchKey>, number: u64) {
        self.own.insert(number);
        let named = self.entries.iter_mut().rev().find(|entry| Some(entry.key) == applied);
        if let Some(entry) = named {
            entry.key = BatchKey::Logged(number);
        }
    }

    /// Takes the last action back: what has to be done for that.
    pub fn undo(&mut self) -> Option<Step> {
        let done = self.undo.pop()?;
        self.redo.push(done);
        Some(match done {
            Done::Tags(index) => {
                let entry = &mut self.entries[index];
                entry.undone = true;
                Step::Tags(entry.key, entry.changes.iter().map(TagChange::inverse).collect())
            }
            Done::View(view) => {
                let change = self.views[view].inverse();
                self.unsettled.extend(matches!(change, ViewChange::Parameters(..)).then_some(Unsettled::Undone(view)));
                Step::View(change)
            }
        })
    }

    /// Does the last undone action again: what has to be done for that.
    pub fn redo(&mut self) -> Option<Step> {
        let done = self.redo.pop()?;
        self.undo.push(done);
        Some(match done {
            Done::Tags(index) => {
                let entry = &mut self.entries[index];
                entry.undone = false;
                Step::Tags(entry.key, entry.changes.clone())
            }
            Done::View(view) => {
                let change = self.views[view].clone();
                self.unsettled.extend(matches!(change, ViewChange::Parameters(..)).then_some(Unsettled::Redone(view)));
                Step::View(change)
            }
        })
    }

    /// Every action on tags, the oldest first.
    #[must_use]
    pub fn entries(&self) -> &[HistoryEntry] {
        &self.entries
    }

    /// What linked the accounts when an account got its present label, or its note where it has none; the outer `None` where
    /// nothing was said of it, the inner where that is not known.
    #[must_use]
    pub fn basis_of(&self, account: AccountId) -> Option<Option<&Arc<LinkParameters>>> {
        let said = |entry: &HistoryEntry| {
            let place = entry.changes.binary_search_by_key(&account, |change| change.account).ok()?;
            Some(entry.changes[place].label.is_some())
        };
        let standing = self.entries.iter().rev().filter(|entry| !entry.undone);
        let mut said = standing.filter_map(|entry| Some((entry, said(entry)?))).peekable();
        let last = said.peek().map(|&(entry, _)| entry);
        let labelled = said.find(|&(_, label)| label).map(|(entry, _)| entry);
        Some(labelled.or(last)?.basis.as_ref())
    }

    /// How many actions can be taken back, and how many done again.
    #[must_use]
    pub fn depth(&self) -> (usize, usize) {
        (self.undo.len(), self.redo.len())
    }
}
