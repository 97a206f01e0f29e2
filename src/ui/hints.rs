//! What the keys do here, made of the action catalogue and the key map.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use unicode_width::UnicodeWidthStr;

use super::Screen;
use crate::app::{Action, EntryPurpose, Place, State};

/// A key and what it does, in two or three words.
#[derive(Clone)]
struct Hint {
    key: String,
    words: &'static str,
    /// What a click on it calls; moving is more than one action.
    action: Option<Action>,
}

/// What leads to everything that has no room here, and so is never left out.
const LAST: [Action; 2] = [Action::Palette, Action::Help];

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let lines = lines(area, state, screen).into_iter().map(|line| {
        let spans = line.into_iter().flat_map(|Hint { key, words, .. }| {
            [Span::styled(format!(" {key}"), screen.theme.key()), Span::raw(format!(" {words} "))]
        });
        Line::from_iter(spans)
    });
    frame.render_widget(Text::from_iter(lines), area);
}

/// The action whose hint stands at `at`.
pub(super) fn at(area: Rect, at: Position, state: &State, screen: &Screen<'_>) -> Option<Action> {
    let line = lines(area, state, screen).into_iter().nth(usize::from(at.y - area.y))?;
    let mut left = usize::from(at.x - area.x);
    for hint in line {
        if left < width(&hint) {
            return hint.action;
        }
        left -= width(&hint);
    }
    None
}

fn lines(area: Rect, state: &State, screen: &Screen<'_>) -> Vec<Vec<Hint>> {
    let last = LAST.into_iter().filter(|_| state.place().inherits()).map(|action| hint(action, screen));
    fill(middle(state, screen), last.collect(), area)
}

fn hint(action: Action, screen: &Screen<'_>) -> Hint {
    Hint { key: screen.key(action), words: action.hint(), action: Some(action) }
}

fn middle(state: &State, screen: &Screen<'_>) -> Vec<Hint> {
    let place = state.place();
    if state.is_empty() && place.inherits() {
        return [Action::Import, Action::Quit].map(|action| hint(action, screen)).to_vec();
    }
    let inherits = place.inherits();
    let moves = inherits.then(|| Hint { key: "hjkl".to_owned(), words: "move", action: None });
    let own = Action::ALL.iter().filter(|action| action.place() == place);
    let shared = Action::ALL.iter().filter(|action| inherits && action.place() == Place::Everywhere);
    let opener = place.opener().filter(|_| place.covers());
    let shared = shared.filter(|&&action| Some(action) != opener);
    let actions = own.chain(shared).filter(|&&action| !action.hint().is_empty() && !LAST.contains(&action));
    let actions = actions.filter(|&&action| is_of_use(action, state));
    let keyed = actions.map(|&action| hint(action, screen)).filter(|hint| !hint.key.is_empty());
    // Who came here by the key needs to know that it leads back.
    let close = opener.map(|opener| Hint { words: "close", ..hint(opener, screen) });
    moves.into_iter().chain(close).chain(keyed).collect()
}

/// Whether an action would do anything now.
fn is_of_use(action: Action, state: &State) -> bool {
    match action {
        Action::CompleteNext => state
            .entry
            .as_ref()
            .is_some_and(|entry| matches!(entry.purpose, EntryPurpose::Import | EntryPurpose::Search { .. })),
        _ => state.is_hinted(action),
    }
}

fn width(Hint { key, words, .. }: &Hint) -> usize {
    key.width() + words.width() + 3
}

/// Breaks hints into lines, the most useful first; what does not fit is left out, but not what is `last`.
fn fill(hints: Vec<Hint>, last: Vec<Hint>, area: Rect) -> Vec<Vec<Hint>> {
    let mut lines = vec![Vec::new()];
    let mut used = 0;
    let reserved = last.iter().map(width).sum();
    for hint in hints {
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
