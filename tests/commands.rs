//! The commands of the real binary: what they print, how they exit, what they keep.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use predicates::prelude::*;
use serde_json::{Value, json};

use place::Place;

/// One line on standard error that says `what`.
fn one_line(what: &str) -> impl Predicate<[u8]> + use<> {
    let what = what.to_owned();
    predicate::function(move |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.starts_with("bot-tui: ") && text.lines().count() == 1 && text.contains(&what)
    })
}

const COUNTS: [&str; 10] = [
    "accounts",
    "posts",
    "retweets",
    "targets",
    "synthetic_targets",
    "rounded_ids",
    "avatars",
    "links",
    "tagged",
    "skipped",
];

#[test]
fn importing_twice_changes_nothing() {
    let place = Place::new();
    let first = place.run(&["import", "data.jsonl"]).success();
    first.stdout(predicate::str::contains("24 records, 0 lines skipped").and(predicate::str::contains("retweets")));
    let once = place.json(&["stats", "--json"]);
    let keys: HashSet<&str> = once.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, COUNTS.into_iter().chain(["shared_links", "short_links", "platforms"]).collect());
    assert_eq!((once["accounts"].as_u64(), once["retweets"].as_u64()), (Some(5), Some(20)));
    assert_eq!((once["targets"].as_u64(), once["links"].as_u64()), (Some(10), Some(1)));
    place.run(&["import", "data.jsonl"]).success();
    assert_eq!(place.json(&["stats", "--json"]), once);
}

#[test]
fn a_tag_is_kept_with_its_note_and_exported_with_its_evidence() {
    let place = Place::imported();
    place.run(&["tag", "@amber_lake", "suspected-bot", "--note", "ten of ten within a second"]).success();
    place.run(&["tag", "2", "unsure"]).success();
    place.run(&["export", "--tag", "suspected-bot", "-o", "out.json"]).success();
    for command in [&["export"][..], &["clusters"], &["path", "1", "2"], &["audit", "1"]] {
        for name in ["out.csv", "out.tsv", "out.json.gz"] {
            place.run(&[command, &["-o", name]].concat()).code(1).stderr(one_line(".json"));
            assert!(!place.path(name).exists(), "{command:?} {name}");
        }
    }
    for command in [&["network"][..], &["avatars"], &["export", "avatar-urls"]] {
        for name in ["out.tsv", "out.csv.gz"] {
            place.run(&[command, &["-o", name]].concat()).code(1).stderr(one_line(".csv"));
            assert!(!place.path(name).exists(), "{command:?} {name}");
        }
    }
    let document: Value = serde_json::from_slice(&fs::read(place.path("out.json")).unwrap()).unwrap();
    assert_eq!(document["schema"], "bot-tui/tagged-accounts/2");
    let accounts = document["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 1);
    assert_eq!(accounts[0]["tag"]["note"], "ten of ten within a second");
    let link = &accounts[0]["links"][0];
    assert_eq!((link["id"].as_str(), link["co_share"]["shared"].as_u64()), (Some("2"), Some(10)));
    assert_eq!(link["co_share"]["targets"][0]["gap_seconds"], 1.0);
    assert_eq!(place.json(&["export"])["accounts"].as_array().unwrap().len(), 2);
    place.run(&["tag", "amber_lake", "none"]).success();
    assert_eq!(place.json(&["stats", "--json"])["tagged"], 1);
}

#[test]
fn what_goes_wrong_is_one_line_and_exit_code_1() {
    let place = Place::imported();
    place.run(&["tag", "nobody", "unsure"]).code(1).stderr(one_line("no account `nobody`"));
    place.run(&["tag", "twice", "unsure"]).code(1).stderr(one_line("use one of: id:3 (@twice), id:4 (@twice)"));
    place.run(&["import", "missing.jsonl"]).code(1).stderr(one_line("missing.jsonl"));
    fs::write(place.path("note.txt"), "a shopping list\nbread\n").unwrap();
    place.run(&["import", "note.txt"]).code(1).stderr(one_line("note.txt"));
    fs::write(place.path("broken.db"), "this is no database, and long enough to be looked at".repeat(40)).unwrap();
    place.run(&["--cache", "broken.db", "stats"]).code(1).stderr(one_line("broken.db"));
    place.run(&["export", "-o", "no/such/folder/out.json"]).code(1).stderr(one_line("no/such/folder"));
    place.run(&["synth", "--out", ".", "--accounts", "300", "--retweets", "900", "--seed", "1"]).code(1);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let place = Place::new();
    for arguments in [
        &["tag", "1", "villain"][..],
        &["fly"],
        &["import"],
        &["export", "--tag", "x"],
        &["import", "--format", "x", "y"],
    ] {
        place
            .run(arguments)
            .code(2)
            .stderr(predicate::str::contains("--help").or(predicate::str::contains("possible")));
    }
}

#[test]
fn hostile_files_are_skipped_or_refused_and_what_was_there_stays() {
    let place = Place::imported();
    let before = place.json(&["stats", "--json"]);
    fs::write(place.path("empty.jsonl"), "").unwrap();
    fs::write(place.path("binary.bin"), [0_u8, 159, 146, 150, 0, 1, 2, 255].repeat(300)).unwrap();
    fs::create_dir(place.path("empty_folder")).unwrap();
    for name in ["empty.jsonl", "binary.bin", "empty_folder"] {
        place.run(&["import", name]).code(1).stderr(one_line(name));
    }
    assert_eq!(place.json(&["stats", "--json"]), before);

    let mut cut = fs::read(place.path("data.jsonl")).unwrap();
    cut.truncate(cut.len() - 30);
    cut.extend(b"\n\xff\xfe not text\n");
    fs::write(place.path("cut.jsonl"), cut).unwrap();
    let output = place.run(&["import", "cut.jsonl"]).success();
    output.stdout(predicate::str::contains("2 lines skipped").and(predicate::str::contains("cut.jsonl:24:")));
    let after = place.json(&["stats", "--json"]);
    assert_eq!(after["skipped"], 2);
    assert_eq!(after["retweets"], before["retweets"]);
}

#[test]
fn a_folder_is_read_file_by_file() {
    let place = Place::new();
    fs::create_dir(place.path("folder")).unwrap();
    fs::rename(place.path("data.jsonl"), place.path("folder/data.jsonl")).unwrap();
    fs::write(place.path("folder/truth.csv"), "account_id,role\n1,amplifier\n").unwrap();
    place.run(&["import", "folder"]).success().stdout(predicate::str::contains("truth.csv: left alone"));
    assert_eq!(place.json(&["stats", "--json"])["retweets"], 20);
}

#[test]
fn names_from_the_data_cannot_act_on_the_terminal() {
    let place = Place::new();
    fs::write(place.path("evil\u{1b}[31m.jsonl"), "{\"type\":\"account\"}\n\u{1b}]0;owned\u{7}\n").unwrap();
    let output = place.run(&["import", "evil\u{1b}[31m.jsonl"]).get_output().clone();
    for bytes in [output.stdout, output.stderr] {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{text:?}");
    }
}

#[test]
fn completions_and_manual_name_every_command() {
    let place = Place::new();
    let commands = ["demo", "import", "export", "tag", "network", "clusters", "stats", "synth", "completions", "man"];
    for arguments in
        [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"], &["man"], &["--help"]]
    {
        let output = place.run(arguments).success().get_output().stdout.clone();
        let text = String::from_utf8(output).unwrap();
        for command in commands {
            assert!(text.contains(command), "{arguments:?} lacks {command}");
        }
    }
    assert!(!place.path("cache.db").exists(), "help needs no cache");
}

const README: &str = include_str!("../README.md");

fn keys_of(value: &Value, keys: &mut HashSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            keys.insert(key.clone());
            keys_of(value, keys);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys_of(item, keys)),
        _ => {}
    }
}

#[test]
fn the_readme_documents_every_field_of_the_export() {
    let place = Place::imported();
    place.run(&["tag", "1", "unsure"]).success();
    let mut keys = HashSet::new();
    keys_of(&place.json(&["export"]), &mut keys);
    let schema = README.split("## The exported JSON").nth(1).unwrap().split("\n## ").next().unwrap();
    let documented: HashSet<&str> = schema.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let missing: Vec<&String> =
        keys.iter().filter(|key| !documented.contains(key.as_str()) && !COUNTS.contains(&key.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The account pairs of the sample that are linked through what they retweet, against the truth it was made with.
#[test]
fn the_sample_links_exactly_the_planted_groups() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let place = Place::new();
    place.run(&["import", sample.to_str().unwrap()]).success();
    let truth = fs::read_to_string(sample.join("truth.csv")).unwrap();
    let rows: Vec<Vec<&str>> = truth.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let group: HashMap<&str, &str> = rows.iter().map(|row| (row[0], row[2])).collect();
    for row in rows.iter().filter(|row| row[1] == "amplifier").take(3) {
        place.run(&["tag", row[0], "suspected-bot"]).success();
    }
    let document = place.json(&["export"]);
    for account in document["accounts"].as_array().unwrap() {
        let own = group[account["id"].as_str().unwrap()];
        let members = rows.iter().filter(|row| row[2] == own).count() as u64;
        assert!(account["links_total"].as_u64().unwrap() >= members * 9 / 10, "most of the group is found");
        for link in account["links"].as_array().unwrap() {
            assert_eq!(group[link["id"].as_str().unwrap()], own, "the strongest links stay within the group");
        }
    }
}

/// Pairs of amplifiers of one planted group, against pairs of accounts in one cluster.
#[test]
fn clusters_at_the_default_settings_are_the_planted_groups() {
    for seed in ["1", "2", "3"] {
        let place = Place::new();
        let size = ["--accounts", "700", "--retweets", "12000", "--seed", seed];
        place.run(&[&["synth", "--out", "made"][..], &size].concat()).success();
        place.run(&["import", "made"]).success();
        let truth = fs::read_to_string(place.path("made/truth.csv")).unwrap();
        let rows: Vec<Vec<&str>> = truth.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let role: HashMap<&str, (&str, &str)> = rows.iter().map(|row| (row[0], (row[1], row[2]))).collect();
        let document = place.json(&["clusters", "--json"]);
        assert_eq!(document, place.json(&["clusters", "--json"]), "equal parameters give equal output");
        let (mut found, mut right, mut supporters) = (0, 0, 0);
        let ranks = document["clusters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (c["agreeing_independent"].as_u64(), c["agreeing_reusing"].as_u64(), c["size"].as_u64()));
        assert!(ranks.is_sorted_by(|a, b| a >= b), "more independent layers first, then more others, then the larger");
        for cluster in document["clusters"].as_array().unwrap() {
            let members: Vec<&str> =
                cluster["members"].as_array().unwrap().iter().map(|m| m["id"].as_str().unwrap()).collect();
            supporters += members.iter().filter(|id| role[*id].0 == "supporter").count();
            for (index, a) in members.iter().enumerate() {
                for b in &members[..index] {
                    found += 1;
                    right += u64::from(role[a].0 == "amplifier" && role[a] == role[b]);
                }
            }
        }
        let mut groups: HashMap<&str, u64> = HashMap::new();
        rows.iter().filter(|row| row[1] == "amplifier").for_each(|row| *groups.entry(row[2]).or_default() += 1);
        let planted: u64 = groups.values().map(|size| size * (size - 1) / 2).sum();
        let (precision, recall) = (right as f64 / f64::from(found), right as f64 / planted as f64);
        println!("seed {seed}: precision {precision:.4}, recall {recall:.4}, supporters in clusters {supporters}");
        assert!(precision >= 0.95 && recall >= 0.95 && supporters == 0, "{precision} {recall} {supporters}");
    }
}

#[test]
fn a_cluster_says_which_layers_agree_and_what_speaks_against_it() {
    let place = Place::new();
    place.run(&["synth", "--out", "made", "--accounts", "300", "--retweets", "5000", "--seed", "4"]).success();
    place.run(&["import", "made"]).success();
    let document = place.json(&["clusters", "--json"]);
    assert_eq!(document["schema"], "bot-tui/clusters/3");
    for cluster in document["clusters"].as_array().unwrap() {
        let layers = cluster["layers"].as_array().unwrap();
        let names: Vec<&str> = layers.iter().map(|layer| layer["layer"].as_str().unwrap()).collect();
        assert_eq!(names, ["significant", "window", "avatar", "text", "profile", "creation"]);
        let agreeing = layers.iter().filter(|layer| layer["agrees"] == true).count();
        assert_eq!(cluster["agreeing"], agreeing);
        let independent = |layer: &&Value| layer["agrees"] == true && layer["independent"] == true;
        assert_eq!(cluster["agreeing_independent"], layers.iter().filter(independent).count());
        let kinds: Vec<bool> = layers.iter().map(|layer| layer["independent"].as_bool().unwrap()).collect();
        assert_eq!(kinds, [false, false, true, true, true, true]);
        assert!(agreeing >= 2, "planted groups hang together by more than one layer: {cluster}");
        assert!(layers.iter().all(|layer| layer["agrees"].is_null() == (layer["of"] == 0)));
        assert!(cluster["against"].is_array() && cluster["handle_shapes"].is_array());
    }
    place.run(&["clusters", "--max-accounts", "2", "--min-accounts", "2", "--keep", "all"]).success();
    let mut words = place.run(&["clusters", "--keep", "all"]).success().get_output().stdout.clone();
    words.retain(|byte| *byte != b'\r');
    assert!(
        String::from_utf8(words).unwrap().contains("against it: "),
        "links of any two accounts have a case against"
    );
}

#[test]
fn a_network_takes_the_links_that_another_command_kept_and_is_the_same() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data");
    for rule in ["cosine:0.5", "shared:3", "shared-within:2", "percentile:99", "all"] {
        let place = Place::new();
        place.run(&["import", sample]).success();
        let network = |layer: &str| {
            let arguments = ["network", "--keep", rule, "--layer", layer];
            place.run(&arguments).success().get_output().stdout.clone()
        };
        let made = ["co-retweet", "all"].map(network);
        place.run(&["clusters", "--keep", rule]).success();
        assert!(["co-retweet", "all"].map(network) == made, "{rule}");
    }
}

#[test]
fn a_network_does_not_link_again_what_is_kept() {
    let place = Place::imported();
    let network = || place.run(&["network", "--keep", "shared:3"]).success().get_output().stdout.clone();
    place.run(&["clusters", "--keep", "shared:3"]).success();
    place.run(&["clusters", "--keep", "shared:20"]).success();
    assert_eq!(network().iter().filter(|&&byte| byte == b'\n').count(), 2, "a heading and the pair");
    // The links of the one rule under the name of the other show that they are taken.
    let connection = rusqlite::Connection::open(place.path("cache.db")).unwrap();
    let renamed = "UPDATE linking SET parameters = replace(parameters, '20', '3') WHERE parameters LIKE '%20%'";
    connection.execute("DELETE FROM linking WHERE parameters NOT LIKE '%20%'", []).unwrap();
    assert_eq!(connection.execute(renamed, []).unwrap(), 1);
    assert_eq!(network().iter().filter(|&&byte| byte == b'\n').count(), 1, "the heading alone");
}

#[test]
fn a_network_names_its_columns_and_is_the_same_twice() {
    let place = Place::imported();
    let arguments = ["network", "--keep", "significant:0.05"];
    let written = |arguments: &[&str]| place.run(arguments).success().get_output().stdout.clone();
    let text = String::from_utf8(written(&arguments)).unwrap();
    let heading = "Source,Target,Type,Weight,Kind,layer,shared,shared_within,cosine,median_gap_s,p,q,pdq_distance,rounded_ids,p_author_held,p_timing\n";
    assert!(text.starts_with(heading), "{text}");
    let all = String::from_utf8(written(&["network", "--keep", "all"])).unwrap();
    let row = all.lines().nth(1).unwrap();
    assert!(row.starts_with("1,2,Undirected,") && row.contains(",co-retweet,co-retweet,10,10,"), "{all}");
    assert!(row.ends_with(",1,,,,0,,"), "{all}");
    assert_eq!(written(&["network", "--keep", "all"]), all.into_bytes());
    place.run(&["network", "--layer", "all", "--format", "gexf", "-o", "out.gexf"]).success();
    assert!(fs::read_to_string(place.path("out.gexf")).unwrap().contains("<node id=\"1\" label=\"amber_lake\"/>"));
    place.run(&["network", "--keep", "cosine:7"]).code(2).stderr(predicate::str::contains("cosine:T (0 to 1)"));
}

/// Two posts that share an object of every kind, and three retweets of one post. What `r` replies to and what `t`
/// retweets is its own, and so links nobody.
fn posts_of_every_layer() -> String {
    let said = json!({
        "text": "@x We will plant trees tomorrow",
        "links": ["https://a.example/?utm_id=1"],
        "hashtags": ["Trees", "trees"],
        "quote_of": {"id": "20", "author_id": "q"},
        "reply_to": {"id": "30", "author_id": "r"},
    });
    let retweeted = json!({"retweet_of": {"id": "40", "author_id": "t"}});
    let posts = [("a", 0, &said), ("r", 10, &said), ("a", 0, &retweeted), ("b", 10, &retweeted), ("t", 20, &retweeted)];
    let mut lines = String::new();
    for (id, (author, second, held)) in posts.into_iter().enumerate() {
        let mut post = held.clone();
        post["type"] = "post".into();
        post["id"] = id.into();
        post["author_id"] = author.into();
        post["created_at"] = format!("2025-01-01T12:00:{second:02}Z").into();
        lines += &format!("{post}\n");
    }
    lines
}

#[test]
fn every_layer_links_by_the_same_definitions() {
    let place = Place::new();
    fs::write(place.path("posts.jsonl"), posts_of_every_layer()).unwrap();
    place.run(&["import", "posts.jsonl"]).success();
    let network = |window: &str| {
        let arguments = ["network", "--layer", "all", "--keep", "shared:1", "--window", window];
        let output = place.run(&arguments).success().get_output().stdout.clone();
        String::from_utf8(output).unwrap().lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let (far, near) = (network("9"), network("10"));
    for layer in ["co-hashtag", "co-link", "co-quote", "co-text"] {
        let row = |within| format!("a,r,Undirected,1,{layer},{layer},1,{within},,10,,,,0,,");
        assert!(far.contains(&row(0)) && near.contains(&row(1)), "{layer}: {far:?} {near:?}");
    }
    assert!(near.contains(&"a,b,Undirected,1,co-retweet,co-retweet,1,1,,10,,,,0,,".to_owned()), "{near:?}");
    assert_eq!(near.len(), 5, "own posts link nobody, and no reply is left to share: {near:?}");
}

#[test]
fn a_muted_target_is_named_and_must_be_one() {
    let place = Place::new();
    fs::write(place.path("posts.jsonl"), posts_of_every_layer()).unwrap();
    place.run(&["import", "posts.jsonl"]).success();
    let edges = |extra: &[&str]| {
        let arguments = [&["network", "--keep", "shared:1"], extra].concat();
        let output = place.run(&arguments).success().get_output().stdout.clone();
        String::from_utf8(output).unwrap().lines().count() - 1
    };
    assert_eq!([edges(&[]), edges(&["--mute", "40"]), edges(&["--max-accounts", "1"])], [1, 0, 0]);
    assert_eq!(edges(&["--layer", "all", "--mute", "40", "--mute", "trees"]), 3, "of any layer");
    place.run(&["clusters", "--mute", "41"]).code(1).stderr(one_line("no target is called `41`"));
    place
        .run(&["export", "--layer", "co-hashtag", "--mute", "trees"])
        .success()
        .stdout(predicate::str::contains("\"layer\": \"co-hashtag\"").and(predicate::str::contains("\"trees\"")));
}

#[test]
fn real_files_give_the_figures_that_others_counted() {
    let Some(real) = std::env::var_os("BOT_TUI_REAL_DATA").map(PathBuf::from) else {
        println!("skipped: BOT_TUI_REAL_DATA is not set");
        return;
    };
    let figures = |file: &str| {
        let place = Place::new();
        place.run(&["import", real.join(file).to_str().unwrap()]).success();
        place.json(&["stats", "--json"])
    };
    let table = figures("co_retweet/retweets.csv");
    let counts = ["retweets", "accounts", "targets"].map(|key| table[key].as_u64().unwrap());
    assert_eq!(counts, [34_829, 9_509, 7_257]);
    let flat = figures("formats/twarc2_flat.jsonl");
    assert_eq!(flat["retweets"], 47);
    assert_eq!(flat, figures("formats/twarc2_noflat.jsonl"));
    let network = |file: &str| {
        let place = Place::new();
        place.run(&["import", real.join(file).to_str().unwrap()]).success();
        let all = ["network", "--layer", "all", "--keep", "shared:1"];
        String::from_utf8(place.run(&all).success().get_output().stdout.clone()).unwrap()
    };
    let flat = network("formats/twarc2_flat.jsonl");
    let pairs = |layer: &str| flat.lines().filter(|line| line.split(',').nth(5) == Some(layer)).count();
    // Counted from the file by a script of its own.
    assert_eq!(["co-quote", "co-reply"].map(pairs), [15, 2]);
    assert_eq!(flat, network("formats/twarc2_noflat.jsonl"));
}
