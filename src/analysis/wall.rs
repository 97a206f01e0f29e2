//! The avatar wall: every account of a group of pictures that are alike, as one tile, group by group.

use std::sync::Arc;

use super::{AnalysisError, Ask, Roster, read_prints};
use crate::graph::{AvatarGroup, AvatarGroups, GroupedPicture, Task, avatar_groups};
use crate::model::{AccountId, Csr, LinkParameters};
use crate::store::Store;

/// An account on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Who it is.
    pub account: AccountId,
    /// Its group.
    pub group: u32,
    /// Its picture among those of the group.
    pub picture: u32,
}

/// The groups, and their accounts in the order in which they hang on the wall.
#[derive(Debug, Default)]
pub struct Wall {
    /// The groups: first those that are only too common to link anybody, then the largest; defaults at the end.
    pub found: AvatarGroups,
    /// The tiles of each group.
    tiles: Csr<Tile>,
}

impl Wall {
    /// Hangs the groups up.
    #[must_use]
    pub fn new(found: AvatarGroups) -> Self {
        let tiles = (0..).zip(&found.groups).map(|(group, members)| {
            let pictures = (0..).zip(&members.pictures);
            pictures.flat_map(move |(picture, carried)| {
                carried.accounts.iter().map(move |&account| Tile { account, group, picture })
            })
        });
        Self { tiles: tiles.collect(), found }
    }

    /// Groups the pictures of the accounts of a cache; `parameters` say when two are alike.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn build(
        store: &Store,
        roster: &Roster,
        parameters: &LinkParameters,
        task: &Task<'_>,
    ) -> Result<Self, AnalysisError> {
        let accounts = roster.accounts().iter();
        let pictures: Vec<_> = accounts.filter_map(|account| Some((account.id, account.avatar?))).collect();
        let prints = read_prints(store, parameters)?;
        Ok(Self::new(avatar_groups(&pictures, &prints, parameters, task)?))
    }

    /// Every tile, in order.
    #[must_use]
    pub fn tiles(&self) -> &[Tile] {
        self.tiles.items()
    }

    /// The tiles of a group.
    #[must_use]
    pub fn tiles_of(&self, group: usize) -> &[Tile] {
        self.tiles.row(group)
    }

    /// The place of a group's first tile; behind all tiles where there is no such group.
    #[must_use]
    pub fn start(&self, group: usize) -> usize {
        self.tiles.places(group).start
    }

    /// The group of a tile.
    #[must_use]
    pub fn group(&self, tile: Tile) -> &AvatarGroup {
        &self.found.groups[tile.group as usize]
    }

    /// The picture of a tile.
    #[must_use]
    pub fn picture(&self, tile: Tile) -> &GroupedPicture {
        &self.group(tile).pictures[tile.picture as usize]
    }
}

/// Asks for groups of pictures that are alike.
#[derive(Debug, Clone)]
pub struct WallOf {
    /// The accounts.
    pub roster: Arc<Roster>,
    /// When pictures are alike.
    pub parameters: LinkParameters,
}

impl Ask for WallOf {
    type Answer = Arc<Wall>;

    fn answer(&self, store: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError> {
        Wall::build(store, &self.roster, &self.parameters, task).map(Arc::new)
    }
}
