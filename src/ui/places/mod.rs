//! Places that lie over the panes, each drawn by the file of its name; `app/places` has what they do.

pub(super) mod audit;
pub(super) mod clusters;
pub(super) mod ego;
pub(super) mod imports;
pub(super) mod parameters;
pub(super) mod path;
pub(super) mod report;
pub(super) mod signals;
pub(super) mod wall;

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Regions, Screen};
use crate::app::{Hit, Place, State};

/// Draws a place that lies over the panes.
pub(super) fn draw(place: Place, frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let (area, body) = (frame.area(), regions.body);
    match place {
        Place::Signals => signals::draw(frame, body, state, screen),
        Place::Path => path::draw(frame, body, state, screen),
        Place::Wall => wall::draw(frame, body, state, screen),
        Place::Clusters => clusters::draw(frame, body, state, screen),
        Place::Audit => audit::draw(frame, body, state, screen),
        Place::Ego => ego::draw(frame, regions, state, screen),
        Place::Parameters => parameters::draw(frame, area, state, screen),
        Place::Imports => imports::draw(frame, area, &state.imports, screen),
        Place::Report => report::draw(frame, area, &state.report, screen),
        Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags | Place::Entry => {}
    }
}

/// How the breadcrumb calls a place, with what was chosen to get there.
pub(super) fn title(place: Place, state: &State) -> Option<String> {
    Some(match place {
        Place::Signals => signals::name(state),
        Place::Path => "Path".to_owned(),
        Place::Wall => "Pictures".to_owned(),
        Place::Audit => "Audit".to_owned(),
        Place::Ego => ego::name(state),
        Place::Clusters => clusters::name(state),
        // Windows lie over what has a title of its own.
        Place::Parameters | Place::Imports | Place::Report | Place::Entry => return None,
        Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags => return None,
    })
}

/// What the mouse points at in a place.
pub(super) fn hit(place: Place, regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let (area, body) = (regions.all, regions.body);
    match place {
        Place::Parameters => parameters::row_at(area, at, state),
        Place::Imports => imports::row_at(area, at, &state.imports),
        Place::Signals => signals::row_at(body, at, state),
        Place::Path => path::row_at(body, at, state),
        Place::Wall => wall::tile_at(body, at, state),
        Place::Clusters => clusters::row_at(body, at, state),
        Place::Audit => audit::row_at(body, at, state),
        Place::Ego => ego::node_at(regions, at, state),
        Place::Report | Place::Entry => None,
        Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags => None,
    }
}
