//! The account in the middle of the graph: on what its links rest, and how its neighbours are linked among each other.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::Layers;
use crate::app::{GraphView, State};
use crate::model::AccountId;
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::cells::{short, wrapped};
use crate::ui::widgets::pane_frame;

/// Columns of the names of the rows.
const NAME: usize = 13;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let Some(account) = state.chosen() else { return };
    let title = format!("In the middle {}", short(&state.name_of(account), 24));
    let inside = pane_frame::draw(frame, area, title, false, screen.theme);
    let width = usize::from(inside.width);
    let row = |(name, text): (&'static str, String)| {
        let text = wrapped(&text, width.saturating_sub(NAME), 2);
        let names = [name, ""].into_iter().map(|name| Span::styled(format!(" {name:<12}"), screen.theme.heading()));
        names.zip(text).map(|(name, text)| Line::from(vec![name, Span::raw(text)])).collect::<Vec<_>>()
    };
    let lines = rows(account, state).into_iter().flat_map(row);
    frame.render_widget(Text::from_iter(lines), inside);
}

fn rows(account: AccountId, state: &State) -> [(&'static str, String); 5] {
    let label = state.tags.label(account);
    let word = label.map_or("no tag", |label| label.word());
    let profile = state.account(account).map(|account| &account.profile);
    let name = profile.and_then(|profile| profile.name.clone()).unwrap_or_else(|| "–".to_owned());
    [
        ("name", name),
        ("tag", format!("{} {word}", glyph(label))),
        ("links", links(state)),
        ("among them", among(state)),
        ("lines", format!("the strongest of each, {} of the chosen one", GraphView::OF_CHOSEN)),
    ]
}

fn links(state: &State) -> String {
    let rows = &state.neighbours.rows;
    let part = |layers: Layers| {
        let count = rows.iter().filter(|row| Layers::from_link(&row.link) == layers).count();
        format!("{} by {}", thousands(count as u64), layers.words(state))
    };
    let parts = Layers::ALL.map(part).join(" · ");
    format!("{}: {parts}", thousands(rows.len() as u64))
}

fn among(state: &State) -> String {
    let (drawn, ties) = (state.graph_drawn().len(), state.places.graph.ties.len());
    let pairs = drawn * drawn.saturating_sub(1) / 2;
    if pairs < 2 {
        return match (drawn, ties) {
            (2, 1) => "the two that are drawn are linked".to_owned(),
            (2, _) => "the two that are drawn are not linked".to_owned(),
            _ => "there is no other one".to_owned(),
        };
    }
    let [ties, pairs, drawn] = [ties, pairs, drawn].map(|count| thousands(count as u64));
    format!("{ties} of the {pairs} pairs of the {drawn} drawn are linked")
}
