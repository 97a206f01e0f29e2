//! One action on tags as the log and the file beside the cache hold it, and what it comes to where it meets them.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::StoreError;
use crate::model::{
    AccountKey, FieldChange, Label, LinkParameters, Platform, Tag, TagBatch, TagBatchKind, TagChange, TagSource,
    Timestamp,
};

/// An action. Accounts go by platform and id, since a row may be gone when the action comes into the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Action {
    pub number: u64,
    pub kind: String,
    /// The number of the action that this one takes back or does again.
    #[serde(rename = "of")]
    pub repeats: Option<u64>,
    pub source: String,
    pub at: i64,
    /// What linked the accounts, in the words of the parameters; a later version's are kept as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    pub changes: Vec<Change>,
}

/// How an account stands where an action meets it.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub tag: Tag,
    /// What is to be taken back is what stands there, and what is to be done again stands on what it stood on: somebody
    /// may have said the same once more, which is theirs.
    pub own: bool,
}

/// What an action does to one account's tag. Labels are words, since a later version may give one that this one does not
/// know, which is kept as it is.
pub(super) type Change = TagChange<AccountKey, String>;

/// A text field before and after.
type Field = FieldChange<Option<String>>;

/// A change as a line holds it; the first versions wrote label and note together, as `before` and `after`.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    platform: String,
    account: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Field>,
    #[serde(skip_serializing)]
    before: Option<(Option<String>, Option<String>)>,
    #[serde(skip_serializing)]
    after: Option<(Option<String>, Option<String>)>,
}

impl From<Written> for Change {
    fn from(written: Written) -> Self {
        let Written { platform, account, mut label, mut note, before, after } = written;
        if let Some((before, after)) = before.zip(after) {
            label = FieldChange::between(&before.0, &after.0);
            note = FieldChange::between(&before.1, &after.1);
        }
        Self { account: AccountKey { platform: Platform::named(&platform), id: account }, label, note }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { account, label, note } = self.clone();
        let platform = account.platform.word().to_owned();
        Written { platform, account: account.id, label, note, before: None, after: None }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer).map(Self::from)
    }
}

impl Change {
    fn in_words(change: &TagChange<AccountKey>) -> Self {
        let word = |label: &Option<Label>| label.map(|label| label.word().to_owned());
        let label = change.label.as_ref();
        Self {
            account: change.account.clone(),
            label: label.map(|label| Field { before: word(&label.before), after: word(&label.after) }),
            note: change.note.clone(),
        }
    }

    /// With labels that this version knows.
    pub fn labelled(&self) -> TagChange<AccountKey> {
        let label = self.label.as_ref().map(|label| FieldChange {
            before: parsed(label.before.as_deref()),
            after: parsed(label.after.as_deref()),
        });
        TagChange { account: self.account.clone(), label, note: self.note.clone() }
    }

    /// The label that it gives, where that is none.
    pub fn unknown_label(&self) -> Option<&str> {
        let given = self.label.as_ref()?.after.as_deref()?;
        parsed(Some(given)).is_none().then_some(given)
    }

    /// The fields that it changes, as the log counts them: 1 the label, 2 the note.
    pub fn fields(&self) -> i64 {
        i64::from(self.label.is_some()) + 2 * i64::from(self.note.is_some())
    }

    /// Sets what each field was to what it is, and leaves out what it is already; false where it was something else than
    /// the action took it for.
    fn rest_on(&mut self, tag: &Tag) -> bool {
        let as_found = self.finds(tag);
        let after = |field: Option<Field>, now: Option<String>| {
            field.and_then(|field| FieldChange::between(&now, &field.after))
        };
        self.label = after(self.label.take(), label_word(tag));
        self.note = after(self.note.take(), tag.note.clone());
        as_found
    }

    fn finds(&self, tag: &Tag) -> bool {
        let fits = |field: Option<&Field>, now: Option<&str>| field.is_none_or(|field| field.before.as_deref() == now);
        fits(self.label.as_ref(), label_word(tag).as_deref()) && fits(self.note.as_ref(), tag.note.as_deref())
    }
}

fn label_word(tag: &Tag) -> Option<String> {
    tag.label.map(|label| label.word().to_owned())
}

pub(super) fn parsed(word: Option<&str>) -> Option<Label> {
    word.and_then(|word| word.parse().ok())
}

impl Action {
    pub fn new(
        kind: TagBatchKind,
        source: TagSource,
        basis: Option<&LinkParameters>,
        at: Timestamp,
        changes: &[TagChange<AccountKey>],
    ) -> Self {
        let (kind, repeats) = match kind {
            TagBatchKind::Apply => ("apply", None),
            TagBatchKind::Undo { number } => ("undo", Some(number)),
            TagBatchKind::Redo { number } => ("redo", Some(number)),
        };
        let source = match source {
            TagSource::Interface => "interface",
            TagSource::CommandLine => "command-line",
        };
        let changes = changes.iter().map(Change::in_words).collect();
        let basis = basis.map(LinkParameters::to_line);
        Self { number: 0, kind: kind.to_owned(), repeats, source: source.to_owned(), at: at.0, basis, changes }
    }

    /// What linked the accounts, where that is known.
    pub fn basis(&self) -> Option<Arc<LinkParameters>> {
        self.basis.as_deref().and_then(LinkParameters::from_line).map(Arc::new)
    }

    /// Brings the action in line with the tags as they stand: what a user says now counts, whatever was said meanwhile, and
    /// the log tells what that was; an undo or a redo leaves alone what somebody changed since. Gives the accounts whose tag
    /// was another one than the action took it for.
    pub fn meet(
        &mut self,
        mut stands: impl FnMut(&Change) -> Result<Standing, StoreError>,
    ) -> Result<Vec<AccountKey>, StoreError> {
        let applies = self.kind == "apply";
        let mut differing = Vec::new();
        let mut changes = Vec::with_capacity(self.changes.len());
        for mut change in self.changes.drain(..) {
            let Standing { tag, own } = stands(&change)?;
            let found = if applies { change.rest_on(&tag) } else { own && change.finds(&tag) };
            if !found {
                differing.push(change.account.clone());
            }
            if !change.is_empty() && (applies || found) {
                changes.push(change);
            }
        }
        self.changes = changes;
        Ok(differing)
    }
}

/// A batch of the log, still without its changes.
pub(super) fn batch(number: u64, kind: &str, repeats: Option<u64>, source: &str, at: i64) -> TagBatch {
    let repeated = repeats.unwrap_or_default();
    let kind = match kind {
        "undo" => TagBatchKind::Undo { number: repeated },
        "redo" => TagBatchKind::Redo { number: repeated },
        _ => TagBatchKind::Apply,
    };
    let source = match source {
        "command-line" => TagSource::CommandLine,
        _ => TagSource::Interface,
    };
    TagBatch { number, kind, at: Timestamp(at), source, basis: None, changes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(kind: &str, label: Option<(&str, &str)>, note: Option<(&str, &str)>) -> Action {
        let field = |(before, after): (&str, &str)| {
            let said = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
            FieldChange { before: said(before), after: said(after) }
        };
        let change = Change {
            account: AccountKey { id: "71".to_owned(), ..AccountKey::default() },
            label: label.map(field),
            note: note.map(field),
        };
        Action {
            number: 1,
            kind: kind.to_owned(),
            repeats: None,
            source: "interface".to_owned(),
            at: 0,
            basis: None,
            changes: vec![change],
        }
    }

    fn meet(mut action: Action, label: Option<Label>, note: Option<&str>) -> (usize, Option<Tag>) {
        let tag = Tag { label, note: note.map(str::to_owned) };
        let differing = action.meet(|_| Ok(Standing { tag: tag.clone(), own: true })).unwrap();
        (differing.len(), action.changes.first().map(|change| change.labelled().applied_to(&tag)))
    }

    #[test]
    fn what_a_user_says_now_counts_and_the_other_field_stays() {
        let (differing, tag) = meet(action("apply", Some(("", "unsure")), None), None, Some("met"));
        assert_eq!((differing, tag), (0, Some(Tag { label: Some(Label::Unsure), note: Some("met".to_owned()) })));
        let (differing, tag) = meet(action("apply", Some(("", "unsure")), None), Some(Label::LikelyHuman), None);
        assert_eq!((differing, tag), (1, Some(Tag { label: Some(Label::Unsure), note: None })));
        assert_eq!(meet(action("apply", Some(("", "unsure")), None), Some(Label::Unsure), None), (1, None));
    }

    #[test]
    fn an_undo_leaves_alone_what_somebody_changed_since() {
        assert_eq!(meet(action("undo", Some(("unsure", "")), None), Some(Label::LikelyHuman), None), (1, None));
        let (differing, tag) = meet(action("undo", Some(("unsure", "")), None), Some(Label::Unsure), Some("met"));
        assert_eq!((differing, tag), (0, Some(Tag { label: None, note: Some("met".to_owned()) })));
    }

    #[test]
    fn what_an_earlier_version_left_beside_the_cache_is_read() {
        let line = r#"{"account":"71","before":[null,"met"],"after":["unsure","met"]}"#;
        let change: Change = serde_json::from_str(line).unwrap();
        assert_eq!((change.fields(), change.label.clone()), (1, Some((None, Some("unsure".to_owned())).into())));
        let line = serde_json::to_string(&change).unwrap();
        assert_eq!(line, r#"{"account":"71","label":[null,"unsure"]}"#);
        assert_eq!(serde_json::from_str::<Change>(&line).unwrap(), change);
    }
}
