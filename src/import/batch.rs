//! What a parser read, packed: posts and what they share lie in one piece of text, since millions of small ones would cost
//! more to hand from thread to thread than to read.

use super::format::Item;
use super::repeats::Repeats;
use super::report::REASONS;
use super::rounded::IdWatch;
use super::warnings::PostWatch;
use crate::layers::shared_objects;
use crate::model::{AccountRecord, ObjectRecord, PostRecord, SkippedLine};
use crate::store::{ObjectRef, PostRef};

/// Bytes of a reason that are kept: it may quote what it is about.
const LONGEST_REASON: usize = 1_000;

/// Where a text begins and ends.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
}

/// Some of what a file holds.
#[derive(Debug, Default)]
pub(super) struct Batch {
    text: String,
    /// Each with how many objects it shares; these come in the order of the posts.
    posts: Vec<(PostRef<Piece>, usize)>,
    objects: Vec<ObjectRecord<Piece>>,
    pub accounts: Vec<AccountRecord>,
    pub deleted: Vec<String>,
    /// The first lines that could not be read, and how many more there are.
    pub skipped: Vec<SkippedLine>,
    more_skipped: u64,
    /// Reading ended before the end of the file.
    pub ends_early: bool,
    /// Messages that are no records.
    pub messages: u64,
    /// Records that were taken in before.
    repeats: u64,
    /// What is to be known of the posts.
    pub watch: PostWatch,
    /// What is to be known of their ids and those of accounts.
    pub ids: IdWatch,
    /// Ids that were left out of a record that was read: how many, and the first.
    pub left_out: (u64, Option<SkippedLine>),
}

impl Batch {
    /// With room for so many bytes of text, since moving what grows costs time.
    pub fn with_room(text: usize) -> Self {
        Self { text: String::with_capacity(text), ..Self::default() }
    }

    /// Takes something in, unless it was taken in lately.
    pub fn push_once(&mut self, item: Item<'_>, repeats: &mut Repeats) {
        match &item {
            Item::Account(record) if !repeats.is_new(&record.platform_id, record) => self.repeats += 1,
            Item::Post(record) if !repeats.is_new(record.platform_id, record) => {
                self.watch.post(record);
                self.repeats += 1;
            }
            _ => self.push(item),
        }
    }

    /// Takes something in.
    pub fn push(&mut self, item: Item<'_>) {
        match item {
            Item::Account(record) => {
                self.ids.account(&record.platform_id);
                self.accounts.push(*record);
            }
            Item::Post(record) => self.push_post(record),
            Item::Deleted(platform_id) => self.deleted.push(platform_id),
            Item::Skipped(line) => self.skip(line),
            Item::LeftOut(line) => {
                self.left_out.0 += 1;
                self.left_out.1.get_or_insert(line);
            }
            Item::Trimmed(ids) => self.watch.trimmed += ids,
            Item::EndsEarly(line) => {
                self.skip(line);
                self.ends_early = true;
            }
            Item::Message => self.messages += 1,
        }
    }

    /// A file may hold millions of such lines: the first ones say what is wrong, all are counted.
    fn skip(&mut self, mut line: SkippedLine) {
        if self.skipped.len() >= REASONS {
            self.more_skipped += 1;
            return;
        }
        let length = (0..=LONGEST_REASON).rev().find(|&end| line.reason.is_char_boundary(end)).unwrap_or_default();
        line.reason.truncate(length);
        line.reason.shrink_to_fit();
        self.skipped.push(line);
    }

    fn push_post(&mut self, record: &PostRecord<&str>) {
        self.watch.post(record);
        self.ids.post(record);
        let before = self.objects.len();
        shared_objects(record, |object| {
            let object = ObjectRecord {
                kind: object.kind,
                key: self.keep(object.key),
                author: self.keep_some(object.author),
                created_at: object.created_at,
                text: self.keep_some(object.text),
                synthetic: object.synthetic,
            };
            self.objects.push(object);
        });
        let post = PostRef {
            id: self.keep(record.platform_id),
            author: self.keep(record.author),
            at: record.created_at,
            text: self.keep_some(record.text),
            language: self.keep_some(record.language),
            client: self.keep_some(record.client),
            retweet: record.retweet_of.is_some(),
        };
        self.posts.push((post, self.objects.len() - before));
    }

    fn keep(&mut self, text: &str) -> Piece {
        let start = self.text.len();
        self.text.push_str(text);
        Piece { start, end: self.text.len() }
    }

    fn keep_some(&mut self, text: Option<&str>) -> Option<Piece> {
        text.map(|text| self.keep(text))
    }

    /// Items that are in it, without skipped lines.
    pub fn len(&self) -> usize {
        self.posts.len() + self.accounts.len() + self.deleted.len()
    }

    /// Lines that could not be read.
    pub fn skipped(&self) -> u64 {
        self.skipped.len() as u64 + self.more_skipped
    }

    /// Records that were read.
    pub fn records(&self) -> u64 {
        self.len() as u64 + self.repeats
    }

    /// Gives every post and what it shares to `take`.
    pub fn for_each_post<'b>(
        &'b self,
        mut take: impl FnMut(&PostRef<&'b str>, &mut dyn Iterator<Item = ObjectRef<'b>>),
    ) {
        let text = |piece: Piece| &self.text[piece.start..piece.end];
        let mut objects = self.objects.iter();
        for (post, count) in &self.posts {
            let mut shared = objects.by_ref().take(*count).map(|object| object.map(|&piece| text(piece)));
            take(&post.map(text), &mut shared);
        }
    }
}
