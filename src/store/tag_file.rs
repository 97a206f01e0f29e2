//! Tags in a file of their own, one action a line as beside a cache: for tags that a cache cannot take, and to bring them
//! into one that can.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use rustc_hash::FxHashMap;
use tempfile::NamedTempFile;

use super::tag_action::Action;
use super::{Store, StoreError};
use crate::model::{AccountKey, FieldChange, TagBatchKind, TagChange, TagSource, Timestamp};

/// Bytes of a file that is read; millions of tags take less.
const LARGEST: u64 = 256 << 20;

/// Writes actions to a file that is not there yet, which only its owner may read.
///
/// # Errors
/// Fails where the file is there, or cannot be written.
pub fn save_tags(path: &Path, actions: &[(Timestamp, Vec<TagChange<AccountKey>>)]) -> io::Result<()> {
    let mut lines = Vec::new();
    for (at, changes) in actions {
        serde_json::to_writer(&mut lines, &Action::new(TagBatchKind::Apply, TagSource::Interface, *at, changes))?;
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
        let mut changes: FxHashMap<AccountKey, TagChange<AccountKey>> = FxHashMap::default();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let action: Action = serde_json::from_str(line)
                .map_err(|error| lacking(format!("line {} is no action on tags ({error})", number + 1)))?;
            for change in &action.changes {
                if let Some(word) = change.unknown_label() {
                    return Err(lacking(format!("line {}: `{word}` is no label", number + 1)));
                }
                let key = change.key();
                let known = changes.entry(key.clone()).or_insert(TagChange { account: key, label: None, note: None });
                let TagChange { label, note, .. } = change.of(());
                known.label = joined(known.label.take(), label);
                known.note = joined(known.note.take(), note);
            }
        }
        let mut changes: Vec<_> = changes.into_values().collect();
        changes.sort_unstable_by(|one, other| one.account.cmp(&other.account));
        self.append_tags(TagBatchKind::Apply, TagSource::CommandLine, now, &changes)?;
        Ok(changes.len())
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
    use super::*;
    use crate::model::{Label, Tag};

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
        let actions = [
            (Timestamp(1), change("71", &none, &bot)),
            (Timestamp(2), change("71", &bot, &both)),
            (Timestamp(3), change("72", &none, &bot)),
        ];
        save_tags(&file, &actions).unwrap();
        assert!(save_tags(&file, &actions).is_err(), "what is there is never written over");
        let mut store = Store::open(&folder.path().join("other.db")).unwrap();
        assert_eq!(store.tags_from(&file, Timestamp(9)).unwrap(), 2);
        let tags: Vec<Tag> = store.current_tags().unwrap().into_iter().map(|event| event.tag).collect();
        assert_eq!(tags, [both, bot]);
        fs::write(&file, "no tags\n").unwrap();
        assert!(store.tags_from(&file, Timestamp(9)).unwrap_err().to_string().contains("line 1"));
    }
}
