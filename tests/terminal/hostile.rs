//! Data that tries to get hold of the terminal.

use std::fs;

use serde_json::json;

use crate::support::Session;

/// Texts that act where they are let through, each with a word to be known by.
fn texts() -> Vec<String> {
    vec![
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mred".to_owned(),
        "\u{9b}2J\u{90}q\u{9c}\u{85}c1".to_owned(),
        "a\u{202e}desrever\u{2066}isolated\u{2069}\u{200f}".to_owned(),
        "\u{e0041}\u{e0042}tags\u{e007f}".to_owned(),
        format!("e{}flood", "\u{301}".repeat(3_000)),
        format!("wide{}", "日本語👩‍🚀".repeat(800)),
        "x".repeat(10_000),
        format!("{}گل سحر\u{200c}ها", "\u{200b}".repeat(500)),
        "line\r\nbreak\ttab\u{b}\u{c}\0nul\u{8}\u{8}".to_owned(),
        "\u{feff}\u{fe0f}\u{20dd}keycap".to_owned(),
    ]
}

fn data() -> String {
    let (mut lines, texts) = (Vec::new(), texts());
    for (id, text) in texts.iter().enumerate() {
        let id = id.to_string();
        lines.push(json!({"type": "account", "id": id, "handle": text, "name": text, "bio": text, "location": text, "followers": 86}));
        for post in 0..12 {
            let said = &texts[post % texts.len()];
            let target = json!({"id": format!("t{post}\u{202e}"), "author_id": "77", "text": said});
            let at = format!("2025-03-31T14:{post:02}:{:02}Z", id.len());
            lines.push(json!({"type": "post", "id": format!("{id}-{post}"), "author_id": id, "created_at": at, "retweet_of": target}));
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What must reach no terminal: controls beside the program's own sequences, and characters that turn or hide text.
pub fn forbidden(written: &str) -> Option<String> {
    let mut rest = written.chars().peekable();
    while let Some(character) = rest.next() {
        let own = match character {
            '\u{1b}' => matches!(rest.peek(), Some('[')),
            '\r' | '\n' => true,
            '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
            '\u{200b}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => false,
            other => !other.is_control(),
        };
        if !own {
            return Some(format!("U+{:04X} before {:?}", u32::from(character), rest.take(20).collect::<String>()));
        }
    }
    None
}

#[test]
fn hostile_data_draws_no_control_and_keeps_the_columns() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hostile.jsonl"), data()).unwrap();
    for configuration in ["bidi = \"terminal\"\n", "bidi = \"reorder\"\nglyphs = \"ascii\"\ntheme = \"light\"\n"] {
        let place = folder.path().join("config/bot-tui");
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join("config.toml"), configuration).unwrap();
        let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 40, 140, &[]);
        if configuration.contains("terminal") {
            session.wait_for("imports an export");
            session.send("Ihostile.jsonl\r");
            session.wait_for("What was imported");
            session.send("q");
        }
        session.wait_until("links", |screen| screen.contains("45 links"));
        // Every account with its neighbours and evidence; at each the right side of the screen stands where it stood.
        let sides = if configuration.contains("ascii") { ["|", "+"] } else { ["│", "╮"] };
        for row in 1..=texts().len() {
            // Who goes on says how often the next key counts, so that what came before is on the screen.
            session.send(&format!("{row}Gd{row}"));
            session.wait_until("the count", |screen| {
                screen.contains(&format!(" {row} × what")) || screen.contains(&format!(" {row} x what"))
            });
            let right = session.column(139);
            assert_eq!(right[1], sides[1]);
            assert!(right[2..37].iter().all(|cell| cell == sides[0]), "{right:?}\n{}", session.screen());
            session.send("k");
        }
        for keys in ["ss", "cllrc", "aa", "EE", "ww", "PP", "F", "F", ":\u{3}", "/e\u{3}", "9"] {
            session.send(keys);
        }
        session.wait_until("the count", |screen| screen.contains(" 9 × what") || screen.contains(" 9 x what"));
        session.send("q");
        assert_eq!(session.wait_for_end(), 0);
        let written = String::from_utf8(session.written.clone()).unwrap();
        assert_eq!(forbidden(&written), None);
    }
}
