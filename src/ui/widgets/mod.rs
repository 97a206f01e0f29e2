//! Pieces that several panes are made of.

pub(super) mod avatar;
pub(super) mod bits;
pub(super) mod cells;
pub(super) mod pane_frame;
pub(super) mod room;
pub(super) mod signs;
pub(super) mod spark;
pub(super) mod unlinked;
