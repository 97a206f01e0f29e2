//! The terminal: a guard that restores it whatever happens, and the one reader of its keys and answers.
//!
//! Words of this room: *guard*, what gives the terminal back; *answer*, what a terminal says of itself when asked; *split*, where
//! keys and answers part; *frame*, all that is drawn at once.

mod answers;
mod browser;
mod frames;
mod guard;
mod input;
#[cfg(unix)]
mod split;

pub use answers::{Answer, Question, cell_size};
pub use browser::open_link;
pub use frames::Frames;
pub use guard::{Repaint, TerminalGuard, Wanted};
pub use input::{Input, spawn_input};
