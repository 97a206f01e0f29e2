//! The terminal: a guard that restores it whatever happens, and the thread that reads keys.

mod browser;
mod frames;
mod guard;
mod input;

pub use browser::open_link;
pub use frames::Frames;
pub use guard::{TerminalGuard, Wanted};
pub use input::{Input, spawn_input};
