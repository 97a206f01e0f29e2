//! State of the interface: what is chosen, marked, filtered, undone. No drawing, no terminal, no SQL of its own.
//!
//! `update` turns an [`Action`] or a [`Message`] into a changed [`State`] and a list of [`Effect`]s; only `run`
//! carries effects out. So every verb can be tested without a terminal and without a clock.
//!
//! Words of this room: *action*, what a key asks for; *effect*, what an update asks of `run`; *message*, what comes back;
//! *place*, where keys go: a pane, something that lies over the panes, or a typed line; *entry*, the line that is typed; *notice*,
//! the line that answers; *job*, *order*, *made*, work in the background, what it is to do and what came of it; *mark*, an account
//! that the next tag goes to.

mod action;
mod anchor;
mod completion;
mod cursor;
mod effect;
mod entry;
mod fresh;
mod head;
mod help;
mod history;
mod import_order;
mod import_report;
mod job;
mod jumps;
mod listing;
mod message;
mod palette;
mod pane_sizes;
mod panes;
mod places;
mod pointer;
mod portrait;
mod progress;
mod raster;
mod request;
mod stack;
mod state;
mod tag_book;
pub mod update;
mod viewport;
mod why_not;

#[cfg(test)]
mod cluster_tests;
#[cfg(test)]
mod filter_tests;
#[cfg(test)]
mod fresh_tests;
#[cfg(test)]
mod graph_place_tests;
#[cfg(test)]
mod hand_tests;
#[cfg(test)]
mod head_tests;
#[cfg(test)]
mod history_tests;
#[cfg(test)]
mod hold_tests;
#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod palette_tests;
#[cfg(test)]
pub(crate) mod rehearsal;
#[cfg(test)]
mod rehearsal_crowd;
#[cfg(test)]
mod rehearsal_files;
#[cfg(test)]
mod rehearsal_layers;
#[cfg(test)]
mod rehearsal_signals;
#[cfg(test)]
mod rehearsal_world;
#[cfg(test)]
mod signals_tests;
#[cfg(test)]
mod silence_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod view_tests;
#[cfg(test)]
mod waiting_tests;

pub use action::Action;
pub use anchor::{Anchor, Tagging};
pub use completion::{Candidate, CandidateKind, Completion, Slot};
pub use cursor::Cursor;
pub use effect::{CompletionRequest, Effect, TagWrite, TagWriteKind};
pub use entry::{Entry, EntryPurpose};
pub use fresh::{Fresh, Known, Seen};
pub use head::Head;
pub use help::{HelpLine, HelpView, help_lines};
pub use history::{BatchKey, History, HistoryEntry, Step, ViewChange};
pub use import_order::{IMPORT_OPTIONS, ImportOrder, WrongOrder};
pub use import_report::{FileReport, ImportOutcome, ImportReport};
pub use job::{Job, Made, Order, Work};
pub use jumps::{JumpList, Spot};
pub use listing::{ListRequest, SearchMemory, TagFilter, list};
pub use message::{Message, Notice, NoticeKind, Saved, Unread};
pub use palette::Palette;
pub use pane_sizes::{Divider, KeptSizes, PaneSizes};
use panes::Held;
pub use panes::{AccountsPane, Neighbour, NeighboursPane, Pane, WhyPane};
pub use places::*;
pub use pointer::{Gesture, Hit, List};
pub use portrait::Portrait;
pub use progress::{Advance, Jobs, Progress, ReadSoFar};
pub use raster::{Raster, RasterCell, active_between};
pub use request::{Request, Same};
pub use stack::Stack;
pub use state::{State, pictures_alone};
pub use tag_book::TagBook;
pub use viewport::{Rows, Viewport};
