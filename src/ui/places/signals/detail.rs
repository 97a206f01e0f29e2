//! The chosen signal: what it is, its value, what that rests on, what it cannot tell, and what is known of it.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::list::matched;
use super::{NAME_TITLE, read, title};
use crate::app::{SignalRow, State};
use crate::model::ObjectId;
use crate::signals::{ReadingWords, Signal, Silence};
use crate::text::{count_of, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, wrapped};
use crate::ui::widgets::unlinked::not_linked;

/// What a name does not say.
const OTHERS_USE_IT: &str = "Many people have the same name, and some take one to honour somebody. It says neither who the \
                             account is nor whom it wants to be taken for.";
/// Columns of what a line is.
const NAME: usize = 12;
/// Lines that one thing takes at the most.
const LINES: usize = 8;
/// What no percentile says.
const STANDING: &str = "A percentile says where an account stands in this data, not that it is odd.";

pub(super) fn lines(state: &State, area: Rect, screen: &Screen<'_>) -> Text<'static> {
    let page = Page { state, width: usize::from(area.width), height: usize::from(area.height), screen };
    Text::from(match state.places.signals.chosen() {
        None => Vec::new(),
        Some(SignalRow::Signal(signal)) => page.signal(signal),
        Some(SignalRow::Name) => page.name(),
    })
}

/// Why nothing is known yet.
fn waiting(state: &State, screen: &Screen<'_>) -> String {
    match &state.links {
        None => not_linked(state, screen, "there are no signals", "signals follow"),
        Some(_) => "Computing the signals of all accounts …".to_owned(),
    }
}

struct Page<'a> {
    state: &'a State,
    width: usize,
    height: usize,
    screen: &'a Screen<'a>,
}

impl Page<'_> {
    fn signal(&self, signal: Signal) -> Vec<Line<'static>> {
        let theme = self.screen.theme;
        let mut lines = vec![Line::styled(format!(" {}", title(signal)), theme.heading())];
        lines.extend(self.words(signal.meaning(), theme.muted()));
        lines.push(self.rule());
        match read(self.state, signal) {
            None => lines.extend(self.words(&waiting(self.state, self.screen), theme.muted())),
            Some(Err(why)) => lines.extend(self.silent(why)),
            Some(Ok(reading)) => lines.extend(self.reading(signal, &reading)),
        }
        lines.push(self.rule());
        lines.extend(self.row("cannot tell", signal.cannot_tell(), theme.warning()));
        let known = self.row("known", signal.known(), Style::default());
        // Half a sentence would say something else.
        if lines.len() + known.len() <= self.height {
            lines.extend(known);
        }
        lines.push(Line::default());
        lines.extend(self.words(STANDING, theme.muted()));
        lines
    }

    /// Whether it uses a name on the user's list, and how that was found.
    fn name(&self) -> Vec<Line<'static>> {
        let (theme, view) = (self.screen.theme, &self.state.places.signals);
        let account = view.account.and_then(|id| self.state.account(id));
        let shown = account.and_then(|account| account.profile.name.as_deref());
        let is_one = match view.names.as_ref().map_or(0, |names| names.len()) {
            1 => "the one name".to_owned(),
            count => format!("one of the {} names", thousands(count as u64)),
        };
        let meaning = format!(
            "whether its display name is {is_one} on your list, or holds it as whole words; upper case, \
             marks, and Arabic and Persian keyboards do not matter"
        );
        let mut lines = vec![Line::styled(format!(" {NAME_TITLE}"), theme.heading())];
        lines.extend(self.words(&meaning, theme.muted()));
        lines.push(self.rule());
        match account.and_then(|account| view.listed_name(account)) {
            Some(uses) => lines.extend(self.row("rests on", &matched(&uses), Style::default())),
            None => lines.extend(self.row("value", "–", Style::default())),
        }
        lines.extend(self.row("its name", shown.unwrap_or("– (not in the data)"), Style::default()));
        lines.push(self.rule());
        lines.extend(self.row("cannot tell", OTHERS_USE_IT, theme.warning()));
        lines
    }

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

    fn reading(&self, signal: Signal, reading: &ReadingWords) -> Vec<Line<'static>> {
        let valued = self.state.places.signals.set.made.as_ref().map_or(0, |set| set.valued(signal));
        let standing = format!("{:.0}, among {} with a value", reading.percentile, count_of(valued as u64, "account"));
        let mut lines = self.row("value", &reading.value, Style::default());
        lines.extend(self.row("percentile", &standing, Style::default()));
        lines.extend(self.row("rests on", &reading.evidence, Style::default()));
        lines.extend(self.quotes(signal));
        lines
    }

    /// The statements that the evidence names.
    fn quotes(&self, signal: Signal) -> Vec<Line<'static>> {
        let view = &self.state.places.signals;
        let Some((account, set)) = view.account.zip(view.set.made.as_ref()) else { return Vec::new() };
        let said = |id: ObjectId| {
            let text = self.state.objects.get(&id).map(|object| object.text.as_deref().unwrap_or(&object.key));
            format!("“{}”", text.unwrap_or("…"))
        };
        let quotes = set.quotes(signal, account).into_iter();
        quotes.flat_map(|quote| self.row(quote.who, &said(quote.statement), Style::default())).collect()
    }
}
