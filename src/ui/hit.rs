//! What stands at a place of the screen, for the mouse.

use ratatui::layout::{Position, Rect, Size};

use super::{Regions, Screen, hints, overlays, panes, places};
use crate::app::{Cursor, Divider, EntryPurpose, Hit, List, Pane, Place, State};

/// What stands in this column and row of a terminal of this size.
#[must_use]
pub fn hit(size: Size, at: (u16, u16), state: &State, screen: &Screen<'_>) -> Option<Hit> {
    let regions = Regions::new(Rect::new(0, 0, size.width, size.height), state);
    let position = Position::from(at);
    if regions.too_small {
        return None;
    }
    if regions.hints.contains(position) {
        return hints::at(regions.hints, position, state, screen).map(Hit::Hint);
    }
    if !Pane::ALL.iter().any(|pane| pane.place() == state.place()) {
        return elsewhere(&regions, position, state);
    }
    if let Some(divider) = divider(&regions, position) {
        return Some(Hit::Divider(divider));
    }
    Pane::ALL
        .into_iter()
        .find(|&pane| regions.pane(pane).contains(position))
        .map(|pane| row(&regions, pane, position, state))
}

/// What stands in a place that is not the panes.
fn elsewhere(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    match state.place() {
        Place::Entry => match &state.entry.as_ref()?.purpose {
            EntryPurpose::Palette(palette) => overlays::palette::row_at(regions, at, palette),
            _ => overlays::completion::row_at(regions, at, state.completion.as_ref()?),
        },
        place => places::hit(place, regions, at, state),
    }
}

/// Which row of a list stands there, of which `rows` shows those from the top of the cursor's window on.
pub(super) fn listed(rows: Rect, at: Position, cursor: Cursor, length: usize) -> Option<usize> {
    let row = rows.contains(at).then(|| cursor.top + usize::from(at.y - rows.y))?;
    (row < length).then_some(row)
}

/// Both lines beside each other, the right one of a column and the left one of the next, are the divider.
fn divider(regions: &Regions, at: Position) -> Option<Divider> {
    let between = |left: Rect, right: Rect| {
        let stand = !left.is_empty() && !right.is_empty() && regions.body.contains(at);
        stand && (at.x + 1 == right.x || at.x == right.x)
    };
    let middle = if regions.neighbours.is_empty() { regions.tags } else { regions.neighbours };
    if between(regions.accounts, middle) {
        return Some(Divider::First);
    }
    between(middle, regions.why).then_some(Divider::Second)
}

fn row(regions: &Regions, pane: Pane, at: Position, state: &State) -> Hit {
    let area = regions.pane(pane);
    let (rows, cursor, length) = match pane {
        Pane::Accounts => (panes::accounts::rows(area), state.accounts.cursor, state.accounts.rows.len()),
        Pane::Neighbours => (panes::neighbours::rows(area), state.neighbours.cursor, state.neighbours.rows.len()),
        Pane::Why => (panes::why::rows(area, state), state.why.cursor, state.why.rows.len()),
        Pane::Tags => (panes::tags::rows(area), state.tag_cursor, state.history.entries().len()),
    };
    listed(rows, at, cursor, length).map_or(Hit::Pane(pane), |row| Hit::Row(List::Pane(pane), row))
}
