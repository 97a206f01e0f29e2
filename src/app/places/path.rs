//! The path between two marked accounts, as it is looked at.

use std::sync::Arc;

use super::OpenPlace;
use crate::analysis::{FoundPath, Links};
use crate::app::update::{begin, escape, jump, mark, motion};
use crate::app::{Action, Cursor, Effect, Job, Notice, Pane, Place, Request, Same, State, Work};
use crate::model::{AccountId, Timestamp};

/// The path as it is looked at.
#[derive(Debug, Default)]
pub struct PathView {
    /// Between whom.
    pub ends: Option<[AccountId; 2]>,
    /// What was found, once it is known.
    pub found: Request<([AccountId; 2], Same<Links>), FoundPath>,
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
pub(in crate::app) struct PathPlace;

impl OpenPlace for PathPlace {
    fn job(&self) -> Option<Job> {
        Some(Job::Path)
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.path.chosen()
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.path.accounts()
    }

    fn row(&self, state: &State) -> Option<usize> {
        Some(state.path.cursor.row)
    }

    fn step(&self, state: &mut State) {
        let count = state.path.accounts().len();
        state.path.cursor.move_by(1, count);
    }

    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        ask(state)
    }

    fn follow(&self, state: &mut State) {
        follow(state);
    }
}

/// Opens the path between the two accounts that are marked, or closes it. It lies over what was looked at before.
pub(in crate::app) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.place() == Place::Path {
        state.stack.close(Place::Path);
        // Who opens it again asks anew, so nobody waits for what is under way.
        return if state.jobs.runs(Job::Path) { escape::cancel_job(state, Job::Path) } else { Vec::new() };
    }
    let mut marked = state.marks.iter().copied();
    if let (Some(from), Some(to)) = (marked.next(), marked.next()) {
        state.stack.close(Place::Signals);
        state.stack.open(Place::Path);
        state.path.turn_to([from, to]);
    }
    Vec::new()
}

/// What an action means while a path is looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let count = state.path.accounts().len();
    if let Some(rows) = motion::rows_of_one_list(action, state.viewport.path) {
        state.path.cursor.move_by(rows, count);
        return Some(Vec::new());
    }
    match action {
        Action::MarkAll => {
            let accounts = state.path.accounts();
            mark::toggle_all(state, accounts);
        }
        Action::PathJump => {
            let effects = jump::to_subject(state);
            if state.path.chosen().is_some() {
                state.stack.uncover();
                state.focus = Pane::Accounts;
            }
            return Some(effects);
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Asks for the path where somebody looks and what is known is of other links.
fn ask(state: &mut State) -> Option<Effect> {
    let ends = state.path.ends.filter(|_| state.stack.has(Place::Path))?;
    let links = state.links.clone()?;
    let accounts = state.roster.as_ref()?.counts.accounts;
    let generation = state.path.found.ask((ends, Same(Arc::clone(&links))))?;
    // What was found in other links is no path any more.
    state.path.found.made = None;
    Some(begin(state, generation, Work::Path { ends, links, accounts }))
}

/// Takes in what was found.
pub(in crate::app) fn take(state: &mut State, found: FoundPath) {
    state.path.found.made = Some(found);
}

/// Why no path could be looked for.
pub(in crate::app) fn failed(state: &mut State, reason: String) {
    state.stack.close(Place::Path);
    state.notice = Some(Notice::error(reason));
}

/// Keeps what is chosen in sight.
fn follow(state: &mut State) {
    let count = state.path.accounts().len();
    state.path.cursor.follow(count, state.viewport.path);
}
