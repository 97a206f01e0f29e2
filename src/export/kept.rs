//! Files that no export may overwrite: the cache, what belongs to it, and what was imported. A file is known by its
//! number on its device and by its path without links, so that no other name of it gets through.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::model::InputFile;
use crate::store::{Store, StoreError};
use crate::system::{Place, place_of};

/// What SQLite and the program put behind the name of a cache for the files that belong to it.
const COMPANIONS: [&str; 4] = ["-wal", "-shm", "-journal", "-tags"];

/// In bytes; larger files are not looked at for being one that was imported.
const LARGEST_PICTURE: u64 = 20 << 20;

/// Why a file must stay as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptFile {
    /// It is the cache.
    Cache,
    /// It belongs to the cache.
    Companion,
    /// Data were read from it.
    Input,
}

impl fmt::Display for KeptFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Cache => "is the cache itself, with your tags",
            Self::Companion => "belongs to the cache, with your tags",
            Self::Input => "is a file that was imported, which an export would overwrite",
        })
    }
}

/// What tells one file from all others, whatever it is called.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    path: Option<PathBuf>,
    number: Option<(u64, u64)>,
}

impl Identity {
    fn read(path: &Path) -> Self {
        let place = match place_of(path) {
            Ok(Place::File(place) | Place::Stream(place)) => place,
            Err(_) => path.to_owned(),
        };
        let in_its_folder = || {
            let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Some(fs::canonicalize(folder).ok()?.join(place.file_name()?))
        };
        Self { path: fs::canonicalize(&place).ok().or_else(in_its_folder), number: number(&place) }
    }

    fn is(&self, other: &Self) -> bool {
        let same = |one: bool, equal: bool| one && equal;
        same(self.path.is_some(), self.path == other.path) || same(self.number.is_some(), self.number == other.number)
    }
}

#[cfg(unix)]
fn number(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|data| (data.dev(), data.ino()))
}

#[cfg(not(unix))]
fn number(_: &Path) -> Option<(u64, u64)> {
    None
}

/// The files that must stay as they are.
#[derive(Debug, Default)]
pub(super) struct Kept {
    files: Vec<(Identity, KeptFile)>,
    /// What was imported from wherever: its bytes are known by their sum.
    imported: Vec<InputFile>,
}

impl Kept {
    /// The cache, its companions, and what was imported into it.
    pub(super) fn read(store: &Store) -> Result<Self, StoreError> {
        let mut kept = Self::default();
        if let Some(cache) = store.path() {
            kept.add_cache(cache);
        }
        for import in store.imports()? {
            kept.add(Path::new(&import.file.path), KeptFile::Input);
            kept.imported.push(import.file);
        }
        Ok(kept)
    }

    fn add_cache(&mut self, cache: &Path) {
        self.add(cache, KeptFile::Cache);
        let behind_links = fs::canonicalize(cache).ok();
        for name in behind_links.iter().map(PathBuf::as_path).chain([cache]) {
            for ending in COMPANIONS {
                let mut companion = name.as_os_str().to_owned();
                companion.push(ending);
                self.add(Path::new(&companion), KeptFile::Companion);
            }
        }
    }

    /// Keeps a further file.
    pub(super) fn add(&mut self, path: &Path, what: KeptFile) {
        self.files.push((Identity::read(path), what));
    }

    /// What the file at `path` is, if it has to stay as it is.
    pub(super) fn find(&self, path: &Path) -> Option<KeptFile> {
        let wanted = Identity::read(path);
        let found = self.files.iter().find(|(kept, _)| kept.is(&wanted)).map(|(_, what)| *what);
        found.or_else(|| self.holds_what_was_imported(path).then_some(KeptFile::Input))
    }

    /// Whether the bytes at `path` are those of an import: a path in the cache counts from the folder in which the import
    /// was made, which may be another one by now.
    fn holds_what_was_imported(&self, path: &Path) -> bool {
        let Some(data) = fs::metadata(path).ok().filter(|data| data.is_file() && data.len() > 0) else { return false };
        let mut of_that_size = self.imported.iter().filter(|file| file.bytes == data.len()).peekable();
        if of_that_size.peek().is_none() {
            return false;
        }
        sum(path).is_ok_and(|sum| of_that_size.any(|file| file.sha256 == sum))
    }
}

/// Whether the bytes at `path` are those of a picture that was imported.
pub(super) fn is_picture(path: &Path, store: &Store) -> Result<bool, StoreError> {
    let is_likely = fs::metadata(path).is_ok_and(|data| data.is_file() && (1..=LARGEST_PICTURE).contains(&data.len()));
    match is_likely.then(|| hash(path)) {
        Some(Ok(sum)) => store.has_picture(&sum),
        _ => Ok(false),
    }
}

fn sum(path: &Path) -> io::Result<String> {
    Ok(hash(path)?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn hash(path: &Path) -> io::Result<[u8; 32]> {
    let (mut file, mut hash, mut part) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut part)? {
            0 => break,
            length => hash.update(&part[..length]),
        }
    }
    Ok(hash.finalize().into())
}

/// Refuses a file of the program's own, such as a log, that is the cache or belongs to it by another name.
///
/// # Errors
/// Fails with what it is.
pub fn check_apart_from_cache(path: &Path, cache: &Path) -> Result<(), KeptFile> {
    let mut kept = Kept::default();
    kept.add_cache(cache);
    kept.find(path).map_or(Ok(()), Err)
}
