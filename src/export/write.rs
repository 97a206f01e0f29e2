//! Where an export goes, and why it may not go there.

use std::io;
use std::path::{Path, PathBuf};

use super::kept::{Kept, KeptFile, is_picture};
use crate::store::{Store, StoreError};
use crate::system::{Fill, create_file, replace_file};

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The cache could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value has no JSON form.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file is there already.
    #[error("{0} is there already; choose another name")]
    Exists(PathBuf),
    /// The file is one that the program needs as it is.
    #[error("{path} {what}; choose another name")]
    Kept {
        /// Which file.
        path: PathBuf,
        /// What it is.
        what: KeptFile,
    },
    /// The file cannot be written.
    #[error("cannot write {path}: {reason}; choose another place")]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// A place for an export that is neither the cache nor an input, by whatever name it is called.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    kept: Kept,
}

impl Output {
    /// Checks `path` against the cache, what belongs to it, and the files that were imported into it.
    ///
    /// # Errors
    /// Fails where `path` is one of these, or the cache cannot be read.
    pub fn to(path: &Path, store: &Store) -> Result<Self, ExportError> {
        let mut kept = Kept::read(store)?;
        if is_picture(path, store)? {
            kept.add(path, KeptFile::Input);
        }
        let output = Self { path: path.to_owned(), kept };
        output.check().map(|()| output)
    }

    /// Checks it against further files too.
    ///
    /// # Errors
    /// Fails where it is one of `inputs`.
    pub fn apart_from<'a>(mut self, inputs: impl IntoIterator<Item = &'a Path>) -> Result<Self, ExportError> {
        inputs.into_iter().for_each(|input| self.kept.add(input, KeptFile::Input));
        self.check().map(|()| self)
    }

    /// As the user named it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn check(&self) -> Result<(), ExportError> {
        let failed = |what| ExportError::Kept { path: self.path.clone(), what };
        self.kept.find(&self.path).map_or(Ok(()), |what| Err(failed(what)))
    }

    /// Writes a file, in place of one that may be there, once `fill` has written all of it.
    ///
    /// # Errors
    /// Fails where the file cannot be written; what was there stays.
    pub fn replace(&self, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> Result<(), ExportError> {
        self.check()?;
        replace_file(&self.path, fill).map_err(|reason| ExportError::Write { path: self.path.clone(), reason })
    }

    /// Writes a file that is not there yet, once `fill` has written all of it.
    ///
    /// # Errors
    /// Fails where the file exists or cannot be written; what was there stays.
    pub fn create(&self, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> Result<(), ExportError> {
        self.check()?;
        create_file(&self.path, fill).map_err(|reason| match reason.kind() {
            io::ErrorKind::AlreadyExists => ExportError::Exists(self.path.clone()),
            _ => ExportError::Write { path: self.path.clone(), reason },
        })
    }
}
