//! What one waits for from the start of the real program on, in a pseudo-terminal of 160 × 48, with a thousand, a hundred
//! thousand and a million accounts: `cargo bench --bench start`. Each cache is opened twice: as it was imported, and once
//! more, when what the first time counted and linked is kept.
//!
//! `cargo bench --bench start -- CACHE…` opens caches that are there already.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark may stop at once")]

#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::Session;

/// Retweets of an account, on average.
const RETWEETS: u32 = 10;

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
            open_twice(&invent(folder.path(), accounts));
        }
    }
}

/// A cache of an invented data set.
fn invent(folder: &Path, accounts: u32) -> PathBuf {
    let (data, cache) = (folder.join("data"), folder.join("cache.db"));
    let retweets = (accounts * RETWEETS).to_string();
    let accounts = accounts.to_string();
    bot_tui(&["synth", "--out", text(&data), "--accounts", &accounts, "--retweets", &retweets, "--seed", "1"]);
    bot_tui(&["--cache", text(&cache), "import", text(&data)]);
    fs::remove_dir_all(&data).unwrap();
    cache
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
        keys.push(time_of_a_key(&mut session, keys.len()));
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
    session.send("\u{1b}\u{1b}q");
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

/// From a key until another account is seen to be chosen, in milliseconds, while the program reads and links; the terminal
/// that this program plays is part of it. A key is pressed as often as the keyboard of one who holds it down repeats it.
fn time_of_a_key(session: &mut Session, number: usize) -> f64 {
    const REPEATED: Duration = Duration::from_millis(33);
    session.read_for(REPEATED);
    let before = chosen(&session.screen());
    let start = Instant::now();
    // Up and down, since the end of the list would be reached otherwise.
    session.send(if (number / 400).is_multiple_of(2) { "j" } else { "k" });
    session.wait_until("the key did nothing", |screen| chosen(screen) != before);
    start.elapsed().as_secs_f64() * 1_000.0
}

/// The row of the chosen account.
fn chosen(screen: &str) -> Option<String> {
    Some(screen.lines().find(|line| line.contains('▸'))?.chars().take(40).collect())
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
