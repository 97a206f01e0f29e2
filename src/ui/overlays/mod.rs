//! What lies over the panes.

pub(super) mod help;
pub(super) mod parameters;
