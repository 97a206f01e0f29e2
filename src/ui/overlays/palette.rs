//! The actions that fit what is typed, above the line where it is typed.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Action, Cursor, Hit, List, Palette, State};
use crate::text::thousands;
use crate::ui::hit::listed;
use crate::ui::widgets::cells::{cell, short};
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

const WIDTH: u16 = 110;
/// Columns of the key and of the name of an action.
const KEY: usize = 10;
const NAME: usize = 22;

/// Where the actions are drawn, and which of them are seen.
fn place(regions: &Regions, palette: &Palette) -> (Rect, Cursor) {
    let count = palette.fits.len();
    let room = usize::from(regions.body.height).saturating_sub(3);
    let rows = count.clamp(1, Palette::SEEN.min(room.max(1)));
    let height = u16::try_from(rows).unwrap_or(0) + 2;
    let width = WIDTH.min(regions.notice.width.saturating_sub(2));
    let mut cursor = Cursor { row: palette.cursor.row, top: 0 };
    cursor.follow(count, rows);
    (Rect { x: regions.notice.x + 1, y: regions.notice.y.saturating_sub(height), width, height }, cursor)
}

/// The action that stands there.
pub(in crate::ui) fn row_at(regions: &Regions, at: Position, palette: &Palette) -> Option<Hit> {
    let (place, cursor) = place(regions, palette);
    listed(pane_frame::rows(place, 0), at, cursor, palette.fits.len()).map(|row| Hit::Row(List::Actions, row))
}

pub(in crate::ui) fn draw(
    frame: &mut Frame<'_>,
    regions: &Regions,
    palette: &Palette,
    state: &State,
    screen: &Screen<'_>,
) {
    let (count, (place, cursor)) = (palette.fits.len(), place(regions, palette));
    frame.render_widget(Clear, place);
    let title = format!("Actions ─ {}", if count == 0 { "none fits".to_owned() } else { thousands(count as u64) });
    let inside = pane_frame::draw(frame, place, title, true, screen.theme);
    let lines = cursor.window(count, usize::from(inside.height)).map(|at| {
        let chosen = at == palette.cursor.row;
        let action = palette.fits[at];
        let line = line(action, chosen, state.why_not(action), usize::from(inside.width), screen);
        if chosen { line.style(screen.theme.cursor(true)) } else { line }
    });
    frame.render_widget(Text::from_iter(lines), inside);
}

fn line(action: Action, chosen: bool, why_not: Option<String>, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let room = width.saturating_sub(KEY + NAME + 3);
    let name = if why_not.is_some() { screen.theme.muted() } else { Style::new() };
    let about = why_not.map_or_else(|| action.help().to_owned(), |why| format!("not now: {why}"));
    Line::from(vec![
        Span::raw(if chosen { "▸ " } else { "  " }),
        Span::styled(cell(&screen.key(action), KEY), screen.theme.key()),
        Span::styled(cell(&action.word().replace('-', " "), NAME), name),
        Span::styled(short(&about, room), screen.theme.muted()),
    ])
}
