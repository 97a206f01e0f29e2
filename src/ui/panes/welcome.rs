//! What an empty cache shows: how to fill it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Flex, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use crate::app::Action;
use crate::ui::Screen;

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, screen: &Screen<'_>) {
    let theme = screen.theme;
    let command = |text: &'static str| Line::from(vec![Span::raw("    "), Span::styled(text, theme.key())]);
    let lines = vec![
        Line::styled("This cache is empty.", theme.heading()),
        Line::default(),
        Line::from(vec![
            Span::styled(screen.key(Action::Import), theme.key()),
            Span::raw(" imports an export of your collection tool: type its path,"),
        ]),
        Line::raw("or drop the file or its folder on this window."),
        Line::default(),
        Line::raw("The command line does the same:"),
        Line::default(),
        command("bot-tui import tweets.jsonl --avatars pictures/"),
        Line::default(),
        Line::raw("To look at invented sample data first:"),
        Line::default(),
        command("bot-tui demo"),
        Line::default(),
        Line::styled("Formats are recognised by their content: twarc, CooRTweet", theme.muted()),
        Line::styled("and others, plain or packed. Lines that cannot be read are told.", theme.muted()),
    ];
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let [across] = Layout::horizontal([Constraint::Max(64)]).flex(Flex::Center).areas(area);
    let [place] = Layout::vertical([Constraint::Max(height)]).flex(Flex::Center).areas(across);
    frame.render_widget(Text::from(lines), place);
}
