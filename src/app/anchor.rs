//! What spans more than one key: a range that is being marked, and a tag to be given again.

use std::ops::RangeInclusive;

use super::{Action, Place, State, places};
use crate::model::{AccountId, Label};

/// Where a range of marks begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// In which list.
    pub place: Place,
    /// At which row.
    pub row: usize,
    /// The account that stood there.
    pub account: AccountId,
}

/// What was said of accounts last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tagging {
    /// A label, or none.
    Label(Option<Label>),
    /// A note, or none.
    Note(Option<String>),
}

impl Action {
    /// Whether it says something of the accounts that are marked, and so of those in a range that is open.
    pub(super) fn says_of_accounts(self) -> bool {
        matches!(
            self,
            Self::TagSuspectedBot | Self::TagLikelyHuman | Self::TagUnsure | Self::TagNone | Self::Note | Self::Repeat
        )
    }
}

impl State {
    /// The row that is chosen in the list that keys walk through, where it is a list of accounts.
    #[must_use]
    pub fn row_here(&self) -> Option<usize> {
        match self.place_below() {
            Place::Accounts => Some(self.accounts.cursor.row),
            Place::Neighbours => Some(self.neighbours.cursor.row),
            place => places::get(place)?.row(self),
        }
    }

    /// The accounts of that list.
    #[must_use]
    pub fn list_here(&self) -> Vec<AccountId> {
        match self.place_below() {
            Place::Accounts => self.accounts.rows.clone(),
            Place::Neighbours | Place::Why => self.neighbours.rows.iter().map(|row| row.account).collect(),
            place => places::get(place).map_or_else(Vec::new, |place| place.accounts(self)),
        }
    }

    /// Whether that list has nobody; a list of a million is not copied to know that.
    pub(super) fn lists_nobody(&self) -> bool {
        match self.place_below() {
            Place::Accounts => self.accounts.rows.is_empty(),
            _ => self.list_here().is_empty(),
        }
    }

    /// The rows of `place` between the anchor and the chosen one.
    #[must_use]
    pub fn range(&self, place: Place) -> Option<RangeInclusive<usize>> {
        let anchor = self.anchor.filter(|anchor| anchor.place == place && self.place_below() == place)?;
        let row = self.row_here()?;
        Some(anchor.row.min(row)..=anchor.row.max(row))
    }
}
