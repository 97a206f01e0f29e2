//! What the keys do here, made of the action catalogue and the key map.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

use super::Screen;
use crate::app::{Action, Place, State};

/// A key and what it does, in two or three words.
type Hint = (String, &'static str);

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let [first, last] = ends(state);
    let hints = middle(state, screen);
    let hint = |action: Action| (screen.key(action), action.hint());
    let lines = fill(hints, first.map(hint), last.map(hint), area);
    let lines = lines.into_iter().map(|line| {
        let spans = line.into_iter().flat_map(|(key, words)| {
            [Span::styled(format!(" {key}"), screen.theme.key()), Span::raw(format!(" {words} "))]
        });
        Line::from_iter(spans)
    });
    frame.render_widget(Text::from_iter(lines), area);
}

/// The action whose hint stands first, and the one whose hint is never left out: where to find all the others.
fn ends(state: &State) -> [Option<Action>; 2] {
    [state.is_empty().then_some(Action::Quit), state.place().inherits().then_some(Action::Help)]
}

fn middle(state: &State, screen: &Screen<'_>) -> Vec<Hint> {
    let place = state.place();
    if state.is_empty() && place.inherits() {
        return Vec::new();
    }
    let inherits = place.inherits();
    let moves = inherits.then(|| ("hjkl".to_owned(), "move"));
    let own = Action::ALL.iter().filter(|action| action.place() == place);
    let shared = Action::ALL.iter().filter(|action| inherits && action.place() == Place::Everywhere);
    let told = own.chain(shared).filter(|&&action| !action.hint().is_empty() && action != Action::Help);
    let keyed = told.map(|&action| (screen.key(action), action.hint())).filter(|(key, _)| !key.is_empty());
    moves.into_iter().chain(keyed).collect()
}

fn width((key, words): &Hint) -> usize {
    key.width() + words.width() + 3
}

/// Breaks hints into lines, the most useful first; what does not fit is left to the help.
fn fill(middle: Vec<Hint>, first: Option<Hint>, last: Option<Hint>, area: Rect) -> Vec<Vec<Hint>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    let reserved = last.as_ref().map_or(0, width);
    for hint in first.into_iter().chain(middle) {
        let is_last_line = lines.len() >= usize::from(area.height);
        let room = usize::from(area.width).saturating_sub(if is_last_line { reserved } else { 0 });
        if used + width(&hint) > room {
            if is_last_line {
                break;
            }
            lines.push(Vec::new());
            used = 0;
        }
        used += width(&hint);
        if let Some(line) = lines.last_mut() {
            line.push(hint);
        }
    }
    if let Some(line) = lines.last_mut() {
        line.extend(last);
    }
    lines
}
