//! Where something that is to be written really lies.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Symbolic links that are followed one after the other; more are a loop.
const LINKS: usize = 40;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, or the place where one can be made.
    File(PathBuf),
    /// A device, a pipe, or something that is open already, such as `/dev/stdout`: it is written into and never replaced.
    Stream(PathBuf),
}

/// Follows the symbolic links of `path`, also to a file that is not there yet.
///
/// # Errors
/// Fails where the path leads to a folder, in a circle, or where the user may not look.
pub fn place_of(path: &Path) -> io::Result<Place> {
    let mut place = path.to_owned();
    for _ in 0..LINKS {
        if is_open_already(&place) {
            return Ok(Place::Stream(place));
        }
        match fs::symlink_metadata(&place) {
            Ok(data) if data.is_symlink() => {
                let to = fs::read_link(&place)?;
                place = place.parent().unwrap_or(Path::new("")).join(to);
            }
            Ok(data) if data.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
            Ok(data) if data.is_file() => return Ok(Place::File(place)),
            Ok(_) => return Ok(Place::Stream(place)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Place::File(place)),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("its symbolic links lead in a circle"))
}

/// Whether a path names what a process has open, which may be a file that others write too.
fn is_open_already(path: &Path) -> bool {
    let of_a_process = |rest: &Path| rest.components().nth(1).is_some_and(|part| part.as_os_str() == "fd");
    ["/dev/stdin", "/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name))
        || path.starts_with("/dev/fd")
        || path.strip_prefix("/proc").is_ok_and(of_a_process)
}
