//! The path between two accounts: who is on the way, and why each is linked with the next.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span, Text};

use crate::analysis::FoundPath;
use crate::app::{Hit, List, Neighbour, Place, Rows, State};
use crate::model::AccountId;
use crate::text::thousands;
use crate::ui::panes::evidence;
use crate::ui::widgets::cells::{short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};
use crate::ui::widgets::unlinked::not_linked;
use crate::ui::{Regions, Screen};

/// Lines of an account with its link to the next one.
const BLOCK: u16 = evidence::LINES + 1;
/// By what the path was chosen.
const RULE: &str = "Of all paths one with the fewest links; of these with the fewest by pictures alone; of these with the \
                    highest cosines, by their sum. That they hang together by way of others says little about the two.";
/// Lines that the rule takes at the most.
const RULE_LINES: usize = 3;

fn rule(width: u16) -> Vec<String> {
    wrapped(RULE, usize::from(width.saturating_sub(2)), RULE_LINES)
}

/// The places of the way and of the rule, inside the frame.
fn places(inside: Rect) -> [Rect; 2] {
    let below = u16::try_from(rule(inside.width).len()).unwrap_or(0);
    Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(inside)
}

/// How many accounts are seen with their links, at least one.
pub(in crate::ui) fn measure(regions: &Regions, _: &State, _: &Screen<'_>) -> Rows {
    let body = regions.body;
    let inside = Rect { width: body.width.saturating_sub(2), height: body.height.saturating_sub(2), ..body };
    Rows(usize::from((places(inside)[0].height / BLOCK).max(1)))
}

/// The account of the path that stands there, with its link to the next one.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let [way, _] = places(pane_frame::rows(regions.body, 0));
    let block = way.contains(at).then(|| usize::from((at.y - way.y) / BLOCK))?;
    let row = state.places.path.cursor.top + block;
    (row < state.places.path.accounts().len()).then_some(Hit::Row(List::Of(Place::Path, 0), row))
}

pub(in crate::ui) fn name(_: &State) -> String {
    "Path".to_owned()
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let body = regions.body;
    let inside = pane_frame::draw(frame, body, title(state), true, screen.theme);
    let width = usize::from(inside.width);
    let [top, bottom] = places(inside);
    match state.places.path.found.made.as_ref().filter(|found| !found.steps.is_empty()) {
        Some(found) => frame.render_widget(Text::from(way(found, width, state, screen)), top),
        None => frame.render_widget(Text::from(nothing(width, state, screen)), top),
    }
    let rule = rule(inside.width).into_iter().map(|line| Line::styled(format!(" {line}"), screen.theme.muted()));
    frame.render_widget(Text::from_iter(rule), bottom);
}

fn title(state: &State) -> String {
    let Some([from, to]) = state.places.path.ends.map(|ends| ends.map(|id| short(&state.name_of(id), 24))) else {
        return "Path".to_owned();
    };
    let links = state.places.path.found.made.as_ref().map_or(0, |found| found.steps.len());
    match links {
        0 => format!("Path {from} → {to}"),
        1 => format!("Path {from} → {to} ─ 1 link"),
        _ => format!("Path {from} → {to} ─ {} links", thousands(links as u64)),
    }
}

fn nothing(width: usize, state: &State, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let words = match (&state.links, &state.places.path.found.made) {
        (None, _) => &not_linked(state, screen, "there is no path", "the path follows"),
        (Some(_), None) => "A path is being looked for …",
        (Some(_), Some(_)) => {
            "No path: by these links neither leads to the other, not even by way of others. \
             Weaker links may: the parameters say what links accounts."
        }
    };
    let lines = wrapped(words, width.saturating_sub(4), 3);
    lines.into_iter().map(|line| Line::styled(format!("  {line}"), screen.theme.muted())).collect()
}

/// Each account that is seen, and below it why it is linked with the next one.
fn way(found: &FoundPath, width: usize, state: &State, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let cursor = state.places.path.cursor;
    let accounts = state.places.path.accounts();
    let range = state.range(Place::Path);
    let mut lines = Vec::new();
    // The last account has no link below, so one more may be seen.
    for place in cursor.window(accounts.len(), state.viewport.places.path.0 + 1) {
        let in_range = range.as_ref().is_some_and(|range| range.contains(&place));
        let looked_at = RowState { chosen: place == cursor.row, in_range };
        lines.push(account(accounts[place], (place, looked_at), width, state, screen));
        let Some((step, cautions)) = found.steps.get(place).zip(found.cautions.get(place)) else { continue };
        let neighbour = Neighbour { account: step.to, link: step.link };
        let pair = evidence::Pair { a: step.from, neighbour: &neighbour, cautions };
        let below = evidence::lines(state, &pair, width.saturating_sub(4), false, screen);
        lines.extend(below.into_iter().map(|mut line| {
            line.spans.insert(0, Span::styled("   │", screen.theme.muted()));
            line
        }));
    }
    lines
}

fn account(
    id: AccountId,
    (place, looked_at): (usize, RowState),
    width: usize,
    state: &State,
    screen: &Screen<'_>,
) -> Line<'static> {
    let name = state.account(id).and_then(|account| account.profile.name.clone()).unwrap_or_default();
    let text = format!("{}. {}  {name}", place + 1, state.name_of(id));
    let mut line = Line::from_iter(signs(state, id, looked_at, screen));
    line.push_span(Span::styled(short(&text, width.saturating_sub(4)), screen.theme.heading()));
    if looked_at.chosen { line.style(screen.theme.cursor(true)) } else { line }
}
