//! The chosen signal: what it is, its value, what that rests on, and what it cannot tell.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::{read, title};
use crate::app::{Action, State};
use crate::model::ObjectId;
use crate::signals::{ReadingWords, Signal, Silence};
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, wrapped};

/// Columns of what a line is.
const NAME: usize = 12;
/// Lines that one thing takes at the most.
const LINES: usize = 8;
/// What no percentile says.
const STANDING: &str = "A percentile says where an account stands in this data, not that it is odd.";

pub(super) fn lines(state: &State, area: Rect, screen: &Screen<'_>) -> Text<'static> {
    let Some(signal) = state.signals.chosen() else { return Text::default() };
    let page = Page { state, signal, width: usize::from(area.width), screen };
    let theme = screen.theme;
    let mut lines = vec![Line::styled(format!(" {}", title(signal)), theme.heading())];
    lines.extend(page.words(signal.meaning(), theme.muted()));
    lines.push(page.rule());
    match read(state, signal) {
        None => lines.extend(page.words(waiting(state, screen).as_str(), theme.muted())),
        Some(Err(why)) => lines.extend(page.silent(why)),
        Some(Ok(told)) => lines.extend(page.told(&told)),
    }
    lines.push(page.rule());
    lines.extend(page.row("cannot tell", signal.cannot_tell(), theme.warning()));
    lines.push(Line::default());
    lines.extend(page.words(STANDING, theme.muted()));
    Text::from(lines)
}

/// Why nothing is known yet.
fn waiting(state: &State, screen: &Screen<'_>) -> String {
    match &state.links {
        None if state.linking_cancelled => {
            let key = screen.key(Action::Parameters);
            format!("Linking was cancelled, and handles are compared among the linked: {key} links anew.")
        }
        None => "Accounts are being linked; signals follow.".to_owned(),
        Some(_) => "Computing the signals of all accounts …".to_owned(),
    }
}

struct Page<'a> {
    state: &'a State,
    signal: Signal,
    width: usize,
    screen: &'a Screen<'a>,
}

impl Page<'_> {
    fn rule(&self) -> Line<'static> {
        Line::styled("─".repeat(self.width), self.screen.theme.muted())
    }

    fn words(&self, text: &str, style: Style) -> Vec<Line<'static>> {
        let parts = wrapped(text, self.width.saturating_sub(2), LINES);
        parts.into_iter().map(|part| Line::styled(format!(" {part}"), style)).collect()
    }

    fn row(&self, name: &str, text: &str, style: Style) -> Vec<Line<'static>> {
        let parts = wrapped(text, self.width.saturating_sub(NAME + 2), LINES);
        let line = |(at, part): (usize, String)| {
            let name =
                Span::styled(format!(" {}", cell(if at == 0 { name } else { "" }, NAME)), self.screen.theme.heading());
            Line::from(vec![name, Span::styled(part, style)])
        };
        parts.into_iter().enumerate().map(line).collect()
    }

    fn silent(&self, why: Silence) -> Vec<Line<'static>> {
        let mut lines = self.row("value", "–", Style::default());
        lines.extend(self.row("why", &why.to_string(), Style::default()));
        lines
    }

    fn told(&self, told: &ReadingWords) -> Vec<Line<'static>> {
        let valued = self.state.signals.set.as_ref().map_or(0, |set| set.valued(self.signal));
        let standing =
            format!("{:.0}, among the {} accounts that have a value", told.percentile, thousands(valued as u64));
        let mut lines = self.row("value", &told.value, Style::default());
        lines.extend(self.row("percentile", &standing, Style::default()));
        lines.extend(self.row("rests on", &told.evidence, Style::default()));
        lines.extend(self.statements());
        lines
    }

    /// The statement that others made most often, with one of theirs.
    fn statements(&self) -> Vec<Line<'static>> {
        let view = &self.state.signals;
        let twin = view.of.zip(view.set.as_ref()).and_then(|(account, set)| set.twin_statement(account));
        let Some(twin) = twin.filter(|_| self.signal == Signal::TextTwins) else { return Vec::new() };
        let said = |id: ObjectId| {
            let text = self.state.objects.get(&id).map(|object| object.text.as_deref().unwrap_or(&object.key));
            format!("“{}”", text.unwrap_or("…"))
        };
        let mut lines = self.row("it said", &said(twin.statement), Style::default());
        if twin.statement != twin.other_statement {
            lines.extend(self.row("they said", &said(twin.other_statement), Style::default()));
        }
        lines
    }
}
