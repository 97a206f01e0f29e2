//! One list of retweeters: those that show something, or those that show nothing of it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::app::{Cursor, Place, State};
use crate::signals::{Retweeter, Trait};
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};

/// Columns of retweets of the hub among all.
const COUNT: usize = 17;
const HANDLE: usize = 18;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, plain: bool, state: &State, screen: &Screen<'_>) {
    let view = &state.places.audit;
    let focused = view.on_plain == plain;
    let found = view.found.made.as_ref();
    let (showing, without) = found.map_or((&[][..], &[][..]), |found| found.rows.split_at(found.showing));
    let (rows, cursor) = if plain { (without, view.plain) } else { (showing, view.cursor) };
    let inside = pane_frame::draw(frame, area, title(plain, rows.len()), focused, screen.theme);
    let width = usize::from(inside.width);
    let what = if plain { "which proves nothing" } else { "shows" };
    let heading = format!("    {}{}  {what}", cell("handle", HANDLE), right("of its retweets", COUNT));
    let mut lines = vec![Line::styled(short(&heading, width), screen.theme.muted())];
    lines.extend(body(rows, cursor, focused, (state, screen), &inside));
    frame.render_widget(Text::from(lines), inside);
}

fn title(plain: bool, count: usize) -> String {
    let count = thousands(count as u64);
    if plain { format!("2 Show none of this ─ {count}") } else { format!("1 Show something ─ {count}") }
}

fn body(
    rows: &[Retweeter],
    cursor: Cursor,
    focused: bool,
    (state, screen): (&State, &Screen<'_>),
    area: &Rect,
) -> Vec<Line<'static>> {
    if rows.is_empty() {
        let words = if state.places.audit.found.made.is_some() { "  Nobody." } else { "" };
        return vec![Line::styled(words, screen.theme.muted())];
    }
    let range = state.range(Place::Audit);
    let row = |index: usize| {
        let chosen = index == cursor.row && focused;
        let in_range = focused && range.as_ref().is_some_and(|range| range.contains(&index));
        let line = line(&rows[index], RowState { chosen, in_range }, usize::from(area.width), state, screen);
        if chosen { line.style(screen.theme.cursor(true)) } else { line }
    };
    cursor.window(rows.len(), usize::from(area.height.saturating_sub(1))).map(row).collect()
}

fn line(one: &Retweeter, row: RowState, width: usize, state: &State, screen: &Screen<'_>) -> Line<'static> {
    let count = format!("{} of {}", thousands(one.of_hub.into()), thousands(one.retweets.into()));
    let mut line = Line::from_iter(signs(state, one.account, row, screen));
    line.spans.extend([
        Span::raw(cell(&state.name_of(one.account), HANDLE)),
        Span::raw(right(&count, COUNT)),
        Span::raw(short(&format!("  {}", traits(one)), width.saturating_sub(HANDLE + COUNT + 4))),
    ]);
    line
}

fn traits(one: &Retweeter) -> String {
    let word = |each: Trait| match each {
        Trait::InCluster => one.cluster.map_or_else(String::new, |_| "cluster".to_owned()),
        Trait::SharesAvatar => "picture".to_owned(),
        Trait::HasProfileTwin => format!("{} twins", thousands(one.profile_twins.unwrap_or_default().into())),
        Trait::RetweetsOneAuthor => "one author".to_owned(),
        Trait::RetweetsInSeconds => format!("{}/{} in 10 s", one.fast, one.timed),
    };
    let shown = Trait::ALL.into_iter().filter(|each| each.is_shown(one) == Some(true)).map(word);
    shown.collect::<Vec<_>>().join(" · ")
}
