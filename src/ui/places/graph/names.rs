//! The nodes of the graph: tag, mark, the letters of the layers, and the name; away from the middle, so that no name
//! covers another.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::Layers;
use crate::app::{GraphLayout, GraphSpot, State};
use crate::model::AccountId;
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::cells::short;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, layout: &GraphLayout, state: &State, screen: &Screen<'_>) {
    let chosen = state.graph_place();
    let rows = state.neighbours.rows[state.graph_drawn()].iter();
    for (place, (row, &spot)) in rows.zip(&layout.neighbours).enumerate() {
        let layers = Layers::from_link(&row.link);
        let letters = Span::styled(layers.letters(state), layers.style(screen));
        let name = Name { account: row.account, letters, is_chosen: chosen == Some(place) };
        put(frame, area, &name.beside(layout, spot, state, screen), layout, spot);
    }
    if let Some(account) = state.chosen() {
        let name = Name { account, letters: Span::raw(""), is_chosen: chosen.is_none() };
        let line = name.in_the_middle(layout, state, screen);
        let width = u16::try_from(line.width()).unwrap_or(0);
        let column = layout.centre.column.saturating_sub(width / 2);
        let place = Rect { x: area.x + column, y: area.y + layout.centre.row, width, height: 1 };
        frame.render_widget(line, place.intersection(area));
    }
}

/// The node whose name has its room there: 0 in the middle, else one more than the place of the neighbour.
pub(super) fn node_at(area: Rect, at: Position, state: &State) -> Option<usize> {
    let layout = state.graph_layout();
    let width = layout.name_width;
    let room = |column: u16, row: u16| Rect { x: area.x + column, y: area.y + row, width, height: 1 }.contains(at);
    let neighbour = layout.neighbours.iter().position(|&spot| {
        room(if layout.is_right(spot) { spot.column } else { (spot.column + 1).saturating_sub(width) }, spot.row)
    });
    let middle = || room(layout.centre.column.saturating_sub(width / 2), layout.centre.row).then_some(0);
    neighbour.map(|place| place + 1).or_else(middle)
}

/// Puts a name with its sign on the spot.
fn put(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>, layout: &GraphLayout, spot: GraphSpot) {
    let width = u16::try_from(line.width()).unwrap_or(0);
    let column = if layout.is_right(spot) { spot.column } else { (spot.column + 1).saturating_sub(width) };
    let place = Rect { x: area.x + column, y: area.y + spot.row, width, height: 1 };
    frame.render_widget(line, place.intersection(area));
}

struct Name {
    account: AccountId,
    letters: Span<'static>,
    is_chosen: bool,
}

impl Name {
    fn signs(&self, state: &State, screen: &Screen<'_>) -> [Span<'static>; 2] {
        let label = state.tags.label(self.account);
        let flag = match (state.marks.contains(&self.account), self.is_chosen) {
            (true, _) => Span::styled("✓", screen.theme.mark()),
            (false, true) => Span::raw("▸"),
            (false, false) => Span::raw(" "),
        };
        [Span::styled(glyph(label), screen.theme.label(label)), flag]
    }

    fn text(&self, width: usize, state: &State) -> Span<'static> {
        Span::raw(short(&state.name_of(self.account), width))
    }

    /// `◆▸RA @dove` right of the middle, `@dove RA▸◆` left of it.
    fn beside(&self, layout: &GraphLayout, spot: GraphSpot, state: &State, screen: &Screen<'_>) -> Line<'static> {
        let [tag, flag] = self.signs(state, screen);
        let used = 3 + self.letters.width();
        let name = self.text(usize::from(layout.name_width).saturating_sub(used), state);
        let mut spans = vec![tag, flag, self.letters.clone(), Span::raw(" "), name];
        if !layout.is_right(spot) {
            spans.reverse();
        }
        let line = Line::from(spans);
        if self.is_chosen { line.style(screen.theme.cursor(true)) } else { line }
    }

    fn in_the_middle(&self, layout: &GraphLayout, state: &State, screen: &Screen<'_>) -> Line<'static> {
        let [tag, flag] = self.signs(state, screen);
        let name = self.text(usize::from(layout.name_width).saturating_sub(4), state);
        let style = if self.is_chosen { screen.theme.cursor(true) } else { screen.theme.heading() };
        Line::from(vec![Span::raw(" "), tag, flag, name, Span::raw(" ")]).style(style)
    }
}
