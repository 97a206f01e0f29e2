//! What stands before an account in every list.

use ratatui::text::Span;

use crate::app::State;
use crate::model::AccountId;
use crate::ui::Screen;
use crate::ui::theme::glyph;

/// How a row is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::ui) struct RowState {
    /// Keys speak of it.
    pub chosen: bool,
    /// It lies in the range that is being marked.
    pub in_range: bool,
}

/// Cursor, mark and tag: four columns.
pub(in crate::ui) fn signs(state: &State, id: AccountId, row: RowState, screen: &Screen<'_>) -> [Span<'static>; 3] {
    let label = state.tags.label(id);
    let mark = match (state.marks.contains(&id), row.in_range) {
        (true, _) => "✓",
        (false, true) => "┆",
        (false, false) => " ",
    };
    [
        Span::raw(if row.chosen { "▸" } else { " " }),
        Span::styled(mark, screen.theme.mark()),
        Span::styled(format!("{} ", glyph(label)), screen.theme.label(label)),
    ]
}
