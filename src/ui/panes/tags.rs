//! The tags: what the user said so far, the latest first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span, Text};

use super::detail::basis_words;
use crate::app::{HistoryEntry, Pane, State};
use crate::model::{Label, TagSource};
use crate::text::{date_time, thousands};
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::cells::{part, short, wrapped};
use crate::ui::widgets::pane_frame;

const HEADINGS: u16 = 1;

/// Where its rows stand.
pub(in crate::ui) fn rows(area: Rect) -> Rect {
    pane_frame::rows(area, HEADINGS)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = state.focus == Pane::Tags;
    let (undo, redo) = state.history.depth();
    let title = format!("4 Tags ─ {} to undo, {} to redo", thousands(undo as u64), thousands(redo as u64));
    let inside = pane_frame::draw(frame, area, title, focused, screen.theme);
    let mut lines = vec![counts(state, usize::from(inside.width), screen)];
    let entries = state.history.entries();
    for index in state.tag_cursor.window(entries.len(), usize::from(rows(area).height)) {
        let Some(entry) = entries.iter().rev().nth(index) else { continue };
        let chosen = index == state.tag_cursor.row;
        let line = row(state, entry, chosen, usize::from(inside.width), screen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    if entries.is_empty() {
        let empty = "Nothing is tagged yet. Tags are yours alone: the program gives none.";
        let room = usize::from(inside.width).saturating_sub(3);
        lines.extend(wrapped(empty, room, 3).into_iter().map(|line| Line::raw(format!("  {line}"))));
    }
    frame.render_widget(Text::from(lines), inside);
}

/// How many accounts have each label; where the words do not fit, the signs stand alone.
fn counts(state: &State, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let line = |with_words: bool| {
        let parts = Label::ALL.into_iter().flat_map(|label| {
            let count = thousands(state.tags.count(label) as u64);
            let words = if with_words { format!(" {count} {label}  ") } else { format!(" {count}  ") };
            [Span::styled(glyph(Some(label)), screen.theme.label(Some(label))), Span::raw(words)]
        });
        Line::from_iter([Span::raw(" ")].into_iter().chain(parts))
    };
    Some(line(true)).filter(|line| line.width() <= width).unwrap_or_else(|| line(false))
}

fn row(state: &State, entry: &HistoryEntry, chosen: bool, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let label = entry.changes.first().and_then(|change| change.label.as_ref()?.after);
    let only_note = entry.changes.iter().all(|change| change.label.is_none());
    let word = if only_note { "note" } else { label.map_or("no tag", Label::word) };
    let source = if entry.source == TagSource::CommandLine { " (command line)" } else { "" };
    let undone = if entry.undone { " (undone)" } else { "" };
    let names: Vec<String> =
        entry.changes.iter().take(4).map(|change| part(&state.name_of(change.account), 20)).collect();
    let more = if entry.changes.len() > names.len() { ", …" } else { "" };
    let count = entry.changes.len();
    let text = format!(
        " {} {word}{undone} ×{} {}{more}{source} by {}",
        date_time(entry.at),
        thousands(count as u64),
        names.join(", "),
        basis_words(entry.basis.as_ref()),
    );
    let style =
        if entry.undone { screen.theme.muted().add_modifier(Modifier::CROSSED_OUT) } else { screen.theme.label(label) };
    Line::from(vec![
        Span::raw(if chosen { "▸" } else { " " }),
        Span::styled(glyph(label), style),
        Span::raw(short(&text, width.saturating_sub(2))),
    ])
}
