//! Where a cache really lies, and who may read it.

use std::io;
use std::path::{Path, PathBuf};

/// Links that are followed, as many as Linux follows.
const LINKS: u32 = 40;

/// The path of the file itself, whether or not it is there yet: absolute, and no link. SQLite takes no such path for
/// anything else than a file.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "its name is empty"));
    }
    let mut path = std::path::absolute(path)?;
    for _ in 0..LINKS {
        match std::fs::read_link(&path) {
            // What a link says counts from the folder that it lies in.
            Ok(target) => path = std::path::absolute(path.parent().unwrap_or(&path).join(target))?,
            Err(_) => return Ok(with_real_folder(path)),
        }
    }
    Err(io::Error::other("too many links lead from one to another"))
}

/// A folder that is still to be made is taken as it is named.
fn with_real_folder(path: PathBuf) -> PathBuf {
    let folder = path.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
    folder.zip(path.file_name()).map(|(folder, name)| folder.join(name)).unwrap_or(path)
}

/// Makes a new file that only its owner may read, before anything is written to it. SQLite gives its journal
/// files the same mode.
#[cfg(unix)]
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        // On a disk that is read-only even a file that is there cannot be "made".
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.exists() => Err(error),
        _ => Ok(()),
    }
}

/// Takes from others what they may do with a cache, and with what lies beside it.
#[cfg(unix)]
pub(super) fn tighten(path: &Path) {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    const OTHERS: u32 = 0o077;
    for path in ["", "-wal", "-shm", "-tags"].map(|ending| super::open::beside(path, ending)) {
        let mode = std::fs::symlink_metadata(&path).ok().filter(std::fs::Metadata::is_file);
        let mode = mode.map_or(0, |data| data.permissions().mode() & 0o777);
        if mode & OTHERS != 0 {
            // Who does not own it has no say in this.
            let _ = std::fs::set_permissions(path, Permissions::from_mode(mode & !OTHERS));
        }
    }
}

#[cfg(not(unix))]
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    std::fs::OpenOptions::new().append(true).create(true).open(path).map(drop)
}

#[cfg(not(unix))]
pub(super) fn tighten(_: &Path) {}
