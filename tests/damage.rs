//! Damage in a cache: every command says which import to take back and to read anew, or prints what it prints of a whole one.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use place::Place;

/// What commands read all of the cache, each in its own way.
const READING: [&[&str]; 7] = [
    &["stats", "--json"],
    &["query", "--json"],
    &["clusters", "--json", "--keep", "shared:1", "--min-retweets", "1"],
    &["network", "--keep", "shared:1"],
    &["signals", "--json", "id:1"],
    &["export"],
    &["imports", "--json"],
];

/// The tables that hold what an import brought, with the column that is packed.
const PACKED: [(&str, &str); 4] =
    [("post_chunk", "bytes"), ("share_chunk", "bytes"), ("author_chunk", "bytes"), ("profile", "seen")];

/// Two files, the second with profiles that were seen at a time.
fn two_files() -> Place {
    let place = Place::imported();
    let mut lines = String::new();
    for account in 1..=8 {
        lines += &format!(
            r#"{{"type":"account","id":"{account}","bio":"plants trees","observed_at":"2025-04-0{account}T00:00:00Z"}}"#
        );
        lines += "\n";
        lines += &format!(
            r#"{{"type":"post","id":"7{account}","author_id":"{account}","created_at":"2025-04-01T10:00:0{account}Z","text":"Oaks","retweet_of":{{"id":"90","author_id":"7"}}}}"#
        );
        lines += "\n";
    }
    fs::write(place.path("second.jsonl"), lines).unwrap();
    place.run(&["import", "second.jsonl"]).success();
    place.run(&["tag", "id:1", "unsure"]).success();
    place
}

/// Changes a byte of the packed column of a row of this import; whether there was one.
fn damage(cache: &Path, (table, column): (&str, &str), import: u32, place: usize) {
    let connection = Connection::open(cache).unwrap();
    let row = format!("import_id = ?1 AND {column} IS NOT NULL");
    let sql = format!("SELECT {column} FROM {table} WHERE {row} ORDER BY 1 LIMIT 1");
    let mut bytes: Vec<u8> = connection.query_row(&sql, [import], |row| row.get(0)).unwrap();
    let whole = bytes.clone();
    let length = bytes.len();
    bytes[place % length] ^= 1 << (place % 8);
    let sql = format!("UPDATE {table} SET {column} = ?2 WHERE {row} AND {column} = ?3");
    assert_eq!(connection.execute(&sql, (import, bytes, whole)).unwrap(), 1);
}

/// What a command printed, without the line that says when.
fn text(printed: &[u8]) -> String {
    let printed = String::from_utf8_lossy(printed);
    printed.lines().filter(|line| !line.contains("\"exported_at\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_names_the_import_that_is_damaged_or_prints_what_it_printed_before() {
    let place = two_files();
    let (cache, whole) = (place.path("cache.db"), place.path("whole.db"));
    let ran = |arguments: &[&str]| place.command(arguments).output().unwrap();
    // Links and counts are kept from here on.
    let _ = READING.map(ran);
    let expected = READING.map(ran).map(|output| text(&output.stdout));
    fs::copy(&cache, &whole).unwrap();
    let mut refused = 0;
    for (number, table) in PACKED.into_iter().enumerate() {
        for case in 0..6 {
            let _ = fs::remove_file(place.path("cache.db-wal"));
            let _ = fs::remove_file(place.path("cache.db-shm"));
            fs::copy(&whole, &cache).unwrap();
            damage(&cache, table, 2, case * 13 + number);
            for (arguments, expected) in READING.iter().zip(&expected) {
                let found = ran(arguments);
                if found.status.success() {
                    assert!(
                        text(&found.stdout) == *expected,
                        "{arguments:?} with {table:?} damaged prints something else"
                    );
                    continue;
                }
                refused += 1;
                let message = String::from_utf8(found.stderr).unwrap();
                assert_eq!(found.status.code(), Some(1), "{arguments:?}: {message}");
                let remedy =
                    "`bot-tui imports remove 2`, then read it anew with `bot-tui import second.jsonl`; your tags stay";
                assert!(message.contains(remedy), "{arguments:?} with {table:?} damaged: {message}");
            }
        }
    }
    assert!(refused > 30, "{refused}");
}

/// Shares are handed from one thread to another in steps of some thousands; the damage comes between.
#[test]
fn damage_behind_thousands_of_sound_shares_is_told_like_any_other() {
    let place = Place::new();
    for (file, import) in [("first.jsonl", 1), ("second.jsonl", 2), ("third.jsonl", 3)] {
        let lines = (0..10_000).map(|post| {
            let (author, target) = (post % 100, post / 100);
            format!(
                r#"{{"type":"post","id":"{import}-{post}","author_id":"{author}","created_at":"2025-04-01T10:00:00Z","retweet_of":{{"id":"{import}-{target}","author_id":"7"}}}}"#
            ) + "\n"
        });
        fs::write(place.path(file), lines.collect::<String>()).unwrap();
        place.run(&["import", file]).success();
    }
    damage(&place.path("cache.db"), ("share_chunk", "bytes"), 2, 40);
    for arguments in [&["clusters", "--keep", "shared:1"][..], &["network", "--keep", "shared:1"]] {
        let failed = place.run(arguments).code(1);
        let message = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
        assert!(message.contains("`bot-tui imports remove 2`"), "{message}");
    }
}

#[test]
fn what_the_message_says_mends_the_cache() {
    let place = two_files();
    let before = place.json(&["stats", "--json"]);
    for table in PACKED {
        damage(&place.path("cache.db"), table, 2, 9);
    }
    place.run(&["query", "--json"]).code(1);
    place.run(&["imports", "remove", "2"]).success();
    place.run(&["import", "second.jsonl"]).success();
    assert_eq!(place.json(&["stats", "--json"]), before, "the tag too");
    place.run(&["check"]).success();
}

#[test]
fn check_says_which_import_is_damaged_and_ends_with_1() {
    let place = two_files();
    let whole = place.json(&["check", "--json"]);
    assert_eq!((whole["whole"].as_bool(), whole["imports"].as_array().unwrap().len()), (Some(true), 2));
    let said = place.run(&["check"]).success();
    assert!(String::from_utf8_lossy(&said.get_output().stdout).ends_with("nothing is damaged\n"));
    damage(&place.path("cache.db"), PACKED[0], 2, 40);
    let said = place.run(&["check"]).code(1);
    let said = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("   1  data.jsonl: ") && lines[0].ends_with(" looked at, whole"), "{said}");
    assert!(lines[1].starts_with("   2  second.jsonl: ") && lines[1].ends_with(" looked at, damaged"), "{said}");
    let rest = [
        "      damaged chunks of posts: 1",
        "      take it back with `bot-tui imports remove 2`, then import the file again",
        "the cache is damaged",
    ];
    assert_eq!(lines[2..], rest);
    let output = place.command(&["check", "--json"]).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(found["imports"][1]["problems"]["damaged chunks of posts"], 1);
}

#[test]
fn links_that_were_kept_and_are_damaged_are_made_anew_and_said() {
    let place = two_files();
    let arguments = ["clusters", "--json", "--keep", "shared:1", "--min-retweets", "1"];
    let expected = place.run(&arguments).success().get_output().stdout.clone();
    let connection = Connection::open(place.path("cache.db")).unwrap();
    assert!(connection.execute("UPDATE link_chunk SET bytes = zeroblob(50)", []).unwrap() > 0);
    drop(connection);
    place.run(&["check"]).code(1);
    let found = place.run(&arguments).success();
    assert_eq!(found.get_output().stdout, expected);
    assert!(String::from_utf8_lossy(&found.get_output().stderr).contains("were damaged; they are made anew"));
    place.run(&["check"]).success();
}
