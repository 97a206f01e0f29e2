//! Places that lie over the panes, each drawn by the file of its name; `app/places` has what they do. Each gives `draw`,
//! `hit` for the mouse, `measure` for how much of it is seen, and where it covers the panes its `name` for the breadcrumb.
//!
//! Words of this room: *hit*, what stands where the mouse points; *name*, how the breadcrumb calls a place that covers the
//! panes; *foot*, the lines below a list that say what the keys would do; *page*, lines of text while they are made.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Regions, Screen};
use crate::app::{Hit, Place, PlaceViewports, State};

macro_rules! places {
    (
        covering { $($place:ident $module:ident;)* }
        windows { $($window:ident $w_module:ident;)* }
    ) => {
        $(pub(super) mod $module;)*
        $(pub(super) mod $w_module;)*

        /// Draws a place that lies over the panes.
        pub(super) fn draw(place: Place, frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
            match place {
                $(Place::$place => $module::draw(frame, regions, state, screen),)*
                $(Place::$window => $w_module::draw(frame, regions, state, screen),)*
                Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags | Place::Entry => {}
            }
        }

        /// How the breadcrumb calls a place, with what was chosen to get there; windows lie over what has a name.
        pub(super) fn name(place: Place, state: &State) -> Option<String> {
            match place {
                $(Place::$place => Some($module::name(state)),)*
                _ => None,
            }
        }

        /// What the mouse points at in a place.
        pub(super) fn hit(place: Place, regions: &Regions, at: Position, state: &State) -> Option<Hit> {
            match place {
                $(Place::$place => $module::hit(regions, at, state),)*
                $(Place::$window => $w_module::hit(regions, at, state),)*
                Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags | Place::Entry => None,
            }
        }

        /// How much of each place is seen.
        pub(super) fn measure(regions: &Regions, state: &State, screen: &Screen<'_>) -> PlaceViewports {
            PlaceViewports {
                $($module: $module::measure(regions, state, screen),)*
                $($w_module: $w_module::measure(regions, state, screen),)*
            }
        }
    };
}

places! {
    covering {
        Wall wall;
        Clusters clusters;
        Audit audit;
        Graph graph;
        Path path;
        Signals signals;
    }
    windows {
        Parameters parameters;
        Imports imports;
        Report report;
    }
}
