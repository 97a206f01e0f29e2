//! Rough handling: killed between tags, resized without end, pasted full, hung up.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::handling::bot_tui;
use crate::support::Session;

/// Kills of a usual run; `BOT_TUI_KILLS` asks for another number.
const KILLS: usize = 200;

/// Fills the cache with accounts @lamp_0001 and so on.
pub fn import_accounts(folder: &Path, count: usize) {
    let mut lines = String::new();
    for id in 1..=count {
        let _ = writeln!(lines, r#"{{"type":"account","id":"{id:04}","handle":"lamp_{id:04}"}}"#);
    }
    fs::write(folder.join("data.jsonl"), lines).unwrap();
    bot_tui(folder, &["import", "data.jsonl"]);
}

/// A tag counts as saved once the line below says so no more; whatever was asked for behind that may be lost.
#[test]
fn no_saved_tag_is_lost_when_the_program_is_killed_between_tags() {
    let folder = tempfile::tempdir().unwrap();
    let kills = std::env::var("BOT_TUI_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    import_accounts(folder.path(), kills + 1);
    for kill in 1..=kills {
        let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
        session.wait_for("@lamp_0001");
        session.send(&format!("{kill}Gb"));
        let whom = format!("Tagged suspected-bot: @lamp_{kill:04}");
        session.wait_until(&whom, |screen| screen.contains(&whom) && !screen.contains("saving"));
        // Death comes while the next one is on its way.
        session.send("jd");
        session.signal("-KILL");
        session.wait_for_death();
    }
    let exported: Value =
        serde_json::from_slice(&bot_tui(folder.path(), &["export", "--tag", "suspected-bot"])).unwrap();
    let tagged = exported["accounts"].as_array().unwrap();
    // The last of each session was tagged unsure on its way, and then anew by the next session.
    assert_eq!(tagged.len(), kills);
}

#[test]
fn a_storm_of_sizes_is_weathered() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 50);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
    session.wait_for("@lamp_0001");
    for step in 0..400_u16 {
        session.resize(1 + step * 7 % 60, 1 + step * 31 % 240);
        if step % 5 == 0 {
            session.send(["j", "l", "c", "\x1b", "s"][usize::from(step / 5 % 5)]);
        }
    }
    session.resize(10, 40);
    session.wait_for("bot-tui needs 60 columns and 16 rows");
    session.resize(24, 80);
    session.wait_until("room again", |screen| !screen.contains("bot-tui needs"));
    // As alt-1, which leads to the accounts from everywhere.
    session.send("\x1b1");
    session.wait_for("space mark");
    session.resize(18, 60);
    session.wait_until("one line of hints", |screen| !screen.contains("space mark") && screen.contains("? help"));
    session.resize(60, 240);
    session.wait_until("columns", |screen| screen.contains("2 Neighbours") && screen.contains("3 Why"));
    // A key that comes together with another size is not overlooked.
    session.resize(24, 80);
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn a_key_tags_nobody_whom_the_window_is_too_small_to_show() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 50);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
    session.wait_for("@lamp_0001");
    session.resize(10, 60);
    session.wait_for("bot-tui needs 60 columns and 16 rows");
    session.send("b");
    session.wait_for("Nothing was done");
    session.resize(24, 80);
    session.wait_until("nobody tagged, and why", |screen| {
        screen.contains("@lamp_0001") && screen.contains("  0 tagged") && screen.contains("Nothing was done")
    });
    session.send("b");
    session.wait_for("Tagged suspected-bot: @lamp_0001");
    // Where a line is typed, a q is a letter of it; nobody sees that line.
    session.send("/");
    session.wait_for("search:");
    session.resize(10, 60);
    session.wait_for("bot-tui needs 60 columns and 16 rows");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn a_million_pasted_characters_leave_the_program_quick_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 50);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
    session.wait_for("@lamp_0001");
    let text = "lamp گل \u{202e}\u{7} ".repeat(80_000);
    assert!(text.len() > 1_000_000);
    for open in ["/", "n"] {
        session.send(open);
        session.send(&format!("\x1b[200~{text}\x1b[201~"));
        session.wait_until("what was pasted", |screen| screen.contains("lamp گل"));
        session.send("\x15\x17");
        session.wait_until("an empty line", |screen| !screen.contains("lamp گل"));
        session.send("\x03");
        // A paste behind a key that waits for the list would have no line to go into.
        session.wait_for("▸ · @lamp_0001");
    }
    // Without a line to paste into it goes nowhere, and calls nothing.
    session.send(&format!("\x1b[200~{}\x1b[201~", "bq".repeat(500_000)));
    session.send("5G");
    session.wait_for("▸ · @lamp_0005");
    assert!(session.screen().contains("0 tagged"), "{}", session.screen());
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn who_hangs_up_loses_no_tag() {
    let folder = tempfile::tempdir().unwrap();
    import_accounts(folder.path(), 3);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
    session.wait_for("@lamp_0001");
    session.send("b");
    session.wait_for("Tagged suspected-bot");
    session.signal("-HUP");
    assert_eq!(session.wait_for_end(), 0);
    assert!(!session.alternate_screen() && !session.cursor_hidden() && !session.mouse());
    let stats: Value = serde_json::from_slice(&bot_tui(folder.path(), &["stats", "--json"])).unwrap();
    assert_eq!(stats["tagged"], 1);
}
