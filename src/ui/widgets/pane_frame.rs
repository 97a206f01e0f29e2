//! The frame around a pane; a title alone where the screen is heard.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::Line;
use ratatui::widgets::Block;

use crate::ui::Theme;

/// Where the rows of a list are drawn that has so many lines above them.
pub(in crate::ui) fn rows(area: Rect, lines_above: u16) -> Rect {
    let inside = area.inner(Margin::new(1, 1));
    let lines_above = lines_above.min(inside.height);
    Rect { y: inside.y + lines_above, height: inside.height - lines_above, ..inside }
}

/// Draws the frame and gives back what is inside of it.
pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, title: String, focused: bool, theme: &Theme) -> Rect {
    if theme.in_lines {
        frame.render_widget(Line::raw(title), area);
        return area.inner(Margin::new(1, 1));
    }
    let block = Block::bordered()
        .border_type(theme.border_type(focused))
        .border_style(theme.border(focused))
        .title(Line::styled(format!(" {title} "), theme.title(focused)));
    let inside = block.inner(area);
    frame.render_widget(block, area);
    inside
}
