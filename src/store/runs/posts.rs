//! Posts, sorted by the ids that their platform gave them.
//!
//! A chunk is one byte, 1 where entries name what posts shared, its clock, and then its entries: what follows (the bits
//! below), the id (how many bytes it has in common with the one before, how many follow, and those), the author, and, each
//! where it is known, the time, the text (its length before it), the language, the program, and what it shared.

use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use rayon::prelude::*;
use rusqlite::Connection;

use super::authors::{Authors, SPAN, chunks_of};
use super::chunks::{Chunk, Chunks, Content, Emit};
use super::codec::{Clock, put, take, take_bytes, take_u32};
use super::merge::Run;
use super::seal::{Damage, Kind, begin};
use super::targets::take_targets;
use crate::model::dense;
use crate::store::StoreError;

/// Entries of a chunk: some 20 KB without text.
const CHUNK: usize = 1_024;

/// A post as an import tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostEntry<'p> {
    pub id: &'p str,
    pub account: u32,
    pub at: Option<i64>,
    pub text: Option<&'p str>,
    /// Word of its language, 0 where it is not known.
    pub language: u32,
    /// Word of its program, 0 where it is not known.
    pub client: u32,
    /// It is a retweet without a word of its own; an earlier version did not say so of any.
    pub retweet: bool,
    /// What it shared, packed; blank where that is nothing, `None` where an earlier version did not say.
    pub targets: Option<&'p [u8]>,
}

/// Packs entries, which are sorted by id and have each only once for an author, for a run, and which of them are whose. They
/// are asked for by their number.
pub fn pack_posts<'p>(
    count: usize,
    entry: &(dyn Fn(usize) -> PostEntry<'p> + Sync),
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let starts: Vec<usize> = (0..count).step_by(CHUNK).collect();
    let (mut authors, mut first) = (Authors::default(), 0);
    // So few chunks at once that they do not take as much room again as what they hold.
    for starts in starts.chunks(rayon::current_num_threads() * 16) {
        let chunk = |&start: &usize| {
            let entries: Vec<PostEntry<'_>> = (start..count.min(start + CHUNK)).map(entry).collect();
            (pack(&entries), entries.iter().map(|entry| entry.account).collect::<Vec<u32>>())
        };
        let (chunks, accounts): (Vec<_>, Vec<_>) = starts.par_iter().map(chunk).unzip();
        chunks.into_iter().try_for_each(&mut *emit)?;
        for (start, accounts) in starts.iter().zip(accounts) {
            let chunk = start / CHUNK;
            if chunk - first == SPAN {
                authors.pack(dense(first), emit)?;
                first = chunk;
            }
            accounts.into_iter().for_each(|account| authors.note(account, dense(chunk - first)));
        }
    }
    authors.pack(dense(first), emit)
}

const TIME: u64 = 1;
const TEXT: u64 = 2;
const LANGUAGE: u64 = 4;
const CLIENT: u64 = 8;
const RETWEET: u64 = 16;
const TARGETS: u64 = 32;

fn flags(entry: &PostEntry<'_>) -> u64 {
    let flag = |set, flag| if set { flag } else { 0 };
    flag(entry.at.is_some(), TIME)
        | flag(entry.text.is_some(), TEXT)
        | flag(entry.language != 0, LANGUAGE)
        | flag(entry.client != 0, CLIENT)
        | flag(entry.retweet, RETWEET)
        | flag(entry.targets.is_some_and(|targets| !targets.is_empty()), TARGETS)
}

fn pack(entries: &[PostEntry<'_>]) -> Chunk {
    let mut bytes = begin(Kind::POSTS, entries.len(), CHUNK * 20);
    bytes.push(u8::from(entries.iter().all(|entry| entry.targets.is_some())));
    let clock = Clock::new(entries.iter().filter_map(|entry| entry.at));
    clock.put(&mut bytes);
    let mut id: &[u8] = &[];
    for entry in entries {
        let new = entry.id.as_bytes();
        let common = id.iter().zip(new).take_while(|(a, b)| a == b).count();
        put(&mut bytes, flags(entry));
        put(&mut bytes, common as u64);
        put(&mut bytes, (new.len() - common) as u64);
        bytes.extend_from_slice(&new[common..]);
        put(&mut bytes, u64::from(entry.account));
        if let Some(at) = entry.at {
            put(&mut bytes, clock.read(at));
        }
        if let Some(text) = entry.text {
            put(&mut bytes, text.len() as u64);
            bytes.extend_from_slice(text.as_bytes());
        }
        for word in [entry.language, entry.client].into_iter().filter(|&word| word != 0) {
            put(&mut bytes, u64::from(word));
        }
        bytes.extend_from_slice(entry.targets.unwrap_or_default());
        id = new;
    }
    Chunk { content: Content::Posts, entries: entries.len(), bytes }
}

/// A run at one of its entries.
#[derive(Debug)]
pub struct PostRun<'c> {
    chunks: Chunks<'c>,
    age: usize,
    id: Vec<u8>,
    account: u32,
    clock: Clock,
    at: Option<i64>,
    text: Option<Range<usize>>,
    words: (u32, u32),
    retweet: bool,
    /// Whether the chunk names what posts shared.
    with_targets: bool,
    targets: Range<usize>,
}

/// Every run.
pub fn post_runs(connection: &Connection) -> Result<Vec<PostRun<'_>>, StoreError> {
    Ok(Chunks::of_posts(connection)?.into_iter().enumerate().map(|(age, chunks)| PostRun::new(age, chunks)).collect())
}

/// Of every run the chunks that have posts of an account.
pub fn post_runs_of(connection: &Connection, account: u32) -> Result<Vec<PostRun<'_>>, StoreError> {
    let runs = chunks_of(connection, account)?;
    Ok(runs.into_iter().enumerate().map(|(age, chunks)| PostRun::new(age, chunks)).collect())
}

impl<'c> PostRun<'c> {
    pub fn new(age: usize, chunks: Chunks<'c>) -> Self {
        Self {
            chunks,
            age,
            id: Vec::new(),
            account: 0,
            clock: Clock::default(),
            at: None,
            text: None,
            words: (0, 0),
            retweet: false,
            with_targets: false,
            targets: 0..0,
        }
    }

    /// The entry.
    pub fn entry(&self) -> PostEntry<'_> {
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        let part = |range: &Range<usize>| self.chunks.bytes().get(range.clone()).unwrap_or_default();
        PostEntry {
            id: text(&self.id),
            account: self.account,
            at: self.at,
            text: self.text.as_ref().map(|range| text(part(range))),
            language: self.words.0,
            client: self.words.1,
            retweet: self.retweet,
            targets: self.with_targets.then(|| part(&self.targets)),
        }
    }

    /// The id, as bytes.
    pub fn id(&self) -> &[u8] {
        &self.id
    }

    /// What is left of the run.
    pub fn chunks(&self) -> &Chunks<'c> {
        &self.chunks
    }

    fn begin_chunk(&mut self) -> Result<(), Damage> {
        self.id.clear();
        let mut rest = self.chunks.rest();
        self.with_targets = take(&mut rest)? != 0;
        self.clock = Clock::take(&mut rest)?;
        let left = rest.len();
        self.chunks.leave(left);
        Ok(())
    }

    fn take_entry(&mut self) -> Result<(), Damage> {
        let whole = self.chunks.bytes().len();
        let mut rest = self.chunks.rest();
        let flags = take(&mut rest)?;
        self.retweet = flags & RETWEET != 0;
        let common = usize::try_from(take(&mut rest)?).map_err(|_| Damage)?;
        let new = take(&mut rest)?;
        if common > self.id.len() {
            return Err(Damage);
        }
        self.id.truncate(common);
        self.id.extend_from_slice(take_bytes(&mut rest, new)?);
        self.account = take_u32(&mut rest)?;
        self.at = if flags & TIME == 0 { None } else { Some(self.clock.time(take(&mut rest)?)) };
        self.text = None;
        if flags & TEXT != 0 {
            let length = take(&mut rest)?;
            let start = whole - rest.len();
            take_bytes(&mut rest, length)?;
            self.text = Some(start..whole - rest.len());
        }
        let mut word = |flag| if flags & flag == 0 { Ok(0) } else { take_u32(&mut rest) };
        self.words = (word(LANGUAGE)?, word(CLIENT)?);
        let start = whole - rest.len();
        if flags & TARGETS != 0 {
            take_targets(&mut rest)?;
        }
        self.targets = start..whole - rest.len();
        let left = rest.len();
        self.chunks.leave(left);
        Ok(())
    }
}

impl Run for PostRun<'_> {
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

impl Ord for PostRun<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (&other.id, other.age).cmp(&(&self.id, self.age))
    }
}

impl PartialOrd for PostRun<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for PostRun<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for PostRun<'_> {}
