//! Whole files or none: a file is written beside its place and moved there when it is complete and on disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::place::{Place, place_of};
use super::temporary::TemporaryFile;

/// What writes the content of a file.
pub type Fill<'a> = &'a mut (dyn Write + Send);

/// Puts a file in place of one that may be there, once `fill` has written all of it. Symbolic links are followed, the
/// file that was there gives its mode and as far as possible its owner; what is a device or a pipe is written into. When
/// this returns, a loss of power takes nothing away.
///
/// # Errors
/// Fails where the file cannot be written; what was there stays.
pub fn replace_file(path: &Path, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> io::Result<()> {
    match place_of(path)? {
        Place::Stream(path) => pour(&path, fill),
        Place::File(path) => {
            let written = prepare(&path, fill)?;
            take_after(written.file()?, &path)?;
            settle(written, &path, true)
        }
    }
}

/// Makes a file that is not there yet, once `fill` has written all of it.
///
/// # Errors
/// Fails with `AlreadyExists` where something is there, be it a symbolic link that leads nowhere, or where the file cannot
/// be written.
pub fn create_file(path: &Path, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists));
    }
    settle(prepare(path, fill)?, path, false)
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes into what is there. A file that somebody has open already is written on at its end.
fn pour(path: &Path, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> io::Result<()> {
    let append = fs::metadata(path).is_ok_and(|data| data.is_file());
    let mut out = BufWriter::new(OpenOptions::new().write(true).append(append).open(path)?);
    fill(&mut out)?;
    out.flush()
}

fn prepare(path: &Path, fill: impl FnOnce(Fill<'_>) -> io::Result<()>) -> io::Result<TemporaryFile> {
    let written = TemporaryFile::beside(path)?;
    let mut out = BufWriter::new(written.file()?);
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(written)
}

/// Waits until the disk has the file, and then until it has the name.
fn settle(written: TemporaryFile, path: &Path, replacing: bool) -> io::Result<()> {
    written.file()?.sync_all()?;
    step("file on disk");
    written.persist(path, replacing)?;
    step("file in place");
    sync_folder(folder_of(path))
}

/// Waits until the disk has the names in a folder.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    step("folder on disk");
    match synced {
        // A folder that may be written and not read, and file systems that keep names by other means.
        Err(error) if matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Gives a new file the mode and the owner of the one whose place it takes.
#[cfg(unix)]
fn take_after(new: &File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(old) = fs::metadata(path) else { return Ok(()) };
    let own = new.metadata()?;
    let mut mode = old.mode() & 0o777;
    if own.uid() != old.uid() {
        // Only the system's administrator may do that; to others the file belongs from now on.
        let _ = fchown(new, Some(old.uid()), None);
    }
    if own.gid() != old.gid() && fchown(new, None, Some(old.gid())).is_err() {
        // Another group must not get what the old one was allowed.
        mode &= !0o070;
    }
    new.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
fn take_after(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
thread_local! {
    /// What this thread did for durability, in its order.
    static STEPS: std::cell::RefCell<Vec<&'static str>> = const { std::cell::RefCell::new(Vec::new()) };
}

#[cfg(test)]
fn step(done: &'static str) {
    STEPS.with_borrow_mut(|steps| steps.push(done));
}

#[cfg(not(test))]
fn step(_: &'static str) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::path::PathBuf;

    fn fill(out: Fill<'_>) -> io::Result<()> {
        out.write_all(b"new")
    }

    #[test]
    fn devices_and_links_stay_what_they_are() {
        replace_file(Path::new("/dev/null"), fill).unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink("file", &link).unwrap();
        replace_file(&link, fill).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(replace_file(folder.path(), fill).is_err());
    }

    #[test]
    fn a_link_that_leads_nowhere_is_followed_and_a_circle_refused() {
        let folder = tempfile::tempdir().unwrap();
        let far = folder.path().join("far");
        fs::create_dir(&far).unwrap();
        let (link, second) = (folder.path().join("link"), folder.path().join("second"));
        symlink("second", &link).unwrap();
        symlink("far/file", &second).unwrap();
        assert_eq!(create_file(&link, fill).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        replace_file(&link, fill).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::symlink_metadata(&second).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(far.join("file")).unwrap(), "new");
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        symlink("one", &other).unwrap();
        symlink("other", &one).unwrap();
        assert!(replace_file(&one, fill).unwrap_err().to_string().contains("circle"));
        let nowhere = folder.path().join("nowhere");
        symlink("no/such/folder", &nowhere).unwrap();
        assert!(replace_file(&nowhere, fill).is_err());
        assert!(fs::symlink_metadata(&nowhere).unwrap().is_symlink());
    }

    #[test]
    fn a_file_that_is_replaced_keeps_its_mode_and_a_new_one_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        replace_file(&file, fill).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode(&file), 0o600);
        for wanted in [0o644, 0o664, 0o640, 0o400] {
            fs::set_permissions(&file, fs::Permissions::from_mode(wanted)).unwrap();
            replace_file(&file, fill).unwrap();
            assert_eq!(mode(&file), wanted);
        }
    }

    #[test]
    fn an_administrator_leaves_a_file_to_its_owner() {
        use std::os::unix::fs::{MetadataExt, chown};
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        if chown(&file, Some(1_234), Some(2_345)).is_err() {
            println!("skipped: only an administrator can give files away");
            return;
        }
        replace_file(&file, fill).unwrap();
        let data = fs::metadata(&file).unwrap();
        assert_eq!((data.uid(), data.gid()), (1_234, 2_345));
    }

    #[test]
    fn what_fails_half_way_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        let fails = |out: Fill<'_>| {
            out.write_all(b"ne")?;
            Err(io::Error::other("no more"))
        };
        assert!(replace_file(&file, fails).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert!(create_file(&file, fill).is_err());
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        assert_eq!(names.collect::<Vec<_>>(), [file]);
    }

    #[test]
    fn a_file_is_on_disk_before_its_name_and_its_name_before_anybody_hears_of_it() {
        let folder = tempfile::tempdir().unwrap();
        STEPS.take();
        replace_file(&folder.path().join("one"), fill).unwrap();
        create_file(&folder.path().join("two"), fill).unwrap();
        let once = ["file on disk", "file in place", "folder on disk"];
        assert_eq!(STEPS.take(), [once, once].concat());
    }

    #[test]
    fn what_is_open_already_is_written_on_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "old ").unwrap();
        let open = File::open(&path).unwrap();
        use std::os::fd::AsRawFd;
        let as_open = PathBuf::from(format!("/dev/fd/{}", open.as_raw_fd()));
        replace_file(&as_open, fill).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old new");
    }
}
