//! The signals of one account: each with its value and where that stands in the data, and beside them what the chosen
//! one rests on and what it cannot tell.
//!
//! Words of this room: *reading*, the value of a signal and what it rests on, in words; *name row*, the row that tells of the
//! user's list of names.

mod detail;
mod list;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::app::{Hit, List, Place, Rows, State};
use crate::signals::{ReadingWords, Signal, Silence};
use crate::ui::hit::listed;
use crate::ui::widgets::cells::short;
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

/// From this width on the list says in short what each signal rests on.
const WIDE: u16 = 120;
/// The widest that the list is in a narrow terminal.
const LIST: u16 = 41;
/// Lines of the list above the signals: the account, and what the columns are.
const LINES_ABOVE: u16 = 2;
/// How the row is called that tells of the user's list of names.
const NAME_TITLE: &str = "uses a name on your list";

/// The places of the list and of the chosen signal.
fn places(body: Rect) -> [Rect; 2] {
    let list = if body.width >= WIDE { body.width * 4 / 7 } else { LIST.min(body.width / 2 + 4) };
    Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).areas(body)
}

/// Rows of signals.
pub(in crate::ui) fn measure(regions: &Regions, _: &State, _: &Screen<'_>) -> Rows {
    Rows(usize::from(regions.body.height.saturating_sub(2 + LINES_ABOVE)))
}

/// The signal that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let ([list, _], view) = (places(regions.body), &state.places.signals);
    listed(pane_frame::rows(list, LINES_ABOVE), at, view.cursor, view.rows().len())
        .map(|row| Hit::Row(List::Of(Place::Signals, 0), row))
}

/// `Signals › @rose`: whose they are.
pub(in crate::ui) fn name(state: &State) -> String {
    state
        .places
        .signals
        .account
        .map_or_else(|| "Signals".to_owned(), |id| format!("Signals › {}", short(&state.name_of(id), 24)))
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let body = regions.body;
    let [left, right] = places(body);
    let inside = pane_frame::draw(frame, left, "Signals".to_owned(), true, screen.theme);
    frame.render_widget(list::lines(state, inside, screen), inside);
    let inside = pane_frame::draw(frame, right, "What it rests on".to_owned(), false, screen.theme);
    frame.render_widget(detail::lines(state, inside, screen), inside);
}

/// What a signal reads of the account that is looked at; `None` while it is not known.
fn read(state: &State, signal: Signal) -> Option<Result<ReadingWords, Silence>> {
    let (account, set) = state.places.signals.account.zip(state.places.signals.set.made.as_ref())?;
    Some(set.words(signal, account, &|id| state.name_of(id)))
}

/// How a signal is called.
fn title(signal: Signal) -> String {
    signal.name().replace('_', " ")
}
