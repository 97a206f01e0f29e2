//! Tags in a file of their own, one action a line as beside a cache: for tags that a cache cannot take, and to bring them
//! into one that can.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rustc_hash::FxHashMap;
use tempfile::NamedTempFile;

use super::account_row::unclear;
use super::tag_action::Action;
use super::{Store, StoreError};
use crate::model::{AccountKey, FieldChange, LinkParameters, NamedTags, TagBatchKind, TagChange, TagSource, Timestamp};

/// Bytes of a file that is read; millions of tags take less.
const LARGEST: u64 = 256 << 20;

/// Writes actions to a file that is not there yet, which only its owner may read.
///
/// # Errors
/// Fails where the file is there, or cannot be written.
pub fn save_tags(path: &Path, actions: &[NamedTags]) -> io::Result<()> {
    let mut lines = Vec::new();
    for NamedTags { at, basis, changes } in actions {
        let (kind, source) = (TagBatchKind::Apply, TagSource::Interface);
        serde_json::to_writer(&mut lines, &Action::new(kind, source, basis.as_deref(), *at, changes))?;
        lines.push(b'\n');
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    // Only its owner may read it from the start, and it has its name once it is whole.
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(&lines)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    // The name is lost with the power until the folder is on disk, which some systems cannot be asked for.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

impl Store {
    /// Says of accounts what a file of `save_tags` says, after all that was said before; how many accounts it names.
    ///
    /// # Errors
    /// Fails where the file cannot be read or holds something else, and where nothing can be written.
    pub fn tags_from(&mut self, path: &Path, now: Timestamp) -> Result<usize, StoreError> {
        let lacking = |reason: String| StoreError::TagFile { path: path.to_owned(), reason };
        let length = fs::metadata(path).map_err(|error| lacking(error.to_string()))?.len();
        if length > LARGEST {
            return Err(lacking(format!("it is larger than {LARGEST} bytes, so it holds something else than tags")));
        }
        let text = fs::read_to_string(path).map_err(|error| lacking(error.to_string()))?;
        let mut changes: FxHashMap<AccountKey, (Option<String>, TagChange<AccountKey>)> = FxHashMap::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let action: Action = serde_json::from_str(line)
                .map_err(|error| lacking(format!("line {} is no action on tags ({error})", number + 1)))?;
            for change in &action.changes {
                if let Some(word) = change.unknown_label() {
                    return Err(lacking(format!("line {}: `{word}` is no label", number + 1)));
                }
                let TagChange { account, label, note } = change.labelled();
                let nothing = TagChange { account: account.clone(), label: None, note: None };
                let (basis, known) = changes.entry(account).or_insert((None, nothing));
                if label.is_some() || known.label.is_none() {
                    basis.clone_from(&action.basis);
                }
                known.label = joined(known.label.take(), label);
                known.note = joined(known.note.take(), note);
            }
        }
        let accounts = changes.len();
        // Asked before anything is written: half of a file would be neither said nor unsaid.
        for key in changes.keys() {
            if let Some(platforms) = unclear(&self.connection, key)? {
                return Err(StoreError::WhichAccount { id: key.id.clone(), platforms });
            }
        }
        let mut by_basis: BTreeMap<Option<String>, Vec<TagChange<AccountKey>>> = BTreeMap::new();
        for (basis, change) in changes.into_values() {
            by_basis.entry(basis).or_default().push(change);
        }
        for (basis, mut changes) in by_basis {
            changes.sort_unstable_by(|one, other| one.account.cmp(&other.account));
            let basis = basis.as_deref().and_then(LinkParameters::from_line);
            self.append_tags(TagBatchKind::Apply, TagSource::CommandLine, basis.as_ref(), now, &changes)?;
        }
        Ok(accounts)
    }
}

/// Two changes of a field, one after the other, as one.
fn joined<T>(first: Option<FieldChange<T>>, then: Option<FieldChange<T>>) -> Option<FieldChange<T>> {
    match (first, then) {
        (Some(first), Some(then)) => Some(FieldChange { before: first.before, after: then.after }),
        (first, then) => then.or(first),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{AccountId, Label, Tag};

    #[test]
    fn tags_that_a_cache_could_not_take_come_into_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tags.jsonl");
        let change = |id: &str, before: &Tag, after: &Tag| {
            vec![TagChange::between(AccountKey { id: id.to_owned(), ..AccountKey::default() }, before, after)]
        };
        let tag = |label, note: Option<&str>| Tag { label, note: note.map(str::to_owned) };
        let (none, bot) = (Tag::default(), tag(Some(Label::SuspectedBot), None));
        let both = tag(Some(Label::Unsure), Some("met"));
        let within = |window_seconds| Arc::new(LinkParameters { window_seconds, ..LinkParameters::default() });
        let action = |at, basis, changes| NamedTags { at: Timestamp(at), basis, changes };
        let actions = [
            action(1, Some(within(10)), change("71", &none, &bot)),
            action(2, Some(within(20)), change("71", &bot, &both)),
            action(3, None, change("72", &none, &bot)),
        ];
        save_tags(&file, &actions).unwrap();
        assert!(save_tags(&file, &actions).is_err(), "what is there is never written over");
        let mut store = Store::open(&folder.path().join("other.db")).unwrap();
        assert_eq!(store.tags_from(&file, Timestamp(9)).unwrap(), 2);
        let tags: Vec<Tag> = store.current_tags().unwrap().into_iter().map(|event| event.tag).collect();
        assert_eq!(tags, [bot, both]);
        let bases: Vec<_> =
            store.tag_log().unwrap().into_iter().map(|batch| (batch.changes[0].account, batch.basis)).collect();
        assert_eq!(bases, [(AccountId(1), None), (AccountId(2), Some(within(20)))], "the last one that gave the label");
        fs::write(&file, "no tags\n").unwrap();
        assert!(store.tags_from(&file, Timestamp(9)).unwrap_err().to_string().contains("line 1"));
    }
}
