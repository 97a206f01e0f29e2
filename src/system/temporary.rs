//! Temporary files, and the list of those that are there, so that a signal that ends the program leaves none.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, TempDir};

/// Temporary files and folders of this process.
static THERE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn there() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    THERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes every temporary file and folder, and lets nobody make another one: whoever calls this ends the program.
pub(super) fn remove_all() -> impl Drop {
    let all = there();
    for path in all.iter() {
        // What cannot be removed has to stay; nobody is left to be told.
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
    all
}

/// A file beside the one whose place it may take. Dropping it removes it.
pub(super) struct TemporaryFile(Option<NamedTempFile>);

impl TemporaryFile {
    /// Makes one that only its owner may read, in the folder of `target`.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let mut there = there();
        let file = tempfile::Builder::new().prefix(".bot-tui-").tempfile_in(super::files::folder_of(target))?;
        there.insert(file.path().to_owned());
        Ok(Self(Some(file)))
    }

    /// The file itself.
    pub(super) fn file(&self) -> io::Result<&File> {
        self.0.as_ref().map(NamedTempFile::as_file).ok_or_else(|| io::Error::other("the temporary file is gone"))
    }

    /// Moves it to its place, in place of a file that may be there if that is wanted.
    pub(super) fn persist(mut self, target: &Path, replacing: bool) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        let mut there = there();
        let path = file.path().to_owned();
        let moved = if replacing { file.persist(target) } else { file.persist_noclobber(target) };
        // Where it failed, dropping the error removes the file.
        let moved = moved.map(drop).map_err(|failed| failed.error);
        there.remove(&path);
        moved
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if let Some(file) = self.0.take() {
            let mut there = there();
            there.remove(file.path());
            drop(file);
        }
    }
}

/// A folder that is gone once this is dropped, or once a signal ends the program.
#[derive(Debug)]
pub struct TemporaryFolder(Option<TempDir>, PathBuf);

impl TemporaryFolder {
    /// Makes an empty one.
    ///
    /// # Errors
    /// Fails where the system's folder for such things cannot be written.
    pub fn new() -> io::Result<Self> {
        let mut there = there();
        let folder = tempfile::Builder::new().prefix("bot-tui-").tempdir()?;
        let path = folder.path().to_owned();
        there.insert(path.clone());
        Ok(Self(Some(folder), path))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.1
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let mut there = there();
        drop(self.0.take());
        there.remove(&self.1);
    }
}
