//! The terminal: a guard that restores it whatever happens, and the one reader of its keys and replies.
//!
//! Words of this room: *guard*, what gives the terminal back; *inquiry*, what is asked of a terminal; *reply*, what it then says
//! of itself; *split*, where keys and replies part; *frame*, all that is drawn at once.

mod browser;
mod frames;
mod guard;
mod input;
mod replies;
#[cfg(unix)]
mod split;

pub use browser::open_link;
pub use frames::Frames;
pub use guard::{Repaint, TerminalGuard, Wanted};
pub use input::{Input, spawn_input};
pub use replies::{Inquiry, Reply, cell_size};
