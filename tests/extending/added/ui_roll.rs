//! The roll, drawn.

use ratatui::Frame;
use ratatui::layout::Position;
use ratatui::text::{Line, Text};

use crate::app::{Hit, List, Place, Rows, State};
use crate::ui::hit::listed;
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

pub(in crate::ui) fn measure(regions: &Regions, _: &State, _: &Screen<'_>) -> Rows {
    Rows(usize::from(regions.body.height.saturating_sub(2)))
}

pub(in crate::ui) fn name(_: &State) -> String {
    "Roll".to_owned()
}

/// The letter that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let view = &state.places.roll;
    let row = listed(pane_frame::rows(regions.body, 0), at, view.cursor, view.roll.made.as_ref()?.0.len());
    row.map(|row| Hit::Row(List::Of(Place::Roll, 0), row))
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let inside = pane_frame::draw(frame, regions.body, "Roll".to_owned(), true, screen.theme);
    let view = &state.places.roll;
    let Some(roll) = &view.roll.made else {
        frame.render_widget(Line::raw("  The roll is being called …"), inside);
        return;
    };
    let lines = roll.0.iter().enumerate().skip(view.cursor.top).map(|(row, (letter, count))| {
        let line = Line::raw(format!(" {letter} {count}"));
        if row == view.cursor.row { line.style(screen.theme.cursor(true)) } else { line }
    });
    frame.render_widget(Text::from_iter(lines), inside);
}
