//! One account on the wall: its picture, and below it its name with its tag and its mark.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::analysis::{Tile, Wall};
use crate::app::State;
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::avatar;
use crate::ui::widgets::cells::cell;

/// Columns before the name: the cursor or the mark, and the tag.
const SIGNS: usize = 2;

pub(super) fn draw(
    buffer: &mut Buffer,
    area: Rect,
    (tile, chosen): (Tile, bool),
    wall: &Wall,
    state: &State,
    screen: &Screen<'_>,
) {
    let place = Rect { height: area.height.saturating_sub(1), ..area };
    match state.pictures.get(&wall.picture(tile).avatar) {
        Some(Some(picture)) => avatar::draw(buffer, place, picture, screen),
        Some(None) | None => avatar::draw_placeholder(buffer, place, screen),
    }
    let below = Rect { y: place.bottom(), height: 1, ..area };
    name(tile, chosen, usize::from(area.width), state, screen).render(below, buffer);
}

fn name(tile: Tile, chosen: bool, width: usize, state: &State, screen: &Screen<'_>) -> Line<'static> {
    let theme = screen.theme;
    let label = state.tags.label(tile.account);
    let marked = state.marks.contains(&tile.account);
    let line = Line::from(vec![
        match (marked, chosen) {
            (true, _) => Span::styled("✓", theme.mark()),
            (false, true) => Span::raw("▸"),
            (false, false) => Span::raw(" "),
        },
        Span::styled(glyph(label), theme.label(label)),
        Span::raw(cell(state.name_of(tile.account).trim_start_matches('@'), width.saturating_sub(SIGNS))),
    ]);
    if chosen { line.style(theme.cursor(true)) } else { line }
}
