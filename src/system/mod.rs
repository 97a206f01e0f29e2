//! What is asked of the operating system: files written whole or not at all, temporary files that outlive no signal, the
//! clock.
//!
//! Words of this room: *temporary*, a file that goes with the program, whatever ends it; *place*, where a file lies, whatever it is
//! called there.

mod clock;
mod files;
mod place;
mod signals;
mod temporary;

pub use clock::now;
pub use files::{Fill, create_file, replace_file};
pub use place::{Place, place_of};
pub use signals::{Interrupt, end_on_signals, leave_signals_to_others};
pub use temporary::TemporaryFolder;
