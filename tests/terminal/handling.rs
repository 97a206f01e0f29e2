//! What only the tests of the terminal ask of a session.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::PtySize;

use crate::program::surroundings;
use crate::support::{PATIENCE, Session, size};

impl Session {
    /// Gives the terminal another size.
    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.parser.screen_mut().set_size(size(rows), size(cols));
    }

    /// What stands in each row of a column.
    pub fn column(&self, column: u16) -> Vec<String> {
        let screen = self.parser.screen();
        (0..screen.size().0.get())
            .map(|row| screen.cell(row, column).map_or_else(String::new, |cell| cell.contents().to_owned()))
            .collect()
    }

    /// Whether the terminal's mouse is the program's.
    pub fn mouse(&self) -> bool {
        self.parser.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    }

    /// Waits until the program has written `text` somewhere behind `mark`.
    pub fn wait_for_bytes(&mut self, text: &str, mark: usize) {
        while !contains(&self.written[mark..], text) {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => {
                    self.parser.process(&bytes);
                    self.written.extend(bytes);
                }
                Err(error) => panic!("{text:?} was never written: {error}; the screen is\n{}", self.screen()),
            }
        }
    }

    /// Whether the program has written `text`.
    pub fn has_written(&self, text: &str) -> bool {
        contains(&self.written, text)
    }

    /// Waits until the program is gone, however it ended.
    pub fn wait_for_death(&mut self) {
        self.child.wait().unwrap();
    }
}

/// Runs a command on `cache.db` in `folder` to its good end, and gives what it wrote.
pub fn bot_tui(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_bot-tui"));
    command.env_clear().envs(surroundings()).env("HOME", folder).current_dir(folder);
    let run = command.args(["--cache", "cache.db"]).args(arguments).assert();
    run.success().get_output().stdout.clone()
}

/// Waits until a file is there, and reads it.
pub fn wait_for_file(path: &Path) -> String {
    wait_until_file(path, |_| true)
}

/// Waits until a file satisfies `wanted`, and reads it.
pub fn wait_until_file(path: &Path, wanted: impl Fn(&str) -> bool) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(text) = std::fs::read_to_string(path).ok().filter(|text| wanted(text)) {
            return text;
        }
        assert!(Instant::now() < end, "{} never came", path.display());
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

/// What a terminal sends where the mouse does something: SGR, counted from 1; `M` for down and `m` for up.
pub fn mouse(button: u8, (column, row): (usize, usize), end: char) -> String {
    format!("\x1b[<{button};{};{}{end}", column + 1, row + 1)
}

/// The column and row where a text begins on the screen.
pub fn place(screen: &str, text: &str) -> (usize, usize) {
    let found = screen.lines().enumerate().find_map(|(row, line)| Some((line.split_once(text)?.0, row)));
    let (before, row) = found.unwrap_or_else(|| panic!("{text} is not on the screen\n{screen}"));
    (before.chars().count(), row)
}
