//! Names that terminals measure differently leave nothing on other rows.

use std::fmt::Write;
use std::fs;

use super::emulator::{Emulator, Kind};

/// A name, and how it is drawn.
pub const NAMES: [(&str, &str); 16] = [
    ("Lamp 🇽🇽", "Lamp [XX]"),
    ("🇽🇽🇽🇽 two", "[XX][XX] two"),
    ("👨\u{200d}👩\u{200d}👧\u{200d}👦 all", "👨👩👧👦 all"),
    ("👍🏽 wave", "👍 wave"),
    ("1\u{fe0f}\u{20e3} one", "1\u{20e3} one"),
    ("❤\u{fe0f}\u{200d}🔥 fire", "❤🔥 fire"),
    ("☀\u{fe0f} sun 🕯\u{fe0f}🌈", "☀ sun 🕯🌈"),
    ("🏳\u{fe0f}\u{200d}🌈 x", "🏳🌈 x"),
    ("new \u{1fae8} face", "new ⟨U+1FAE8⟩ face"),
    ("কামাল", "কামাল"),
    ("नदी किनारा", "नदी किनारा"),
    ("ทดสอบ ไทย ำำ", "ทดสอบ ไทย ำำ"),
    ("ক্ষত্রিয় কি", "ক্ষত্রিয় কি"),
    ("☰ lines", "☰ lines"),
    ("日本 한국 ｶﾞ", "日本 한국 ガ"),
    ("plain name", "plain name"),
];
/// More accounts than a screen has rows.
pub const ACCOUNTS: usize = 70;

/// The handle of an account, which says which name it has.
pub fn handle(account: usize) -> String {
    format!("odd_{account:02}")
}

/// Accounts with these names in turn, in the native format.
pub fn data() -> String {
    let mut lines = String::new();
    for account in 0..ACCOUNTS {
        let (name, handle) = (NAMES[account % NAMES.len()].0, handle(account));
        writeln!(lines, r#"{{"type":"account","id":"{:03}","handle":"{handle}","name":"{name}"}}"#, account + 1)
            .unwrap();
    }
    // A post, so that there is something to link.
    lines.push_str("{\"type\":\"post\",\"id\":\"900\",\"author_id\":\"001\",\"text\":\"A post\"}\n");
    lines
}

#[test]
fn odd_names_leave_nothing_behind_in_xterm() {
    scroll(Kind::Xterm);
}

#[test]
fn odd_names_leave_nothing_behind_in_kitty() {
    scroll(Kind::Kitty);
}

#[test]
fn odd_names_leave_nothing_behind_in_alacritty() {
    scroll(Kind::Alacritty);
}

/// Scrolls to the end and back: the rows look as they did when they were drawn on an empty screen.
fn scroll(kind: Kind) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.jsonl");
    fs::write(&file, data()).unwrap();
    let Some(mut terminal) = Emulator::open(kind, &file) else { return };
    let start = std::mem::replace(&mut terminal.seen, super::pixels::Shot::nothing());
    terminal.see_still("the first names");
    for _ in 0..NAMES.len() + 30 {
        terminal.press("j", "Down");
    }
    terminal.press("G", "Last");
    terminal.see("the last names", |now, _| now.changed(&start) > 40);
    for _ in 0..NAMES.len() + 30 {
        terminal.press("k", "Up");
    }
    terminal.press("g", "First");
    terminal.see("the first names as at the start", |now, _| now.changed(&start) == 0);
    assert_eq!(terminal.quit(), "0");
}
