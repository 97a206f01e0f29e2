//! What the user says of an account. Nothing else ever calls an account a suspected bot.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AccountId, AccountKey, LinkParameters, Timestamp};

/// The user's judgement of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// The user suspects automation or coordination.
    SuspectedBot,
    /// The user takes the account for a person.
    LikelyHuman,
    /// The user looked and could not tell.
    Unsure,
}

impl Label {
    /// Every label, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::SuspectedBot, Self::LikelyHuman, Self::Unsure];

    /// The word that is stored, exported and typed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SuspectedBot => "suspected-bot",
            Self::LikelyHuman => "likely-human",
            Self::Unsure => "unsure",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that is no label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no label; use suspected-bot, likely-human or unsure")]
pub struct UnknownLabel(pub String);

impl FromStr for Label {
    type Err = UnknownLabel;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|label| label.word() == word).ok_or_else(|| UnknownLabel(word.to_owned()))
    }
}

/// What the user currently says of one account. Without label and note there is no tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// The judgement, if any.
    pub label: Option<Label>,
    /// The user's own words, if any.
    pub note: Option<String>,
}

impl Tag {
    /// Whether the user has said nothing, or taken it all back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.label.is_none() && self.note.is_none()
    }
}

/// What one field of a tag was before an action, and what it is after it; in writing, a pair.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(T, T)", into = "(T, T)", bound(serialize = "T: Clone + Serialize"))]
pub struct FieldChange<T> {
    /// What it was.
    pub before: T,
    /// What it is.
    pub after: T,
}

impl<T> From<(T, T)> for FieldChange<T> {
    fn from((before, after): (T, T)) -> Self {
        Self { before, after }
    }
}

impl<T> From<FieldChange<T>> for (T, T) {
    fn from(change: FieldChange<T>) -> Self {
        (change.before, change.after)
    }
}

impl<T: PartialEq + Clone> FieldChange<T> {
    /// The change from one value to another; none where they are equal.
    #[must_use]
    pub fn between(before: &T, after: &T) -> Option<Self> {
        (before != after).then(|| Self { before: before.clone(), after: after.clone() })
    }

    fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

/// What an action does to the tag of one account. Label and note are changed apart: who writes a note says nothing of the
/// label, so that two people who tag at once lose neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagChange<A = AccountId, L = Label> {
    /// Whom it concerns: a row of the cache, or the name that outlives it.
    pub account: A,
    /// What becomes of the label, where the action says something of it.
    pub label: Option<FieldChange<Option<L>>>,
    /// What becomes of the note, where the action says something of it.
    pub note: Option<FieldChange<Option<String>>>,
}

impl<A: Clone> TagChange<A> {
    /// What leads from one tag to another.
    #[must_use]
    pub fn between(account: A, before: &Tag, after: &Tag) -> Self {
        let label = FieldChange::between(&before.label, &after.label);
        Self { account, label, note: FieldChange::between(&before.note, &after.note) }
    }

    /// What takes it back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let (label, note) =
            (self.label.as_ref().map(FieldChange::inverse), self.note.as_ref().map(FieldChange::inverse));
        Self { account: self.account.clone(), label, note }
    }

    /// What the tag is after it.
    #[must_use]
    pub fn applied_to(&self, tag: &Tag) -> Tag {
        Tag {
            label: self.label.as_ref().map_or(tag.label, |change| change.after),
            note: self.note.as_ref().map_or_else(|| tag.note.clone(), |change| change.after.clone()),
        }
    }
}

impl<A, L: Clone> TagChange<A, L> {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.label.is_none() && self.note.is_none()
    }

    /// The same for an account that goes by another name.
    #[must_use]
    pub fn for_account<B>(&self, account: B) -> TagChange<B, L> {
        TagChange { account, label: self.label.clone(), note: self.note.clone() }
    }
}

/// Who wrote to the tag log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagSource {
    /// The interactive program.
    Interface,
    /// The `tag` command.
    CommandLine,
}

/// What kind of entry a batch of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagBatchKind {
    /// The user tagged.
    Apply,
    /// The user took a batch back.
    Undo {
        /// Number of the batch that was taken back.
        number: u64,
    },
    /// The user did a batch again.
    Redo {
        /// Number of the batch that was done again.
        number: u64,
    },
}

/// One action of the log: one or many accounts at once.
#[derive(Debug, Clone, PartialEq)]
pub struct TagBatch {
    /// Number in the log, counted from 1, ascending in time.
    pub number: u64,
    /// Tagging, undo or redo.
    pub kind: TagBatchKind,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub source: TagSource,
    /// What linked the accounts when the user tagged; `None` where that is not known, and of undo and redo, which bring
    /// back what an action before them stands on.
    pub basis: Option<Arc<LinkParameters>>,
    /// What changed.
    pub changes: Vec<TagChange>,
}

/// A change of tags of accounts by their names, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTags {
    /// When it was made.
    pub at: Timestamp,
    /// What linked the accounts then, where that is known.
    pub basis: Option<Arc<LinkParameters>>,
    /// What changes.
    pub changes: Vec<TagChange<AccountKey>>,
}

/// What the present tag of each account stands on: what linked the accounts when the label was given, or the note where
/// there never was a label. Accounts of which that is not known are left out. `log` is the whole log, the oldest first.
#[must_use]
pub fn tag_bases(log: &[TagBatch]) -> HashMap<AccountId, Arc<LinkParameters>> {
    let mut undone: HashMap<u64, bool> = HashMap::new();
    for batch in log {
        match batch.kind {
            TagBatchKind::Apply => {}
            TagBatchKind::Undo { number } => drop(undone.insert(number, true)),
            TagBatchKind::Redo { number } => drop(undone.insert(number, false)),
        }
    }
    let counts = |batch: &&TagBatch| batch.kind == TagBatchKind::Apply && undone.get(&batch.number) != Some(&true);
    let mut bases: HashMap<AccountId, (bool, Option<&Arc<LinkParameters>>)> = HashMap::new();
    for batch in log.iter().filter(counts) {
        for change in &batch.changes {
            let labelled = change.label.is_some();
            if labelled || bases.get(&change.account).is_none_or(|&(by_label, _)| !by_label) {
                bases.insert(change.account, (labelled, batch.basis.as_ref()));
            }
        }
    }
    bases.into_iter().filter_map(|(account, (_, basis))| Some((account, Arc::clone(basis?)))).collect()
}

/// The current tag of an account and when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagEvent {
    /// Whom it concerns.
    pub account: AccountId,
    /// What is said of it.
    pub tag: Tag,
    /// Since when.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_on_the_parameters_of_the_action_that_gave_it() {
        let basis = |window_seconds| Some(Arc::new(LinkParameters { window_seconds, ..LinkParameters::default() }));
        let label = |account: u32| {
            let tag = Tag { label: Some(Label::Unsure), note: None };
            TagChange::between(AccountId(account), &Tag::default(), &tag)
        };
        let note = |account: u32| {
            TagChange::between(AccountId(account), &Tag::default(), &Tag { label: None, note: Some("x".to_owned()) })
        };
        let batch = |number, kind, window, changes| {
            let basis = if window == 0 { None } else { basis(window) };
            TagBatch { number, kind, at: Timestamp(0), source: TagSource::Interface, basis, changes }
        };
        let apply = TagBatchKind::Apply;
        let mut log = vec![
            batch(1, apply, 10, vec![label(1), label(2), note(4)]),
            batch(2, apply, 20, vec![label(2), note(1), label(3)]),
            batch(3, apply, 0, vec![label(3)]),
        ];
        let windows = |log: &[TagBatch]| {
            let mut found: Vec<(u32, u32)> =
                tag_bases(log).iter().map(|(account, basis)| (account.0, basis.window_seconds)).collect();
            found.sort_unstable();
            found
        };
        assert_eq!(windows(&log), [(1, 10), (2, 20), (4, 10)], "of the third nobody knows");
        log.push(batch(4, TagBatchKind::Undo { number: 2 }, 0, Vec::new()));
        assert_eq!(windows(&log), [(1, 10), (2, 10), (4, 10)]);
        log.push(batch(5, TagBatchKind::Redo { number: 2 }, 0, Vec::new()));
        assert_eq!(windows(&log), [(1, 10), (2, 20), (4, 10)]);
    }
}
