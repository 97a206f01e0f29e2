//! What a place that lies over the panes answers.

use crate::analysis::Answer;
use crate::app::{Action, Effect, State};
use crate::model::{AccountId, AvatarId, ObjectId, Timestamp};

/// How the work of a place is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobWords {
    /// While it goes on.
    pub under_way: &'static str,
    /// Once it was stopped.
    pub cancelled: &'static str,
}

/// What a place that lies over the panes answers. Only what its keys mean has no default.
pub(in crate::app) trait OpenPlace: Sync {
    /// What an action means here; `None` where it means what it means everywhere.
    fn act(&self, state: &mut State, action: Action, now: Timestamp) -> Option<Vec<Effect>>;

    /// The key that opens it, and closes it again; none where it opens by itself.
    fn opener(&self) -> Option<Action> {
        None
    }

    /// Opens it, or closes it where it lies on top.
    fn toggle(&self, _: &mut State) -> Vec<Effect> {
        Vec::new()
    }

    /// The account that keys speak of.
    fn subject(&self, _: &State) -> Option<AccountId> {
        None
    }

    /// The accounts that it lists.
    fn accounts(&self, _: &State) -> Vec<AccountId> {
        Vec::new()
    }

    /// Every account that is seen.
    fn shown(&self, state: &State) -> Vec<AccountId> {
        self.accounts(state)
    }

    /// The chosen row, where rows are accounts.
    fn row(&self, _: &State) -> Option<usize> {
        None
    }

    /// Goes on to the next account, after one was marked.
    fn step(&self, _: &mut State) {}

    /// Goes to a row of one of its lists, which are counted as its `hit` in `ui` counts them.
    fn choose(&self, _: &mut State, _list: usize, _row: usize) {}

    /// What moves up and down by one row in it.
    fn rows(&self) -> [Action; 2] {
        [Action::Up, Action::Down]
    }

    /// Keeps what is chosen in sight.
    fn follow(&self, _: &mut State) {}

    /// Why its opener or one of its own actions can do nothing now; `None` where it can.
    fn why_not(&self, _: &State, _: Action) -> Option<String> {
        None
    }

    /// Whether the hints name its opener or one of its own actions now.
    fn is_hinted(&self, _: &State, _: Action) -> bool {
        true
    }

    /// The objects whose texts are seen.
    fn objects(&self, _: &State) -> Vec<ObjectId> {
        Vec::new()
    }

    /// The pictures that are seen, or nearly.
    fn pictures(&self, _: &State) -> Vec<AvatarId> {
        Vec::new()
    }

    /// Its work in the background, where it has any.
    fn job(&self) -> Option<JobWords> {
        None
    }

    /// Asks for what is to be seen, where somebody looks and it is not known.
    fn ask(&self, _: &mut State) -> Option<Effect> {
        None
    }

    /// The number of its latest request.
    fn generation(&self, _: &State) -> u64 {
        0
    }

    /// Takes in what came of its latest request.
    fn take(&self, _: &mut State, _: Answer) -> Vec<Effect> {
        Vec::new()
    }

    /// Gives up what it asked for: it is asked for again when somebody looks.
    fn give_up(&self, _: &mut State) {}

    /// Whether what it asked for is of no use once the accounts are linked anew.
    fn rests_on_links(&self) -> bool {
        false
    }

    /// The accounts are linked anew: links of before that are only kept, and not looked at, are let go.
    fn let_go(&self, _: &mut State) {}

    /// The data changed: what was asked for and what is known may be of what is gone.
    fn forget(&self, _: &mut State) {}
}
