use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::model::{Account, AccountId, Activity, Profile};

fn account(id: u32, handle: &str, name: &str, bio: &str) -> Account {
    let profile = Profile {
        handle: Some(handle.to_owned()),
        name: Some(name.to_owned()),
        bio: Some(bio.to_owned()),
        ..Profile::default()
    };
    Account {
        id: AccountId(id),
        platform: Default::default(),
        platform_id: id.to_string(),
        profile,
        avatar: None,
        activity: Activity::default(),
    }
}

/// The hits of a search that nobody watches.
fn hits(index: &SearchIndex, typed: &str, limit: usize) -> Vec<Hit> {
    search(index, typed, limit, None, &UNWATCHED).unwrap().hits
}

const UNWATCHED: Watch<'static> = Watch { cancelled: &|| false, first: &|_| {} };

fn found(typed: &str) -> Vec<u32> {
    let index = SearchIndex::build(&[
        account(1, "rosegarden", "Garden", "all about dawn and roses"),
        account(2, "rose_of_dawn", "گل سحر", ""),
        account(3, "quiet_hill", "کتاب خانه", "library friends"),
        account(4, "rose", "R", "a very long bio about tea, rain, old maps, oxen, soup, eels and so on"),
    ]);
    hits(&index, typed, 10).into_iter().map(|hit| hit.account.0).collect()
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
    assert!(search(&index, "bird", 10, None, &Watch { cancelled: &|| true, ..UNWATCHED }).is_none());
    let hits = hits(&index, "bird7", 3);
    assert_eq!(hits.len(), 3);
    assert_eq!(hits[0].account, AccountId(7));
}

#[test]
fn long_queries_and_fields_are_bounded() {
    let index = SearchIndex::build(&[account(1, &"ab".repeat(5_000), &"سعود".repeat(5_000), &"x ".repeat(5_000))]);
    assert!(search(&index, &"abab ".repeat(100), 10, None, &UNWATCHED).is_some());
    assert!(hits(&index, &"q".repeat(10_000), 10).is_empty());
}

#[test]
fn what_is_typed_on_looks_at_what_is_left_and_finds_the_same() {
    let name = |id: u32| format!("{} {}", ["rose dawn", "old ferry", "گل سحر", "Quiet Hill"][id as usize % 4], id % 7);
    let bio = |id: u32| ["about roses", "", "dove and lamp\nold rope"][id as usize % 3];
    let accounts: Vec<Account> = (1..=10_000)
        .map(|id| account(id, &format!("{}_{id}", ["dove", "lamp", "r"][id as usize % 3]), &name(id), bio(id)))
        .collect();
    let index = SearchIndex::build(&accounts);
    for typed in ["dove 12", "roe dw 3", "@lamp سح", "rope old", "quethl", "r", "ldr"] {
        let mut before: Option<Candidates> = None;
        for end in typed.char_indices().map(|(at, character)| at + character.len_utf8()) {
            let on = search(&index, &typed[..end], 50, before.as_ref(), &UNWATCHED).unwrap();
            assert_eq!(on.hits, hits(&index, &typed[..end], 50), "{}", &typed[..end]);
            before = Some(on.candidates);
        }
    }
}

#[test]
fn a_field_is_never_read_on_into_the_next() {
    let index = SearchIndex::build(&[account(1, "ro", "se", "da\nwn")]);
    assert!(
        hits(&index, "wn", 10).len() == 1 && hits(&index, "dawn", 10).is_empty() && hits(&index, "rose", 10).is_empty()
    );
    let keys: Vec<_> = index.keys().map(|key| (key.handle, key.name, key.bio)).collect();
    assert_eq!(keys, [("ro", "se", "da wn")]);
}

#[test]
fn first_rows_come_at_the_most_once_and_before_the_others() {
    let calls = AtomicUsize::new(0);
    let accounts: Vec<Account> = (1..=200_000).map(|id| account(id, &format!("bird{id}"), "dawn", "")).collect();
    let index = SearchIndex::build(&accounts);
    let first = |hits: &[Hit]| {
        calls.fetch_add(1, Ordering::Relaxed);
        assert!(hits.len() <= 10);
    };
    let all = search(&index, "bd9", 10, None, &Watch { first: &first, ..UNWATCHED }).unwrap();
    assert!(calls.into_inner() <= 1 && all.hits.len() == 10);
}

#[test]
fn words_are_found_in_a_pack_as_in_each_of_its_keys() {
    let mut pack = SearchPack::default();
    let texts =
        [["rose", "se", ""], ["", "", ""], ["lamp", "rose rose", "rose"], ["ro", "se", "گل سحر"], ["x", "", "se"]];
    (1..).zip(texts).for_each(|(id, fields)| pack.push(AccountId(id), fields));
    for typed in ["rose", "se rose", "گل", "x", "zz", "@se r o", "rs"] {
        let query = Query::parse(typed);
        let matcher = FuzzyWords::new(&query);
        let last = &query.words.last().unwrap().text;
        for (number, stands) in matcher.last_in(&pack).into_iter().enumerate() {
            let key = pack.key(number).unwrap();
            assert_eq!(stands, key.text.contains(last), "{typed} in {:?}", key.text);
            let can_fit = matcher.can_fit(pack.masks(number).unwrap(), stands);
            assert!(can_fit || matcher.fit(&key) == Fit::Never, "{typed} in {:?}", key.text);
        }
    }
}
