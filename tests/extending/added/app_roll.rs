//! The roll as it is looked at.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, Question, Roll, RollOf, Roster};
use crate::app::update::motion;
use crate::app::{Action, Cursor, Effect, Place, Request, Same, State};
use crate::model::Timestamp;

/// The roll as it is looked at.
#[derive(Debug, Default)]
pub struct RollView {
    /// What was counted, once it is known.
    pub roll: Request<Same<Roster>, Arc<Roll>>,
    /// The chosen letter.
    pub cursor: Cursor,
}

impl RollView {
    fn len(&self) -> usize {
        self.roll.made.as_ref().map_or(0, |roll| roll.0.len())
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        let rows = motion::rows_of_one_list(action, state.viewport.places.roll.0);
        let view = &mut state.places.roll;
        let count = view.len();
        match action {
            Action::RollFirst => view.cursor.row = 0,
            _ => view.cursor.move_by(rows?, count),
        }
        Some(Vec::new())
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Roll)
    }

    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.stack.toggle_alone(Place::Roll);
        Vec::new()
    }

    fn choose(&self, state: &mut State, _: usize, row: usize) {
        state.places.roll.cursor.row = row;
    }

    fn follow(&self, state: &mut State) {
        let count = state.places.roll.len();
        state.places.roll.cursor.follow(count, state.viewport.places.roll.0);
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords { under_way: "calling the roll", cancelled: "Calling the roll was cancelled." })
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        let roster = state.roster.clone().filter(|_| state.stack.has(Place::Roll))?;
        let generation = state.places.roll.roll.ask(Same::of(&roster))?;
        Some(state.ask(Place::Roll, generation, Question::Roll(RollOf { roster })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.roll.roll.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Roll(roll) = answer {
            state.places.roll.roll.made = Some(roll);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.roll.roll.give_up();
    }
}
