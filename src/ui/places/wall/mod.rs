//! The wall: all pictures that are alike, group by group, and the chosen one in detail.

mod detail;
mod tile;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

use crate::analysis::Wall;
use crate::app::{Hit, List, Place, State, WallRow, WallViewport};
use crate::text::thousands;
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

/// From this width on the chosen picture is shown large beside the wall.
const WIDE: u16 = 120;
/// Columns of what is shown beside the wall, and the line that is shown below it where that has no room.
const BESIDE: u16 = 46;
const BELOW: u16 = 1;

fn places(body: Rect) -> [Rect; 2] {
    if body.width >= WIDE {
        Layout::horizontal([Constraint::Fill(1), Constraint::Length(BESIDE)]).areas(body)
    } else {
        Layout::vertical([Constraint::Fill(1), Constraint::Length(BELOW)]).areas(body)
    }
}

/// How many tiles stand beside each other, and how many lines the wall has.
pub(in crate::ui) fn measure(regions: &Regions, state: &State, _: &Screen<'_>) -> WallViewport {
    let [wall, _] = places(regions.body);
    WallViewport {
        columns: usize::from(wall.width.saturating_sub(2) / state.places.wall.tile_size().0),
        lines: usize::from(wall.height.saturating_sub(2)),
    }
}

pub(in crate::ui) fn name(_: &State) -> String {
    "Pictures".to_owned()
}

/// The picture that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let [wall, _] = places(regions.body);
    let inside = pane_frame::rows(wall, 0);
    let column = inside.contains(at).then(|| usize::from((at.x - inside.x) / state.places.wall.tile_size().0))?;
    let (_, row) = seen(inside, state).find(|(place, _)| place.contains(at))?;
    (column < row.tiles).then_some(Hit::Row(List::Of(Place::Wall, 0), row.first + column))
}

/// The rows of tiles that are seen whole, each with its place.
fn seen(area: Rect, state: &State) -> impl Iterator<Item = (Rect, &WallRow)> {
    let (_, height) = state.places.wall.tile_size();
    let mut y = area.y;
    state.places.wall.rows.iter().skip(state.places.wall.top).map_while(move |row| {
        let place = Rect { y: y + u16::from(row.heads), height, ..area };
        y = place.bottom();
        (place.bottom() <= area.bottom()).then_some((place, row))
    })
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let body = regions.body;
    let [area, detail] = places(body);
    let inside = pane_frame::draw(frame, area, title(state), true, screen.theme);
    if let Some(wall) = state.places.wall.wall.made.as_ref().filter(|wall| !wall.tiles().is_empty()) {
        draw_rows(frame, inside, wall, state, screen);
    } else {
        frame.render_widget(Line::styled(nothing(state), screen.theme.muted()), inside);
    }
    detail::draw(frame, detail, state, screen);
}

fn title(state: &State) -> String {
    let Some(wall) = &state.places.wall.wall.made else { return "Pictures that are alike".to_owned() };
    let groups = wall.found.groups.len();
    let [count, accounts] = [groups, wall.tiles().len()].map(|count| thousands(count as u64));
    let here = state.places.wall.chosen().map_or(0, |tile| tile.group + 1);
    let here = thousands(u64::from(here));
    format!("Pictures that are alike ─ group {here} of {count} ─ {accounts} accounts")
}

fn nothing(state: &State) -> String {
    let pictures = state.roster.as_ref().map_or(0, |roster| roster.counts.avatars);
    match &state.places.wall.wall.made {
        None => "  The pictures are being compared …".to_owned(),
        Some(_) if pictures == 0 => "  No picture was imported; `import --avatars DIR` does.".to_owned(),
        Some(_) => "  No two accounts have pictures that are alike.".to_owned(),
    }
}

fn draw_rows(frame: &mut Frame<'_>, area: Rect, wall: &Wall, state: &State, screen: &Screen<'_>) {
    let (width, _) = state.places.wall.tile_size();
    for (place, row) in seen(area, state) {
        if row.heads {
            frame.render_widget(heading(wall, row, state, screen), Rect { y: place.y - 1, height: 1, ..area });
        }
        let mut x = area.x;
        for at in row.first..row.first + row.tiles {
            let tile = Rect { x, width: width - 1, ..place }.intersection(area);
            tile::draw(
                frame.buffer_mut(),
                tile,
                (wall.tiles()[at], at == state.places.wall.cursor),
                wall,
                state,
                screen,
            );
            x += width;
        }
    }
}

/// What there is to know of a group.
fn heading(wall: &Wall, row: &WallRow, state: &State, screen: &Screen<'_>) -> Line<'static> {
    let group = &wall.found.groups[row.group];
    let tiles = wall.tiles_of(row.group);
    let tagged = tiles.iter().filter(|tile| state.tags.label(tile.account).is_some()).count();
    let marked = tiles.iter().filter(|tile| state.marks.contains(&tile.account)).count();
    let many = |count: usize, noun: &str| format!("{} {noun}", thousands(count as u64));
    let pictures = match group.pictures.len() {
        1 => "the same file".to_owned(),
        count => format!("{} · diameter {}", many(count, "pictures"), group.diameter),
    };
    let mut facts = vec![many(group.size, "accounts"), pictures];
    facts.extend((tagged > 0).then(|| many(tagged, "tagged")));
    facts.extend((marked > 0).then(|| many(marked, "marked")));
    facts.extend(group.is_common.then(|| "a stock picture or a default? links nobody".to_owned()));
    let is_default = group.is_default && !group.is_common;
    facts.extend(is_default.then(|| "a default picture: links nobody".to_owned()));
    let is_crowded = state
        .links
        .as_ref()
        .is_some_and(|links| group.pictures.iter().any(|picture| links.graph.is_crowded_avatar(picture.avatar)));
    facts.extend(is_crowded.then(|| "too many to link each with each".to_owned()));
    let number = format!(" {} ", thousands(row.group as u64 + 1));
    let style = if is_default { screen.theme.muted() } else { screen.theme.heading() };
    Line::from(vec![Span::styled(number, screen.theme.key()), Span::styled(facts.join(" · "), style)])
}
