//! The data set as a whole: what was asked, what was planted, and whether it can be found again.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::write::{ACCOUNTS, POSTS};
use super::*;

mod planted;

const SAMPLE: SynthRequest = SynthRequest { accounts: 900, retweets: 16_000, seed: 1 };

fn unpacked(folder: &Path) -> String {
    let packed = fs::File::open(folder.join(POSTS)).unwrap();
    let mut text = String::new();
    zstd::Decoder::new(packed).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn written(request: &SynthRequest) -> (tempfile::TempDir, SynthSummary) {
    let folder = tempfile::tempdir().unwrap();
    let summary = write(folder.path(), request, &|_| {}).unwrap();
    (folder, summary)
}

/// Every file of a folder but the hidden ones, by its path inside.
fn files(folder: &Path) -> HashMap<PathBuf, Vec<u8>> {
    let mut found = HashMap::new();
    for place in [folder.to_owned(), folder.join("avatars")] {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_file() && !hidden {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn counts_are_as_asked_at_every_size() {
    for (accounts, retweets) in
        [(100, 1000), (100, 20_000), (101, 7000), (900, 16_000), (30_000, 5000), (2000, 300_000)]
    {
        let dataset = generate(&SynthRequest { accounts, retweets, seed: 5 }).unwrap();
        assert_eq!(dataset.roles().count(), accounts as usize);
        let made: Vec<&Event> = dataset.events().iter().filter(|event| event.retweet).collect();
        assert_eq!(made.len(), retweets as usize, "{accounts} accounts");
        let pairs: HashSet<(u32, u32)> = made.iter().map(|event| (event.account, event.post)).collect();
        assert_eq!(pairs.len(), made.len(), "a repeat at {accounts} accounts");
        assert!(made.iter().all(|event| dataset.author(event.post) != Some(event.account)), "a self-retweet");
    }
}

#[test]
fn requests_out_of_range_say_what_is_in_range() {
    let error = |accounts, retweets| generate(&SynthRequest { accounts, retweets, seed: 1 }).unwrap_err().to_string();
    assert_eq!(error(99, 5000), "--accounts 99 is out of range; ask for 100 to 5000000");
    assert_eq!(error(100, 0), "--retweets 0 is out of range; with these accounts ask for 1000 to 20000");
    assert_eq!(
        error(5_000_000, u32::MAX),
        "--retweets 4294967295 is out of range; with these accounts ask for 1000 to 100000000"
    );
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine"), "precious").unwrap();
    assert!(matches!(write(folder.path(), &SAMPLE, &|_| {}), Err(SynthError::NotEmpty(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn equal_seeds_give_equal_bytes_and_others_do_not() {
    let request = SynthRequest { accounts: 120, retweets: 1500, seed: 9 };
    let (first, second) = (written(&request).0, written(&request).0);
    let other = written(&SynthRequest { seed: 10, ..request }).0;
    assert_eq!(files(first.path()), files(second.path()));
    assert_ne!(unpacked(first.path()), unpacked(other.path()));
}

#[test]
fn every_line_parses_and_every_reference_leads_somewhere() {
    let (folder, summary) = written(&SAMPLE);
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let text = |value: &serde_json::Value, key: &str| value[key].as_str().map(str::to_owned);
    let accounts: Vec<_> = fs::read_to_string(folder.path().join(ACCOUNTS)).unwrap().lines().map(read).collect();
    let ids: HashSet<String> = accounts.iter().filter_map(|account| text(account, "id")).collect();
    let handles: Vec<String> = accounts.iter().filter_map(|account| text(account, "handle")).collect();
    assert_eq!((accounts.len(), ids.len()), (900, 900));
    assert_eq!(handles.len(), handles.iter().collect::<HashSet<_>>().len(), "two accounts share a handle");
    let pictures: HashSet<String> = accounts.iter().filter_map(|account| text(account, "avatar")).collect();
    assert!(pictures.iter().all(|picture| folder.path().join(picture).is_file()));
    assert_eq!(pictures.len(), summary.pictures as usize);
    let (mut posts, mut originals) = (HashSet::new(), HashMap::new());
    for post in unpacked(folder.path()).lines().map(read) {
        assert!(ids.contains(&text(&post, "author_id").unwrap()));
        let retweeted = &post["retweet_of"];
        if retweeted.is_null() {
            originals.insert(
                text(&post, "id").unwrap(),
                (text(&post, "author_id"), text(&post, "created_at"), text(&post, "text")),
            );
        } else {
            // The original stands above its retweets.
            let original = (text(retweeted, "author_id"), text(retweeted, "created_at"), text(retweeted, "text"));
            assert_eq!(originals.get(&text(retweeted, "id").unwrap()), Some(&original));
        }
        assert!(posts.insert(text(&post, "id").unwrap()), "two posts share an id");
    }
    assert_eq!(posts.len(), summary.posts as usize);
    assert_eq!(posts.len() - originals.len(), 16_000);
}

#[test]
fn the_demo_has_its_odd_accounts() {
    let folder = written(&SynthRequest { accounts: 100, retweets: 1000, seed: 2 }).0;
    let accounts = fs::read_to_string(folder.path().join(ACCOUNTS)).unwrap();
    for oddity in ["\\u001b[31m", "\u{202e}", "\u{200b}", "\u{e0041}", "=1+1"] {
        assert!(accounts.contains(oddity), "{oddity:?}");
    }
    assert!(accounts.lines().any(|line| line.len() > 10_000), "no long bio");
    for field in ["bio", "followers", "created_at", "handle", "name"] {
        assert!(accounts.lines().any(|line| !line.contains(&format!("\"{field}\":"))), "nobody lacks {field}");
    }
}

#[test]
fn the_sample_data_is_what_the_generator_writes() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let (kept, made) = (files(&kept), files(written(&SAMPLE).0.path()));
    let names = |files: &HashMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(names(&kept), names(&made));
    for (name, bytes) in made {
        // Another version of zstd may pack the same lines into other bytes.
        let plain =
            |bytes: &[u8]| if name == Path::new(POSTS) { zstd::decode_all(bytes).unwrap() } else { bytes.to_vec() };
        assert!(
            plain(&kept[&name]) == plain(&bytes),
            "{} differs; its README says how to write it again",
            name.display()
        );
    }
    let size: usize = kept.values().map(Vec::len).sum();
    assert!(size < 2_000_000, "{size} bytes");
}

#[test]
fn pictures_stay_few_in_a_large_data_set() {
    let dataset = generate(&SynthRequest { accounts: 200_000, retweets: 300_000, seed: 1 }).unwrap();
    let gallery = avatars::Gallery::new(&dataset);
    let carried = (0..).zip(&dataset.members).filter_map(|(account, member)| gallery.picture(account, *member));
    assert!(carried.collect::<HashSet<_>>().len() < 2000);
}
