//! The head that every blob of the cache has: what it is, how much it holds, and a checksum of all of it.

use crc32fast::Hasher;

use super::codec::{put, take};
use crate::model::ObjectKind;
use crate::store::StoreError;

const MAGIC: [u8; 2] = *b"bt";
/// Raised whenever what stands behind the head is written otherwise.
const VERSION: u8 = 1;
/// Magic, version, kind and checksum; the count has no fixed length.
const FIXED: usize = 8;
/// Where the checksum stands.
const CHECKSUM: std::ops::Range<usize> = 4..8;

/// What cannot be read. Who knows where it lies makes an error of it that says what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage;

impl From<Damage> for StoreError {
    fn from(_: Damage) -> Self {
        Self::Damaged
    }
}

/// What a blob holds. The numbers are stored: never renumber them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(u8);

impl Kind {
    pub const POSTS: Self = Self(1);
    pub const AUTHORS: Self = Self(2);
    pub const SIGHTS: Self = Self(3);
    pub const PRINT: Self = Self(4);
    pub const TURNED: Self = Self(5);
    pub const THUMBNAIL: Self = Self(6);
    pub const ACTIVITIES: Self = Self(7);
    pub const LINKS: Self = Self(8);

    /// Shares of objects of a kind: 64 and its number.
    pub const fn shares(kind: ObjectKind) -> Self {
        Self(64 + kind as u8)
    }
}

/// Begins a blob of so many entries; they are appended, and then it is sealed.
pub fn begin(kind: Kind, entries: usize, room: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(FIXED + 4 + room);
    bytes.extend(MAGIC);
    bytes.extend([VERSION, kind.0]);
    bytes.extend([0; CHECKSUM.end - CHECKSUM.start]);
    put(&mut bytes, entries as u64);
    bytes
}

/// Ends a blob. `place` is what must stand beside it in its row for it to mean what it does.
pub fn seal(bytes: &mut [u8], place: &[u8]) {
    let sum = checksum(bytes, place).to_le_bytes();
    if let Some(checksum) = bytes.get_mut(CHECKSUM) {
        checksum.copy_from_slice(&sum);
    }
}

/// A blob of so many entries that holds these bytes.
pub fn sealed(kind: Kind, entries: usize, content: &[u8], place: &[u8]) -> Vec<u8> {
    let mut bytes = begin(kind, entries, content.len());
    bytes.extend_from_slice(content);
    seal(&mut bytes, place);
    bytes
}

/// The number of entries of a blob and what stands behind its head. There are never more entries than bytes, so that
/// whoever makes room for them needs no more than a few times the blob.
pub fn unseal<'b>(bytes: &'b [u8], kind: Kind, place: &[u8]) -> Result<(usize, &'b [u8]), Damage> {
    let Some((head, mut rest)) = bytes.split_at_checked(FIXED) else { return Err(Damage) };
    let is_whole = head.starts_with(&MAGIC) && head[2..4] == [VERSION, kind.0];
    if !is_whole || head[CHECKSUM] != checksum(bytes, place).to_le_bytes() {
        return Err(Damage);
    }
    let entries = usize::try_from(take(&mut rest)?).map_err(|_| Damage)?;
    if entries > rest.len() {
        return Err(Damage);
    }
    Ok((entries, rest))
}

/// Whether a blob has a head: what an earlier version wrote as chunks begins with 0 or 1.
pub fn has_head(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Of everything but itself.
fn checksum(bytes: &[u8], place: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(bytes.get(..CHECKSUM.start).unwrap_or_default());
    hasher.update(bytes.get(CHECKSUM.end..).unwrap_or_default());
    hasher.update(place);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_is_written_as_documented() {
        // The checksum is that of zlib.crc32(b"bt\x01\x03" + b"\x02hello" + b"place") in Python.
        let blob = sealed(Kind::SIGHTS, 2, b"hello", b"place");
        assert_eq!(blob[..4], *b"bt\x01\x03");
        assert_eq!(blob[4..8], 0x68c7_732a_u32.to_le_bytes());
        assert_eq!(blob[8..], *b"\x02hello");
        assert_eq!(unseal(&blob, Kind::SIGHTS, b"place"), Ok((2, b"hello".as_slice())));
    }

    #[test]
    fn what_is_not_as_it_was_written_is_damage() {
        let blob = sealed(Kind::POSTS, 3, b"entries", b"place");
        assert!(unseal(&blob, Kind::POSTS, b"place").is_ok());
        assert_eq!(unseal(&blob, Kind::AUTHORS, b"place"), Err(Damage));
        assert_eq!(unseal(&blob, Kind::POSTS, b"another"), Err(Damage));
        for length in 0..blob.len() {
            assert_eq!(unseal(&blob[..length], Kind::POSTS, b"place"), Err(Damage), "cut off at {length}");
        }
        for place in 0..blob.len() {
            for bit in 0..8 {
                let mut other = blob.clone();
                other[place] ^= 1 << bit;
                assert_eq!(unseal(&other, Kind::POSTS, b"place"), Err(Damage), "byte {place}, bit {bit}");
            }
        }
        assert_eq!(unseal(&[blob, vec![0]].concat(), Kind::POSTS, b"place"), Err(Damage), "a byte more");
    }

    #[test]
    fn more_entries_than_bytes_are_damage_whatever_the_checksum() {
        let blob = sealed(Kind::POSTS, usize::MAX, b"few", b"");
        assert_eq!(unseal(&blob, Kind::POSTS, b""), Err(Damage));
    }
}
