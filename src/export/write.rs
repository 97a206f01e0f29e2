//! Whole files or none: an export is written beside its place and moved there when it is complete.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{TaggedAccounts, to_json};
use crate::store::StoreError;

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
    /// The file cannot be written.
    #[error("cannot write {path}: {reason}; choose another place")]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// Writes `document` to a file that is not there yet.
///
/// # Errors
/// Fails where the file exists or cannot be written; what was there stays.
pub fn write_new(path: &Path, document: &TaggedAccounts) -> Result<(), ExportError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(ExportError::Exists(path.to_owned()));
    }
    let text = to_json(document)?;
    let file = prepare(path, |file| file.write_all(&text))?;
    make_durable(path, &file)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Err(ExportError::Exists(path.to_owned())),
        Err(failed) => Err(ExportError::Write { path: path.to_owned(), reason: failed.error }),
    }
}

/// Writes `document` to a file, in place of one that may be there.
///
/// # Errors
/// Fails where the file cannot be written; what was there stays.
pub fn write_replacing(path: &Path, document: &TaggedAccounts) -> Result<(), ExportError> {
    let text = to_json(document)?;
    let Some(path) = &place(path)? else { return pour(path, |out| out.write_all(&text)) };
    let file = prepare(path, |file| file.write_all(&text))?;
    make_durable(path, &file)?;
    persist(path, file)
}

/// Puts a file in place of one that may be there, once `fill` has written all of it.
///
/// # Errors
/// Fails where the file cannot be written; what was there stays.
pub fn replace_file(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<(), ExportError> {
    match &place(path)? {
        Some(path) => persist(path, prepare(path, fill)?),
        None => pour(path, fill),
    }
}

/// Where the file itself lies, behind any symbolic links; `None` for a device or a pipe, which is nothing to replace.
fn place(path: &Path) -> Result<Option<PathBuf>, ExportError> {
    let failed = |reason| ExportError::Write { path: path.to_owned(), reason };
    match fs::metadata(path) {
        Ok(data) if data.is_file() => fs::canonicalize(path).map(Some).map_err(failed),
        Ok(data) if data.is_dir() => Err(failed(io::Error::from(io::ErrorKind::IsADirectory))),
        Ok(_) => Ok(None),
        Err(_) => Ok(Some(path.to_owned())),
    }
}

/// Writes into what is there.
fn pour(path: &Path, fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), ExportError> {
    let poured = fs::OpenOptions::new().write(true).open(path).map(BufWriter::new).and_then(|mut out| {
        fill(&mut out)?;
        out.flush()
    });
    poured.map_err(|reason| ExportError::Write { path: path.to_owned(), reason })
}

fn persist(path: &Path, file: NamedTempFile) -> Result<(), ExportError> {
    file.persist(path).map_err(|failed| ExportError::Write { path: path.to_owned(), reason: failed.error })?;
    Ok(())
}

/// Waits until the disk has the file: what a person judged must outlive a loss of power. What can be computed again
/// need not wait.
fn make_durable(path: &Path, file: &NamedTempFile) -> Result<(), ExportError> {
    file.as_file().sync_all().map_err(|reason| ExportError::Write { path: path.to_owned(), reason })
}

fn prepare(
    path: &Path,
    fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<NamedTempFile, ExportError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = NamedTempFile::new_in(folder).and_then(|mut file| {
        fill(&mut file)?;
        Ok(file)
    });
    written.map_err(|reason| ExportError::Write { path: path.to_owned(), reason })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, symlink};

    #[test]
    fn devices_and_links_stay_what_they_are() {
        let fill = |out: &mut (dyn Write + Send)| out.write_all(b"new");
        replace_file(Path::new("/dev/null"), fill).unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        replace_file(&link, fill).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(replace_file(folder.path(), fill).is_err());
    }

    #[test]
    fn what_fails_half_way_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        let fails = |out: &mut (dyn Write + Send)| {
            out.write_all(b"ne")?;
            Err(io::Error::other("no more"))
        };
        assert!(replace_file(&file, fails).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
