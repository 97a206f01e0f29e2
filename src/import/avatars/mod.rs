//! Pictures: read, fingerprinted and made small, many at once.
//!
//! Words of this room: *wanted*, an account and the file of its picture; *content*, the hash of a file's bytes, by which equal
//! ones are known; *moves*, has several frames, of which the first is read; *ground*, the grey behind what is transparent;
//! *large*, of so many pixels that one is decoded at a time.

mod chunks;
mod decode;
mod place;
mod read;

#[cfg(test)]
mod tests;

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{ImportError, ImportProgress, ImportSummary};
use crate::model::AccountId;
use crate::store::ImportSession;
pub(super) use place::{find_in_folder, resolve};
use read::{Picture, Reader};

/// Pictures that are read at once, while as many are written.
const CHUNK: usize = 256;

/// An account and the picture that it carries.
pub(super) type Wanted = (AccountId, PathBuf);

/// Reads the pictures and gives them to their accounts. What cannot be read is said in the summary. Bytes that are
/// known already, from another file or an earlier import, are not decoded again.
pub(super) fn attach(
    session: &mut ImportSession<'_>,
    mut wanted: Vec<Wanted>,
    summary: &mut ImportSummary,
    progress: &dyn ImportProgress,
) -> Result<(), ImportError> {
    if wanted.is_empty() {
        return Ok(());
    }
    // Accounts that name the same file stand together, so that it is read once.
    wanted.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    let groups: Vec<&[Wanted]> = wanted.chunk_by(|a, b| a.1 == b.1).collect();
    let reader = Reader::new(session.known_pictures()?);
    let read = |chunk: &[&[Wanted]]| chunk.par_iter().map(|group| reader.read(&group[0].1)).collect::<Vec<Picture>>();
    let mut chunks = groups.chunks(CHUNK).peekable();
    let mut pictures = chunks.peek().map(|first| read(first)).unwrap_or_default();
    let mut done = 0;
    while let Some(chunk) = chunks.next() {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        // What comes next is read while this is written: the cache takes one at a time, and decoding takes longer.
        pictures = thread::scope(|scope| {
            let next = chunks.peek().map(|&next| scope.spawn(|| read(next)));
            let written = write(session, chunk, &pictures, &reader, summary);
            let next = next.map(|next| next.join().unwrap_or_else(|panic| resume_unwind(panic)));
            written.map(|()| next.unwrap_or_default())
        })?;
        done += chunk.len();
        progress.pictures(done, groups.len());
    }
    Ok(())
}

/// Writes the pictures of a chunk in the order of their files, whichever of equal ones was decoded first.
fn write(
    session: &mut ImportSession<'_>,
    chunk: &[&[Wanted]],
    pictures: &[Picture],
    reader: &Reader,
    summary: &mut ImportSummary,
) -> Result<(), ImportError> {
    let decoded = |picture: &Picture| picture.as_ref().ok().and_then(|sha256| reader.take(sha256));
    let mut written = FxHashSet::default();
    for picture in pictures {
        if let Some(record) = decoded(picture)
            && written.insert(record.sha256)
        {
            session.picture(&record)?;
        }
    }
    for (group, picture) in chunk.iter().zip(pictures) {
        let known = picture.clone().and_then(|sha256| reader.failure(&sha256).map_or(Ok(sha256), Err));
        match known {
            Ok(sha256) => {
                summary.pictures += 1;
                summary.moving_pictures += u64::from(reader.moves(&sha256));
                for (account, _) in *group {
                    session.carries(*account, &sha256)?;
                }
            }
            Err(reason) => summary.skipped_pictures.push((group[0].1.clone(), reason)),
        }
    }
    Ok(())
}
