//! What is odd about a file as a whole, though each of its records could be read.

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use super::rounded::IdWatch;
use crate::model::{AccountRecord, PostRecord, RoundedIds, SkippedLine};
use crate::text::{count_of, is_short_link, some_of};

/// Posts from which on a share of them says something.
const FEWEST_POSTS: u64 = 20;

/// Watches the posts of a file or of a part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PostWatch {
    posts: u64,
    timeless: u64,
    links: u64,
    short_links: u64,
    retweets: u64,
    synthetic: u64,
    /// Ids that lost the blanks around them.
    pub trimmed: u64,
    /// Retweets of an account's own posts.
    pub self_retweets: u64,
}

/// Watches the records of one file.
#[derive(Debug, Default)]
pub(super) struct Watch {
    posts: PostWatch,
    ids: IdWatch,
    /// Ids that were left out, and the first of them.
    left_out: (u64, Option<SkippedLine>),
    /// By hash, which account a handle belonged to first.
    handles: FxHashMap<u64, u64>,
    twice: FxHashSet<u64>,
    example: Option<String>,
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

impl PostWatch {
    /// Looks at a post.
    pub fn post(&mut self, record: &PostRecord<&str>) {
        self.posts += 1;
        self.timeless += u64::from(record.created_at.is_none());
        if let Some(target) = &record.retweet_of {
            self.retweets += 1;
            self.synthetic += u64::from(target.synthetic);
            self.self_retweets += u64::from(target.author == Some(record.author));
        }
        if record.retweet_of.is_none() {
            self.links += record.links.len() as u64;
            self.short_links += record.links.iter().filter(|link| is_short_link(link)).count() as u64;
        }
    }

    /// Takes in what was seen of other posts.
    pub fn add(&mut self, seen: &Self) {
        self.posts += seen.posts;
        self.timeless += seen.timeless;
        self.links += seen.links;
        self.short_links += seen.short_links;
        self.retweets += seen.retweets;
        self.synthetic += seen.synthetic;
        self.trimmed += seen.trimmed;
        self.self_retweets += seen.self_retweets;
    }
}

impl Watch {
    /// Looks at an account.
    pub fn account(&mut self, record: &AccountRecord) {
        let Some(handle) = record.profile.handle.as_ref().filter(|handle| !handle.is_empty()) else { return };
        let (name, account) = (hash(&handle.to_lowercase()), hash(&record.platform_id));
        if *self.handles.entry(name).or_insert(account) != account && self.twice.insert(name) {
            self.example.get_or_insert_with(|| handle.clone());
        }
    }

    /// Takes in what was seen of some posts.
    pub fn posts(&mut self, seen: &PostWatch) {
        self.posts.add(seen);
    }

    /// Takes in what was seen of some ids, and which were left out.
    pub fn ids(&mut self, seen: IdWatch, left_out: (u64, Option<SkippedLine>)) {
        self.ids.add(seen);
        self.left_out.0 += left_out.0;
        if let (None, Some(first)) = (&self.left_out.1, left_out.1) {
            self.left_out.1 = Some(first);
        }
    }

    /// Which ids of the file look rounded.
    pub fn rounded(&self) -> Vec<RoundedIds> {
        self.ids.rounded()
    }

    /// What is to be said, in words for the user. Handles in it come as the data writes them.
    pub fn warnings(&self) -> Vec<String> {
        let PostWatch { posts, timeless, links, short_links, retweets, synthetic, trimmed, .. } = self.posts;
        let mut warnings = self.ids.warnings();
        if let (count, Some(first)) = &self.left_out {
            let (ids, were) = (count_of(*count, "id"), if *count == 1 { "was" } else { "were" });
            warnings.push(format!(
                "{ids} {were} rounded and left out, though the posts stay: first on line {}, {}",
                first.line, first.reason
            ));
        }
        if trimmed > 0 {
            let had = count_of(trimmed, "id");
            warnings.push(format!(
                "{had} had blanks around them, which were taken off: ids that differ by them only are one"
            ));
        }
        if posts >= FEWEST_POSTS && 2 * timeless >= posts {
            let have = some_of(timeless, posts, "post", ["has", "have"]);
            warnings.push(format!("{have} no time: nothing can be said about how close in time these accounts act"));
        }
        if synthetic > 0 {
            let one = "does not tell which post it repeats: its target is told apart by author and text";
            let several = "do not tell which post they repeat: their targets are told apart by author and text";
            warnings.push(some_of(synthetic, retweets, "retweet", [one, several]));
        }
        if short_links > 0 {
            let one = "is a short one (t.co, bit.ly and the like), which is not resolved";
            let several = "are short ones (t.co, bit.ly and the like), which are not resolved";
            let said = some_of(short_links, links, "link", [one, several]);
            warnings.push(format!("{said}: two that lead to one page count as two"));
        }
        if let Some(handle) = &self.example {
            let belong = if self.twice.len() == 1 { "belongs" } else { "belong" };
            warnings.push(format!(
                "{} {belong} to two or more ids, such as {handle}: accounts may have changed names or stand in the data \
                 twice",
                count_of(self.twice.len() as u64, "handle")
            ));
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PostReference, Profile, Timestamp};

    #[test]
    fn each_oddity_is_told_once() {
        let (mut watch, mut posts, mut ids) = (Watch::default(), PostWatch::default(), IdWatch::default());
        for number in 0..30_u64 {
            let target = PostReference { synthetic: number == 0, ..PostReference::default() };
            let record = PostRecord {
                platform_id: format!("1234567890123{number:02}0000"),
                created_at: (number < 10).then_some(Timestamp(5)),
                retweet_of: (number < 28).then_some(target),
                links: vec!["https://t.co/1".to_owned(), "https://a.example/1".to_owned()],
                ..PostRecord::default()
            };
            posts.post(&record.borrowed());
            ids.post(&record.borrowed());
        }
        posts.trimmed = 3;
        watch.posts(&posts);
        let left_out = |line| (2, Some(SkippedLine { line, reason: "reply: 1.3E+18".to_owned() }));
        watch.ids(ids, left_out(7));
        watch.ids(IdWatch::default(), left_out(3));
        for (id, handle) in [("1", "Dove"), ("2", "dove"), ("1", "Dove"), ("3", "rose")] {
            let profile = Profile { handle: Some(handle.to_owned()), ..Profile::default() };
            watch.account(&AccountRecord { platform_id: id.to_owned(), profile, avatar_file: None });
        }
        let warnings = watch.warnings();
        let said = [
            "all 30 long ids of posts look",
            "4 ids were rounded and left out, though the posts stay: first on line 7, reply: 1.3E+18",
            "3 ids had blanks around them",
            "20 of 30 posts",
            "1 of 28 ret",
            "2 of 4 links are short",
            "1 handle belongs to two or more ids, such as dove",
        ];
        for (warning, begins) in warnings.iter().zip(said) {
            assert!(warning.starts_with(begins), "{warning}");
        }
        assert_eq!(warnings.len(), 7);
    }

    #[test]
    fn an_ordinary_file_is_not_odd() {
        let (mut watch, mut posts, mut ids) = (Watch::default(), PostWatch::default(), IdWatch::default());
        for number in 0..30_u64 {
            let platform_id = (1_234_567_890_123_456_789 + number * 7).to_string();
            let record = PostRecord { platform_id, created_at: Some(Timestamp(5)), ..PostRecord::default() };
            posts.post(&record.borrowed());
            ids.post(&record.borrowed());
        }
        watch.posts(&posts);
        watch.ids(ids, (0, None));
        assert!(watch.warnings().is_empty());
    }
}
