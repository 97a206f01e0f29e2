//! What of the clusters is seen, and what is chosen among them.

use std::sync::Arc;

use super::{Cursor, Raster, Request, Same};
use crate::analysis::{ClusterSet, Links};
use crate::model::AccountId;
use crate::signals::ClusterPortrait;

/// A column of the clusters place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClusterColumn {
    /// The clusters.
    #[default]
    List,
    /// The members of the chosen one.
    Members,
    /// What they share.
    Shared,
}

impl ClusterColumn {
    /// Every column, from left to right.
    pub const ALL: [Self; 3] = [Self::List, Self::Members, Self::Shared];
}

/// The clusters as they are looked at.
#[derive(Debug, Default)]
pub struct ClustersView {
    /// Whether they are looked at.
    pub open: bool,
    /// The clusters, once they are known.
    pub set: Request<Same<Links>, Arc<ClusterSet>>,
    /// The column that keys go to.
    pub column: ClusterColumn,
    /// The chosen cluster.
    pub cursor: Cursor,
    /// The chosen member.
    pub member: Cursor,
    /// The first line that is seen of what they share.
    pub scroll: usize,
    /// When members acted, in place of what they share, while it is looked at.
    pub raster: Option<Raster>,
    /// Somebody waits for the first account to go through.
    pub wanted: bool,
}

impl ClustersView {
    /// The chosen cluster.
    #[must_use]
    pub fn chosen(&self) -> Option<&ClusterPortrait> {
        self.set.made.as_ref()?.portraits.get(self.cursor.row)
    }

    /// The members of the chosen cluster.
    #[must_use]
    pub fn members(&self) -> &[AccountId] {
        self.chosen().map_or(&[], |portrait| &portrait.cluster.members)
    }

    /// The chosen member.
    #[must_use]
    pub fn chosen_member(&self) -> Option<AccountId> {
        self.members().get(self.member.row).copied()
    }

    /// Gives up what was asked for; it is asked for again when somebody looks.
    pub fn give_up(&mut self) {
        (self.open, self.wanted) = (false, false);
        self.set.give_up();
    }

    /// Takes in new clusters; the member that was chosen stays chosen where it is in one.
    pub fn take(&mut self, set: Arc<ClusterSet>) {
        let member = self.chosen_member();
        let place = set.portraits.iter().enumerate().find_map(|(cluster, portrait)| {
            let row = portrait.cluster.members.iter().position(|&id| Some(id) == member)?;
            Some((cluster, row))
        });
        let (cluster, row) = place.unwrap_or_default();
        (self.cursor.row, self.member.row) = (cluster, row);
        (self.raster, self.scroll) = (None, 0);
        self.set.made = Some(set);
    }

    /// Another cluster was chosen.
    pub fn reset_members(&mut self) {
        (self.member, self.scroll, self.raster) = (Cursor::default(), 0, None);
    }
}
