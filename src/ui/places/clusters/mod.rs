//! The clusters: all of them, the members of one, and what these share or when they acted.
//!
//! Words of this room: *raster*, when each member acted, a row a member, by parts of time; *shared*, what the members have in
//! common, layer by layer; *sign*, the letter and the colour that stand for a target.

mod list;
mod members;
mod raster;
mod shared;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::app::{ClusterColumn, ClusterViewport, Hit, List, Place, State};
use crate::ui::hit::listed;
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

/// From this width on the three columns stand side by side.
const WIDE: u16 = 120;

/// The places of the columns; one that is not seen has an empty place.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    list: Rect,
    members: Rect,
    shared: Rect,
    raster: Rect,
}

impl Columns {
    fn new(body: Rect, state: &State) -> Self {
        let raster = state.places.clusters.raster.is_some();
        if body.width < WIDE {
            return match state.places.clusters.column {
                _ if raster => Self { raster: body, ..Self::default() },
                ClusterColumn::List => Self { list: body, ..Self::default() },
                ClusterColumn::Members => Self { members: body, ..Self::default() },
                ClusterColumn::Shared => Self { shared: body, ..Self::default() },
            };
        }
        let parts = [Constraint::Fill(26), Constraint::Fill(30), Constraint::Fill(44)];
        let [list, members, shared] = Layout::horizontal(parts).areas(body);
        if raster {
            let raster = Rect { width: body.width - list.width, x: members.x, ..body };
            return Self { list, raster, ..Self::default() };
        }
        Self { list, members, shared, ..Self::default() }
    }
}

/// How much is seen of the clusters.
pub(in crate::ui) fn measure(regions: &Regions, state: &State, screen: &Screen<'_>) -> ClusterViewport {
    let columns = Columns::new(regions.body, state);
    let rows = |area: Rect, lines_above: u16| usize::from(area.height.saturating_sub(2 + lines_above));
    let members =
        if columns.raster.is_empty() { rows(columns.members, 1) } else { raster::rows(columns.raster, state) };
    let width = usize::from(columns.shared.width.saturating_sub(2));
    ClusterViewport {
        list: rows(columns.list, 1),
        members,
        shared: rows(columns.shared, 0),
        shared_lines: if width == 0 { 0 } else { shared::lines(state, width, screen).len() },
        raster_columns: raster::columns(columns.raster),
    }
}

/// The cluster or the member that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let (columns, view) = (Columns::new(regions.body, state), &state.places.clusters);
    let count = view.set.made.as_ref().map_or(0, |set| set.portraits.len());
    let lists = [
        (ClusterColumn::List, columns.list, view.cursor, count),
        (ClusterColumn::Members, columns.members, view.member, view.members().len()),
    ];
    lists.into_iter().find_map(|(list, area, cursor, count)| {
        let row = listed(pane_frame::rows(area, 1), at, cursor, count)?;
        Some(Hit::Row(List::Of(Place::Clusters, list as usize), row))
    })
}

/// `Clusters › 3 › raster`: the chosen cluster, and what is looked at of it.
pub(in crate::ui) fn name(state: &State) -> String {
    let cluster = state.places.clusters.cursor.row + 1;
    match state.places.clusters.column {
        _ if state.places.clusters.raster.is_some() => format!("Clusters › {cluster} › raster"),
        ClusterColumn::List => "Clusters".to_owned(),
        ClusterColumn::Members => format!("Clusters › {cluster}"),
        ClusterColumn::Shared => format!("Clusters › {cluster} › what they share"),
    }
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let body = regions.body;
    let columns = Columns::new(body, state);
    if !columns.list.is_empty() {
        list::draw(frame, columns.list, state, screen);
    }
    if !columns.members.is_empty() {
        members::draw(frame, columns.members, state, screen);
    }
    if !columns.shared.is_empty() {
        shared::draw(frame, columns.shared, state, screen);
    }
    if !columns.raster.is_empty() {
        raster::draw(frame, columns.raster, state, screen);
    }
}

/// Whether keys go to this column.
fn has_keys(state: &State, column: ClusterColumn) -> bool {
    state.places.clusters.raster.is_none() && state.places.clusters.column == column
}
