//! The neighbours: with whom the chosen account is linked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::app::{Neighbour, Pane, Place, State};
use crate::model::AvatarMatch;
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};
use crate::ui::widgets::unlinked::no_neighbours;

const HEADINGS: u16 = 1;
/// Columns of the figures: shared, within the window, cosine, avatar.
const FIGURES: [usize; 4] = [7, 6, 6, 7];

/// Where its rows stand.
pub(in crate::ui) fn rows(area: Rect) -> Rect {
    pane_frame::rows(area, HEADINGS)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = state.focus == Pane::Neighbours;
    let inside = pane_frame::draw(frame, area, title(state), focused, screen.theme);
    let handle = usize::from(inside.width).saturating_sub(5 + FIGURES.iter().sum::<usize>());
    let window = format!("≤{} s", state.parameters.window_seconds);
    let figures = ["shared", window.as_str(), "cos", "avatar"];
    let heading: String = figures.iter().zip(FIGURES).map(|(word, width)| right(word, width)).collect();
    let mut lines = vec![Line::styled(format!("    {} {heading}", cell("handle", handle)), screen.theme.muted())];
    let pane = &state.neighbours;
    let range = state.range(Place::Neighbours);
    for index in pane.cursor.window(pane.rows.len(), usize::from(rows(area).height)) {
        let chosen = index == pane.cursor.row;
        let in_range = range.as_ref().is_some_and(|range| range.contains(&index));
        let line = row(state, &pane.rows[index], handle, RowState { chosen, in_range }, screen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    if pane.rows.is_empty() {
        let room = usize::from(inside.width).saturating_sub(3);
        let why = wrapped(&no_neighbours(state, screen), room, usize::from(inside.height));
        lines.extend(why.into_iter().map(|line| Line::styled(format!("  {line}"), screen.theme.muted())));
    }
    frame.render_widget(Text::from(lines), inside);
}

fn title(state: &State) -> String {
    match state.neighbours.account {
        Some(account) => {
            let count = thousands(state.neighbours.rows.len() as u64);
            format!("2 Neighbours of {} ─ {count}", short(&state.name_of(account), 24))
        }
        None => "2 Neighbours".to_owned(),
    }
}

fn row(state: &State, neighbour: &Neighbour, handle: usize, looked_at: RowState, screen: &Screen<'_>) -> Line<'static> {
    let theme = screen.theme;
    let link = &neighbour.link;
    // A pair that only its pictures link shows what it shares too, but dimmed: that is not what links it.
    let style = if link.co_share_kept { ratatui::style::Style::new() } else { theme.muted() };
    let co = link.co_share;
    let figures = [
        // Ids that look rounded may stand for several: the count is less certain than it looks.
        co.map(|co| format!("{}{}", if co.rounded > 0 { "~" } else { "" }, thousands(u64::from(co.shared)))),
        co.map(|co| thousands(u64::from(co.shared_within))),
        co.and_then(|co| co.cosine).map(|cosine| format!("{cosine:.2}")),
    ];
    let mut spans = signs(state, neighbour.account, looked_at, screen).to_vec();
    spans.extend([Span::raw(cell(&state.name_of(neighbour.account), handle)), Span::raw(" ")]);
    for (figure, width) in figures.into_iter().zip(FIGURES) {
        spans.push(Span::styled(right(figure.as_deref().unwrap_or("–"), width), style));
    }
    spans.push(Span::raw(right(&avatar_words(link.avatar), FIGURES[3])));
    Line::from(spans)
}

fn avatar_words(avatar: Option<AvatarMatch>) -> String {
    match avatar {
        None => String::new(),
        Some(AvatarMatch::Same) => "same".to_owned(),
        Some(AvatarMatch::Near(distance)) => format!("d {distance}"),
    }
}
