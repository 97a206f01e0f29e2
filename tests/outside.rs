//! Words from outside: arguments, file names and variables that try to act on the terminal.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use place::Place;

/// A title, a colour, a turn of the reading direction, a control of eight bits, and a line of the program's own.
const ACTS: &str = "x\u{1b}]0;owned\u{7}\u{1b}[31mred\u{202e}\u{2066}\u{9b}2J\u{7f}\u{200b}\u{8}\nbot-tui: all is well";
/// Bytes that are no text.
const NO_TEXT: &[u8] = b"x\x9b31m\xff\x1b[31m\x07";

fn hostile() -> [OsString; 2] {
    [OsString::from(ACTS), OsStr::from_bytes(NO_TEXT).to_owned()]
}

fn run(folder: &Path, arguments: &[OsString], variables: &[(&str, &OsStr)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
    command.current_dir(folder).env_clear().env("HOME", folder).env("BOT_TUI_CACHE", folder.join("cache.db"));
    // A terminal's colours are asked for, so that what is left out where nobody sees it is there.
    command.env("CLICOLOR_FORCE", "1").envs(variables.iter().copied());
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// The first thing in what was written that acts on a terminal.
fn acting(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("bytes that are no text".to_owned()) };
    let acts = |character: char| {
        let hides = matches!(character, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        hides || character.is_control() && !matches!(character, '\n' | '\t')
    };
    text.chars().find(|&character| acts(character)).map(|character| format!("U+{:04X}", u32::from(character)))
}

fn check(arguments: &[OsString], output: &Output) {
    for written in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(written);
        assert_eq!(acting(written), None, "{arguments:?}\n{text:?}");
        assert!(!text.lines().any(|line| line.starts_with("bot-tui: all is well")), "{arguments:?}\n{text}");
    }
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{arguments:?}: {code:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Ways to call a command: each of its arguments once hostile, beside values for those that must be there.
fn calls(command: &clap::Command, before: &[OsString], found: &mut Vec<Vec<OsString>>) {
    let usual = |argument: &clap::Arg| -> Vec<OsString> {
        let possible = argument.get_possible_values();
        let value = possible.first().map_or("1", |value| value.get_name());
        named(argument, OsStr::new(value))
    };
    let arguments: Vec<&clap::Arg> = command.get_arguments().filter(|argument| argument.get_id() != "help").collect();
    for hostile in hostile() {
        for &argument in &arguments {
            let others =
                arguments.iter().filter(|other| other.is_required_set() && other.get_id() != argument.get_id());
            let others: Vec<OsString> = others.flat_map(|&other| usual(other)).collect();
            found.push([before, &others, &named(argument, &hostile)].concat());
        }
        let mut flag = OsString::from("--");
        flag.push(&hostile);
        for more in [vec![hostile.clone()], vec![flag], vec!["-".into(), hostile.clone(), hostile.clone()]] {
            found.push([before, &more].concat());
        }
        found.push([before, &["help".into(), hostile.clone()]].concat());
    }
    for subcommand in command.get_subcommands() {
        calls(subcommand, &[before, &[subcommand.get_name().into()]].concat(), found);
    }
}

/// An argument with its value, as it stands on a command line.
fn named(argument: &clap::Arg, value: &OsStr) -> Vec<OsString> {
    let Some(long) = argument.get_long() else { return vec![value.to_owned()] };
    let flag = OsString::from(format!("--{long}"));
    if argument.get_action().takes_values() {
        return vec![flag, value.to_owned()];
    }
    let mut with_value = flag;
    with_value.push("=");
    with_value.push(value);
    vec![with_value]
}

#[test]
fn no_argument_of_any_command_acts_on_the_terminal() {
    let place = Place::imported();
    let mut command = bot_tui::cli::command();
    command.build();
    let mut found = Vec::new();
    calls(&command, &[], &mut found);
    assert!(found.len() > 500, "{} calls", found.len());
    let each = found.len().div_ceil(4);
    std::thread::scope(|scope| {
        for some in found.chunks(each) {
            scope.spawn(|| some.iter().for_each(|arguments| check(arguments, &run(&place.path(""), arguments, &[]))));
        }
    });
    assert_eq!(place.json(&["stats", "--json"])["accounts"], 5, "nothing came in");
}

#[test]
fn files_of_any_name_are_read_and_written_in_words_that_are_safe() {
    let place = Place::new();
    let folder = place.path("");
    for name in hostile() {
        let with = |before: &str, ending: &str| {
            let mut whole = OsString::from(before);
            whole.push(&name);
            whole.push(ending);
            whole
        };
        let (cache, data, torn, names) =
            (with("c", ".db"), with("d", ".jsonl"), with("t", ".jsonl"), with("n", ".txt"));
        let (pictures, set, empty) = (with("p", ""), with("s", ""), with("e", ""));
        fs::copy(place.path("data.jsonl"), folder.join(&data)).unwrap();
        fs::write(folder.join(&torn), "{\"type\":\"account\",\"id\":\"1\"}\ntorn\n").unwrap();
        fs::write(folder.join(&names), "Amber\n").unwrap();
        fs::write(folder.join(&empty), "nothing of use").unwrap();
        fs::create_dir(folder.join(&pictures)).unwrap();
        fs::write(folder.join(&pictures).join(with("1", ".png")), "no picture").unwrap();
        fs::write(folder.join(&pictures).join("1.png"), "no picture").unwrap();
        let call = |words: &[&OsStr], code: i32| {
            let mut arguments = vec![OsString::from("--cache"), cache.clone()];
            arguments.extend(words.iter().map(OsString::from));
            let output = run(&folder, &arguments, &[]);
            check(&arguments, &output);
            assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
        };
        let word = OsStr::new;
        let rejects = with("r", ".csv");
        call(&[word("import"), &data, &torn, word("--avatars"), &pictures, word("--rejects"), &rejects], 0);
        call(&[word("import"), &data], 0);
        call(&[word("import"), &empty], 1);
        call(&[word("import"), &with("none", "")], 1);
        call(&[word("imports")], 0);
        call(&[word("imports"), word("--json")], 0);
        call(&[word("stats")], 0);
        call(&[word("tag"), word("1"), word("unsure"), word("--note"), OsStr::new(ACTS)], 0);
        for writer in [&["export"][..], &["network"], &["clusters"], &["avatars"], &["audit", "7"], &["path", "1", "2"]]
        {
            let writer: Vec<&OsStr> = writer.iter().map(word_of).collect();
            call(&[&writer[..], &[word("-o"), &with("out", "")]].concat(), 0);
            call(&[&writer[..], &[word("-o"), &data]].concat(), 1);
            call(&[&writer[..], &[word("-o"), &with("no/such/", "")]].concat(), 1);
        }
        call(&[word("personas"), word("--names"), &names], 0);
        call(&[word("personas"), word("--names"), &with("none", "")], 1);
        let size = ["--accounts", "300", "--retweets", "3000", "--seed", "1"].map(OsStr::new);
        call(&[&[word("synth"), word("--out"), &set][..], &size].concat(), 0);
        call(&[&[word("synth"), word("--out"), &set][..], &size].concat(), 1);
        call(&[word("imports"), word("remove"), word("1")], 0);
    }
}

fn word_of<'a>(word: &&'a str) -> &'a OsStr {
    OsStr::new(*word)
}

#[test]
fn no_variable_and_no_file_of_settings_acts_on_the_terminal() {
    let place = Place::imported();
    let folder = place.path("");
    for value in hostile() {
        let home = folder.join(&value);
        fs::create_dir_all(home.join("bot-tui")).unwrap();
        for name in ["BOT_TUI_CACHE", "BOT_TUI_THEME", "BOT_TUI_PICTURES"] {
            for words in
                [&["--help"][..], &["-h"], &["stats"], &["import", "--help"], &["help", "imports"], &["--no-such"]]
            {
                let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
                check(&arguments, &run(&folder, &arguments, &[(name, &value)]));
            }
        }
        let print = ["config".into(), "--print-default".into()];
        let printed = run(&folder, &print, &[("XDG_CONFIG_HOME", home.as_os_str())]);
        check(&print, &printed);
        // Every comment stays one, and what was printed can be read.
        fs::write(home.join("bot-tui/config.toml"), &printed.stdout).unwrap();
        check(&[], &run(&folder, &[], &[("XDG_CONFIG_HOME", home.as_os_str())]));
        for (file, text) in
            [("config.toml", format!("theme = '''{ACTS}'''\n")), ("keymap.toml", format!("['''{ACTS}''']\n"))]
        {
            fs::write(home.join("bot-tui").join(file), text).unwrap();
            let output = run(&folder, &[], &[("XDG_CONFIG_HOME", home.as_os_str())]);
            check(&[], &output);
            assert_eq!(output.status.code(), Some(1));
            fs::remove_file(home.join("bot-tui").join(file)).unwrap();
        }
    }
}

/// Accounts and posts whose times lie at the ends of what a calendar or a number can hold.
fn extreme_times() -> String {
    let times = [
        "\"9999-12-31T23:59:59.999Z\"",
        "\"9999-12-30T22:00:00Z\"",
        "\"-009999-01-02T01:59:59Z\"",
        "\"0000-01-01T00:00:00Z\"",
        "253402300799999",
        "-253402300799999",
        "9223372036854775807",
        "-9223372036854775808",
        "1e300",
        "0",
        "-1",
    ];
    let mut lines = String::new();
    for (account, own) in times.iter().enumerate() {
        lines += &format!(
            "{{\"type\":\"account\",\"id\":\"{account}\",\"handle\":\"lamp{account}\",\"created_at\":{own},\"observed_at\":{own}}}\n"
        );
        for (post, at) in times.iter().enumerate() {
            lines += &format!(
                "{{\"type\":\"post\",\"id\":\"{account}-{post}\",\"author_id\":\"{account}\",\"created_at\":{at},\"retweet_of\":{{\"id\":\"9{post}\",\"author_id\":\"7\",\"created_at\":{own}}}}}\n"
            );
        }
    }
    lines
}

#[test]
fn times_at_the_ends_of_every_calendar_are_no_panic() {
    let place = Place::new();
    fs::write(place.path("times.jsonl"), extreme_times()).unwrap();
    place.run(&["import", "times.jsonl"]).success();
    place.run(&["tag", "1", "unsure"]).success();
    for words in [
        &["network", "--layer", "all", "--keep", "all", "--significance"][..],
        &["clusters", "--keep", "all", "--json"],
        &["clusters", "--keep", "all"],
        &["signals"],
        &["signals", "1", "2", "--json"],
        &["audit", "7", "--keep", "all", "--json"],
        &["path", "1", "2", "--keep", "all"],
        &["query", "created<2020-01-01"],
        &["export", "--keep", "all"],
        &["imports"],
        &["stats"],
    ] {
        place.run(words).success();
    }
}

#[test]
fn a_name_of_the_program_does_not_act_either() {
    use std::os::unix::process::CommandExt;
    for name in hostile() {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        let output = command.arg0(&name).args(["stats", "--no-such"]).output().unwrap();
        check(&[name], &output);
    }
}
