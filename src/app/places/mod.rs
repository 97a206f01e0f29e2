//! What lies over the panes, one file a place: what is seen of it, what its keys do, and what it asks for.
//!
//! A place that covers the panes answers [`OpenPlace`]; a window only takes keys. The README, section
//! Architecture, says what a new one needs.

pub(super) mod audit;
pub(super) mod clusters;
pub(super) mod ego;
pub(super) mod imports;
pub(super) mod parameters;
pub(super) mod path;
pub(super) mod report;
pub(super) mod signals;
pub(super) mod wall;

pub use audit::AuditView;
pub use clusters::{ClusterColumn, ClustersView};
pub use ego::{Direction, EgoLayout, EgoNode, EgoSpot, EgoView, Tie};
pub use path::PathView;
pub use signals::{SignalRow, SignalsView};
pub use wall::{Alike, WallRow, WallView};

use super::{Action, Effect, Job, Place, State};
use crate::model::{AccountId, Timestamp};

/// What a place that covers the panes answers.
pub(super) trait OpenPlace: Sync {
    /// Its work in the background, where it has any.
    fn job(&self) -> Option<Job> {
        None
    }

    /// The account that keys speak of.
    fn subject(&self, state: &State) -> Option<AccountId>;

    /// The accounts that it lists.
    fn accounts(&self, state: &State) -> Vec<AccountId>;

    /// Every account that is seen.
    fn shown(&self, state: &State) -> Vec<AccountId> {
        self.accounts(state)
    }

    /// The chosen row, where rows are accounts.
    fn row(&self, state: &State) -> Option<usize>;

    /// Goes on to the next account, after one was marked.
    fn step(&self, state: &mut State);

    /// What an action means here; `None` where it means what it means everywhere.
    fn act(&self, state: &mut State, action: Action, now: Timestamp) -> Option<Vec<Effect>>;

    /// Asks for what is to be seen, where somebody looks and it is not known.
    fn ask(&self, _: &mut State) -> Option<Effect> {
        None
    }

    /// Keeps what is chosen in sight.
    fn follow(&self, _: &mut State) {}
}

/// Every place that covers the panes.
pub(super) const COVERING: [Place; 6] =
    [Place::Clusters, Place::Path, Place::Signals, Place::Wall, Place::Audit, Place::Ego];

/// What answers for a place; none for a pane, a window or a line.
pub(super) fn of(place: Place) -> Option<&'static dyn OpenPlace> {
    Some(match place {
        Place::Wall => &wall::WallPlace,
        Place::Clusters => &clusters::ClustersPlace,
        Place::Audit => &audit::AuditPlace,
        Place::Ego => &ego::EgoPlace,
        Place::Path => &path::PathPlace,
        Place::Signals => &signals::SignalsPlace,
        Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags => return None,
        Place::Parameters | Place::Imports | Place::Report | Place::Entry => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_covers_the_panes_answers_and_is_asked_and_nothing_else() {
        for place in Place::ALL {
            assert_eq!((of(place).is_some(), COVERING.contains(&place)), (place.covers(), place.covers()), "{place:?}");
        }
    }
}
