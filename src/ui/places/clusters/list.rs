//! All clusters, those on which most independent layers agree first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::app::{ClusterColumn, State};
use crate::signals::{ClusterPortrait, why_nothing};
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{right, short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::unlinked::not_linked;

/// Columns of number, size and share tagged.
const FIGURES: [usize; 3] = [4, 7, 8];

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = super::has_keys(state, ClusterColumn::List);
    let inside = pane_frame::draw(frame, area, title(state), focused, screen.theme);
    let Some(set) = state.places.clusters.set.made.as_ref().filter(|set| !set.portraits.is_empty()) else {
        let width = usize::from(inside.width).saturating_sub(3);
        let words = wrapped(&nothing(state, screen), width, usize::from(inside.height));
        let words = words.into_iter().map(|line| Line::styled(format!("  {line}"), screen.theme.muted()));
        frame.render_widget(Text::from_iter(words), inside);
        return;
    };
    let figures = ["#", "size", "tagged"];
    let heading: String = figures.iter().zip(FIGURES).map(|(word, width)| right(word, width)).collect();
    let mut lines = vec![Line::styled(format!("  {heading} same | other"), screen.theme.muted())];
    let cursor = state.places.clusters.cursor;
    for index in cursor.window(set.portraits.len(), usize::from(inside.height.saturating_sub(1))) {
        let chosen = index == cursor.row;
        let line = row(state, &set.portraits[index], index, chosen, screen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    frame.render_widget(Text::from(lines), inside);
}

fn title(state: &State) -> String {
    let count = state.places.clusters.set.made.as_ref().map(|set| set.portraits.len());
    let anew = if count.is_some() && state.cluster_set().is_none() { " ─ being looked for anew" } else { "" };
    count.map_or_else(|| "1 Clusters".to_owned(), |count| format!("1 Clusters ─ {}{anew}", thousands(count as u64)))
}

fn nothing(state: &State, screen: &Screen<'_>) -> String {
    match (&state.links, &state.places.clusters.set.made) {
        (None, _) => not_linked(state, screen, "there are no clusters", "clusters follow"),
        (Some(_), None) => "Clusters are being looked for …".to_owned(),
        (Some(links), Some(_)) => why_nothing(&links.graph)
            .unwrap_or_else(|| "No three accounts hang together by these parameters.".to_owned()),
    }
}

fn row(state: &State, portrait: &ClusterPortrait, index: usize, chosen: bool, screen: &Screen<'_>) -> Line<'static> {
    let members = &portrait.cluster.members;
    let marked = members.iter().filter(|id| state.marks.contains(id)).count();
    let tagged = members.iter().filter(|&&id| state.tags.label(id).is_some()).count();
    let figures = [index + 1, members.len(), tagged].map(|count| thousands(count as u64));
    let figures: String = figures.iter().zip(FIGURES).map(|(text, width)| right(text, width)).collect();
    let mark = if marked > 0 { Span::styled("✓", screen.theme.mark()) } else { Span::raw(" ") };
    let mut spans = vec![Span::raw(if chosen { "▸" } else { " " }), mark, Span::raw(figures), Span::raw(" ")];
    let theme = &screen.theme;
    for independent in [false, true] {
        if independent {
            spans.push(Span::styled("| ", theme.muted()));
        }
        for count in portrait.layers.iter().filter(|count| count.independent == independent) {
            let style = if count.agrees(members.len()) { theme.heading() } else { theme.muted() };
            spans.push(Span::styled(format!("{} ", count.sign(members.len())), style));
        }
    }
    let first = members.first().map(|&id| state.name_of(id)).unwrap_or_default();
    spans.push(Span::styled(format!(" {}", short(&first, 20)), screen.theme.muted()));
    Line::from(spans)
}
