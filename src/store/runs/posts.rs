//! Posts, sorted by the ids that their platform gave them.
//!
//! A chunk is its clock and then its entries: what follows (the bits below), the id (how many bytes it has in common with the
//! one before, how many follow, and those), the author, and, each where it is known, the time, the text (its length before
//! it), the language and the program.

use std::cmp::Ordering;
use std::ops::{ControlFlow, Range};

use rayon::prelude::*;
use rusqlite::Connection;

use super::chunks::{Chunk, Chunks, Emit};
use super::codec::{Clock, put, take, take_bytes, take_u32};
use super::merge::Run;
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
}

/// Packs entries, which are sorted by id and have each only once for an author, for a run. They are asked for by their number.
pub fn pack_posts<'p>(
    count: usize,
    entry: &(dyn Fn(usize) -> PostEntry<'p> + Sync),
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let starts: Vec<usize> = (0..count).step_by(CHUNK).collect();
    // So few chunks at once that they do not take as much room again as what they hold.
    for starts in starts.chunks(rayon::current_num_threads() * 16) {
        let chunk = |&start: &usize| {
            let entries = start..count.min(start + CHUNK);
            Chunk { kind: None, entries: entries.len(), bytes: pack(entries.map(entry)) }
        };
        starts.par_iter().map(chunk).collect::<Vec<_>>().into_iter().try_for_each(&mut *emit)?;
    }
    ControlFlow::Continue(())
}

const TIME: u64 = 1;
const TEXT: u64 = 2;
const LANGUAGE: u64 = 4;
const CLIENT: u64 = 8;
const RETWEET: u64 = 16;

fn flags(entry: &PostEntry<'_>) -> u64 {
    let flag = |set, flag| if set { flag } else { 0 };
    flag(entry.at.is_some(), TIME)
        | flag(entry.text.is_some(), TEXT)
        | flag(entry.language != 0, LANGUAGE)
        | flag(entry.client != 0, CLIENT)
        | flag(entry.retweet, RETWEET)
}

fn pack<'p>(entries: impl Iterator<Item = PostEntry<'p>> + Clone) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(CHUNK * 20);
    let clock = Clock::of(entries.clone().filter_map(|entry| entry.at));
    clock.put(&mut bytes);
    let mut id: &[u8] = &[];
    for entry in entries {
        let new = entry.id.as_bytes();
        let common = id.iter().zip(new).take_while(|(a, b)| a == b).count();
        put(&mut bytes, flags(&entry));
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
        id = new;
    }
    bytes
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
}

/// Every run.
pub fn post_runs(connection: &Connection) -> Result<Vec<PostRun<'_>>, StoreError> {
    let runs = Chunks::of(connection, "post_chunk", None)?;
    let run = |(age, chunks)| PostRun {
        chunks,
        age,
        id: Vec::new(),
        account: 0,
        clock: Clock::default(),
        at: None,
        text: None,
        words: (0, 0),
        retweet: false,
    };
    Ok(runs.into_iter().enumerate().map(run).collect())
}

impl PostRun<'_> {
    /// The entry. What is damaged and no text any more is blank.
    pub fn entry(&self) -> PostEntry<'_> {
        let text = |bytes| std::str::from_utf8(bytes).unwrap_or_default();
        PostEntry {
            id: text(&self.id),
            account: self.account,
            at: self.at,
            text: self.text.clone().and_then(|range| self.chunks.bytes().get(range)).map(text),
            language: self.words.0,
            client: self.words.1,
            retweet: self.retweet,
        }
    }

    /// The id, as bytes.
    pub fn id(&self) -> &[u8] {
        &self.id
    }
}

impl Run for PostRun<'_> {
    fn advance(&mut self) -> Result<bool, StoreError> {
        match self.chunks.next_chunk()? {
            None => return Ok(false),
            Some(false) => {}
            Some(true) => {
                self.id.clear();
                let mut rest = self.chunks.rest();
                self.clock = Clock::take(&mut rest)?;
                let left = rest.len();
                self.chunks.leave(left);
            }
        }
        let whole = self.chunks.bytes().len();
        let mut rest = self.chunks.rest();
        let flags = take(&mut rest)?;
        self.retweet = flags & RETWEET != 0;
        let common = usize::try_from(take(&mut rest)?).unwrap_or(usize::MAX);
        let new = take(&mut rest)?;
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
        let left = rest.len();
        self.chunks.leave(left);
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
