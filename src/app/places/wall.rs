//! What of the wall is seen: rows of tiles, and the chosen one among them.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, Question, Tile, Wall, WallOf};
use crate::app::update::{jump, mark};
use crate::app::{Action, Effect, Pane, Place, Request, State};
use crate::model::{AccountId, AvatarId, LinkParameters, Timestamp};

/// Columns and rows of a picture, from small to large. A cell is twice as high as it is wide.
const SIZES: [(u16, u16); 4] = [(8, 4), (12, 6), (16, 8), (24, 12)];
const USUAL: usize = 1;

/// A row of tiles, all of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallRow {
    /// The group.
    pub group: usize,
    /// The first tile.
    pub first: usize,
    /// How many tiles there are.
    pub tiles: usize,
    /// Whether it begins its group, with a line above that tells of it.
    pub heads: bool,
}

/// What decides which pictures are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike(u32, bool, f64, u32);

impl Alike {
    /// As these parameters say.
    #[must_use]
    pub fn of(parameters: &LinkParameters) -> Self {
        let LinkParameters { max_avatar_distance, mirrored, default_avatar_share, default_avatar_accounts, .. } =
            *parameters;
        Self(max_avatar_distance, mirrored, default_avatar_share, default_avatar_accounts)
    }
}

/// How much of the wall is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallViewport {
    /// Tiles beside each other.
    pub columns: usize,
    /// Lines.
    pub lines: usize,
}

impl Default for WallViewport {
    fn default() -> Self {
        Self { columns: 6, lines: 14 }
    }
}

/// The wall as it is looked at.
#[derive(Debug, Default)]
pub struct WallView {
    /// The groups, once they are known.
    pub wall: Request<Alike, Arc<Wall>>,
    /// The chosen tile.
    pub cursor: usize,
    /// The first row that is seen.
    pub top: usize,
    /// Every row.
    pub rows: Vec<WallRow>,
    columns: usize,
    larger: isize,
}

impl WallView {
    /// Columns and rows of one picture.
    #[must_use]
    pub fn picture_size(&self) -> (u16, u16) {
        SIZES[USUAL.saturating_add_signed(self.larger).min(SIZES.len() - 1)]
    }

    /// Columns and rows that one tile takes, with the name below and the gap beside it.
    #[must_use]
    pub fn tile_size(&self) -> (u16, u16) {
        let (width, height) = self.picture_size();
        (width + 1, height + 1)
    }

    /// Makes the pictures larger or smaller by so many steps.
    pub fn resize(&mut self, steps: isize) {
        let smallest = -USUAL.cast_signed();
        let largest = (SIZES.len() - 1 - USUAL).cast_signed();
        self.larger = (self.larger + steps).clamp(smallest, largest);
    }

    /// Why the pictures cannot be made larger or smaller; `None` where they can.
    fn why_not_resized(&self, steps: isize) -> Option<&'static str> {
        let size = USUAL.saturating_add_signed(self.larger);
        match steps {
            _ if self.chosen().is_none() => Some("No pictures hang here."),
            1 if size + 1 == SIZES.len() => Some("The pictures are as large as they get."),
            -1 if size == 0 => Some("The pictures are as small as they get."),
            _ => None,
        }
    }

    /// The chosen tile.
    #[must_use]
    pub fn chosen(&self) -> Option<Tile> {
        self.wall.made.as_ref()?.tiles().get(self.cursor).copied()
    }

    /// Takes in new groups; the account that was chosen stays chosen where it is in one.
    pub fn hang(&mut self, wall: Arc<Wall>) {
        let chosen = self.chosen().map(|tile| tile.account);
        let tile = wall.tiles().iter().position(|tile| Some(tile.account) == chosen);
        self.cursor = tile.unwrap_or_default();
        self.wall.made = Some(wall);
        self.rows.clear();
    }

    /// The row of the chosen tile.
    #[must_use]
    pub fn row(&self) -> usize {
        self.rows.partition_point(|row| row.first <= self.cursor).saturating_sub(1)
    }

    /// Moves by so many tiles.
    pub fn step(&mut self, tiles: isize) {
        let last = self.wall.made.as_ref().map_or(0, |wall| wall.tiles().len()).saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(tiles).min(last);
    }

    /// Moves by so many rows, in the same column where the row has it.
    pub fn step_rows(&mut self, rows: isize) {
        let here = self.row();
        let there = here.saturating_add_signed(rows).min(self.rows.len().saturating_sub(1));
        if let (Some(from), Some(to)) = (self.rows.get(here), self.rows.get(there)) {
            self.cursor = to.first + (self.cursor - from.first).min(to.tiles - 1);
        }
    }

    /// Moves to the first tile of the next group, or of the one before.
    pub fn step_group(&mut self, forward: bool) {
        let (Some(wall), Some(tile)) = (&self.wall.made, self.chosen()) else { return };
        let group = tile.group as usize;
        self.cursor = match forward {
            true if group + 1 < wall.found.groups.len() => wall.start(group + 1),
            true => self.cursor,
            false if wall.start(group) < self.cursor => wall.start(group),
            false => wall.start(group.saturating_sub(1)),
        };
    }

    /// How many rows fit below each other.
    #[must_use]
    pub fn rows_in(&self, lines: usize) -> usize {
        (lines / usize::from(self.tile_size().1)).max(1)
    }

    /// Lays the rows out for so many columns of tiles, and keeps the chosen one in sight.
    pub fn follow(&mut self, columns: usize, lines: usize) {
        let Some(wall) = &self.wall.made else { return };
        let columns = columns.max(1);
        self.cursor = self.cursor.min(wall.tiles().len().saturating_sub(1));
        if self.rows.is_empty() || self.columns != columns {
            self.rows = lay_out(wall, columns);
            self.columns = columns;
        }
        let row = self.row();
        self.top = self.top.min(row);
        let tile = usize::from(self.tile_size().1);
        let height = |row: &WallRow| tile + usize::from(row.heads);
        let mut used: usize = self.rows.get(self.top..=row).unwrap_or_default().iter().map(height).sum();
        while used > lines && self.top < row {
            used -= height(&self.rows[self.top]);
            self.top += 1;
        }
    }

    /// The rows that are seen whole in so many lines, and of those that follow or go before, as many.
    #[must_use]
    pub fn around(&self, lines: usize) -> &[WallRow] {
        let seen = self.rows_in(lines);
        let start = self.top.saturating_sub(seen).min(self.rows.len());
        &self.rows[start..(self.top + 2 * seen).min(self.rows.len())]
    }
}

fn lay_out(wall: &Wall, columns: usize) -> Vec<WallRow> {
    let groups = 0..wall.found.groups.len();
    let rows = groups.flat_map(|group| {
        let (start, length) = (wall.start(group), wall.tiles_of(group).len());
        (0..length).step_by(columns).map(move |at| WallRow {
            group,
            first: start + at,
            tiles: columns.min(length - at),
            heads: at == 0,
        })
    });
    rows.collect()
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Wall)
    }

    /// The chosen account stays chosen for the next time.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.stack.toggle_alone(Place::Wall);
        Vec::new()
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        let why = match action {
            Action::Wall if state.in_lines => Some(super::DRAWING),
            Action::WallLarger => state.places.wall.why_not_resized(1),
            Action::WallSmaller => state.places.wall.why_not_resized(-1),
            _ => None,
        };
        why.map(str::to_owned)
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.wall.chosen().map(|tile| tile.account)
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.wall.wall.made.iter().flat_map(|wall| wall.tiles()).map(|tile| tile.account).collect()
    }

    fn step(&self, state: &mut State) {
        state.places.wall.step(1);
    }

    fn choose(&self, state: &mut State, _: usize, tile: usize) {
        state.places.wall.cursor = tile;
    }

    fn follow(&self, state: &mut State) {
        let seen = state.viewport.places.wall;
        state.places.wall.follow(seen.columns, seen.lines);
    }

    fn pictures(&self, state: &State) -> Vec<AvatarId> {
        let view = &state.places.wall;
        let Some(wall) = &view.wall.made else { return Vec::new() };
        let chosen = view.chosen().map(|tile| [wall.picture(tile).avatar, wall.group(tile).medoid]);
        let rows = view.around(state.viewport.places.wall.lines).iter();
        let tiles = rows.flat_map(|row| &wall.tiles()[row.first..row.first + row.tiles]);
        chosen.into_iter().flatten().chain(tiles.map(|&tile| wall.picture(tile).avatar)).collect()
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords {
            under_way: "grouping pictures",
            cancelled: "Grouping pictures was cancelled; open the wall again to begin anew.",
        })
    }

    /// Asks anew where the present groups are of other parameters.
    fn ask(&self, state: &mut State) -> Option<Effect> {
        let roster = state.roster.clone().filter(|_| state.stack.has(Place::Wall))?;
        let parameters = state.wanted_parameters().clone();
        let generation = state.places.wall.wall.ask(Alike::of(&parameters))?;
        Some(state.ask(Place::Wall, generation, Question::Wall(WallOf { roster, parameters })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.wall.wall.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Wall(wall) = answer {
            state.places.wall.hang(wall);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.wall.wall.give_up();
    }

    fn forget(&self, state: &mut State) {
        self.give_up(state);
    }
}

/// What an action means while the wall is looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let page = state.places.wall.rows_in(state.viewport.places.wall.lines).cast_signed();
    let view = &mut state.places.wall;
    match action {
        Action::Left => view.step(-1),
        Action::Right => view.step(1),
        Action::Up => view.step_rows(-1),
        Action::Down => view.step_rows(1),
        Action::PageUp => view.step_rows(-page),
        Action::PageDown => view.step_rows(page),
        Action::First => view.step(isize::MIN),
        Action::Last => view.step(isize::MAX),
        Action::NextPane => view.step_group(true),
        Action::PreviousPane => view.step_group(false),
        Action::WallLarger => view.resize(1),
        Action::WallSmaller => view.resize(-1),
        Action::MarkAll => mark_group(state),
        Action::WallJump => return Some(leave_for_chosen(state)),
        _ => return None,
    }
    Some(Vec::new())
}

fn mark_group(state: &mut State) {
    let accounts = match (&state.places.wall.wall.made, state.places.wall.chosen()) {
        (Some(wall), Some(tile)) => wall.tiles_of(tile.group as usize).iter().map(|tile| tile.account).collect(),
        _ => Vec::<AccountId>::new(),
    };
    mark::toggle_all(state, accounts);
}

fn leave_for_chosen(state: &mut State) -> Vec<Effect> {
    let effects = jump::to_subject(state);
    state.stack.close(Place::Wall);
    state.focus = Pane::Accounts;
    effects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{AvatarGroup, AvatarGroups, GroupedPicture};
    use crate::model::{AccountId, AvatarId};

    /// Groups of so many accounts, all with one picture.
    fn view(sizes: &[u32]) -> WallView {
        let mut next = 1;
        let mut group = |size: u32| {
            let accounts = (next..next + size).map(AccountId).collect();
            next += size;
            let picture = GroupedPicture { avatar: AvatarId(next), accounts, quality: 90, to_medoid: 0 };
            AvatarGroup {
                medoid: picture.avatar,
                pictures: vec![picture],
                size: size as usize,
                diameter: 0,
                is_default: false,
                is_common: false,
            }
        };
        let groups = sizes.iter().map(|&size| group(size)).collect();
        let mut view = WallView::default();
        view.hang(Arc::new(Wall::new(AvatarGroups { groups, ..AvatarGroups::default() })));
        view
    }

    #[test]
    fn steps_stay_on_the_wall_and_rows_in_their_column() {
        let mut view = view(&[7, 2, 5]);
        view.follow(4, 15);
        let firsts: Vec<_> = view.rows.iter().map(|row| (row.first, row.tiles, row.heads)).collect();
        assert_eq!(firsts, [(0, 4, true), (4, 3, false), (7, 2, true), (9, 4, true), (13, 1, false)]);
        view.step(3);
        view.step_rows(1);
        assert_eq!(view.cursor, 6, "the row has no fourth tile");
        view.step_rows(1);
        assert_eq!(view.cursor, 8);
        view.step_rows(-2);
        assert_eq!(view.cursor, 1);
        view.step_rows(100);
        assert_eq!(view.cursor, 13);
        view.step(isize::MAX);
        assert_eq!(view.cursor, 13);
        view.step(isize::MIN);
        assert_eq!(view.cursor, 0);
        for expected in [7, 9, 9] {
            view.step_group(true);
            assert_eq!(view.cursor, expected);
        }
        view.step(2);
        for expected in [9, 7, 0, 0] {
            view.step_group(false);
            assert_eq!(view.cursor, expected);
        }
    }

    #[test]
    fn the_chosen_tile_is_in_sight_whole_and_stays_chosen() {
        let mut view = view(&[30, 30]);
        for columns in [1, 3, 7, 100] {
            view.cursor = 47;
            view.follow(columns, 16);
            let lines: usize = view.rows[view.top..=view.row()].iter().map(|row| 7 + usize::from(row.heads)).sum();
            assert!(lines <= 16, "{columns}: {lines}");
            view.cursor = 0;
            view.follow(columns, 16);
            assert_eq!(view.top, 0);
        }
        view.cursor = 47;
        view.hang(Arc::new(Wall::new(view.wall.made.as_ref().unwrap().found.clone())));
        assert_eq!(view.cursor, 47);
        view.resize(99);
        assert_eq!(view.picture_size(), (24, 12));
        view.resize(-99);
        assert_eq!(view.picture_size(), (8, 4));
        let empty = AvatarGroups::default();
        view.hang(Arc::new(Wall::new(empty)));
        view.follow(3, 16);
        view.step_rows(1);
        view.step_group(true);
        assert_eq!((view.cursor, view.chosen()), (0, None));
    }
}
