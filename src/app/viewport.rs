//! How much of everything is seen; measured before each draw.

use super::PlaceViewports;

/// How many rows of each pane are seen; measured before each draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewport {
    /// Rows of the list of accounts.
    pub accounts: usize,
    /// Rows of the neighbours.
    pub neighbours: usize,
    /// Rows of shared targets.
    pub why: usize,
    /// Rows of the tag log.
    pub tags: usize,
    /// Lines of the help.
    pub help: usize,
    /// Lines that the help has.
    pub help_lines: usize,
    /// What is seen of each place that lies over the panes.
    pub places: PlaceViewports,
    /// Whether columns stand side by side.
    pub side_by_side: bool,
    /// Whether anything of it is drawn; a terminal may be too small.
    pub drawn: bool,
}

/// How many rows of a list are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows(pub usize);

impl Default for Rows {
    fn default() -> Self {
        Self(10)
    }
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            accounts: 10,
            neighbours: 10,
            why: 10,
            tags: 10,
            help: 10,
            help_lines: 0,
            places: PlaceViewports::default(),
            side_by_side: true,
            drawn: true,
        }
    }
}
