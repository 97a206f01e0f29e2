//! One file a pane.
//!
//! Words of this room: *why*, the pane that says why the chosen pair is linked; *evidence*, the same lines on a pair wherever
//! one is shown; *basis*, what linked accounts when somebody tagged one.

pub(super) mod accounts;
mod detail;
pub(super) mod evidence;
pub(super) mod neighbours;
mod pair_pictures;
pub(super) mod tags;
pub(super) mod welcome;
pub(super) mod why;

use ratatui::Frame;

use super::{Regions, Screen};
use crate::app::State;

pub(super) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    if !regions.accounts.is_empty() {
        accounts::draw(frame, regions.accounts, state, screen);
        detail::draw(frame, regions.detail, state, screen);
    }
    if !regions.neighbours.is_empty() {
        neighbours::draw(frame, regions.neighbours, state, screen);
    }
    if !regions.tags.is_empty() {
        tags::draw(frame, regions.tags, state, screen);
    }
    if !regions.why.is_empty() {
        why::draw(frame, regions.why, state, screen);
    }
}
