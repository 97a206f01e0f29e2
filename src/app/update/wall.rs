//! Walk along the wall of pictures; mark and tag what hangs there.

use std::sync::Arc;

use super::{Effect, State, begin, focus, jump, mark};
use crate::analysis::Wall;
use crate::app::{Action, Alike, Notice, Pane, Place, Work};
use crate::model::AccountId;

/// Opens the wall, or closes it; the chosen account stays chosen for the next time.
pub(super) fn toggle(state: &mut State) {
    let opens = state.place() != Place::Wall;
    state.close_places();
    state.wall.open = opens;
}

/// What an action means while the wall is looked at; `None` where it means what it means elsewhere.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let page = state.wall.rows_in(state.viewport.wall_lines).cast_signed();
    let can_cancel = state.can_cancel();
    let view = &mut state.wall;
    match action {
        Action::Left => view.step(-1),
        Action::Right => view.step(1),
        Action::Up => view.step_rows(-1),
        Action::Down => view.step_rows(1),
        Action::PageUp => view.step_rows(-page),
        Action::PageDown => view.step_rows(page),
        Action::First => view.step(isize::MIN),
        Action::Last => view.step(isize::MAX),
        Action::NextPane => view.step_group(true),
        Action::PreviousPane => view.step_group(false),
        Action::WallLarger => view.resize(1),
        Action::WallSmaller => view.resize(-1),
        Action::MarkAll => mark_group(state),
        Action::WallJump => return Some(leave_for_chosen(state)),
        Action::Escape if !can_cancel => view.open = false,
        _ if focus::leads_to_panes(action) => {
            view.open = false;
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn mark_group(state: &mut State) {
    let accounts = match (&state.wall.wall.made, state.wall.chosen()) {
        (Some(wall), Some(tile)) => wall.tiles_of(tile.group as usize).iter().map(|tile| tile.account).collect(),
        _ => Vec::<AccountId>::new(),
    };
    mark::toggle_all(state, accounts);
}

fn leave_for_chosen(state: &mut State) -> Vec<Effect> {
    let effects = jump::to_subject(state);
    state.wall.open = false;
    state.focus = Pane::Accounts;
    effects
}

/// Asks for groups where the wall is looked at and the present ones are of other parameters.
pub(super) fn ask_for_groups(state: &mut State) -> Option<Effect> {
    let roster = state.roster.clone().filter(|_| state.wall.open)?;
    let parameters = state.wanted_parameters().clone();
    let generation = state.wall.wall.ask(Alike::of(&parameters))?;
    Some(begin(state, generation, Work::Pictures { parameters, roster }))
}

/// Takes in groups.
pub(super) fn take(state: &mut State, wall: Arc<Wall>) {
    state.wall.hang(wall);
}

/// Why there are no groups.
pub(super) fn failed(state: &mut State, reason: String) {
    state.wall.give_up();
    state.notice = Some(Notice::error(reason));
}
