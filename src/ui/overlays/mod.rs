//! What lies over every place while something is typed.
//!
//! Words of this room: *palette*, the actions that fit what is typed; *completion*, how the word that is typed can go on;
//! *candidate*, one way to go on; *window*, the frame of lines that lies over what is seen.

pub(super) mod completion;
pub(super) mod help;
pub(super) mod palette;

use ratatui::layout::Rect;

/// A place for `rows` lines inside a frame, at most `widest` columns wide. Header, notice and hints stay in sight: they
/// say how far the work is and what the keys do.
pub(super) fn window(area: Rect, widest: u16, rows: usize) -> Rect {
    let width = area.width.saturating_sub(4).min(widest);
    let room = area.height.saturating_sub(6);
    let height = u16::try_from(rows + 2).unwrap_or(room).min(room);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 2, width, height }
}
