//! What the mouse meets is what is drawn there.

use ratatui::layout::Size;

use super::tests::drawn;
use super::{ColorDepth, Screen, Theme, hit};
use crate::app::rehearsal::Rehearsal;
use crate::app::{Action, Divider, Hit, Pane};
use crate::keys::KeyMap;

fn met(session: &Rehearsal, size: (u16, u16), at: (u16, u16)) -> Option<Hit> {
    let keys = KeyMap::load(None).unwrap();
    let screen = Screen { keys: &keys, theme: &Theme::new(ColorDepth::True), graphics: None };
    hit(Size::new(size.0, size.1), at, &session.state, &screen)
}

/// Column and row at which `text` is drawn first.
fn place(screen: &str, text: &str) -> (u16, u16) {
    let found = screen.lines().enumerate().find_map(|(row, line)| Some((line.split_once(text)?.0, row)));
    let (before, row) = found.unwrap_or_else(|| panic!("{text} is not drawn\n{screen}"));
    // The backend puts each line into quotation marks.
    (before.chars().count() as u16 - 1, row as u16)
}

#[test]
fn rows_hints_and_dividers_are_met_where_they_are_drawn() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure]);
    let screen = drawn(&mut session, 160, 48).to_string();
    let met = |at| met(&session, (160, 48), at);
    let (x, y) = place(&screen, " Lamp ");
    assert_eq!(met((x, y + 2)), Some(Hit::Row(Pane::Accounts, 2)));
    assert_eq!(met((x, y + 24)), Some(Hit::Pane(Pane::Accounts)), "there is no such row");
    assert_eq!(met(place(&screen, "1 Accounts")), Some(Hit::Pane(Pane::Accounts)));
    assert_eq!(met(place(&screen, "Tomorrow at 1 ")), Some(Hit::Row(Pane::Why, 0)));
    assert_eq!(met(place(&screen, "search")), Some(Hit::Hint(Action::Search)));
    assert_eq!(met(place(&screen, "? help")), Some(Hit::Hint(Action::Help)));
    assert_eq!(met(place(&screen, "move")), None, "moving is more than one action");
    let edge = place(&screen, "╭ 2 Neighbours");
    assert_eq!(met(edge), Some(Hit::Divider(Divider::First)));
    assert_eq!(met((edge.0 - 1, edge.1 + 3)), Some(Hit::Divider(Divider::First)));
    assert_eq!(met((0, 0)), None);
}

#[test]
fn one_column_has_rows_and_no_divider() {
    let mut session = Rehearsal::new();
    session.act(&[Action::OpenNeighbours]);
    let screen = drawn(&mut session, 80, 24).to_string();
    let (x, y) = place(&screen, "@lamp_05");
    let row = session.state.neighbours.rows.iter().position(|row| row.account.0 == 5);
    assert_eq!(met(&session, (80, 24), (x, y)), row.map(|row| Hit::Row(Pane::Neighbours, row)));
    assert_eq!(met(&session, (80, 24), (79, 6)), Some(Hit::Row(Pane::Neighbours, 2)));
    session.act(&[Action::Clusters]);
    assert_eq!(met(&session, (80, 24), (x, y)), None, "what lies over the panes has no rows of theirs");
}
