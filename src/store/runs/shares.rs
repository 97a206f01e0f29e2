//! Who shared what when, sorted by object and account.
//!
//! A chunk is one byte, 1 where entries name posts, its clock, and then its entries: the object (as the distance from the one
//! before), the account (as the distance from the one before, where the object is the same) with a bit that says whether
//! there is a time, the time, and eight bytes that name the post.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use rayon::prelude::*;
use rusqlite::Connection;

use super::chunks::{Chunk, Chunks, Content, Emit};
use super::codec::{Clock, put, take, take_bytes, take_u32};
use super::merge::Run;
use super::seal::{Damage, Kind, begin};
use crate::model::ObjectKind;
use crate::store::StoreError;

/// Entries of a chunk: some 30 KB.
const CHUNK: usize = 4_096;

/// An account shared an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ShareEntry {
    pub object: u32,
    pub account: u32,
    /// Names the post by which it did, 0 where no export tells of deletions.
    pub post: u64,
    /// A time that is not known is later than any.
    pub at: Time,
}

/// A time in milliseconds since 1970, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

impl Time {
    const UNKNOWN: i64 = i64::MAX;

    /// The time that is known.
    pub fn known(self) -> Option<i64> {
        (self.0 != Self::UNKNOWN).then_some(self.0)
    }
}

impl Default for Time {
    fn default() -> Self {
        Self(Self::UNKNOWN)
    }
}

impl From<Option<i64>> for Time {
    fn from(at: Option<i64>) -> Self {
        Self(at.unwrap_or(Self::UNKNOWN))
    }
}

/// Sorts the entries and packs them for a run; of several times of one key the earliest stays.
pub fn pack_shares(kind: ObjectKind, entries: &mut Vec<ShareEntry>, emit: &mut Emit<'_>) -> ControlFlow<()> {
    entries.par_sort_unstable();
    entries.dedup_by_key(|entry| (entry.object, entry.account, entry.post));
    let chunk = |entries: &[ShareEntry]| {
        let content = Content::Shares(kind);
        Chunk { content, entries: entries.len(), bytes: pack(kind, entries) }
    };
    let chunks: Vec<Chunk> = entries.par_chunks(CHUNK).map(chunk).collect();
    entries.clear();
    chunks.into_iter().try_for_each(emit)
}

fn pack(kind: ObjectKind, entries: &[ShareEntry]) -> Vec<u8> {
    let with_posts = entries.iter().any(|entry| entry.post != 0);
    let mut bytes = begin(Kind::shares(kind), entries.len(), entries.len() * 8 + 1);
    bytes.push(u8::from(with_posts));
    let clock = Clock::new(entries.iter().filter_map(|entry| entry.at.known()));
    clock.put(&mut bytes);
    let (mut object, mut account) = (0, 0);
    for entry in entries {
        put(&mut bytes, u64::from(entry.object - object));
        if entry.object != object {
            account = 0;
        }
        let at = entry.at.known();
        put(&mut bytes, u64::from(entry.account - account) << 1 | u64::from(at.is_some()));
        if let Some(at) = at {
            put(&mut bytes, clock.read(at));
        }
        if with_posts {
            bytes.extend(entry.post.to_le_bytes());
        }
        (object, account) = (entry.object, entry.account);
    }
    bytes
}

/// A run at one of its entries.
#[derive(Debug)]
pub struct ShareRun<'c> {
    chunks: Chunks<'c>,
    with_posts: bool,
    clock: Clock,
    entry: ShareEntry,
}

/// Every run of a kind.
pub fn share_runs(connection: &Connection, kind: ObjectKind) -> Result<Vec<ShareRun<'_>>, StoreError> {
    let runs = Chunks::of_shares(connection, kind)?;
    Ok(runs.into_iter().map(ShareRun::new).collect())
}

impl<'c> ShareRun<'c> {
    pub fn new(chunks: Chunks<'c>) -> Self {
        Self { chunks, with_posts: false, clock: Clock::default(), entry: ShareEntry::default() }
    }

    /// The entry.
    #[inline]
    pub fn entry(&self) -> &ShareEntry {
        &self.entry
    }

    fn key(&self) -> (u32, u32, u64) {
        (self.entry.object, self.entry.account, self.entry.post)
    }

    /// What is left of the run.
    pub fn chunks(&self) -> &Chunks<'c> {
        &self.chunks
    }

    fn begin_chunk(&mut self) -> Result<(), Damage> {
        let mut rest = self.chunks.rest();
        self.with_posts = take(&mut rest)? != 0;
        self.clock = Clock::take(&mut rest)?;
        let left = rest.len();
        self.chunks.leave(left);
        self.entry = ShareEntry::default();
        Ok(())
    }

    #[inline]
    fn take_entry(&mut self) -> Result<(), Damage> {
        let mut rest = self.chunks.rest();
        let object = take_u32(&mut rest)?;
        if object != 0 {
            self.entry.object = add(self.entry.object, object)?;
            self.entry.account = 0;
        }
        let account = take(&mut rest)?;
        self.entry.account = add(self.entry.account, u32::try_from(account >> 1).map_err(|_| Damage)?)?;
        self.entry.at = Time::default();
        if account & 1 == 1 {
            self.entry.at = Time(self.clock.time(take(&mut rest)?));
        }
        if self.with_posts {
            let bytes = take_bytes(&mut rest, 8)?;
            self.entry.post = bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        }
        let left = rest.len();
        self.chunks.leave(left);
        Ok(())
    }
}

#[inline]
fn add(number: u32, distance: u32) -> Result<u32, Damage> {
    number.checked_add(distance).ok_or(Damage)
}

impl Run for ShareRun<'_> {
    #[inline]
    fn advance(&mut self) -> Result<bool, StoreError> {
        let Some(is_new) = self.chunks.next_entry()? else { return Ok(false) };
        if is_new {
            let begun = self.begin_chunk();
            self.chunks.or_damaged(begun)?;
        }
        let taken = self.take_entry();
        self.chunks.or_damaged(taken)?;
        Ok(true)
    }
}

impl Ord for ShareRun<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

impl PartialOrd for ShareRun<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ShareRun<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ShareRun<'_> {}
