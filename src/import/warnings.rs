//! What is odd about a file as a whole, though each of its records could be read.

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use crate::model::{AccountRecord, PostRecord};
use crate::text::thousands;

/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;
/// Posts from which on a share of them says something.
const FEWEST_POSTS: u64 = 20;

/// Watches the posts of a file or of a part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PostWatch {
    posts: u64,
    timeless: u64,
    long_ids: u64,
    rounded_ids: u64,
    retweets: u64,
    synthetic: u64,
    /// Retweets of an account's own posts.
    pub self_retweets: u64,
}

/// Watches the records of one file.
#[derive(Debug, Default)]
pub(super) struct Watch {
    posts: PostWatch,
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

/// Whether all digits are zero that a spreadsheet does not keep.
fn is_rounded(id: &str) -> bool {
    id[KEPT_DIGITS..].bytes().all(|digit| digit == b'0')
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
        let target = record.retweet_of.as_ref().map(|target| target.platform_id);
        for id in target.into_iter().chain([record.platform_id]) {
            self.id(id);
        }
    }

    /// Takes in what was seen of other posts.
    pub fn add(&mut self, seen: &Self) {
        self.posts += seen.posts;
        self.timeless += seen.timeless;
        self.long_ids += seen.long_ids;
        self.rounded_ids += seen.rounded_ids;
        self.retweets += seen.retweets;
        self.synthetic += seen.synthetic;
        self.self_retweets += seen.self_retweets;
    }

    fn id(&mut self, id: &str) {
        if id.len() > KEPT_DIGITS + 1 && id.bytes().all(|byte| byte.is_ascii_digit()) {
            self.long_ids += 1;
            self.rounded_ids += u64::from(is_rounded(id));
        }
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

    /// What is to be said, in words for the user. Handles in it come as the data writes them.
    pub fn warnings(&self) -> Vec<String> {
        let PostWatch { posts, timeless, long_ids, rounded_ids, retweets, synthetic, .. } = self.posts;
        let mut warnings = Vec::new();
        if long_ids >= FEWEST_POSTS && 2 * rounded_ids > long_ids {
            warnings.push(format!(
                "{} of {} long ids end in zeros: a spreadsheet seems to have rounded them, so that different posts \
                 count as one; import the original export",
                thousands(rounded_ids),
                thousands(long_ids)
            ));
        }
        if posts >= FEWEST_POSTS && 2 * timeless >= posts {
            warnings.push(format!(
                "{} of {} posts have no time: nothing can be said about how close in time these accounts act",
                thousands(timeless),
                thousands(posts)
            ));
        }
        if synthetic > 0 {
            warnings.push(format!(
                "{} of {} retweets do not tell which post they repeat: their targets are told apart by author and text",
                thousands(synthetic),
                thousands(retweets)
            ));
        }
        if let Some(handle) = &self.example {
            warnings.push(format!(
                "{} handles belong to two or more ids, such as {handle}: accounts may have changed names or stand in \
                 the data twice",
                thousands(self.twice.len() as u64)
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
        let (mut watch, mut posts) = (Watch::default(), PostWatch::default());
        for number in 0..30_u64 {
            let target = PostReference { synthetic: number == 0, ..PostReference::default() };
            posts.post(
                &PostRecord {
                    platform_id: format!("1234567890123{number:02}0000"),
                    created_at: (number < 10).then_some(Timestamp(5)),
                    retweet_of: Some(target),
                    ..PostRecord::default()
                }
                .borrowed(),
            );
        }
        watch.posts(&posts);
        for (id, handle) in [("1", "Dove"), ("2", "dove"), ("1", "Dove"), ("3", "rose")] {
            let profile = Profile { handle: Some(handle.to_owned()), ..Profile::default() };
            watch.account(&AccountRecord { platform_id: id.to_owned(), profile, avatar_file: None });
        }
        let warnings = watch.warnings();
        for (warning, begins) in warnings.iter().zip(["30 of 30 long", "20 of 30 posts", "1 of 30 ret", "1 handles"]) {
            assert!(warning.starts_with(begins), "{warning}");
        }
        assert_eq!(warnings.len(), 4);
    }

    #[test]
    fn an_ordinary_file_is_not_odd() {
        let (mut watch, mut posts) = (Watch::default(), PostWatch::default());
        for number in 0..30_u64 {
            let platform_id = (1_234_567_890_123_456_789 + number * 7).to_string();
            posts.post(&PostRecord { platform_id, created_at: Some(Timestamp(5)), ..PostRecord::default() }.borrowed());
        }
        watch.posts(&posts);
        assert!(watch.warnings().is_empty());
    }
}
