//! The path between two marked accounts, as it is looked at.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, FoundPath, Links, PathBetween, Question};
use crate::app::update::{escape, jump, mark, motion};
use crate::app::{Action, Cursor, Effect, Place, Request, Same, State};
use crate::model::{AccountId, AvatarId, Timestamp};
use crate::text::thousands;

/// The path as it is looked at.
#[derive(Debug, Default)]
pub struct PathView {
    /// Between whom.
    pub ends: Option<[AccountId; 2]>,
    /// What was found, once it is known.
    pub found: Request<([AccountId; 2], Same<Links>), Arc<FoundPath>>,
    /// The chosen account on the way.
    pub cursor: Cursor,
}

impl PathView {
    /// Turns to two accounts.
    pub fn turn_to(&mut self, ends: [AccountId; 2]) {
        (self.ends, self.cursor) = (Some(ends), Cursor::default());
        self.found.forget();
    }

    /// Forgets what was found, and between whom.
    pub fn forget(&mut self) {
        (self.ends, self.cursor) = (None, Cursor::default());
        self.found.forget();
    }

    /// The accounts on the way, both ends included.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountId> {
        let steps = self.found.made.as_ref().map_or(&[][..], |found| &found.steps);
        steps.first().map(|step| step.from).into_iter().chain(steps.iter().map(|step| step.to)).collect()
    }

    /// The chosen account on the way.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        self.accounts().get(self.cursor.row).copied()
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        let count = state.places.path.accounts().len();
        if let Some(rows) = motion::rows_of_one_list(action, state.viewport.places.path.0) {
            state.places.path.cursor.move_by(rows, count);
            return Some(Vec::new());
        }
        match action {
            Action::MarkAll => {
                let accounts = state.places.path.accounts();
                mark::toggle_all(state, accounts);
            }
            Action::PathJump if state.places.path.chosen().is_some() => return Some(jump::out_to_subject(state)),
            Action::PathJump => return Some(jump::to_subject(state)),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Path)
    }

    /// It lies over what was looked at before.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        if state.place() == Place::Path {
            // Who opens it again asks anew, so nobody waits for what is under way.
            return escape::close_and_stop(state, Place::Path);
        }
        let mut marked = state.marks.iter().copied();
        if let (Some(from), Some(to)) = (marked.next(), marked.next()) {
            state.stack.close(Place::Signals);
            state.stack.open(Place::Path);
            state.places.path.turn_to([from, to]);
        }
        Vec::new()
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        // Who looks at a path closes it by the same key.
        let opens = action == Action::Path && !state.stack.has(Place::Path);
        if opens { why_no_path(state) } else { None }
    }

    fn is_hinted(&self, state: &State, action: Action) -> bool {
        action != Action::Path || state.marks.len() == 2
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.path.chosen()
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.path.accounts()
    }

    fn row(&self, state: &State) -> Option<usize> {
        Some(state.places.path.cursor.row)
    }

    fn step(&self, state: &mut State) {
        let count = state.places.path.accounts().len();
        state.places.path.cursor.move_by(1, count);
    }

    fn choose(&self, state: &mut State, _: usize, row: usize) {
        state.places.path.cursor.row = row;
    }

    fn follow(&self, state: &mut State) {
        let count = state.places.path.accounts().len();
        state.places.path.cursor.follow(count, state.viewport.places.path.0);
    }

    fn pictures(&self, state: &State) -> Vec<AvatarId> {
        let seen = state.places.path.accounts().into_iter().skip(state.places.path.cursor.top);
        seen.take(state.viewport.places.path.0 + 1).filter_map(|id| state.account(id)?.avatar).collect()
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords {
            under_way: "finding a path",
            cancelled: "Finding a path was cancelled; open it again to begin anew.",
        })
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        let ends = state.places.path.ends.filter(|_| state.stack.has(Place::Path))?;
        let links = state.links.clone()?;
        let accounts = state.roster.as_ref()?.counts.accounts;
        let generation = state.places.path.found.ask((ends, Same::of(&links)))?;
        // What was found in other links is no path any more.
        state.places.path.found.made = None;
        Some(state.ask(Place::Path, generation, Question::Path(PathBetween { ends, links, accounts })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.path.found.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Path(found) = answer {
            state.places.path.found.made = Some(found);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.path.forget();
    }

    fn forget(&self, state: &mut State) {
        state.stack.close(Place::Path);
        state.places.path.forget();
    }
}

fn why_no_path(state: &State) -> Option<String> {
    let mut marked = state.marks.iter().copied();
    let count = match (marked.next(), state.marks.len()) {
        (_, 2) => return None,
        (None, _) => "none is marked".to_owned(),
        (Some(only), 1) => format!("only {} is marked", state.name_of(only)),
        (Some(_), many) => format!("{} are marked", thousands(many as u64)),
    };
    Some(format!("A path leads between exactly two marked accounts; {count}."))
}
