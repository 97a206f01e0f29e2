//! Nothing that the program says, writes or explains calls an account a bot, or anything like it: only the user's own
//! tag does.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use place::Place;

const VERDICTS: [&str; 14] = [
    "bot",
    "bots",
    "botnet",
    "botnets",
    "fake",
    "fakes",
    "troll",
    "trolls",
    "sockpuppet",
    "sockpuppets",
    "spammer",
    "spammers",
    "inauthentic",
    "astroturfing",
];
/// The program's name, the user's tag, and what accounts say of themselves.
const NAMES: [&str; 6] = ["bot-tui", "bot_tui", "suspected-bot", "suspected bot", "declared_bot", "declared-bot"];
/// Sentences that speak of the word.
const OF_THE_WORD: [&str; 2] =
    ["No account is called a bot by the program", "Somebody whom a list calls a bot can lose"];

/// The lines that pass a verdict, but for what `allowed` takes out of them.
fn verdicts(text: &str, allowed: &[&str]) -> Vec<String> {
    let passes = |line: &&str| {
        let taken = NAMES.iter().chain(allowed).fold((*line).to_owned(), |line, phrase| line.replace(phrase, ""));
        let mut words = taken.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        words.any(|word| VERDICTS.contains(&word.to_lowercase().as_str()))
    };
    text.lines().filter(passes).map(str::to_owned).collect()
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn a_verdict_would_be_found() {
    assert_eq!(verdicts("it is a Bot.\nbot-tui tags a suspected-bot\n12 fake accounts", &[]).len(), 2);
}

#[test]
fn no_screen_passes_a_verdict() {
    let screens: Vec<PathBuf> =
        fs::read_dir(root("src/ui/snapshots")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(screens.len() > 80, "{}", screens.len());
    for screen in screens {
        // One of them shows what a user typed.
        let found = verdicts(&fs::read_to_string(&screen).unwrap(), &["tag:bot", "`bot` is no value of tag"]);
        assert!(found.is_empty(), "{}: {found:?}", screen.display());
    }
}

#[test]
fn neither_the_readme_nor_the_help_passes_a_verdict() {
    let found = verdicts(include_str!("../README.md"), &OF_THE_WORD);
    assert!(found.is_empty(), "{found:?}");
    let place = Place::imported();
    let help = |arguments: &[&str]| {
        let output = place.run(arguments).success().get_output().stdout.clone();
        // The manual page writes each hyphen so that it stays one.
        let found = verdicts(&String::from_utf8(output).unwrap().replace("\\-", "-"), &[]);
        assert!(found.is_empty(), "{arguments:?}: {found:?}");
    };
    help(&["man"]);
    help(&["stats"]);
    for command in [
        "import", "imports", "export", "tag", "network", "clusters", "avatars", "audit", "path", "query", "signals",
        "personas", "stats",
    ] {
        help(&[command, "--help"]);
    }
}

#[test]
fn no_output_about_untagged_accounts_passes_a_verdict() {
    let place = Place::new();
    place.run(&["import", root("sample-data").to_str().unwrap()]).success();
    let figure = fs::read_to_string(root("sample-data/truth.csv")).unwrap();
    let figure = figure.lines().find(|line| line.contains(",figure,")).unwrap().split(',').next().unwrap().to_owned();
    let signals = place.json(&["signals", "--json"]);
    let ids: Vec<&str> =
        signals["accounts"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let mut said = String::new();
    for arguments in [
        &["stats"][..],
        &["clusters"],
        &["clusters", "--json"],
        &["audit", &figure],
        &["audit", &figure, "--json"],
        &["signals"],
        &["signals", "--json"],
        &["avatars"],
        &["avatars", "--json"],
        &["avatars", "--format", "csv"],
        &["network", "--layer", "all"],
        &["network", "--format", "graphml"],
        &["query", "layer:co-retweet"],
        &["query", "--json"],
        &["path", ids[0], ids[1]],
        &["path", ids[0], ids[1], "--json"],
        &["export"],
        &[&["signals"][..], &ids[..60]].concat(),
    ] {
        let output = place.run(arguments).success().get_output().clone();
        said += &String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        said += "\n";
    }
    assert!(said.len() > 1_000_000, "{}", said.len());
    // Some accounts of the sample say so in their own bios, which are words of the data.
    let found = verdicts(&said, &["I am a bot"]);
    assert!(found.is_empty(), "{:?}", &found[..found.len().min(5)]);
}
