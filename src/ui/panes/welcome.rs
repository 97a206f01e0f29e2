//! What an empty cache shows: how to fill it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use crate::ui::Screen;

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, screen: &Screen<'_>) {
    let theme = screen.theme;
    let command = |text: &'static str| Line::from(vec![Span::raw("    "), Span::styled(text, theme.key())]);
    let lines = vec![
        Line::styled("This cache is empty.", theme.heading()),
        Line::default(),
        Line::raw("Leave with q, then look at the invented sample data:"),
        Line::default(),
        command("bot-tui demo"),
        Line::default(),
        Line::raw("or import an export of your collection tool and come back:"),
        Line::default(),
        command("bot-tui import tweets.jsonl --avatars pictures/"),
        command("bot-tui"),
        Line::default(),
        Line::styled("Twitter API v1.1 and v2 JSONL (twarc), CooRTweet tables and", theme.muted()),
        Line::styled("the program's own JSONL are recognised by their content.", theme.muted()),
    ];
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let [across] = Layout::horizontal([Constraint::Max(62)]).flex(Flex::Center).areas(area);
    let [place] = Layout::vertical([Constraint::Max(height)]).flex(Flex::Center).areas(across);
    frame.render_widget(Text::from(lines), place);
}
