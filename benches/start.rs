//! What one waits for from the start of the real program on, in a pseudo-terminal of 160 × 48, with a thousand, a hundred
//! thousand and a million accounts: `cargo bench --bench start`. Each cache is opened twice: as it was imported, and once
//! more, when what the first time counted and linked is kept. Then more is imported into it from inside.
//!
//! `cargo bench --bench start -- CACHE…` opens caches that are there already; nothing is imported into those.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark may stop at once")]

#[path = "../tests/program/mod.rs"]
mod program;
#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{PATIENCE, Session};

/// Retweets of an account, on average.
const RETWEETS: u32 = 10;
/// Accounts of the data set that is imported from inside, where the cache holds more than a few.
const IMPORTED: u32 = 300_000;

fn main() {
    let whole = std::env::args().any(|word| word == "--bench");
    let caches: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).map(PathBuf::from).collect();
    println!(
        "{:>9} {:6} {:>11} {:>10} {:>11} {:>9} {:>9} {:>20}  MB at most",
        "accounts", "opened", "first frame", "first rows", "all listed", "linked", "search", "a key meanwhile"
    );
    for cache in &caches {
        open_twice(cache);
    }
    if caches.is_empty() {
        let sizes: &[u32] = if whole { &[1_000, 100_000, 1_000_000] } else { &[1_000] };
        for &accounts in sizes {
            let folder = tempfile::tempdir().unwrap();
            let cache = folder.path().join("cache.db");
            let data = invent(folder.path(), accounts, 1);
            bot_tui(&["--cache", text(&cache), "import", text(&data)]);
            fs::remove_dir_all(&data).unwrap();
            open_twice(&cache);
            let data = invent(folder.path(), if accounts > 1_000 { IMPORTED } else { accounts }, 2);
            import_from_inside(&cache, &data, accounts);
        }
    }
}

/// An invented data set.
fn invent(folder: &Path, accounts: u32, seed: u32) -> PathBuf {
    let data = folder.join("data");
    let (accounts, retweets, seed) = (accounts.to_string(), (accounts * RETWEETS).to_string(), seed.to_string());
    bot_tui(&["synth", "--out", text(&data), "--accounts", &accounts, "--retweets", &retweets, "--seed", &seed]);
    data
}

fn bot_tui(arguments: &[&str]) {
    let program = env!("CARGO_BIN_EXE_bot-tui");
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{arguments:?}");
}

fn open_twice(cache: &Path) {
    for opened in ["anew", "again"] {
        open(cache, opened);
    }
}

fn open(cache: &Path, opened: &str) {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let mut session = Session::start(&["--cache", text(cache)], folder.path(), 48, 160, &[]);
    let frame = after(start, &mut session, |screen| !screen.trim().is_empty());
    let rows = after(start, &mut session, |screen| screen.lines().nth(3).is_some_and(|row| row.contains('@')));
    let (mut keys, mut listed) = (Vec::new(), None);
    let linked = loop {
        let screen = session.screen();
        if listed.is_none() && first_pane(&screen).is_some_and(|title| !title.contains(" of ")) {
            listed = Some(milliseconds(start));
        }
        if listed.is_some() && is_linked(&screen) {
            break milliseconds(start);
        }
        keys.extend(time_of_a_key(&mut session, keys.len(), is_linked));
    };
    let accounts = number(first_pane(&session.screen()).unwrap());
    session.send("/quiet do");
    let typed = Instant::now();
    let search = after(typed, &mut session, |screen| {
        first_pane(screen).is_some_and(|title| title.contains("quiet do") && !title.contains(&format!("─ {accounts} ")))
    });
    let (listed, keys) = (listed.unwrap_or_default(), half_and_most(keys));
    println!(
        "{accounts:>9} {opened:6} {frame:>11} {rows:>10} {listed:>11} {linked:>9} {search:>9} {keys:>20}  {}",
        peak_memory(session.child.process_id().unwrap())
    );
    // Escape and a key in one piece would be that key with alt.
    session.send("\u{1b}");
    session.wait_until("the search stayed", |screen| {
        first_pane(screen).is_some_and(|title| title.contains(&format!("─ {accounts} ")))
    });
    session.send("q");
    // What was linked is kept before it ends, so that the next time finds it.
    session.wait_for_end();
}

/// Holds a key down while a data set is imported from inside, and while all is linked anew.
fn import_from_inside(cache: &Path, data: &Path, accounts: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(&["--cache", text(cache)], folder.path(), 48, 160, &[]);
    session.wait_until("it never linked", |screen| is_linked(screen) && screen.contains('▸'));
    let rest = (0..100).filter_map(|number| time_of_a_key(&mut session, number, |_| false)).collect();
    session.send("I");
    session.wait_for("import:");
    session.send(&format!("{}\r", text(data)));
    let start = Instant::now();
    let hold = |session: &mut Session, over: &dyn Fn(&str) -> bool| {
        let mut keys = Vec::new();
        while !over(&session.screen()) {
            keys.extend(time_of_a_key(session, keys.len(), over));
        }
        let count = keys.len();
        format!("{} ({count} keys, over after {})", half_and_most(keys), milliseconds(start))
    };
    let imported = hold(&mut session, &|screen| screen.contains("What was imported"));
    session.send("\u{1b}");
    session.wait_until("the report stayed", |screen| !screen.contains("What was imported"));
    let linked = hold(&mut session, &is_linked);
    println!("{accounts:>9} a key at rest: {}; while more is imported: {imported}", half_and_most(rest));
    println!("{:>9} while all is linked anew: {linked}", "");
}

/// Milliseconds until the screen is like this.
fn after(start: Instant, session: &mut Session, wanted: impl Fn(&str) -> bool) -> String {
    session.wait_until("it never came", wanted);
    milliseconds(start)
}

fn milliseconds(since: Instant) -> String {
    format!("{:.0} ms", since.elapsed().as_secs_f64() * 1_000.0)
}

fn is_linked(screen: &str) -> bool {
    header(screen).is_some_and(|line| line.contains(" links") && !line.contains("– links") && !line.contains('%'))
}

/// Takes in what the program writes in this time, or until it has ended.
fn read_for(session: &mut Session, time: Duration) {
    let end = Instant::now() + time;
    while let Ok(bytes) = session.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
        session.take_in(bytes);
    }
}

/// From a key until another account is seen to be chosen, in milliseconds, while the program is at work. A key is pressed as
/// often as the keyboard of one who holds it down repeats it. None where the work was over before.
fn time_of_a_key(session: &mut Session, number: usize, over: impl Fn(&str) -> bool) -> Option<f64> {
    const REPEATED: Duration = Duration::from_millis(33);
    read_for(session, REPEATED);
    if over(&session.screen()) {
        return None;
    }
    let before = chosen(session);
    let start = Instant::now();
    // Up and down, since the end of the list would be reached otherwise.
    session.send(if (number / 400).is_multiple_of(2) { "j" } else { "k" });
    loop {
        // The terminal that this program plays is part of what is measured, so it looks at a frame once.
        let bytes = session.output.recv_timeout(PATIENCE).unwrap();
        session.take_in(bytes);
        read_for(session, Duration::ZERO);
        if chosen(session) != before {
            return Some(start.elapsed().as_secs_f64() * 1_000.0);
        }
        if over(&session.screen()) {
            return None;
        }
    }
}

/// The row of the chosen account; a pane beside has a cursor of its own.
fn chosen(session: &Session) -> Option<String> {
    session.parser.screen().rows(0, 40).find(|row| row.contains('▸'))
}

/// The median and what 99 of 100 do not exceed.
fn half_and_most(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let part = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    format!("{:.1}, 99 %: {:.1} ms", part(50), part(99))
}

fn header(screen: &str) -> Option<&str> {
    screen.lines().next()
}

/// The title of the pane of accounts.
fn first_pane(screen: &str) -> Option<&str> {
    let line = screen.lines().find(|line| line.contains("1 Accounts"))?;
    line.split("1 Accounts").nth(1)?.split("━━").next()
}

/// The last number of a title.
fn number(title: &str) -> String {
    title.split_whitespace().rfind(|word| word.starts_with(|first: char| first.is_ascii_digit())).unwrap().to_owned()
}

/// The most memory that a program held, in megabytes, with the pages of the cache that the system lent it.
fn peak_memory(id: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("VmHWM: ? kB");
    let kilobytes: Option<u64> = line.split_whitespace().nth(1).and_then(|number| number.parse().ok());
    kilobytes.map_or_else(|| "–".to_owned(), |kilobytes| (kilobytes / 1_000).to_string())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_else(|| panic!("{} is no text", path.display()))
}
