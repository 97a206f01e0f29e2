//! Other programs read the networks that the binary writes: networkx, one before and one since its version 3.5, and igraph.
//! `BOT_TUI_PYTHON` names a Python that has networkx and igraph, `BOT_TUI_OLD_NETWORKX` a folder with networkx 2.8, and
//! `BOT_TUI_GEXF_SCHEMA` the schema `gexf.xsd` of GEXF 1.3, for which that Python needs xmlschema.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

#[expect(dead_code, reason = "only a part of it is of use here")]
#[path = "../place/mod.rs"]
mod place;
#[path = "../program/mod.rs"]
mod program;

use std::env;
use std::fs;
use std::process::Command;

use serde_json::json;

use place::Place;

/// Ids that differ only in what is not seen, one that a spreadsheet takes for a formula, and what XML has a meaning for.
const IDS: [&str; 6] = ["Amber\n71", "Amber 71", "Amber\t71", "Amber\u{7}71", "=Cedar", "<\"é⟨U+0007⟩&"];

/// Each of them retweets the same post and names the same hashtag, so that two links join every two.
fn data() -> String {
    let mut lines = String::new();
    for (number, id) in IDS.into_iter().enumerate() {
        let at = format!("2025-03-01T10:00:0{number}Z");
        let retweet = json!({"type": "post", "id": format!("r{number}"), "author_id": id, "created_at": at,
                             "retweet_of": {"id": "90", "author_id": "7"}});
        let own = json!({"type": "post", "id": format!("o{number}"), "author_id": id, "created_at": at,
                         "hashtags": ["trees"]});
        let account = json!({"type": "account", "id": id, "handle": format!("handle_{number}")});
        lines += &format!("{account}\n{retweet}\n{own}\n");
    }
    lines
}

fn written() -> Place {
    let place = Place::new();
    fs::write(place.path("many.jsonl"), data()).unwrap();
    fs::write(place.path("ids.json"), serde_json::to_string(&IDS).unwrap()).unwrap();
    place.run(&["import", "many.jsonl"]).success();
    let network = ["network", "--layer", "all", "--keep", "shared:1", "--weight", "shared", "-o"];
    let write = |more: &[&str]| place.run(&[&network[..], more].concat()).success();
    write(&["net.csv", "--nodes", "nodes.csv"]);
    for file in ["net.jsonl", "net.graphml", "net.gexf"] {
        write(&[file]);
    }
    write(&["old.gexf", "--gexf-version", "1.2"]);
    place
}

fn read(place: &Place, python: &str, old: Option<&str>) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/graph_files/read.py");
    let mut command = Command::new(python);
    command.arg(script).arg(place.path(""));
    if let Some(folder) = old {
        command.arg("--old").env("PYTHONPATH", folder);
    }
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{}\n{}", said[0], said[1]);
}

#[test]
fn other_programs_read_what_is_written() {
    let place = written();
    let Ok(python) = env::var("BOT_TUI_PYTHON") else {
        eprintln!("NOT TRIED: networkx and igraph, since BOT_TUI_PYTHON names no Python");
        return;
    };
    read(&place, &python, None);
    match env::var("BOT_TUI_OLD_NETWORKX") {
        Ok(folder) => read(&place, &python, Some(&folder)),
        Err(_) => eprintln!("NOT TRIED: networkx 2.8, since BOT_TUI_OLD_NETWORKX names no folder"),
    }
}

#[test]
fn the_ending_of_a_file_says_its_format_and_what_is_named_comes_first() {
    let place = written();
    let begins = |file: &str| fs::read_to_string(place.path(file)).unwrap().chars().take(40).collect::<String>();
    assert!(begins("net.csv").starts_with("Source,Target,Type,Weight,Kind,"), "{}", begins("net.csv"));
    assert!(begins("net.jsonl").starts_with("{\"source\":"), "{}", begins("net.jsonl"));
    assert!(begins("net.gexf").starts_with("<?xml"), "{}", begins("net.gexf"));
    let clash = place.run(&["network", "--keep", "shared:1", "--format", "jsonl", "-o", "clash.gexf"]).success();
    let said = String::from_utf8_lossy(&clash.get_output().stderr).into_owned();
    assert!(said.contains("clash.gexf is written as --format says"), "{said}");
    assert!(begins("clash.gexf").starts_with("{\"source\":"), "{}", begins("clash.gexf"));
    let both = place.run(&["network", "-o", "same.csv", "--nodes", "same.csv"]).code(1);
    assert!(String::from_utf8_lossy(&both.get_output().stderr).contains("name two files"));
}
