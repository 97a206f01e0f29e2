//! The README names what there is: commands, signals, formats; and its example is read whole.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

#[expect(dead_code, reason = "other tests need more of it")]
mod place;
mod program;

use std::fs;

use bot_tui::signals::Signal;
use place::Place;
use predicates::prelude::*;

const README: &str = include_str!("../README.md");

#[test]
fn the_readme_names_every_command() {
    let help = Place::new().run(&["--help"]).success().get_output().stdout.clone();
    let help = String::from_utf8(help).unwrap();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    // The first word of each line that begins a command; longer descriptions go on farther to the right.
    let begins = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let commands: Vec<&str> = listed.lines().filter(begins).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 15 && commands.contains(&"avatars"), "{commands:?}");
    for command in commands.into_iter().filter(|&command| command != "help") {
        assert!(README.contains(&format!("`bot-tui {command}")), "{command}");
    }
}

#[test]
fn the_readmes_example_of_the_native_format_is_imported_whole() {
    let place = Place::new();
    let example = README.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    fs::write(place.path("example.jsonl"), example).unwrap();
    let output = place.run(&["import", "example.jsonl"]).success();
    output.stdout(predicate::str::contains("native, 3 records, 0 lines skipped"));
}

#[test]
fn the_readme_has_a_row_for_every_signal() {
    for signal in Signal::ALL {
        assert!(README.contains(&format!("| `{}` |", signal.name())), "{}", signal.name());
    }
}

#[test]
fn the_readme_has_a_row_for_every_format() {
    for format in bot_tui::import::format_names() {
        assert!(README.contains(&format!("| `{format}` |")), "{format}");
    }
}
