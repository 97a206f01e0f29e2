//! Ways to a cache: made, opened to be written, or only read where that is all that can be had.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use url::Url;

use super::copy::Copy;
use super::place::{make_private, real_path, tighten};
use super::presence::{Identity, Seen};
use super::schema::Progress;
use super::{Store, StoreError, schema, tags};

/// How often a cache is opened anew that is replaced while it is being opened.
const TRIES: u32 = 3;

/// What a cache is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To be read. It must be there; where it cannot be written, it is read all the same.
    Read,
    /// To be written. It must be there.
    Write,
    /// To be written; made where there is none.
    Create,
    /// To be worked on: made where there is none, and only read where it cannot be written.
    Work,
}

impl Access {
    const fn makes(self) -> bool {
        matches!(self, Self::Create | Self::Work)
    }

    const fn may_only_read(self) -> bool {
        matches!(self, Self::Read | Self::Work)
    }
}

/// The file of an open cache, from which further connections come: never to another file that lies there by now.
#[derive(Debug, Clone)]
pub struct CacheFile(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    seen: Seen,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Writable,
    /// Why it cannot be written.
    ReadOnly(String),
    /// What is read is a copy, since SQLite cannot read the file where it lies without writing beside it.
    Copied(String, Copy),
}

impl CacheFile {
    /// Where the cache lies, whatever links lead there.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// A further connection to this file.
    ///
    /// # Errors
    /// Fails where it cannot be opened, is gone, or where another file lies in its place.
    pub fn connect(&self) -> Result<Store, StoreError> {
        self.seen().check(self.path())?;
        if let Way::Copied(_, copy) = &self.0.way {
            let connection = copy.connect(&|_| {})?;
            return Ok(Store::with(connection, self.clone()));
        }
        let store = open_file(self.path(), Access::Read, &|_| {})?;
        self.seen().check(self.path())?;
        Ok(store)
    }

    pub(super) fn seen(&self) -> &Seen {
        &self.0.seen
    }

    /// Why it cannot be written; `None` where it can.
    pub(super) fn read_only(&self) -> Option<&str> {
        match &self.0.way {
            Way::Writable => None,
            Way::ReadOnly(reason) | Way::Copied(reason, _) => Some(reason),
        }
    }

    pub(super) fn is_copied(&self) -> bool {
        matches!(self.0.way, Way::Copied(..))
    }
}

#[cfg(unix)]
fn has_other_names(data: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(data) > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &std::fs::Metadata) -> bool {
    false
}

impl Store {
    /// Opens the cache at `path` to be written, making or migrating it.
    ///
    /// # Errors
    /// Fails where the file cannot be used, is something else than a cache, or was made by a newer version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_for(path, Access::Create)
    }

    /// Opens the cache at `path`. A path is always that of a file, whatever SQLite would make of it.
    ///
    /// # Errors
    /// Fails where the file cannot be used as asked for, is something else than a cache, or was made by a newer version;
    /// and where there is none, unless it is to be made.
    pub fn open_for(path: &Path, access: Access) -> Result<Self, StoreError> {
        Self::open_with_progress(path, access, &|_| {})
    }

    /// The same; `progress` is called now and then with how much is done, from 0 to 1, where the cache is one of an earlier
    /// version and bringing it over takes long.
    ///
    /// # Errors
    /// As [`Store::open_for`].
    pub fn open_with_progress(path: &Path, access: Access, progress: &dyn Fn(f32)) -> Result<Self, StoreError> {
        let path = real_path(path).map_err(|error| unusable(path, &error))?;
        if path.is_dir() {
            return Err(unusable(&path, &"it is a folder"));
        }
        if access.makes() {
            make(&path)?;
        }
        match std::fs::metadata(&path) {
            Ok(data) if !data.is_file() => return Err(unusable(&path, &"it is no ordinary file")),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unusable(&path, &error)),
            Err(_) => return Err(StoreError::Missing { path }),
            // SQLite keeps what was written last beside each name, so that each would lack what came by the other.
            Ok(data) if access != Access::Read && has_other_names(&data) => {
                return Err(unusable(
                    &path,
                    &"the file has another name (a hard link); remove that one, or make a copy",
                ));
            }
            Ok(_) => {}
        }
        let store = open_file(&path, access, progress)?;
        if store.read_only().is_none() {
            // Where they have to wait on, whoever asks for tags is told of them all the same.
            let _ = tags::take_in_waiting(&store.connection, &path);
        }
        Ok(store)
    }

    /// A cache that is gone when it is dropped.
    ///
    /// # Errors
    /// Fails where SQLite does.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        schema::prepare(&mut connection, Path::new(":memory:"), true, &|_| {})?;
        Ok(Self {
            connection,
            path: None,
            file: None,
            held: Default::default(),
            wal: None,
            lost_links: Default::default(),
        })
    }

    fn with(connection: Connection, file: CacheFile) -> Self {
        let wal = file.read_only().is_none().then(|| Identity::read(&beside(file.path(), "-wal")).ok()).flatten();
        let path = Some(file.path().to_owned());
        Self { connection, path, file: Some(file), held: Default::default(), wal, lost_links: Default::default() }
    }

    /// The file of the cache, for further connections; none where it lies in memory.
    #[must_use]
    pub const fn file(&self) -> Option<&CacheFile> {
        self.file.as_ref()
    }

    /// Why the cache can only be read, for example since it lies on a medium that cannot be written; `None` where it can
    /// be written.
    #[must_use]
    pub fn read_only(&self) -> Option<&str> {
        self.file.as_ref().and_then(CacheFile::read_only)
    }

    /// Whether a copy of the cache is read, as it was when it was opened.
    #[must_use]
    pub fn is_copied(&self) -> bool {
        self.file.as_ref().is_some_and(CacheFile::is_copied)
    }
}

fn make(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all).map_err(|error| unusable(path, &error))?;
    make_private(path).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, reason: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), reason: reason.to_string() }
}

/// A file that SQLite keeps beside a cache.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Whether a cache that failed like this may still be read.
fn forbids_writing(error: &StoreError) -> bool {
    use ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    match error {
        StoreError::DiskFull(_) | StoreError::ReadOnly { .. } => true,
        StoreError::Sqlite(error) => {
            matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly))
        }
        _ => false,
    }
}

/// Why a cache cannot be written, in a few words.
fn reason(error: &StoreError) -> String {
    match error {
        StoreError::ReadOnly { reason, .. } => reason.clone(),
        StoreError::DiskFull(_) => "the disk is full, or fails".to_owned(),
        _ => "its folder cannot be written".to_owned(),
    }
}

/// SQLite takes no file for something else where its path begins with a slash: it reads `file:` and `:memory:` otherwise.
fn flags(flags: OpenFlags) -> OpenFlags {
    flags | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Opens a file that is there.
fn open_file(path: &Path, access: Access, progress: Progress<'_>) -> Result<Store, StoreError> {
    match open_writable(path, access, progress) {
        Err(error) if forbids_writing(&error) && access.may_only_read() => open_read_only(path, &error, progress),
        Err(error) if forbids_writing(&error) && !matches!(error, StoreError::DiskFull(_)) => {
            Err(StoreError::ReadOnly { path: path.to_owned(), reason: reason(&error) })
        }
        opened => opened,
    }
}

fn open_writable(path: &Path, access: Access, progress: Progress<'_>) -> Result<Store, StoreError> {
    let mut tries = 0;
    loop {
        let seen = Seen::read(path)?;
        let mut connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        if connection.is_readonly(MAIN_DB)? {
            let reason = "the file cannot be written, by its permissions or since its disk is read-only".to_owned();
            return Err(StoreError::ReadOnly { path: path.to_owned(), reason });
        }
        schema::prepare(&mut connection, path, access.makes(), progress)?;
        tighten(path);
        tries += 1;
        match seen.check(path) {
            Err(_) if tries < TRIES => {}
            Err(error) => return Err(error),
            Ok(()) => return Ok(Store::with(connection, CacheFile::new(path, seen, Way::Writable))),
        }
    }
}

impl CacheFile {
    fn new(path: &Path, seen: Seen, way: Way) -> Self {
        Self(Arc::new(Inner { path: path.to_owned(), seen, way }))
    }
}

/// Opens a cache to be read that cannot be opened otherwise for the reason that `error` tells.
fn open_read_only(path: &Path, error: &StoreError, progress: Progress<'_>) -> Result<Store, StoreError> {
    let reason = reason(error);
    let seen = Seen::read(path)?;
    let as_it_lies = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY));
    let mut opened = as_it_lies.map_err(StoreError::from).and_then(|connection| readable(connection, path));
    if opened.as_ref().is_err_and(forbids_writing) && !waits(&beside(path, "-wal")) {
        opened = unchanging(path).and_then(|connection| readable(connection, path));
    }
    let connection = match opened {
        Ok(Some(connection)) => connection,
        // It is of an earlier version, or the rest of a program that was killed lies beside it.
        Ok(None) => return open_copy(path, seen, reason, progress),
        Err(error) if forbids_writing(&error) => return open_copy(path, seen, reason, progress),
        Err(error) => return Err(error),
    };
    Ok(Store::with(connection, CacheFile::new(path, seen, Way::ReadOnly(reason))))
}

/// The connection, ready to be read; `None` where its tables are those of an earlier version.
fn readable(connection: Connection, path: &Path) -> Result<Option<Connection>, StoreError> {
    Ok(schema::prepare_reading(&connection, path)?.then_some(connection))
}

/// Whether something is in a file.
fn waits(path: &Path) -> bool {
    std::fs::metadata(path).map_or_else(|error| error.kind() != io::ErrorKind::NotFound, |data| data.len() > 0)
}

/// A connection that writes nothing beside the file, not even to tell others that it reads. It would pass over what is in
/// the `-wal` file.
pub(super) fn unchanging(path: &Path) -> Result<Connection, StoreError> {
    let mut address = Url::from_file_path(path).map_err(|()| unusable(path, &"its path cannot be written down"))?;
    address.set_query(Some("mode=ro&immutable=1"));
    let wanted = flags(OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI);
    Ok(Connection::open_with_flags(address.as_str(), wanted)?)
}

fn open_copy(path: &Path, seen: Seen, reason: String, progress: Progress<'_>) -> Result<Store, StoreError> {
    let copy = Copy::make(path)?;
    let connection = copy.connect(progress)?;
    Ok(Store::with(connection, CacheFile::new(path, seen, Way::Copied(reason, copy))))
}
