//! Why the chosen pair is linked: what each layer says, and every shared target with both times and the gap.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use super::{evidence, pair_pictures};
use crate::app::{Pane, Place, State};
use crate::model::{ObjectKind, SharedTarget};
use crate::text::{clock, date_time, gap, is_short_link, month_day, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short, wrapped};
use crate::ui::widgets::pane_frame;

/// Lines of the summary above the table, the line below it included.
const SUMMARY: u16 = 6;
/// The heading of the table.
const HEADING: u16 = 1;
/// Lines below the table that show the chosen target in full.
const CHOSEN: u16 = 4;
/// Lines of the two pictures, where the pane is tall enough for them.
const PICTURES: u16 = 8;
/// From this height on the pane shows them.
const TALL: u16 = 32;
/// Columns of date, both clocks and gap.
const FIGURES: [usize; 4] = [6, 9, 9, 10];

fn is_tall(area: Rect) -> bool {
    area.height >= TALL
}

/// Where no account has a picture, the shared targets get the room.
fn pictures_height(area: Rect, state: &State) -> u16 {
    let any = state.roster.as_ref().is_some_and(|roster| roster.counts.avatars > 0);
    if is_tall(area) && any { PICTURES } else { 0 }
}

/// Where there is height, the profiles get a second line.
fn summary_height(area: Rect) -> u16 {
    SUMMARY + u16::from(is_tall(area))
}

/// Where the shared targets stand: what is said of the chosen one lies below them.
pub(in crate::ui) fn rows(area: Rect, state: &State) -> Rect {
    let rows = pane_frame::rows(area, pictures_height(area, state) + summary_height(area) + HEADING);
    Rect { height: rows.height.saturating_sub(CHOSEN), ..rows }
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = state.focus == Pane::Why && !state.stack.has(Place::Graph);
    let pair = state.chosen().zip(state.chosen_neighbour());
    let title = match &pair {
        Some((a, neighbour)) => {
            let name = |id| short(&state.name_of(id), 20);
            format!("3 Why {} — {}", name(*a), name(neighbour.account))
        }
        None => "3 Why".to_owned(),
    };
    let inside = pane_frame::draw(frame, area, title, focused, screen.theme);
    let Some((a, neighbour)) = pair else {
        let empty = "  Choose an account and one of its neighbours.";
        frame.render_widget(Line::styled(empty, screen.theme.muted()), inside);
        return;
    };
    let [pictures, summary, table, chosen] = Layout::vertical([
        Constraint::Length(pictures_height(area, state)),
        Constraint::Length(summary_height(area)),
        Constraint::Fill(1),
        Constraint::Length(CHOSEN),
    ])
    .areas(inside);
    pair_pictures::draw(frame, pictures, state, [a, neighbour.account], screen);
    let pair = evidence::Pair { a, neighbour: &neighbour, cautions: &state.why.cautions };
    let width = usize::from(summary.width);
    let mut lines = evidence::lines(state, &pair, width, is_tall(area), screen);
    lines.push(Line::styled("─".repeat(width), screen.theme.muted()));
    frame.render_widget(Text::from(lines), summary);
    frame.render_widget(Text::from(table_lines(state, table, focused, screen)), table);
    frame.render_widget(Text::from(chosen_lines(state, chosen, screen)), chosen);
}

fn table_lines(state: &State, area: Rect, focused: bool, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let text_width = usize::from(area.width).saturating_sub(FIGURES.iter().sum::<usize>() + 2);
    let words = ["day", "A (UTC)", "B (UTC)", "gap"];
    let heading: String = words.iter().zip(FIGURES).map(|(word, width)| right(word, width)).collect();
    let mut lines = vec![Line::styled(format!("  {}{heading}", cell("target", text_width)), screen.theme.muted())];
    let pane = &state.why;
    for index in pane.cursor.window(pane.rows.len(), usize::from(area.height.saturating_sub(1))) {
        let chosen = index == pane.cursor.row;
        let line = table_row(state, &pane.rows[index], text_width, chosen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    if pane.rows.is_empty() {
        lines.push(Line::styled("  They share no target.", screen.theme.muted()));
    }
    lines
}

fn table_row(state: &State, target: &SharedTarget, text_width: usize, chosen: bool) -> Line<'static> {
    let missing = || "–".to_owned();
    let figures = [
        target.at_a.map_or_else(missing, month_day),
        target.at_a.map_or_else(missing, clock),
        target.at_b.map_or_else(missing, clock),
        target.gap_ms().map_or_else(missing, gap),
    ];
    let figures: String = figures.iter().zip(FIGURES).map(|(text, width)| right(text, width)).collect();
    let text = cell(&target_words(state, target), text_width);
    Line::from(vec![Span::raw(if chosen { "▸ " } else { "  " }), Span::raw(text), Span::raw(figures)])
}

fn target_words(state: &State, target: &SharedTarget) -> String {
    match state.objects.get(&target.object) {
        None => "…".to_owned(),
        Some(object) => object.text.clone().unwrap_or_else(|| object.key.clone()),
    }
}

/// The chosen target in full: what it says, whose it is and of when, how many shared it.
fn chosen_lines(state: &State, area: Rect, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let Some(target) = state.why.rows.get(state.why.cursor.row) else { return Vec::new() };
    let width = usize::from(area.width);
    let mut lines = vec![Line::styled("─".repeat(width), screen.theme.muted())];
    let object = state.objects.get(&target.object);
    let author = object.and_then(|object| object.author).map_or_else(|| "author –".to_owned(), |id| state.name_of(id));
    let posted = object.and_then(|object| object.created_at).map_or_else(|| "–".to_owned(), date_time);
    let text = wrapped(&target_words(state, target), width.saturating_sub(1), 2);
    lines.extend(text.into_iter().map(|line| Line::raw(format!(" {line}"))));
    let sharers = thousands(u64::from(target.sharers));
    let layer = state.parameters.layer;
    let whose = if layer.is_post() { format!(" {author} {posted} ·") } else { String::new() };
    let verb = if layer == ObjectKind::RetweetedPost { "retweeted" } else { "shared" };
    let facts = format!("{whose} {verb} by {sharers}");
    let is_short = layer == ObjectKind::Link && object.is_some_and(|object| is_short_link(&object.key));
    let odd = [
        (target.synthetic, "known by its words only"),
        (target.rounded, "its id looks rounded"),
        (is_short, "a short link, not resolved"),
    ];
    // In front, where nothing is cut off.
    let odd = odd.into_iter().filter(|(is_so, _)| *is_so).map(|(_, words)| format!(" {words} ·"));
    let facts = odd.chain([facts]).collect::<String>();
    lines.push(Line::styled(short(&facts, width), screen.theme.muted()));
    lines
}
