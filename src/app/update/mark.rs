//! Mark accounts, so that one key can tag many.

use super::refuse;
use crate::app::{Action, Anchor, Notice, NoticeKind, Pane, State, places};
use crate::model::AccountId;
use crate::text::thousands;

pub(in crate::app) fn toggle(state: &mut State) {
    let Some(account) = state.subject() else {
        refuse(state, Action::Mark);
        return;
    };
    if !state.marks.remove(&account) {
        state.marks.insert(account);
    }
    if let Some(place) = state.stack.covering().and_then(places::get) {
        place.step(state);
        return say_count(state);
    }
    match state.focus {
        Pane::Accounts => state.accounts.cursor.move_by(1, state.accounts.rows.len()),
        Pane::Neighbours => state.neighbours.cursor.move_by(1, state.neighbours.rows.len()),
        Pane::Why | Pane::Tags => {}
    }
    say_count(state);
}

/// Marks every account of the focused list; where all are marked already, takes these marks away.
pub(in crate::app) fn all(state: &mut State) {
    let rows: Vec<AccountId> = match state.focus {
        Pane::Accounts => state.accounts.rows.clone(),
        Pane::Neighbours | Pane::Why => state.neighbours.rows.iter().map(|neighbour| neighbour.account).collect(),
        Pane::Tags => return,
    };
    toggle_all(state, rows);
}

/// Marks these accounts; where all are marked already, takes the marks away.
pub(in crate::app) fn toggle_all(state: &mut State, rows: Vec<AccountId>) {
    if rows.iter().all(|account| state.marks.contains(account)) {
        for account in &rows {
            state.marks.remove(account);
        }
    } else {
        state.marks.extend(rows);
    }
    say_count(state);
}

pub(in crate::app) fn clear(state: &mut State) {
    state.marks.clear();
    say_count(state);
}

/// Marks the accounts that are not marked, and takes the marks of the others away.
pub(in crate::app) fn invert(state: &mut State) {
    for account in state.list_here() {
        if !state.marks.remove(&account) {
            state.marks.insert(account);
        }
    }
    say_count(state);
}

/// Begins a range at the chosen account; once more marks every account between that one and the chosen one.
pub(in crate::app) fn range(state: &mut State) {
    let (place, rows) = (state.place(), state.list_here());
    let Some(row) = state.row_here() else { return };
    let Some(anchor) = state.anchor.take().filter(|anchor| anchor.place == place) else {
        let Some(&account) = rows.get(row) else { return };
        state.anchor = Some(Anchor { place, row, account });
        let says = "A range begins here; at its other end the same key marks every account between, esc leaves it.";
        state.notice = Some(Notice::info(says));
        return;
    };
    // The list may have changed since; the account counts, not the row.
    let stays = rows.get(anchor.row) == Some(&anchor.account);
    let begin = if stays { Some(anchor.row) } else { rows.iter().position(|&account| account == anchor.account) };
    let Some(begin) = begin else {
        state.notice = Some(Notice::error("The account at which the range began is not in this list any more."));
        return;
    };
    state.marks.extend(&rows[begin.min(row)..=begin.max(row)]);
    say_count(state);
}

/// Marks the range that is open, since what is asked for now goes to all of it; false where it cannot be marked.
pub(in crate::app) fn close_range(state: &mut State) -> bool {
    if state.range(state.place_below()).is_none() {
        return true;
    }
    range(state);
    state.notice.as_ref().is_none_or(|notice| notice.kind != NoticeKind::Error)
}

fn say_count(state: &mut State) {
    state.notice = Some(Notice::info(match state.marks.len() {
        0 => "Nothing is marked.".to_owned(),
        1 => "1 account marked; a tag or a note now goes to it.".to_owned(),
        count => format!("{} accounts marked; a tag or a note now goes to all of them.", thousands(count as u64)),
    }));
}
