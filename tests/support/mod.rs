//! The real binary in a pseudo-terminal, and its screen as a terminal would show it.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::program::surroundings;

/// Longer than anything here takes on a slow machine; reaching it is a failure, not a pace.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the program writes around a frame.
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

pub fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

/// A running program with its terminal.
pub struct Session {
    pub parser: vt100::Parser,
    /// What the program writes, as it comes.
    pub output: Receiver<Vec<u8>>,
    /// The beginning of a frame that has not come to its end.
    torn: Vec<u8>,
    /// Everything the program has written so far.
    pub written: Vec<u8>,
    pub input: Box<dyn Write + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    // The terminal closes when its master is dropped.
    pub master: Box<dyn MasterPty + Send>,
}

impl Session {
    /// Starts `bot-tui` with `arguments` in `folder`, in a terminal of this size.
    pub fn start(arguments: &[&str], folder: &Path, rows: u16, cols: u16, environment: &[(&str, &str)]) -> Self {
        Self::start_program(env!("CARGO_BIN_EXE_bot-tui"), arguments, folder, (rows, cols), environment)
    }

    /// Starts another program in the same way, such as a shell.
    pub fn start_program(
        program: &str,
        arguments: &[&str],
        folder: &Path,
        (rows, cols): (u16, u16),
        environment: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        surroundings().for_each(|(name, value)| command.env(name, value));
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder);
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_DATA_HOME", folder.join("data"));
        command.env("XDG_STATE_HOME", folder.join("state"));
        // This terminal answers no questions.
        command.env("BOT_TUI_PICTURES", "halfblocks");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(size(rows), size(cols), 0);
        Self { parser, output, torn: Vec::new(), written: Vec::new(), input, child, master: pair.master }
    }

    /// Types `keys`.
    pub fn send(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// The screen as text.
    pub fn screen(&self) -> String {
        self.parser.screen().contents()
    }

    /// Takes in what the program wrote. As in a terminal that knows synchronised frames, a frame is shown as a whole or
    /// not yet: a test that looks at two places of the screen must see them at one time.
    pub fn take_in(&mut self, bytes: Vec<u8>) {
        self.torn.extend_from_slice(&bytes);
        self.written.extend(bytes);
        let last = |mark: &[u8]| self.torn.windows(mark.len()).rposition(|part| part == mark);
        let shown = match (last(FRAME_BEGINS), last(FRAME_ENDS)) {
            (Some(begins), ends) if ends.is_none_or(|ends| ends < begins) => begins,
            _ => self.torn.len(),
        };
        let shown: Vec<u8> = self.torn.drain(..shown).collect();
        self.parser.process(&shown);
    }

    /// Waits until the screen satisfies `wanted`.
    pub fn wait_until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait_until_terminal(what, |session| wanted(&session.screen()));
        self.screen()
    }

    /// Waits until the terminal satisfies `wanted`.
    pub fn wait_until_terminal(&mut self, what: &str, wanted: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !wanted(self) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(bytes),
                Err(error) => panic!("{what}: {error}; the screen is\n{}", self.screen()),
            }
        }
    }

    /// Waits until everything that was sent before has been done: a count that is typed then is on the screen.
    pub fn wait_until_done(&mut self) -> String {
        self.send("9");
        let shows_count = |screen: &str| screen.contains(" 9 × what") || screen.contains(" 9 x what");
        let screen = self.wait_until("the count", shows_count);
        // It counts for nothing.
        self.send("\x1b");
        self.wait_until("no count", |screen| !shows_count(screen));
        screen
    }

    /// Waits until accounts are read and linked: the header counts their links, which are `–` before.
    pub fn wait_until_linked(&mut self) -> String {
        self.wait_until("the links", |screen| {
            let header = screen.lines().next().unwrap_or_default();
            (header.contains(" link   ") || header.contains(" links   ")) && !header.contains("– links")
        })
    }

    /// Waits until the screen shows `text`.
    pub fn wait_for(&mut self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until the program has ended and gives its exit code.
    pub fn wait_for_end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(bytes),
                // The terminal closes behind the last who writes to it.
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the program runs on; the screen is\n{}", self.screen()),
            }
        }
        self.child.wait().unwrap().exit_code()
    }

    /// Sends the program a signal, as the system does at shutdown or when memory runs out.
    pub fn signal(&mut self, signal: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Waits until the program is stopped, as a job that a shell suspended.
    pub fn wait_until_stopped(&mut self) {
        let id = self.child.process_id().unwrap().to_string();
        let end = Instant::now() + PATIENCE;
        loop {
            let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", &id]).output().unwrap();
            if state.stdout.starts_with(b"T") {
                return;
            }
            assert!(Instant::now() < end, "the program runs on");
            thread::yield_now();
        }
    }

    /// Whether the terminal shows its alternate screen.
    pub fn alternate_screen(&self) -> bool {
        self.parser.screen().alternate_screen()
    }

    /// Whether the cursor is hidden.
    pub fn cursor_hidden(&self) -> bool {
        self.parser.screen().hide_cursor()
    }

    /// Whether pasted text is marked as such.
    pub fn bracketed_paste(&self) -> bool {
        self.parser.screen().bracketed_paste()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
