//! What the mouse meets is what is drawn there.

use ratatui::layout::Size;

use super::tests::drawn;
use super::{ColorDepth, Screen, Theme, hit};
use crate::app::rehearsal::{NOON, Rehearsal};
use crate::app::{Action, Divider, Gesture, Hit, List, Pane, Place, update};
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
    assert_eq!(met((x, y + 2)), Some(Hit::Row(List::Pane(Pane::Accounts), 2)));
    assert_eq!(met((x, y + 24)), Some(Hit::Pane(Pane::Accounts)), "there is no such row");
    assert_eq!(met(place(&screen, "1 Accounts")), Some(Hit::Pane(Pane::Accounts)));
    assert_eq!(met(place(&screen, "Tomorrow at 1 ")), Some(Hit::Row(List::Pane(Pane::Why), 0)));
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
    assert_eq!(met(&session, (80, 24), (x, y)), row.map(|row| Hit::Row(List::Pane(Pane::Neighbours), row)));
    assert_eq!(met(&session, (80, 24), (78, 6)), Some(Hit::Row(List::Pane(Pane::Neighbours), 2)));
    session.act(&[Action::Clusters]);
    assert_eq!(met(&session, (80, 24), (x, y)), None, "what lies over the panes has no rows of theirs");
}

/// Presses wherever a row of a list stands, and looks that the sign of the cursor comes to just that row.
fn press_each_row(session: &mut Rehearsal, list: List, size: (u16, u16)) {
    let _ = drawn(session, size.0, size.1);
    let places = (0..size.1).flat_map(|y| (0..size.0).step_by(5).map(move |x| (x, y)));
    let mut rows = Vec::new();
    for at in places {
        let Some(hit @ Hit::Row(found, row)) = met(session, size, at) else { continue };
        if found != list || rows.contains(&row) {
            continue;
        }
        rows.push(row);
        update::point(&mut session.state, Gesture::Press, Some(hit), NOON);
        let screen = drawn(session, size.0, size.1).to_string();
        let signs = screen.lines().enumerate().flat_map(|(y, line)| {
            let columns = line.chars().enumerate().filter(|&(_, character)| character == '▸');
            // The backend puts each line into quotation marks.
            columns.map(move |(x, _)| (x as u16 - 1, y as u16))
        });
        let signed: Vec<Option<Hit>> = signs.map(|at| met(session, size, at)).collect();
        assert!(signed.contains(&Some(hit)), "{hit:?} at {at:?}, signs at {signed:?}\n{screen}");
    }
    rows.sort_unstable();
    assert!(!rows.is_empty() && rows.iter().copied().eq(0..rows.len()), "{list:?}: {rows:?}");
}

#[test]
fn rows_of_every_list_are_chosen_where_they_are_pressed() {
    for size in [(80, 24), (160, 48)] {
        let mut crowd = Rehearsal::crowded();
        crowd.act(&[Action::Clusters]);
        press_each_row(&mut crowd, List::Of(Place::Clusters, 0), size);
        crowd.act(&[Action::First, Action::Right]);
        press_each_row(&mut crowd, List::Of(Place::Clusters, 1), size);
        let mut audit = Rehearsal::crowded();
        audit.act(&[Action::Search]).type_text("walker00183").act(&[Action::Accept, Action::Audit]);
        press_each_row(&mut audit, List::Of(Place::Audit, 0), size);
        let mut others = Rehearsal::new();
        others.act(&[Action::Search]).type_text("orla").act(&[Action::Accept, Action::Audit, Action::Right]);
        press_each_row(&mut others, List::Of(Place::Audit, 1), size);
        let mut others = Rehearsal::new();
        others.act(&[Action::Mark, Action::Mark, Action::Path]);
        press_each_row(&mut others, List::Of(Place::Path, 0), size);
        others.act(&[Action::Path, Action::Signals]);
        press_each_row(&mut others, List::Of(Place::Signals, 0), size);
        others.act(&[Action::Signals, Action::ClearMarks, Action::Graph]);
        press_each_row(&mut others, List::Of(Place::Graph, 0), size);
        others.act(&[Action::Graph, Action::Imports]);
        press_each_row(&mut others, List::Of(Place::Imports, 0), size);
        others.act(&[Action::ImportsClose, Action::Palette]);
        press_each_row(&mut others, List::Actions, size);
        others.act(&[Action::Abandon, Action::Parameters]);
        press_each_row(&mut others, List::Of(Place::Parameters, 0), size);
        others.act(&[Action::SettingsClose, Action::Search]).type_text("tag:");
        press_each_row(&mut others, List::Candidates, size);
    }
}

#[test]
fn a_picture_of_the_wall_is_chosen_where_it_is_pressed() {
    let mut session = Rehearsal::crowded();
    session.hang_crowd();
    let screen = drawn(&mut session, 160, 48).to_string();
    let tiles: Vec<usize> = (0..48)
        .flat_map(|y| (0..160).map(move |x| (x, y)))
        .filter_map(|at| match met(&session, (160, 48), at) {
            Some(Hit::Row(List::Of(Place::Wall, 0), tile)) => Some(tile),
            _ => None,
        })
        .collect();
    let (width, height) = session.state.places.wall.tile_size();
    let count = |tile| tiles.iter().filter(|&&one| one == tile).count();
    let last = tiles.iter().max().copied().unwrap();
    assert!(last > 3, "{screen}");
    assert!((0..=last).all(|tile| count(tile) == usize::from(width * height)), "{screen}");
    update::point(&mut session.state, Gesture::Press, Some(Hit::Row(List::Of(Place::Wall, 0), last)), NOON);
    assert_eq!(session.state.places.wall.cursor, last);
}
