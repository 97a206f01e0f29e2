//! From a file to what is kept of a picture, each content once.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage, imageops};
use rustc_hash::{FxHashMap, FxHashSet};
use sha2::{Digest, Sha256};

use super::decode::{Decoded, decode};
use crate::model::{AvatarRecord, PackedThumbnail, Thumbnail};
use crate::pdq::{Fingerprint, fingerprint};

const LARGEST_FILE: u64 = 20 << 20;
/// Pixels across and down of the copy that is drawn, at the most.
const THUMBNAIL: u16 = 96;
/// JPEG quality of that copy.
const QUALITY: u8 = 85;

/// SHA-256 of the file's bytes.
type Content = [u8; 32];
/// What a file holds, or why it cannot be read.
pub(super) type Picture = Result<Content, String>;

/// Reads pictures on many threads at once.
#[derive(Debug)]
pub(super) struct Reader {
    state: Mutex<State>,
    /// Large pictures wait for each other, so that memory does not grow with the number of threads.
    large: Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    /// What is in the cache, or is being decoded by some thread.
    known: FxHashSet<Content>,
    decoded: FxHashMap<Content, AvatarRecord>,
    failed: FxHashMap<Content, String>,
    moving: FxHashSet<Content>,
}

impl Reader {
    /// A reader that does not decode what is `known`.
    pub fn new(known: FxHashSet<Content>) -> Self {
        Self { state: Mutex::new(State { known, ..State::default() }), large: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is made in one step, so what a thread that panicked left is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a file, and decodes it where no other of the same content was.
    pub fn read(&self, path: &Path) -> Picture {
        let bytes = read_bounded(path)?;
        let sha256: Content = Sha256::digest(&bytes).into();
        if self.state().known.insert(sha256) {
            // A fault of a decoder on one hostile file must not end the import of all the others.
            let decoded = catch_unwind(AssertUnwindSafe(|| self.decode(sha256, &bytes)))
                .unwrap_or_else(|_| Err("it makes the decoder fail".to_owned()));
            self.put(sha256, decoded);
        }
        Ok(sha256)
    }

    fn decode(&self, sha256: Content, bytes: &[u8]) -> Result<(AvatarRecord, bool), String> {
        let decoded = decode(bytes, &self.large)?;
        let moves = decoded.moves;
        Ok((record(sha256, decoded)?, moves))
    }

    fn put(&self, sha256: Content, decoded: Result<(AvatarRecord, bool), String>) {
        let mut state = self.state();
        match decoded {
            Ok((record, moves)) => {
                state.decoded.insert(sha256, record);
                if moves {
                    state.moving.insert(sha256);
                }
            }
            Err(reason) => {
                state.failed.insert(sha256, reason);
            }
        }
    }

    /// What was decoded, for whoever asks first.
    pub fn take(&self, sha256: &Content) -> Option<AvatarRecord> {
        self.state().decoded.remove(sha256)
    }

    /// Why this content cannot be decoded, if so.
    pub fn failure(&self, sha256: &Content) -> Option<String> {
        self.state().failed.get(sha256).cloned()
    }

    /// Whether this content, where it was decoded now, is the first of several frames.
    pub fn moves(&self, sha256: &Content) -> bool {
        self.state().moving.contains(sha256)
    }
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    match bytes.len() as u64 {
        0 => Err("it is empty".to_owned()),
        length if length > LARGEST_FILE => Err(format!("it is larger than {} MiB", LARGEST_FILE >> 20)),
        _ => Ok(bytes),
    }
}

fn record(sha256: Content, decoded: Decoded) -> Result<AvatarRecord, String> {
    let Decoded { pixels, width, height, .. } = decoded;
    let Fingerprint { hash: pdq, quality, turned } = fingerprint(&pixels);
    Ok(AvatarRecord { sha256, pdq, quality, turned, width, height, thumbnail: thumbnail(pixels)? })
}

/// The square in the middle, made small.
fn thumbnail(pixels: RgbImage) -> Result<PackedThumbnail, String> {
    let (width, height) = pixels.dimensions();
    let side = width.min(height);
    let square = match width == height {
        true => pixels,
        false => imageops::crop_imm(&pixels, (width - side) / 2, (height - side) / 2, side, side).to_image(),
    };
    let side = u16::try_from(side).map_err(|error| error.to_string())?;
    let Thumbnail { width, height, rgb } =
        Thumbnail { width: side, height: side, rgb: square.into_raw() }.reduced(THUMBNAIL);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode(&rgb, width.into(), height.into(), ExtendedColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(PackedThumbnail { width, height, jpeg })
}
