//! How tiles hang below and beside each other, and which is chosen.

use std::sync::Arc;

use super::Alike;
use crate::analysis::{Tile, Wall};
use crate::app::Request;

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
    pub(super) fn why_not_resized(&self, steps: isize) -> Option<&'static str> {
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
