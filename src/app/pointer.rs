//! What the mouse points at.

use super::{Action, Divider, Pane, Place};

/// A list of which the mouse can choose a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// That of a pane.
    Pane(Pane),
    /// One of those of a place that lies over the panes, counted from the left.
    Of(Place, usize),
    /// The actions that fit what is typed.
    Actions,
    /// How the word that is typed can go on.
    Candidates,
}

/// What stands where the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A row of a list, counted from its first one.
    Row(List, usize),
    /// A pane, beside its rows.
    Pane(Pane),
    /// The line between two columns.
    Divider(Divider),
    /// A hint.
    Hint(Action),
}

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// The button goes down.
    Press,
    /// It moves with the button down; how far from the left, in hundredths of the width.
    Drag(u16),
    /// The button goes up.
    Release,
    /// The wheel turns; towards the user is down.
    Wheel {
        /// Whether it turns down.
        down: bool,
    },
}
