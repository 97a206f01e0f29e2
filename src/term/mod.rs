//! The terminal: a guard that restores it whatever happens, and the thread that reads keys.

mod guard;
mod input;

pub use guard::TerminalGuard;
pub use input::{Input, spawn_input};
