//! What these tests need beside the program.

use std::env;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What to install where something is missing.
const PACKAGES: &str = "xvfb xterm kitty alacritty xdotool openbox imagemagick xclip tmux fonts-dejavu-core fonts-noto-core \
                        fonts-noto-color-emoji";

/// Longer than anything here takes on a slow machine; reaching it is a failure, not a pace.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at something that is waited for.
const PACE: Duration = Duration::from_millis(5);

/// Whether all `programs` are there. If not, that is said aloud, and is a failure where the tests were asked for.
pub fn are_there(programs: &[&str]) -> bool {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    let is_missing = |program: &&&str| !folders.iter().any(|folder| folder.join(program).is_file());
    let missing: Vec<&str> = programs.iter().filter(is_missing).copied().collect();
    if missing.is_empty() {
        return true;
    }
    let notice =
        format!("NOT TRIED in a terminal emulator: {} missing; apt-get install {PACKAGES}\n", missing.join(", "));
    assert!(env::var_os("BOT_TUI_EMULATORS").is_none_or(|asked| asked != "1"), "{notice}");
    // Straight to standard error: what a test prints is not shown where it passes.
    let _ = std::io::stderr().write_all(notice.as_bytes());
    false
}

/// The binary that is tried.
pub fn binary() -> PathBuf {
    let named = env::var_os("BOT_TUI_RELEASE_BIN").filter(|named| !named.is_empty());
    named.map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_bot-tui")), PathBuf::from)
}

/// Waits until `found` finds something; `None` where patience ends before.
pub fn wait_for<T>(patience: Duration, mut found: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + patience;
    loop {
        let something = found();
        if something.is_some() || Instant::now() > end {
            return something;
        }
        thread::sleep(PACE);
    }
}

/// What `command` writes; empty where it fails, or does not end, as one that asks a display that is gone.
pub fn output_of(command: &mut Command) -> Vec<u8> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut output = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        output.read_to_end(&mut bytes).map(|_| bytes).unwrap_or_default()
    });
    let ended = wait_for(PATIENCE / 8, || child.try_wait().unwrap());
    if ended.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let bytes = reader.join().unwrap();
    if ended.is_some_and(|status| status.success()) { bytes } else { Vec::new() }
}

/// Like `output_of`, as text without the last line break.
pub fn text_of(command: &mut Command) -> String {
    String::from_utf8_lossy(&output_of(command)).trim_end().to_owned()
}
