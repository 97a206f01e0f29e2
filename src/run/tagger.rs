//! The thread that writes tags. It waits for nothing else, so that a tag is on disk at once, also while an import runs.

use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};

use crossbeam_channel::Sender;

use super::connection::{Shared, guarded};
use super::unsaved::Unsaved;
use super::{Outbox, panic_for_test};
use crate::app::{BatchKey, Message, Saved, Seen, TagWrite, TagWriteKind};
use crate::export::check_apart_from_cache;
use crate::jobs::Queue;
use crate::model::{NamedTags, TagBatchKind, TagSource};
use crate::store::{Appended, Store, StoreError, save_tags};

/// What the thread is asked for.
pub(super) enum Tagging {
    Write(TagWrite),
    /// Dropped once all that was asked for before is on disk.
    Tell(Sender<()>),
    /// Try again what the cache could not take.
    Retry,
    /// Write these tags to a file of their own.
    Save(PathBuf, Vec<NamedTags>),
}

struct Tagger {
    cache: Shared,
    outbox: Outbox,
    /// The numbers that the log gave to batches of this session.
    numbers: HashMap<BatchKey, u64>,
    /// What is to be written, the oldest first: what the cache cannot take now, it may take later.
    waiting: VecDeque<TagWrite>,
    unsaved: Unsaved,
    /// The folder for what the cache never took.
    rescue: PathBuf,
}

/// Starts the thread. What the cache cannot take until the end goes to a file in the folder `rescue`.
pub(super) fn spawn(
    cache: Shared,
    outbox: Outbox,
    unsaved: &Unsaved,
    rescue: PathBuf,
) -> std::io::Result<Queue<Tagging>> {
    let mut tagger =
        Tagger { cache, outbox, numbers: HashMap::new(), waiting: VecDeque::new(), unsaved: unsaved.clone(), rescue };
    Queue::spawn("tagger", move |asked| tagger.take(asked))
}

impl Tagger {
    fn take(&mut self, asked: Tagging) {
        let failed = match asked {
            Tagging::Write(write) => {
                self.waiting.push_back(write);
                self.write_all()
            }
            Tagging::Retry => self.write_all(),
            Tagging::Tell(told) => {
                let written = self.write_all();
                drop(told);
                written
            }
            Tagging::Save(path, tags) => return self.save(&path, &tags),
        };
        if let Err(reason) = failed {
            self.tell(Message::TagsKept(reason));
        }
    }

    /// Nobody listens once the program is left.
    fn tell(&self, message: Message) {
        let _ = self.outbox.send(message);
    }

    fn write_all(&mut self) -> Result<(), String> {
        while let Some(write) = self.waiting.front() {
            let numbers = &mut self.numbers;
            let written = self.cache.with(|store| Ok(write_tags(store, write, numbers)));
            let (Appended { number, differing }, seen) = match written {
                Ok(Err(unclear @ StoreError::WhichAccount { .. })) => {
                    // Nobody can say who was meant but the user, who is told.
                    let said = Message::Failed(format!("Not tagged: {unclear}."));
                    self.waiting.pop_front();
                    self.tell(Message::TagsSaved(Saved::default()));
                    self.tell(said);
                    continue;
                }
                Ok(Ok(written)) => written,
                Ok(Err(error)) => {
                    self.cache.close();
                    return Err(error.to_string());
                }
                Err(reason) => {
                    self.cache.close();
                    return Err(reason);
                }
            };
            let applied = match write.kind {
                TagWriteKind::Apply(key) => Some(key),
                TagWriteKind::Undo(_) | TagWriteKind::Redo(_) => None,
            };
            self.waiting.pop_front();
            self.tell(Message::TagsSaved(Saved { applied, number, differing }));
            // Another program may have changed more than tags.
            self.tell(Message::Seen(seen));
        }
        Ok(())
    }

    fn save(&self, path: &Path, tags: &[NamedTags]) {
        let saved = guarded(|| {
            panic_for_test("saving");
            check_apart_from_cache(path, &self.cache.path())
                .map_err(|what| format!("The tags were not saved: that file {what}; choose another one."))?;
            save_tags(path, tags).map_err(|error| {
                format!("The tags were not saved to {}: {error}; choose another file.", path.display())
            })
        });
        let filed = || Message::TagsFiled { accounts: tags.len(), path: path.to_owned() };
        self.tell(saved.map_or_else(Message::Failed, |()| filed()));
    }
}

impl Drop for Tagger {
    fn drop(&mut self) {
        let Err(reason) = self.write_all() else { return };
        let kept: Vec<_> = self.waiting.drain(..).map(|write| write.tags).collect();
        let said = match guarded(|| Ok(rescue(&self.rescue, &kept))) {
            Ok(Some(file)) => {
                let file = file.display();
                format!(
                    "tags were not saved: {reason}. They are in {file}; bring them in with `bot-tui tag --from {file}`"
                )
            }
            Ok(None) | Err(_) => format!("tags were not saved: {reason}"),
        };
        self.unsaved.note(said);
    }
}

/// Writes tags to a new file in the folder, else in the one for temporary files.
fn rescue(folder: &Path, tags: &[NamedTags]) -> Option<PathBuf> {
    let at = tags.first().map_or(0, |tags| tags.at.0);
    let name = format!("unsaved-tags-{at}-{}.jsonl", std::process::id());
    // The folder may be there; where it cannot be made, the file cannot be either.
    let _ = std::fs::create_dir_all(folder);
    [folder.join(&name), std::env::temp_dir().join(&name)].into_iter().find(|file| save_tags(file, tags).is_ok())
}

fn write_tags(
    store: &mut Store,
    write: &TagWrite,
    numbers: &mut HashMap<BatchKey, u64>,
) -> Result<(Appended, Seen), StoreError> {
    let number = |key: BatchKey| match key {
        BatchKey::Logged(number) => Some(number),
        BatchKey::Pending(_) => numbers.get(&key).copied(),
    };
    let kind = match write.kind {
        TagWriteKind::Apply(_) => Some(TagBatchKind::Apply),
        TagWriteKind::Undo(key) => number(key).map(|number| TagBatchKind::Undo { number }),
        TagWriteKind::Redo(key) => number(key).map(|number| TagBatchKind::Redo { number }),
    };
    let appended = match kind {
        Some(kind) => store.append_tags(
            kind,
            TagSource::Interface,
            write.tags.basis.as_deref(),
            write.tags.at,
            &write.tags.changes,
        ),
        // An action that changed nothing, since another program had done the same before, has no number.
        None => {
            let differing = write.tags.changes.iter().map(|change| change.account.clone()).collect();
            Ok(Appended { number: None, differing })
        }
    };
    let appended = appended?;
    if let (TagWriteKind::Apply(key), Some(number)) = (write.kind, appended.number) {
        numbers.insert(key, number);
    }
    let seen = seen(store);
    // What is written is written, whether or not the rest can be read.
    Ok((appended, seen.unwrap_or_default()))
}

/// How far the cache is.
pub(super) fn seen(store: &Store) -> Result<Seen, StoreError> {
    Ok(Seen { data: store.data_version()?, tags: store.last_action()? })
}
