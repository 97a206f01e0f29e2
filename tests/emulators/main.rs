//! The real binary in real terminal emulators, on a display that nobody sees: every step is looked at by its pixels. And in
//! tmux, row by row.
//!
//! Without the tools these tests say so and do nothing; with `BOT_TUI_EMULATORS=1` that is a failure. `.ci/run` sets it, and
//! names the release binary in `BOT_TUI_RELEASE_BIN`.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at once")]

mod display;
mod emulator;
mod journey;
mod names;
mod pixels;
mod tmux;
mod tools;
