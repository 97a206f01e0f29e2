//! Pieces that several panes are made of.
//!
//! Words of this room: *signs*, cursor, mark and tag before an account; *drawn*, text made safe, which every terminal measures
//! alike; *room*, columns kept for a character that terminals measure differently; *bits*, the places in which two hashes
//! differ; *spark*, counts as a row of bars.

pub(super) mod avatar;
pub(super) mod bits;
pub(super) mod cells;
pub(super) mod pane_frame;
pub(super) mod room;
pub(super) mod signs;
pub(super) mod spark;
pub(super) mod unlinked;
