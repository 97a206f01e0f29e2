//! The mouse, the browser, and a screen that is heard.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::handling::{bot_tui, mouse, place, wait_for_file};
use crate::rough::import_accounts;
use crate::support::Session;

#[test]
fn the_mouse_chooses_scrolls_drags_and_calls_hints() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody is linked, so that no order by links comes between two clicks.
    import_accounts(folder.path(), 60);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 48, 160, &[]);
    let screen = session.wait_until_linked();
    let chosen = |screen: &str, row: usize| screen.lines().nth(row).is_some_and(|line| line.starts_with("┃▸"));
    assert!(session.mouse());
    let divider = place(&screen, "╭ 2 Neighbours");
    session.send(&(mouse(0, divider, 'M') + &mouse(32, (70, 20), 'M') + &mouse(0, (70, 20), 'm')));
    session.wait_until("a wider first column", |screen| {
        screen.contains(" 2 Neighbours") && place(screen, " 2 Neighbours").0 > 65
    });
    session.send(&mouse(0, (10, 8), 'M'));
    session.wait_until("the seventh row", |screen| chosen(screen, 8));
    session.send(&mouse(65, (10, 8), 'M'));
    session.wait_until("three rows below", |screen| chosen(screen, 11));
    let screen = session.screen();
    session.send(&mouse(0, place(&screen, "? help"), 'M'));
    session.wait_for("Keys ─ type to search");
    session.send("\x03");
    session.wait_until("the help is closed", |screen| !screen.contains("Keys ─"));
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    assert!(!session.mouse(), "the terminal has its mouse back");

    let config = folder.path().join("config/bot-tui");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "mouse = false\n").unwrap();
    let mut session = Session::start(&["demo"], folder.path(), 24, 80, &[]);
    session.wait_for("1 Accounts");
    session.wait_until_done();
    assert!(!session.mouse());
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}

#[test]
fn a_profile_goes_to_the_browser_once_its_link_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let opener = folder.path().join(if cfg!(target_os = "macos") { "open" } else { "xdg-open" });
    fs::write(&opener, "#!/bin/sh\nprintf '%s %s' \"$#\" \"$1\" > opened.tmp && mv opened.tmp opened\n").unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.path().join("data.jsonl"), "{\"type\":\"account\",\"id\":\"1\",\"handle\":\"amber_lake\"}\n")
        .unwrap();
    let config = folder.path().join("config/bot-tui");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "profile_link = \"https://social.example/@{handle}\"\n").unwrap();
    bot_tui(folder.path(), &["import", "data.jsonl"]);
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[("PATH", &path)]);
    session.wait_for("@amber_lake");
    session.send("o");
    session.wait_for("open in the browser: https://social.example/@amber_lake");
    session.send("\x03");
    session.wait_until("no link", |screen| !screen.contains("open in the browser"));
    session.send("o\r");
    session.wait_for("Handed to the browser");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let opened = folder.path().join("opened");
    let arguments = wait_for_file(&opened);
    assert_eq!(arguments, "1 https://social.example/@amber_lake", "one argument, no shell");
}

#[test]
fn a_screen_can_be_heard_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["--plain", "demo"], folder.path(), 1_000, 120, &[]);
    session.wait_for("1 Accounts ─ 900");
    session.send("j");
    session.send("b");
    session.wait_for("Tagged suspected-bot: @");
    session.send("/ferry");
    session.wait_for("search: ferry");
    session.send("\r?");
    session.wait_for("help on:");
    session.send("\x03E");
    session.wait_for("That is a drawing");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
    let written = String::from_utf8_lossy(&session.written).into_owned();
    assert!(!written.contains("\x1b[?1049h"), "the ordinary screen stays");
    for drawn in ["│", "╭", "┃", "▀", "\x1b[38", "\x1b[2J"] {
        assert!(!written.contains(drawn), "{drawn:?}");
    }
}

/// How often a program has a file open.
#[cfg(target_os = "linux")]
fn open_files(process: u32, file: &std::path::Path) -> usize {
    let files = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    files.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok()).filter(|target| target == file).count()
}

#[cfg(target_os = "linux")]
#[test]
fn three_connections_serve_all_that_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    // Each connection has the file beside the cache open once; of the cache itself SQLite may close one later.
    let beside = folder.path().canonicalize().unwrap().join("cache.db-wal");
    bot_tui(folder.path(), &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data")]);
    let mut session = Session::start(&["--cache", "cache.db"], folder.path(), 24, 80, &[]);
    session.wait_until_linked();
    // What each place shows comes of the cache: clusters, signals, an audit, the wall, files, and a tag that is written.
    let places = [("s", " Signals › "), ("c", " Clusters"), ("w", " Pictures"), ("a", " Audit"), ("b", "1 tagged")];
    for (keys, shown) in places {
        session.send(keys);
        session.wait_for(shown);
        session.wait_until("no work", |screen| !screen.contains("cancels"));
    }
    let connections = open_files(session.child.process_id().unwrap(), &beside);
    assert!((1..=3).contains(&connections), "{connections} connections are open");
    session.send("q");
    assert_eq!(session.wait_for_end(), 0);
}
