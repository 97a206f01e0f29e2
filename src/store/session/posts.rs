//! Posts and shares of an import: held until there are many, then written as sorted runs.

use std::mem::size_of;
use std::ops::ControlFlow;

use rayon::prelude::*;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::PostRef;
use super::words::Words;
use crate::model::{AccountId, ObjectId, ObjectKind, Timestamp, dense};
use crate::store::StoreError;
use crate::store::detail::fuller;
use crate::store::runs::{
    Emit, PostEntry, ShareEntry, Time, pack_posts, pack_shares, put_targets, take_targets, targets,
};

/// Posts, or shares of a kind, for which there is room from the start.
const ROOM: usize = 1 << 20;
/// Bytes of text for which there is room from the start.
const TEXT_ROOM: usize = 96 << 20;

/// A post that waits. Its id lies in the text that all waiting posts share, and right behind it what it says.
#[derive(Debug, Clone, Copy)]
struct Post {
    start: u32,
    id_length: u32,
    /// `NONE` where it is not known what it says.
    text_length: u32,
    account: u32,
    at: Time,
    language: u32,
    client: u32,
    retweet: bool,
    /// Where what it shared begins in what all waiting posts shared; `NONE` where that is nothing.
    targets: u32,
}

const NONE: u32 = u32::MAX;

impl Post {
    fn id(self, text: &str) -> &str {
        &text[self.start as usize..][..self.id_length as usize]
    }

    fn text(self, text: &str) -> Option<&str> {
        let behind = self.start as usize + self.id_length as usize;
        (self.text_length != NONE).then(|| &text[behind..][..self.text_length as usize])
    }

    fn targets(self, packed: &[u8]) -> &[u8] {
        let mut rest = packed.get(self.targets as usize..).unwrap_or_default();
        take_targets(&mut rest).unwrap_or_default()
    }
}

#[derive(Debug, Default)]
pub(super) struct Posts {
    text: String,
    posts: Vec<Post>,
    /// What the posts shared, packed.
    targets: Vec<u8>,
    /// What the next post shared.
    next: Vec<(ObjectKind, ObjectId)>,
    /// By the place of their kind among all kinds.
    shares: [Vec<ShareEntry>; ObjectKind::ALL.len()],
    deletions: Vec<String>,
    last_run: i64,
}

/// What tells the shares of a post apart from others of the same account and object, so that they go with it: a hash, 0
/// where the platform's exports never tell of deletions.
pub(in crate::store) fn post_key(platform_id: &str) -> u64 {
    if !platform_id.starts_with("at://") {
        return 0;
    }
    let digest = Sha256::digest(platform_id.as_bytes());
    digest.first_chunk().map_or(1, |bytes| u64::from_le_bytes(*bytes).max(1))
}

impl Posts {
    pub fn load_runs(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let sql = "SELECT max(coalesce((SELECT max(run) FROM post_chunk), 0), coalesce((SELECT max(run) FROM share_chunk), 0))";
        self.last_run = connection.query_row(sql, [], |row| row.get(0))?;
        Ok(())
    }

    /// Bytes that wait to be written, about.
    pub fn waiting(&self) -> usize {
        let shares: usize = self.shares.iter().map(Vec::len).sum();
        self.text.len() + self.targets.len() + self.posts.len() * size_of::<Post>() + shares * size_of::<ShareEntry>()
    }

    /// Takes a post in, by which its author shared what was told of just before.
    pub fn post(&mut self, post: &PostRef<&str>, author: AccountId, words: &mut Words) {
        if self.posts.capacity() == 0 {
            // Room that is not used costs nothing, and moving what grows does.
            self.posts.reserve(ROOM);
            self.text.reserve(TEXT_ROOM);
            self.targets.reserve(ROOM);
        }
        // What waits is written long before it outgrows these numbers.
        self.posts.push(Post {
            start: dense(self.text.len()),
            id_length: dense(post.id.len()),
            text_length: post.text.map_or(NONE, |text| dense(text.len())),
            account: author.0,
            at: post.at.map(|at| at.0).into(),
            language: words.id(post.language),
            client: words.id(post.client),
            retweet: post.retweet,
            targets: if self.next.is_empty() { NONE } else { dense(self.targets.len()) },
        });
        put_targets(&mut self.targets, &self.next);
        self.next.clear();
        self.text.push_str(post.id);
        self.text.push_str(post.text.unwrap_or_default());
    }

    /// `by` is the key and the time of the post by which the object was shared.
    pub fn share(&mut self, kind: ObjectKind, object: ObjectId, account: AccountId, by: (u64, Option<Timestamp>)) {
        let shares = &mut self.shares[kind as usize - 1];
        if shares.capacity() == 0 {
            shares.reserve(ROOM);
        }
        let at = by.1.map(|at| at.0).into();
        self.next.push((kind, object));
        shares.push(ShareEntry { object: object.0, account: account.0, post: by.0, at });
    }

    pub fn delete(&mut self, platform_id: &str) {
        self.deletions.push(platform_id.to_owned());
    }

    /// Writes which posts were deleted; true where that is new.
    pub fn flush_deletions(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO deletion VALUES (?1, ?2)")?;
        let mut changed = 0;
        for platform_id in self.deletions.drain(..) {
            changed += insert.execute(params![platform_id, import])?;
        }
        Ok(changed > 0)
    }

    /// The number of the next run; `None` where nothing waits.
    pub fn next_run(&mut self) -> Option<i64> {
        if self.posts.is_empty() {
            return None;
        }
        self.last_run += 1;
        Some(self.last_run)
    }

    /// Packs what waits as a run.
    pub fn pack(&mut self, emit: &mut Emit<'_>) -> ControlFlow<()> {
        for (kind, shares) in ObjectKind::ALL.into_iter().zip(&mut self.shares) {
            pack_shares(kind, shares, emit)?;
        }
        let order = self.sort_and_merge();
        let (posts, text, targets) = (&self.posts, &self.text, &self.targets);
        let entry = |place: usize| {
            let post = &posts[order[place].1 as usize];
            PostEntry {
                id: post.id(text),
                account: post.account,
                at: post.at.known(),
                text: post.text(text),
                language: post.language,
                client: post.client,
                retweet: post.retweet,
                targets: Some(post.targets(targets)),
            }
        };
        pack_posts(order.len(), &entry, emit)?;
        self.posts.clear();
        self.text.clear();
        self.targets.clear();
        ControlFlow::Continue(())
    }

    /// The order of the posts by their ids, as (beginning of the id, number). Of several posts with one id and one author the
    /// first takes in what the others say, and they are left out. Where authors differ all stay: who it is of is decided when
    /// they are read, when other files and runs are known too.
    fn sort_and_merge(&mut self) -> Vec<(u64, u32)> {
        let (posts, text) = (&self.posts, self.text.as_str());
        let common = self.common_beginning();
        let key = |(number, post): (u32, &Post)| (beginning(&post.id(text).as_bytes()[common..]), number);
        let mut order: Vec<(u64, u32)> = (0..).zip(posts).map(key).collect();
        let id = |number: u32| posts[number as usize].id(text);
        let author = |number: u32| (posts[number as usize].account, number);
        order.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))).then_with(|| author(a.1).cmp(&author(b.1)))
        });
        let (posts, text, targets) = (&mut self.posts, self.text.as_str(), &mut self.targets);
        order.dedup_by(|later, first| {
            let [first, later] = [first.1, later.1].map(|number| number as usize);
            let same = posts[first].account == posts[later].account && posts[first].id(text) == posts[later].id(text);
            if same {
                let both = merge_targets(posts[first], posts[later], targets);
                posts[first] = Post { targets: both, ..merge(posts[first], posts[later], text) };
            }
            same
        });
        order
    }

    /// Bytes with which all ids begin.
    fn common_beginning(&self) -> usize {
        let ids = || self.posts.iter().map(|post| post.id(&self.text).as_bytes());
        let Some(first) = ids().next() else { return 0 };
        ids().fold(first.len(), |common, id| first[..common].iter().zip(id).take_while(|(a, b)| a == b).count())
    }
}

/// The first bytes as a number that sorts like them.
fn beginning(id: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let length = id.len().min(8);
    bytes[..length].copy_from_slice(&id[..length]);
    u64::from_be_bytes(bytes)
}

/// Two records of one post by one author: the earliest time, the fuller text, and a retweet where one of them is. Nothing
/// reads language and client but what looks for words that are not used, so that any of them may stay.
fn merge(post: Post, other: Post, text: &str) -> Post {
    let fuller = other.text(text).is_some_and(|new| fuller(new, post.text(text)));
    let said = if fuller { other } else { post };
    let known = |word: u32, other: u32| if word == 0 { other } else { word };
    Post {
        at: post.at.min(other.at),
        account: post.account,
        language: known(post.language, other.language),
        client: known(post.client, other.client),
        retweet: post.retweet || other.retweet,
        ..said
    }
}

/// Where what either of two posts shared begins.
fn merge_targets(post: Post, other: Post, packed: &mut Vec<u8>) -> u32 {
    if other.targets == NONE || post.targets(packed) == other.targets(packed) {
        return post.targets;
    }
    if post.targets == NONE {
        return other.targets;
    }
    let mut both = targets(post.targets(packed)).unwrap_or_default();
    for target in targets(other.targets(packed)).unwrap_or_default() {
        if !both.contains(&target) {
            both.push(target);
        }
    }
    let start = dense(packed.len());
    put_targets(packed, &both);
    start
}
