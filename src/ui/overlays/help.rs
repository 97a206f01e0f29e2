//! The keys, made from the action catalogue and the key map: those of the place one is in first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Action, HelpLine, HelpView, Place, State, help_lines};
use crate::keys::Key;
use crate::ui::Screen;
use crate::ui::widgets::cells::wrapped;
use crate::ui::widgets::pane_frame;

const KEYS_WIDTH: usize = 22;

fn place(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(110);
    // The line that is typed stays in sight below.
    let height = area.height.saturating_sub(4);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 1, width, height }
}

pub(in crate::ui) fn rows(area: Rect) -> usize {
    usize::from(place(area).height.saturating_sub(2))
}

/// How many lines there are, while the help is open.
pub(in crate::ui) fn count(area: Rect, state: &State, screen: &Screen<'_>) -> usize {
    let width = usize::from(place(area).width.saturating_sub(2));
    state.help().map_or(0, |(view, typed)| lines(width, (view, &typed), state, screen).len())
}

pub(in crate::ui) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    (view, typed): (&HelpView, &str),
    state: &State,
    screen: &Screen<'_>,
) {
    let place = place(area);
    frame.render_widget(Clear, place);
    let [close, down, up] = [Action::Abandon, Action::EntryDown, Action::EntryUp].map(|action| screen.key(action));
    let title = format!("Keys ─ type to search, {close} closes, {down} and {up} scroll");
    let inside = pane_frame::draw(frame, place, title, true, screen.theme);
    let mut lines = lines(usize::from(inside.width), (view, typed), state, screen);
    if lines.is_empty() {
        lines.push(Line::styled(" No key and no action is described so.", screen.theme.muted()));
    }
    let top = view.top.min(lines.len().saturating_sub(usize::from(inside.height)));
    frame.render_widget(Text::from(lines.into_iter().skip(top).collect::<Vec<_>>()), inside);
}

fn keys(action: Action, screen: &Screen<'_>) -> String {
    screen.keys.keys(action).iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

fn lines(width: usize, (view, typed): (&HelpView, &str), state: &State, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for line in help_lines(view.place, typed, |action| keys(action, screen)) {
        match line {
            HelpLine::Heading(place) => {
                if !lines.is_empty() {
                    lines.push(Line::default());
                }
                lines.push(Line::styled(format!(" {}", place.heading()), screen.theme.heading()));
            }
            HelpLine::Action(action) => lines.extend(of_action(action, width, view.place, state, screen)),
        }
    }
    if typed.is_empty() {
        lines.extend([
            Line::default(),
            Line::raw(" A link is evidence that two accounts act alike, never a verdict on them."),
            Line::raw(" Only your own tag calls an account a suspected bot."),
        ]);
    }
    lines
}

/// Its keys, what it does, and why it cannot do that now.
fn of_action(action: Action, width: usize, here: Place, state: &State, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let keys = format!("   {:<KEYS_WIDTH$} ", keys(action, screen));
    let room = width.saturating_sub(keys.chars().count()).max(10);
    let can_be_called = action.place() == here || (here.inherits() && action.place() == Place::Everywhere);
    let why = state.why_not(action).filter(|_| can_be_called).map(|why| format!("Not now: {why}"));
    let said = crate::text::wrap_to_width(action.help(), room, 6);
    let why = why.map(|why| wrapped(&why, room, 2)).unwrap_or_default();
    let mut rows =
        said.into_iter().map(Span::raw).chain(why.into_iter().map(|row| Span::styled(row, screen.theme.muted())));
    let mut lines = vec![Line::from(vec![Span::styled(keys, screen.theme.key()), rows.next().unwrap_or_default()])];
    lines.extend(rows.map(|row| Line::from(vec![Span::raw(" ".repeat(KEYS_WIDTH + 4)), row])));
    lines
}
