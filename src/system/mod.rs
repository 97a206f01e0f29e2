//! What is asked of the operating system: files written whole or not at all, temporary files that outlive no signal, the
//! clock.

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
