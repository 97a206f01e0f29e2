//! The members of the chosen cluster, those with most links inside first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::app::{ClusterColumn, Place, State};
use crate::model::AccountId;
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};

/// Columns of links inside, followers and retweets.
const FIGURES: [usize; 3] = [7, 10, 9];

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = super::has_keys(state, ClusterColumn::Members);
    let members = state.places.clusters.members();
    let number = state.places.clusters.cursor.row + 1;
    let title = match members.len() {
        0 => "2 Members".to_owned(),
        count => format!("2 Members of cluster {number} ─ {}", thousands(count as u64)),
    };
    let inside = pane_frame::draw(frame, area, title, focused, screen.theme);
    let Some(portrait) = state.places.clusters.chosen() else { return };
    let handle = usize::from(inside.width).saturating_sub(4 + FIGURES.iter().sum::<usize>());
    let figures = ["links", "followers", "retweets"];
    let heading: String = figures.iter().zip(FIGURES).map(|(word, width)| right(word, width)).collect();
    let mut lines = vec![Line::styled(format!("    {}{heading}", cell("handle", handle)), screen.theme.muted())];
    let cursor = state.places.clusters.member;
    let range = state.range(Place::Clusters);
    for index in cursor.window(members.len(), usize::from(inside.height.saturating_sub(1))) {
        let chosen = index == cursor.row && state.places.clusters.column != ClusterColumn::List;
        let in_range = range.as_ref().is_some_and(|range| range.contains(&index));
        let looked_at = RowState { chosen, in_range };
        let links = portrait.links_inside.get(index).copied().unwrap_or_default();
        let line = row(state, members[index], links, (looked_at, handle), screen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    frame.render_widget(Text::from(lines), inside);
}

fn row(
    state: &State,
    id: AccountId,
    links: u32,
    (looked_at, handle): (RowState, usize),
    screen: &Screen<'_>,
) -> Line<'static> {
    let account = state.account(id);
    let followers = account.and_then(|account| account.profile.followers);
    let figures = [
        thousands(u64::from(links)),
        followers.map_or_else(|| "–".to_owned(), thousands),
        account.map_or_else(|| "–".to_owned(), |account| thousands(u64::from(account.activity.retweets))),
    ];
    let figures: String = figures.iter().zip(FIGURES).map(|(text, width)| right(text, width)).collect();
    let mut line = Line::from_iter(signs(state, id, looked_at, screen));
    line.push_span(Span::raw(cell(&state.name_of(id), handle)));
    line.push_span(Span::raw(figures));
    line
}
