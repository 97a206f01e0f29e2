//! Walk through the graph around an account; mark and tag what is seen of it.

use super::{Effect, State, focus, jump, mark};
use crate::app::{Action, Direction, EgoNode, Notice, Pane, Place};

/// Opens the graph around the chosen account, or closes it.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    let from = state.place();
    if from == Place::Ego {
        state.ego.open = false;
        return Vec::new();
    }
    // In the panes of a pair the account of the list stays in the middle; elsewhere it is the one that is looked at.
    let elsewhere = !matches!(from, Place::Accounts | Place::Neighbours | Place::Why);
    let subject = state.subject().filter(|_| elsewhere).or_else(|| state.chosen());
    let Some(account) = subject else {
        state.notice = Some(Notice::error("No account is chosen here whose graph could be drawn."));
        return Vec::new();
    };
    state.close_places();
    state.ego.open = true;
    state.ego.on_centre = false;
    if state.chosen() == Some(account) { Vec::new() } else { jump::to(state, account) }
}

/// What an action means while the graph is looked at; `None` where it means what it means elsewhere.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let can_cancel = state.can_cancel();
    let room = isize::try_from(state.ego_room()).unwrap_or(1);
    match action {
        Action::Left => walk(state, Direction::Left),
        Action::Right => walk(state, Direction::Right),
        Action::Up => walk(state, Direction::Up),
        Action::Down => walk(state, Direction::Down),
        Action::PageDown => step(state, room),
        Action::PageUp => step(state, -room),
        Action::First => step(state, isize::MIN),
        Action::Last => step(state, isize::MAX),
        Action::NextPane => around(state, 1),
        Action::PreviousPane => around(state, -1),
        Action::MarkAll => {
            let drawn = state.neighbours.rows[state.ego_drawn()].iter().map(|row| row.account).collect();
            mark::toggle_all(state, drawn);
        }
        Action::EgoCentre if state.ego_on_centre() => {
            state.ego.open = false;
            state.focus = Pane::Accounts;
        }
        Action::EgoCentre => return Some(jump::to_subject(state)),
        Action::Back | Action::Forward => {
            state.ego.on_centre = false;
            return Some(if action == Action::Back { jump::back(state) } else { jump::forward(state) });
        }
        Action::Escape if !can_cancel => state.ego.open = false,
        _ if focus::leads_to_panes(action) => {
            state.ego.open = false;
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn walk(state: &mut State, direction: Direction) {
    let here = match state.ego_place() {
        Some(place) => EgoNode::Neighbour(place),
        None => EgoNode::Centre,
    };
    match state.ego_layout().walk(here, direction) {
        Some(EgoNode::Centre) => choose(state, 0),
        Some(EgoNode::Neighbour(place)) => choose(state, place + 1),
        None => {}
    }
}

/// Goes to the middle, which is 0, or to one of the neighbours that are drawn.
pub(super) fn choose(state: &mut State, node: usize) {
    state.ego.on_centre = node == 0;
    if let Some(place) = node.checked_sub(1) {
        state.neighbours.cursor.row = state.ego_drawn().start + place;
    }
}

/// Goes on by so many neighbours, by strength.
fn step(state: &mut State, rows: isize) {
    let count = state.neighbours.rows.len();
    state.neighbours.cursor.move_by(rows, count);
    state.ego.on_centre = false;
}

/// The next neighbour by strength, behind the last one the first again.
fn around(state: &mut State, by: isize) {
    let count = state.neighbours.rows.len();
    let row = state.neighbours.cursor.row;
    let is_end = if by > 0 { row + 1 >= count } else { row == 0 };
    match (state.ego_on_centre(), is_end) {
        (true, _) => step(state, 0),
        (false, true) if by > 0 => step(state, isize::MIN),
        (false, true) => step(state, isize::MAX),
        (false, false) => step(state, by),
    }
}

/// Reads the links among the neighbours that are drawn.
pub(super) fn follow(state: &mut State) {
    let (Some(links), Some(centre)) = (state.links.clone(), state.neighbours.of) else { return };
    if state.ego.open {
        let drawn = state.ego_drawn();
        state.ego.follow(&links, centre, &state.neighbours.rows, drawn);
    }
}
