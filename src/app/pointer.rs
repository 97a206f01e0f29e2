//! What the mouse points at.

use super::{Action, Divider, Pane};

/// What stands where the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A row of a pane, counted from the first one of its list.
    Row(Pane, usize),
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
