//! Follows the README's `To add` for an invented signal, layer, format and place in a copy of the source: the files and lines
//! that it names are all that it takes for commands and screens to know them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod house;
#[path = "../program/mod.rs"]
mod program;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "only a part of it is of use here")]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use house::House;
use program::surroundings;
use serde_json::{Value, json};
use support::Session;
use tempfile::TempDir;

fn signal(house: &mut House) {
    house.add_file("src/signals/name_length.rs", include_str!("added/name_length.rs"));
    house.add_line("src/signals/mod.rs", "mod hub_audit;", "mod name_length;");
    house.add_line(
        "src/signals/mod.rs",
        "signal::<text_twins::TextTwins>(),",
        "    signal::<name_length::NameLength>(),",
    );
    assert_eq!(house.touched_as_written("a signal").len(), 2);
}

fn layer(house: &mut House) {
    house.add_file("src/layers/co_shout.rs", include_str!("added/co_shout.rs"));
    house.add_line("src/layers/mod.rs", "mod co_retweet;", "mod co_shout;");
    house.add_line("src/layers/mod.rs", "Text() = 6, \"co-text\", co_text;", "Shout() = 7, \"co-shout\", co_shout;");
    assert_eq!(house.touched_as_written("a layer").len(), 2);
}

fn format(house: &mut House) {
    house.add_file("src/import/formats/tally.rs", include_str!("added/tally.rs"));
    house.add_line("src/import/formats/mod.rs", "mod synthetic;", "mod tally;");
    house.add_line("src/import/formats/mod.rs", "&mastodon::Mastodon,", "    &tally::Tally,");
    house.add_file("tests/samples/tally.csv", include_str!("added/tally.csv"));
    assert_eq!(house.touched_as_written("an input format").len(), 3);
}

/// A place over the panes, with a question that is answered in the background, keys, rows for the mouse and a name.
fn place(house: &mut House) {
    house.add_file("src/analysis/roll.rs", include_str!("added/analysis_roll.rs"));
    house.add_line("src/analysis/mod.rs", "mod question;", "mod roll;");
    house.add_line("src/analysis/mod.rs", "pub use roster::Roster;", "pub use roll::{Roll, RollOf};");
    house.add_line("src/analysis/mod.rs", "questions! {", "    /// The roll.\n    Roll(RollOf) -> Arc<Roll>;");
    house.add_file("src/app/places/roll.rs", include_str!("added/app_roll.rs"));
    house.add_line(
        "src/app/places/mod.rs",
        "covering {",
        "        /// On the roll.\n        Roll \"Roll\" roll: RollView, Rows;",
    );
    house.add_file("src/ui/places/roll.rs", include_str!("added/ui_roll.rs"));
    house.add_line("src/ui/places/mod.rs", "Signals signals;", "        Roll roll;");
    let keys = "    Roll in Everywhere, \"roll\", \"Call the roll; once more, or esc, closes it.\";\n    \
                RollFirst in Roll, \"first\", \"Go to the first letter.\";";
    house.add_line("src/app/action.rs", "catalogue! {", keys);
    let head = "# A user's own keymap.toml in the configuration folder replaces the keys of the actions it names.";
    house.add_line("assets/keymap.toml", "[everywhere]", "roll = [\"L\"]");
    house.add_line("assets/keymap.toml", head, "\n[roll]\nroll-first = [\"0\"]");
    assert_eq!(house.touched_as_written("a place that lies over the panes").len(), 8);
}

/// A folder with a cache, and whichever program looks at it.
struct Desk(TempDir);

impl Desk {
    fn run(&self, program: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.env_clear().envs(surroundings()).env("HOME", self.0.path()).env("BOT_TUI_CACHE", self.path("cache.db"));
        let output = command.current_dir(self.0.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Two accounts that shout the same three words.
fn shouting() -> String {
    let post = |(number, account): (usize, &str)| {
        let text = ["BREAD for all", "SALT for all", "MILK for all"][number / 2];
        json!({ "type": "post", "id": number.to_string(), "author_id": account, "text": text }).to_string() + "\n"
    };
    let account = json!({ "type": "account", "id": "ann", "handle": "ann", "name": "Ann" }).to_string() + "\n";
    account + &["ann", "ben"].into_iter().cycle().take(6).enumerate().map(post).collect::<String>()
}

fn a_signal_is_known(desk: &Desk, program: &Path) {
    let listed = text(&desk.run(program, &["signals"]).stdout);
    assert!(listed.contains("\nname_length "), "{listed}");
    let shown = text(&desk.run(program, &["signals", "ann"]).stdout);
    assert!(shown.contains("its name has 3 letters") && shown.contains("Names are as long as people like"), "{shown}");
    let document: Value = serde_json::from_slice(&desk.run(program, &["signals", "ann", "--json"]).stdout).unwrap();
    let found = &document["accounts"][0]["signals"]["name_length"];
    assert_eq!((&found["value"], &found["evidence"]), (&json!(3.0), &json!({ "letters": 3 })));
}

/// The cache was filled by the program that did not know the layer.
fn a_layer_is_known(desk: &Desk, program: &Path) {
    let network = ["network", "--layer", "co-shout", "--keep", "shared:3"];
    let before = desk.run(program, &network);
    let said = text(&before.stderr);
    let unread = "co-shout: the only file was imported before this layer was there; import it again";
    assert!(said.contains(unread) && !text(&before.stdout).contains("ann"), "{said}");
    let clusters = desk.run(program, &["clusters", "--layer", "co-shout", "--keep", "shared:3"]);
    assert!(text(&clusters.stderr).contains(unread), "{}", text(&clusters.stderr));
    let imports = text(&desk.run(program, &["imports"]).stdout);
    assert!(imports.contains("it was not read for co-shout, which came later"), "{imports}");

    desk.run(program, &["import", "data.jsonl"]);
    let after = desk.run(program, &network);
    assert!(text(&after.stdout).contains("ann") && !text(&after.stderr).contains("import"), "{}", text(&after.stdout));
    assert!(!text(&desk.run(program, &["imports"]).stdout).contains("co-shout"));
    let others = desk.run(program, &["network", "--layer", "co-text", "--keep", "shared:3"]);
    assert!(!text(&others.stdout).contains("ann"), "other layers are as before");
}

fn a_format_is_known(desk: &Desk, program: &Path) {
    fs::write(desk.path("tally.csv"), include_str!("added/tally.csv")).unwrap();
    desk.run(program, &["import", "tally.csv"]);
    let imports = text(&desk.run(program, &["imports"]).stdout);
    assert!(imports.contains("tally.csv: tally, 2 records, 0 lines skipped"), "{imports}");
}

/// It opens by its key, says what was found in the background, and goes by escape.
fn a_place_is_known(program: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start_program(program.to_str().unwrap(), &["demo"], folder.path(), (24, 80), &[]);
    session.wait_for("1 Accounts ─ 900 ━");
    session.send("L");
    session.wait_until("the roll", |screen| screen.contains("┏ Roll ━") && screen.contains("┃ A 27 "));
    // What is under way is what escape ends first.
    session.wait_until_linked();
    session.send("\x1b");
    session.wait_until("no roll", |screen| !screen.contains("A 27"));
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn what_the_readme_says_to_add_is_all_that_it_takes() {
    let mut house = House::as_it_is();
    signal(&mut house);
    layer(&mut house);
    format(&mut house);
    place(&mut house);
    let program = house.build();

    let desk = Desk(tempfile::tempdir().unwrap());
    fs::write(desk.path("data.jsonl"), shouting()).unwrap();
    desk.run(Path::new(env!("CARGO_BIN_EXE_bot-tui")), &["import", "data.jsonl"]);
    a_layer_is_known(&desk, &program);
    a_signal_is_known(&desk, &program);
    a_format_is_known(&desk, &program);
    a_place_is_known(&program);
}
