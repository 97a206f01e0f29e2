//! The panes: what each lists, and what is chosen in it.

use serde::{Deserialize, Serialize};

use super::{Action, Cursor, Place, TagFilter};
use crate::model::ListOrder;
use crate::model::{AccountId, Link, SharedTarget, Timestamp};

/// A pane that can have the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pane {
    /// The list of accounts, with the chosen one in detail.
    #[default]
    Accounts,
    /// The accounts that the chosen one is linked with.
    Neighbours,
    /// Why the chosen pair is linked.
    Why,
    /// What was tagged.
    Tags,
}

impl Pane {
    /// Every pane, from left to right.
    pub const ALL: [Self; 4] = [Self::Accounts, Self::Neighbours, Self::Why, Self::Tags];

    /// Its place in the action catalogue.
    #[must_use]
    pub fn place(self) -> Place {
        match self {
            Self::Accounts => Place::Accounts,
            Self::Neighbours => Place::Neighbours,
            Self::Why => Place::Why,
            Self::Tags => Place::Tags,
        }
    }
}

/// A neighbour of the chosen account.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Who it is.
    pub account: AccountId,
    /// What links the two.
    pub link: Link,
}

/// The accounts pane.
#[derive(Debug, Clone, Default)]
pub struct AccountsPane {
    /// The accounts that are listed.
    pub rows: Vec<AccountId>,
    /// The chosen one.
    pub cursor: Cursor,
    /// What is searched; blank for no search.
    pub query: String,
    /// What is wrong with it, where it is a filter that cannot be read; the list stays as it was.
    pub query_error: Option<String>,
    /// Which tags pass.
    pub filter: TagFilter,
    /// The order without a search.
    pub order: ListOrder,
    /// Choose this account as soon as the list has it, where somebody jumped there.
    pub wanted: Option<AccountId>,
    /// The next list is looked at from its head, unless somebody chose an account meanwhile.
    pub(super) from_head: bool,
    /// The list does not follow the search yet: what is chosen in it is not what will be.
    pub(super) awaited: bool,
    /// Who was chosen is gone from the data; the next list puts somebody else under the cursor.
    pub(super) lost: bool,
    /// Who stands under the cursor though nobody chose them.
    pub(super) unchosen: Option<AccountId>,
    /// What was asked for meanwhile.
    pub(super) held: Vec<Held>,
    /// The latest request for a list; what comes of an older one counts no more.
    pub(super) listing: u64,
    /// The user chose somebody, so that the list does not begin anew once it is ordered by what was just read.
    pub(super) by_hand: bool,
}

/// A key that waits for the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    /// What it asked for.
    pub action: Action,
    /// The number that was typed before it.
    pub count: Option<u32>,
    /// When it was pressed.
    pub at: Timestamp,
}

/// The neighbours pane.
#[derive(Debug, Clone, Default)]
pub struct NeighboursPane {
    /// Whose neighbours these are.
    pub account: Option<AccountId>,
    /// The neighbours, strongest link first.
    pub rows: Vec<Neighbour>,
    /// The chosen one.
    pub cursor: Cursor,
    /// Choose this neighbour as soon as it is listed.
    pub wanted: Option<AccountId>,
}

/// The evidence pane.
#[derive(Debug, Clone, Default)]
pub struct WhyPane {
    /// The pair whose evidence this is.
    pub pair: Option<(AccountId, AccountId)>,
    /// Each target that both shared, the smallest gap first.
    pub rows: Vec<SharedTarget>,
    /// What speaks against reading much into them, in words.
    pub cautions: Vec<String>,
    /// The chosen target.
    pub cursor: Cursor,
}
