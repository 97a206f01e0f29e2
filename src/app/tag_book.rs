//! What the user currently says of each account.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::model::{AccountId, Label, Tag, TagChange, TagEvent, Timestamp};

/// The current tags. Cloning is cheap, so that a worker can hold a snapshot.
#[derive(Debug, Clone, Default)]
pub struct TagBook {
    tags: Arc<FxHashMap<AccountId, (Tag, Timestamp)>>,
}

impl TagBook {
    /// The tags that the cache holds.
    #[must_use]
    pub fn from_events(events: Vec<TagEvent>) -> Self {
        Self { tags: Arc::new(events.into_iter().map(|event| (event.account, (event.tag, event.at))).collect()) }
    }

    /// The tag of an account; empty where nothing was said.
    #[must_use]
    pub fn tag(&self, account: AccountId) -> Tag {
        self.tags.get(&account).map(|(tag, _)| tag.clone()).unwrap_or_default()
    }

    /// The label of an account, if any.
    #[must_use]
    pub fn label(&self, account: AccountId) -> Option<Label> {
        self.tags.get(&account).and_then(|(tag, _)| tag.label)
    }

    /// The note on an account, if any.
    #[must_use]
    pub fn note(&self, account: AccountId) -> Option<&str> {
        self.tags.get(&account).and_then(|(tag, _)| tag.note.as_deref())
    }

    /// Since when an account has its tag.
    #[must_use]
    pub fn since(&self, account: AccountId) -> Option<Timestamp> {
        self.tags.get(&account).map(|&(_, at)| at)
    }

    /// Carries each change out.
    pub fn apply(&mut self, at: Timestamp, changes: &[TagChange]) {
        let tags = Arc::make_mut(&mut self.tags);
        for change in changes {
            let before = tags.remove(&change.account).map(|(tag, _)| tag).unwrap_or_default();
            let after = change.applied_to(&before);
            if !after.is_empty() {
                tags.insert(change.account, (after, at));
            }
        }
    }

    /// How many accounts have another tag in one of two books.
    #[must_use]
    pub fn differing_from(&self, other: &Self) -> usize {
        let said = |book: &Self, id: &AccountId| book.tags.get(id).map(|(tag, _)| tag.clone());
        let here = self.tags.keys().filter(|id| said(self, id) != said(other, id)).count();
        here + other.tags.keys().filter(|id| !self.tags.contains_key(id)).count()
    }

    /// Whether nothing is said of anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }

    /// Every tag, in the order of accounts.
    #[must_use]
    pub fn events(&self) -> Vec<TagEvent> {
        let event =
            |(&account, (tag, at)): (&AccountId, &(Tag, Timestamp))| TagEvent { account, tag: tag.clone(), at: *at };
        let mut events: Vec<TagEvent> = self.tags.iter().map(event).collect();
        events.sort_unstable_by_key(|event| event.account);
        events
    }

    /// How many accounts have this label.
    #[must_use]
    pub fn count(&self, label: Label) -> usize {
        self.tags.values().filter(|(tag, _)| tag.label == Some(label)).count()
    }

    /// How many of these accounts have any label; costs the tags that there are, not the accounts.
    #[must_use]
    pub fn labelled_among(&self, among: impl Fn(AccountId) -> bool) -> usize {
        self.tags.iter().filter(|&(&id, (tag, _))| tag.label.is_some() && among(id)).count()
    }

    /// How many accounts have any label.
    #[must_use]
    pub fn labelled(&self) -> usize {
        self.labelled_among(|_| true)
    }
}
