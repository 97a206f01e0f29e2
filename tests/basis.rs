//! Interface and commands count by the same parameters: an option before what is kept with the cache, that before
//! config.toml, that before what is built in; and each tag says by which it was given.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]
#![cfg_attr(unix, expect(clippy::panic, reason = "a test may stop at once"))]

mod place;
mod program;
#[cfg(unix)]
#[expect(dead_code, reason = "only a part of it is of use here")]
mod support;

use std::fs;

use bot_tui::analysis::{Kept, KeptView, ParametersChange};
use bot_tui::model::{KeepRule, LinkParameters};
use bot_tui::store::{Store, StoreError};
use place::Place;
use serde_json::Value;

fn kept(store: &Store) -> LinkParameters {
    KeptView::read(store).unwrap().parameters.unwrap_or_default()
}

/// Leaves the cache as the interface does where somebody set the rule.
fn left_with(place: &Place, keep: KeepRule) {
    let mut store = Store::open(&place.path("cache.db")).unwrap();
    let before = kept(&store);
    let after = LinkParameters { keep, ..before.clone() };
    let kept = Kept::Parameters(Box::new(ParametersChange { before, after }));
    // The interface may be keeping its own at this moment.
    while let Err(error) = kept.write(&mut store) {
        assert!(matches!(error, StoreError::Busy), "{error}");
        std::thread::yield_now();
    }
}

/// What a command counts by, how many links the first tagged account has, and what is said beside it.
fn exported(place: &Place, arguments: &[&str]) -> (Value, Value, String) {
    let output = place.run(&[&["export"], arguments].concat()).success().get_output().clone();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let links = document["accounts"][0]["links_total"].clone();
    (document["parameters"]["keep"].clone(), links, said)
}

#[test]
fn an_option_goes_before_the_cache_and_the_cache_before_the_configuration() {
    let place = Place::imported();
    place.run(&["tag", "amber_lake", "suspected-bot"]).success();
    let (keep, links, said) = exported(&place, &[]);
    assert_eq!((keep["rule"].as_str(), links.as_u64(), said.as_str()), (Some("cosine"), Some(1), ""));

    let config = place.path(".config/bot-tui");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "keep = \"shared-within:12\"\nwindow = 5\n").unwrap();
    let (keep, links, said) = exported(&place, &[]);
    assert_eq!((keep["value"].as_u64(), links.as_u64()), (Some(12), Some(0)));
    assert!(said.contains("links: co-retweet shared-within:12 window=5 (as config.toml says)\n"), "{said}");

    left_with(&place, KeepRule::SharedWithin(11));
    let (keep, links, said) = exported(&place, &[]);
    assert_eq!((keep["value"].as_u64(), links.as_u64()), (Some(11), Some(0)));
    assert!(said.contains("links: co-retweet shared-within:11 (as kept with the cache; "), "{said}");
    assert!(said.contains("1 account tagged under other parameters"), "{said}");

    let (keep, links, said) = exported(&place, &["--keep", "shared:10"]);
    assert_eq!((keep["rule"].as_str(), links.as_u64()), (Some("shared"), Some(1)));
    assert!(said.contains(", but for --keep\n"), "{said}");
    let (keep, ..) = exported(&place, &["--defaults"]);
    assert_eq!(keep["value"].as_u64(), Some(12), "config.toml still counts");
}

#[test]
fn every_command_counts_by_what_is_kept_with_the_cache() {
    let place = Place::imported();
    assert_eq!(place.json(&["stats", "--json"])["links"], 1);
    left_with(&place, KeepRule::SharedWithin(11));
    assert_eq!(place.json(&["stats", "--json"])["links"], 0);
    assert_eq!(place.json(&["clusters", "--min-size", "2", "--json"])["clusters"].as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["query", "links>0", "--json"]).as_array().unwrap().len(), 0);
    assert_eq!(place.json(&["path", "1", "2", "--json"])["connected"], false);
    assert_eq!(place.json(&["signals", "1", "--json"])["parameters"]["keep"]["value"], 11);
    let edges = |arguments: &[&str]| {
        let output = place.run(&[&["network"], arguments].concat()).success().get_output().stdout.clone();
        String::from_utf8(output).unwrap().lines().count() - 1
    };
    assert_eq!((edges(&[]), edges(&["--defaults"])), (0, 1));
}

#[test]
fn a_command_keeps_nothing_of_its_options() {
    let place = Place::imported();
    let kept = |name: &str| Store::open(&place.path("cache.db")).unwrap().kept_view(name).unwrap();
    place.run(&["clusters", "--keep", "shared:3"]).success();
    place.run(&["export", "--layer", "co-link"]).success();
    assert_eq!((kept("parameters"), kept("order")), (None, None));
    left_with(&place, KeepRule::Shared(2));
    let before = kept("parameters");
    place.run(&["clusters", "--keep", "shared:3"]).success();
    assert_eq!(kept("parameters"), before);
}

#[test]
fn a_tag_says_by_which_parameters_it_was_given() {
    let place = Place::imported();
    left_with(&place, KeepRule::SharedWithin(4));
    place.run(&["tag", "amber_lake", "suspected-bot"]).success();
    place.run(&["tag", "birch_hill", "unsure", "--keep", "shared:3", "--window", "7"]).success();
    let accounts = place.json(&["export", "--defaults"])["accounts"].clone();
    let basis = |account: usize| accounts[account]["tag"]["basis"].clone();
    assert_eq!(basis(0)["keep"], serde_json::json!({"rule": "shared-within", "value": 4}));
    assert_eq!((&basis(1)["keep"]["value"], &basis(1)["window_seconds"]), (&3.into(), &7.into()));
}

#[test]
fn what_hides_every_link_is_said() {
    let place = Place::imported();
    let said =
        |arguments: &[&str]| String::from_utf8(place.run(arguments).success().get_output().stderr.clone()).unwrap();
    let hidden = ["--min-retweets", "11"];
    let expected = "0 links: 2 accounts have fewer than 11 targets (`min-retweets`)\n";
    for command in [&["clusters"][..], &["network"], &["path", "1", "2"], &["query", "links>0"], &["export"]] {
        let said = said(&[command, &hidden].concat());
        assert!(said.contains(expected), "{command:?}: {said}");
    }
    let layer = said(&["clusters", "--layer", "co-link"]);
    assert!(layer.contains("0 links: nobody shares anything of the layer co-link\n"), "{layer}");
    assert!(!said(&["clusters"]).contains("0 links"));
}

#[test]
fn an_option_that_decides_no_link_is_said() {
    let place = Place::imported();
    let said =
        |arguments: &[&str]| String::from_utf8(place.run(arguments).success().get_output().stderr.clone()).unwrap();
    let window = said(&["clusters", "--window", "5"]);
    assert!(window.contains("--window decides no link by cosine:0.5: it only counts the shared targets"), "{window}");
    let fewest = said(&["network", "--keep", "shared:2", "--min-accounts", "3"]);
    assert!(fewest.contains("--min-accounts decides no link by shared:2"), "{fewest}");
    assert!(!said(&["clusters", "--min-retweets", "5"]).contains("decides no link"));
    let alone = |name: &str, what: &str| format!("--{name} decides no link: this layer looks at {what} alone\n");
    let pictures = said(&[
        "network",
        "--layer",
        "avatar",
        "--top",
        "3",
        "--keep",
        "shared:2",
        "--max-accounts",
        "9",
        "--window",
        "5",
        "--min-retweets",
        "2",
        "--min-accounts",
        "3",
        "--null-model",
        "sdsm",
        "--significance",
        "--mirrored",
    ]);
    for name in ["top", "keep", "max-accounts", "window", "min-retweets", "min-accounts", "null-model"] {
        assert!(pictures.contains(&alone(name, "pictures")), "{name}: {pictures}");
    }
    assert!(
        pictures.contains("--significance tests nothing") && !pictures.contains("--mirrored decides"),
        "{pictures}"
    );
    let targets = said(&[
        "network",
        "--layer",
        "co-link",
        "--avatar-distance",
        "3",
        "--mirrored",
        "--default-share",
        "0.2",
        "--top",
        "3",
    ]);
    for name in ["avatar-distance", "mirrored", "default-share"] {
        assert!(targets.contains(&alone(name, "shared targets")), "{name}: {targets}");
    }
    assert!(!targets.contains("--top decides"), "{targets}");
    let both = said(&["network", "--layer", "all", "--avatar-distance", "3", "--top", "3"]);
    assert!(!both.contains("decides no link"), "{both}");
    // What a rule is easily taken for.
    let significant = said(&["clusters", "--keep", "significant:0.01"]);
    assert!(significant.contains("significant:0.01: it knows neither topic nor time"), "{significant}");
    assert!(said(&["network", "--keep", "percentile:99"]).contains("percentile:99: it is relative"));
}

/// The interface on the cache of the place, once accounts are linked.
#[cfg(unix)]
fn open(place: &Place) -> support::Session {
    let cache = place.path("cache.db");
    let arguments = ["--cache", cache.to_str().unwrap()];
    let mut session = support::Session::start(&arguments, cache.parent().unwrap(), 40, 140, &[]);
    session.wait_until_linked();
    session
}

#[cfg(unix)]
#[test]
fn the_interface_opens_as_it_was_left_and_keeps_its_own_while_it_is_open() {
    let place = Place::imported();
    let mut session = open(&place);
    session.send("Pj\r\u{15}shared-within:11\r");
    session.wait_for("linked by co-retweet shared-within:11");
    let store = Store::open(&place.path("cache.db")).unwrap();
    while kept(&store).keep != KeepRule::SharedWithin(11) {
        std::thread::yield_now();
    }
    left_with(&place, KeepRule::Shared(3));
    session.send("j\r\u{15}7\r");
    session.wait_for("linked by co-retweet shared-within:11 window=7");
    session.send("qOq");
    assert_eq!(session.wait_for_end(), 0);
    let parameters = place.json(&["clusters", "--json"])["parameters"].clone();
    // What each changed is kept.
    assert_eq!((&parameters["keep"]["value"], &parameters["window_seconds"]), (&3.into(), &7.into()));
    let mut session = open(&place);
    session.wait_for("linked by co-retweet shared:3 window=7");
    session.wait_for("1 link ");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}
