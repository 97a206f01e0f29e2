//! Keys of every account, and the search over them.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::query::mask;
use super::{FuzzyWords, Matcher, Query};
use crate::model::{Account, AccountId};
use crate::text::fold_for_search;

/// Hits that a list ever shows; beyond it a longer query serves better than a longer list.
pub const SEARCH_LIMIT: usize = 5_000;
/// Keys between two looks at whether the search is still wanted.
const CHUNK: usize = 4_096;

/// What search compares of one account, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchKey {
    /// Whose key it is.
    pub account: AccountId,
    /// Handle, or the platform id where there is none.
    pub handle: String,
    /// Display name.
    pub name: String,
    /// Bio.
    pub bio: String,
    pub(super) handle_mask: u64,
    pub(super) mask: u64,
}

impl SearchKey {
    /// The key of `account`.
    #[must_use]
    pub fn of(account: &Account) -> Self {
        let profile = &account.profile;
        let handle = profile.handle.as_deref().unwrap_or(&account.platform_id);
        let [name, bio] = [&profile.name, &profile.bio].map(|text| text.as_deref().unwrap_or_default());
        Self { account: account.id, ..Self::of_words(handle, name, bio) }
    }

    /// The key of something else that is found in the same way: what it is looked up by first, what describes it last.
    #[must_use]
    pub fn of_words(handle: &str, name: &str, bio: &str) -> Self {
        let [handle, name, bio] = [handle, name, bio].map(fold_for_search);
        let handle_mask = mask(&handle);
        let mask = handle_mask | mask(&name) | mask(&bio);
        Self { account: AccountId(0), handle, name, bio, handle_mask, mask }
    }
}

/// Keys of every account.
#[derive(Debug, Default)]
pub struct SearchIndex {
    keys: Vec<SearchKey>,
}

impl SearchIndex {
    /// Folds the keys of `accounts`.
    #[must_use]
    pub fn build(accounts: &[Account]) -> Self {
        Self { keys: accounts.par_iter().map(SearchKey::of).collect() }
    }
}

/// An account that matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who it is.
    pub account: AccountId,
    /// How well it matches; larger is better.
    pub score: i64,
}

/// The `limit` best matches, best first, at equal fit by id; `None` when cancelled.
#[must_use]
pub fn search(
    index: &SearchIndex,
    typed: &str,
    limit: usize,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Hit>> {
    let query = Query::parse(typed);
    let scan = |chunk: &[SearchKey]| {
        if cancelled() {
            return None;
        }
        let matcher = FuzzyWords::default();
        let hit = |key: &SearchKey| Some(Hit { account: key.account, score: matcher.score(key, &query)? });
        Some(chunk.iter().filter_map(hit).collect::<Vec<_>>())
    };
    let found: Option<Vec<Vec<Hit>>> = index.keys.par_chunks(CHUNK).map(scan).collect();
    let mut hits = found?.concat();
    let order = |hit: &Hit| (Reverse(hit.score), hit.account);
    if hits.len() > limit && limit > 0 {
        hits.select_nth_unstable_by_key(limit - 1, order);
    }
    hits.truncate(limit);
    hits.sort_unstable_by_key(order);
    Some(hits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activity, Profile};
    use crate::search::highlight;

    fn account(id: u32, handle: &str, name: &str, bio: &str) -> Account {
        let profile = Profile {
            handle: Some(handle.to_owned()),
            name: Some(name.to_owned()),
            bio: Some(bio.to_owned()),
            ..Profile::default()
        };
        Account { id: AccountId(id), platform_id: id.to_string(), profile, avatar: None, activity: Activity::default() }
    }

    fn found(typed: &str) -> Vec<u32> {
        let index = SearchIndex::build(&[
            account(1, "rosegarden", "Garden", "all about dawn and roses"),
            account(2, "rose_of_dawn", "گل سحر", ""),
            account(3, "quiet_hill", "کتاب خانه", "library friends"),
            account(4, "rose", "R", "a very long bio about tea, rain, old maps, oxen, soup, eels and so on"),
        ]);
        search(&index, typed, 10, &|| false).unwrap().into_iter().map(|hit| hit.account.0).collect()
    }

    #[test]
    fn the_nearest_handle_comes_first() {
        assert_eq!(found("rose"), [4, 1, 2]);
        assert_eq!(found("rsdawn"), [2]);
        assert_eq!(found("ROSE dawn"), [2, 1]);
        assert_eq!(found("@dawn"), [2]);
        assert!(found("zebra").is_empty());
        assert!(found("trose").is_empty(), "letters scattered over a bio are no match");
    }

    #[test]
    fn arabic_keyboards_find_persian_names() {
        assert_eq!(found("كتاب"), [3]);
        assert_eq!(found("سحر"), [2]);
    }

    #[test]
    fn what_matched_is_told_in_shown_characters() {
        assert_eq!(highlight("@rose_of_dawn", "dawn"), [9, 10, 11, 12]);
        assert_eq!(highlight("Élan", "ela"), [0, 1, 2]);
        assert_eq!(highlight("ab", "zz"), Vec::<usize>::new());
    }

    #[test]
    fn a_cancelled_search_has_no_result_and_the_limit_keeps_the_best() {
        let accounts: Vec<Account> = (1..=100).map(|id| account(id, &format!("bird{id}"), "", "")).collect();
        let index = SearchIndex::build(&accounts);
        assert!(search(&index, "bird", 10, &|| true).is_none());
        let hits = search(&index, "bird7", 3, &|| false).unwrap();
        assert_eq!(hits.len(), 3);
        assert_eq!(hits[0].account, AccountId(7));
    }

    #[test]
    fn long_queries_and_fields_are_bounded() {
        let index = SearchIndex::build(&[account(1, &"ab".repeat(5_000), &"سعود".repeat(5_000), &"x ".repeat(5_000))]);
        assert!(search(&index, &"abab ".repeat(100), 10, &|| false).is_some());
        assert!(search(&index, &"q".repeat(10_000), 10, &|| false).unwrap().is_empty());
    }
}
