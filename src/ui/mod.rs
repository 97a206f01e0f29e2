//! Drawing: the tree mirrors the screen. Everything is drawn from `&State`; drawing changes nothing.
//!
//! Words of this room: *regions*, where things stand in a frame; *screen*, keys, colours and pictures of this terminal; *viewport*,
//! how many rows of each list are seen; *theme*, how a role looks; *linear*, the screen as lines for a screen reader.

mod graphics;
mod header;
mod hints;
mod hit;
mod layout;
mod linear;
mod notice;
mod overlays;
mod panes;
mod places;
mod protocol;
mod theme;
mod widgets;

#[cfg(test)]
mod graph_tests;
#[cfg(test)]
mod hit_tests;
#[cfg(test)]
mod screen_tests;
#[cfg(test)]
mod signals_tests;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Action, EntryPurpose, State, Viewport};
use crate::keys::KeyMap;
pub use graphics::{Encoded, Encoder, Graphics, Wish};
pub use hit::hit;
pub use layout::Regions;
pub use linear::Linear;
pub use protocol::{Abilities, PictureProtocol, Surroundings};
pub use theme::{ColorDepth, Glyphs, Theme, ThemeName};

/// What drawing needs beside the state.
#[derive(Debug, Clone, Copy)]
pub struct Screen<'a> {
    /// Which keys to teach.
    pub keys: &'a KeyMap,
    /// How roles look.
    pub theme: &'a Theme,
    /// Real pictures, where the terminal shows them.
    pub graphics: Option<&'a Graphics>,
}

impl Screen<'_> {
    /// How the first key of `action` is written; empty where it has none.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        self.keys.keys(action).first().map_or_else(String::new, ToString::to_string)
    }
}

/// How many rows of each pane a terminal of this size shows.
#[must_use]
pub fn measure(size: ratatui::layout::Size, state: &State, screen: &Screen<'_>) -> Viewport {
    let area = Rect::new(0, 0, size.width, size.height);
    let regions = Regions::new(area, state);
    let height = |rows: Rect| usize::from(rows.height);
    Viewport {
        accounts: height(panes::accounts::rows(regions.accounts)),
        neighbours: height(panes::neighbours::rows(regions.neighbours)),
        why: height(panes::why::rows(regions.why, state)),
        tags: height(panes::tags::rows(regions.tags)),
        help: overlays::help::rows(area),
        help_lines: overlays::help::count(area, state, screen),
        places: places::measure(&regions, state, screen),
        side_by_side: regions.side_by_side(),
        drawn: !regions.too_small,
    }
}

/// Draws one frame.
pub fn draw(frame: &mut Frame<'_>, state: &State, screen: &Screen<'_>) {
    widgets::cells::begin(screen.theme.bidi);
    let area = frame.area();
    let regions = Regions::new(area, state);
    if regions.too_small {
        notice::draw_alone(frame, area, state, screen);
    } else {
        draw_places(frame, &regions, state, screen);
        draw_overlays(frame, &regions, state, screen);
    }
    screen.theme.finish(frame.buffer_mut());
    widgets::room::make(frame.buffer_mut());
}

fn draw_places(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    header::draw(frame, regions, state, screen);
    if state.is_empty() {
        panes::welcome::draw(frame, regions.body, screen);
    } else if let Some(place) = state.stack.covering() {
        places::draw(place, frame, regions, state, screen);
    } else {
        panes::draw(frame, regions, state, screen);
    }
    hints::draw(frame, regions.hints, state, screen);
}

fn draw_overlays(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let area = frame.area();
    for window in state.stack.windows() {
        places::draw(window, frame, regions, state, screen);
    }
    // A long message may need more room than windows leave.
    notice::draw(frame, regions, state, screen);
    if let Some(completion) = &state.completion {
        overlays::completion::draw(frame, regions, completion, screen);
    }
    if let Some(EntryPurpose::Palette(palette)) = state.entry.as_ref().map(|entry| &entry.purpose) {
        overlays::palette::draw(frame, regions, palette, state, screen);
    }
    if let Some((view, typed)) = state.help() {
        overlays::help::draw(frame, area, (view, &typed), state, screen);
    }
}
