//! How the path that is typed can go on, above the line where it is typed.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Candidate, CandidateKind, Completion, Cursor, Hit, List};
use crate::text::{bytes, thousands};
use crate::ui::hit::listed;
use crate::ui::widgets::cells::{cell, right};
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

const WIDTH: u16 = 64;
const ROWS: usize = 8;
/// Columns of sizes.
const SIZE: usize = 10;

/// Where candidates stand, and from which one on.
fn place(regions: &Regions, completion: &Completion) -> (Rect, Cursor) {
    let rows = completion.candidates.len().min(ROWS);
    let height = u16::try_from(rows).unwrap_or(0) + 2;
    let width = WIDTH.min(regions.notice.width.saturating_sub(2));
    let mut cursor = Cursor { row: completion.chosen.unwrap_or_default(), top: 0 };
    cursor.follow(completion.candidates.len(), rows);
    (Rect { x: regions.notice.x + 1, y: regions.notice.y.saturating_sub(height), width, height }, cursor)
}

pub(in crate::ui) fn row_at(regions: &Regions, at: Position, completion: &Completion) -> Option<Hit> {
    let (place, cursor) = place(regions, completion);
    let row = listed(pane_frame::rows(place, 0), at, cursor, completion.candidates.len());
    row.map(|row| Hit::Row(List::Candidates, row))
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, completion: &Completion, screen: &Screen<'_>) {
    let candidates = &completion.candidates;
    if candidates.is_empty() {
        return;
    }
    let (place, cursor) = place(regions, completion);
    frame.render_widget(Clear, place);
    let inside = pane_frame::draw(frame, place, title(completion), false, screen.theme);
    let lines = cursor.window(candidates.len(), usize::from(inside.height)).map(|at| {
        let chosen = completion.chosen == Some(at);
        let line = line(&candidates[at], chosen, usize::from(inside.width), screen);
        if chosen { line.style(screen.theme.cursor(true)) } else { line }
    });
    frame.render_widget(Text::from_iter(lines), inside);
}

fn title(completion: &Completion) -> String {
    let count = completion.candidates.len();
    match completion.chosen {
        Some(at) => format!("{} of {}", at + 1, thousands(count as u64)),
        None if count == 1 => "1 fits".to_owned(),
        None => format!("{} fit", thousands(count as u64)),
    }
}

fn line(candidate: &Candidate, chosen: bool, width: usize, screen: &Screen<'_>) -> Line<'static> {
    // The folder is in the line already; what lies in it is what one chooses from.
    let whole = candidate.word.as_str();
    let name = whole.trim_end_matches('/').rfind('/').map_or(whole, |slash| &whole[slash + 1..]);
    let size = match candidate.kind {
        CandidateKind::File(size) => bytes(size),
        CandidateKind::Folder => "folder".to_owned(),
        CandidateKind::Word => String::new(),
    };
    Line::from(vec![
        Span::raw(if chosen { "▸ " } else { "  " }),
        Span::raw(cell(name, width.saturating_sub(SIZE + 3))),
        Span::styled(right(&size, SIZE), screen.theme.muted()),
    ])
}
