//! The list of signals: a row for each.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::{LINES_ABOVE, NAME_TITLE, read, title};
use crate::app::{SignalRow, State};
use crate::signals::{Signal, UsesName};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short};
use crate::ui::widgets::signs::{RowState, signs};

/// Columns of a name, of a value and, where there is room, of a percentile.
const NAME: usize = 17;
const VALUE: usize = 8;
const PERCENTILE: usize = 11;
/// From so many columns on there is room for a few words of evidence.
const ROOM_FOR_WORDS: usize = 20;

pub(super) fn lines(state: &State, area: Rect, screen: &Screen<'_>) -> Text<'static> {
    let width = usize::from(area.width);
    let (percentile, column) = percentile_column(width);
    let words = if width > NAME + VALUE + PERCENTILE + ROOM_FOR_WORDS { "  rests on" } else { "" };
    let heading = format!("  {}{}{}{words}", cell("", NAME), right("value", VALUE), right(percentile, column));
    let mut lines = vec![account(state, width, screen), Line::styled(short(&heading, width), screen.theme.muted())];
    let cursor = state.places.signals.cursor;
    let rows = state.places.signals.rows();
    for place in cursor.window(rows.len(), usize::from(area.height.saturating_sub(LINES_ABOVE))) {
        let is_chosen = place == cursor.row;
        let line = match rows[place] {
            SignalRow::Signal(signal) => row(state, signal, is_chosen, width, screen),
            SignalRow::Name => name_row(state, is_chosen, width, screen),
        };
        lines.push(if is_chosen { line.style(screen.theme.cursor(true)) } else { line });
    }
    Text::from(lines)
}

/// How the column of percentiles is called, and how wide it is.
fn percentile_column(width: usize) -> (&'static str, usize) {
    let column = width.saturating_sub(NAME + VALUE + 2).min(PERCENTILE);
    (if column < PERCENTILE { "pct" } else { "percentile" }, column)
}

/// Whose signals these are, with the tag.
fn account(state: &State, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let Some(id) = state.places.signals.account else { return Line::default() };
    let name = state.account(id).and_then(|account| account.profile.name.clone()).unwrap_or_default();
    let text = format!("{}  {name}", state.name_of(id));
    let mut line = Line::from_iter(signs(state, id, RowState::default(), screen));
    line.push_span(Span::styled(short(&text, width.saturating_sub(4)), screen.theme.heading()));
    line
}

fn row(state: &State, signal: Signal, is_chosen: bool, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let theme = screen.theme;
    let name = format!("{}{}", if is_chosen { "▸ " } else { "  " }, cell(&title(signal), NAME));
    let (_, column) = percentile_column(width);
    let room = width.saturating_sub(NAME + VALUE + PERCENTILE + 4);
    let (figures, words, style) = match read(state, signal) {
        None => (right("…", VALUE), String::new(), theme.muted()),
        Some(Err(why)) => (format!("{}{:column$}", right("–", VALUE), ""), why.to_string(), theme.muted()),
        Some(Ok(reading)) => {
            let percentile = format!("{:.0}", reading.percentile);
            (
                format!("{}{}", right(&reading.value, VALUE), right(&percentile, column)),
                reading.evidence,
                theme.heading(),
            )
        }
    };
    let words = if room > ROOM_FOR_WORDS { short(&words, room) } else { String::new() };
    Line::from(vec![
        Span::styled(name, style),
        Span::raw(short(&figures, width.saturating_sub(NAME + 2))),
        Span::styled(format!("  {words}"), theme.muted()),
    ])
}

fn name_row(state: &State, is_chosen: bool, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let theme = screen.theme;
    let uses = state.places.signals.account.and_then(|id| state.places.signals.listed_name(state.account(id)?));
    let (_, column) = percentile_column(width);
    let name = format!("{}{}", if is_chosen { "▸ " } else { "  " }, cell(NAME_TITLE, NAME + VALUE));
    let room = width.saturating_sub(NAME + VALUE + PERCENTILE + 4);
    let (answer, style) = if uses.is_some() { ("yes", theme.heading()) } else { ("–", theme.muted()) };
    let words = uses.filter(|_| room > ROOM_FOR_WORDS).map_or_else(String::new, |uses| short(&matched(&uses), room));
    Line::from(vec![
        Span::styled(name, style),
        Span::raw(right(answer, column)),
        Span::styled(format!("  {words}"), theme.muted()),
    ])
}

/// How the name was found.
pub(super) fn matched(uses: &UsesName) -> String {
    let how = if uses.whole { "its whole display name is" } else { "its display name holds" };
    format!("{how} “{}”", uses.listed)
}
