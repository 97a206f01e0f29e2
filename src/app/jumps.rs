//! Where the user jumped from, and back.

use super::{Pane, TagFilter};
use crate::model::AccountId;

/// What it takes to stand at an earlier place again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The chosen account.
    pub account: AccountId,
    /// The chosen neighbour, if any.
    pub neighbour: Option<AccountId>,
    /// The search that was on.
    pub query: String,
    /// The filter that was on.
    pub filter: TagFilter,
    /// The pane that had the focus.
    pub pane: Pane,
}

/// The longest way back; older spots fall off.
const LONGEST: usize = 1_000;

/// A way back and a way forward, as in a browser.
#[derive(Debug, Clone, Default)]
pub struct JumpList {
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

impl JumpList {
    /// Remembers where a jump starts; what lay forward is forgotten.
    pub fn leave(&mut self, from: Spot) {
        if self.back.len() == LONGEST {
            self.back.remove(0);
        }
        self.back.push(from);
        self.forward.clear();
    }

    /// The spot before, leaving `here` for the way forward.
    pub fn back(&mut self, here: Option<Spot>) -> Option<Spot> {
        let spot = self.back.pop()?;
        self.forward.extend(here);
        Some(spot)
    }

    /// The spot after, leaving `here` for the way back.
    pub fn forward(&mut self, here: Option<Spot>) -> Option<Spot> {
        let spot = self.forward.pop()?;
        self.back.extend(here);
        Some(spot)
    }

    /// Every account that a spot is at.
    pub fn accounts(&self) -> impl Iterator<Item = AccountId> {
        self.back.iter().chain(&self.forward).map(|spot| spot.account)
    }

    /// Goes on with the rows that accounts have now, and forgets spots at those that are no longer there.
    pub fn follow(&mut self, row: &impl Fn(AccountId) -> Option<AccountId>) {
        for spots in [&mut self.back, &mut self.forward] {
            spots.retain_mut(|spot| {
                let now = row(spot.account);
                spot.account = now.unwrap_or(spot.account);
                spot.neighbour = spot.neighbour.and_then(row);
                now.is_some()
            });
        }
    }

    /// How many jumps can be taken back.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.back.len()
    }

    /// How many jumps can be done again.
    #[must_use]
    pub fn ahead(&self) -> usize {
        self.forward.len()
    }
}
