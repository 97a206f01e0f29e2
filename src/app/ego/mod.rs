//! The graph around an account: its neighbours, and the links among them, as they are drawn and walked through.

mod layout;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub use layout::{Direction, EgoLayout, EgoNode, EgoSpot};

use super::{Neighbour, State};
use crate::analysis::Links;
use crate::model::{AccountId, Link};

/// A link between two of the neighbours that are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// Its ends, by their places among those that are drawn; the smaller first.
    pub ends: [usize; 2],
    /// What links the two.
    pub link: Link,
    /// Its place among the ties of each of its ends, the strongest first.
    pub places: [usize; 2],
}

/// What the ties were read of.
#[derive(Debug)]
struct Basis {
    links: Arc<Links>,
    centre: AccountId,
    drawn: Range<usize>,
}

/// The graph around the chosen account, as it is looked at. Its centre is the account that is chosen in the list, and
/// the node that keys speak of the chosen neighbour, so that the panes show the same pair.
#[derive(Debug, Default)]
pub struct EgoView {
    /// Whether it is looked at.
    pub open: bool,
    /// Whether keys speak of the centre and not of the chosen neighbour.
    pub on_centre: bool,
    /// Every link among the neighbours that are drawn.
    pub ties: Vec<Tie>,
    basis: Option<Basis>,
}

impl EgoView {
    /// How many ties of the chosen neighbour are drawn.
    pub const OF_CHOSEN: usize = 5;

    /// Reads the links among the neighbours that are drawn, unless they are known; costs as much as these have links.
    pub fn follow(&mut self, links: &Arc<Links>, centre: AccountId, rows: &[Neighbour], drawn: Range<usize>) {
        let is_known = self
            .basis
            .as_ref()
            .is_some_and(|basis| Arc::ptr_eq(&basis.links, links) && basis.centre == centre && basis.drawn == drawn);
        if is_known {
            return;
        }
        let accounts: Vec<AccountId> = rows[drawn.clone()].iter().map(|row| row.account).collect();
        self.ties = ties(links.graph.links_among(&accounts), accounts.len());
        self.basis = Some(Basis { links: Arc::clone(links), centre, drawn });
    }

    /// Whether a tie is drawn: the strongest of each neighbour, and some of the `chosen` one. More would hide everything.
    #[must_use]
    pub fn is_drawn(&self, tie: &Tie, chosen: Option<usize>) -> bool {
        let shown = |(&end, &place): (&usize, &usize)| place < if Some(end) == chosen { Self::OF_CHOSEN } else { 1 };
        tie.ends.iter().zip(&tie.places).any(shown)
    }
}

impl State {
    /// Whether keys speak of the account in the middle of the graph: also where it has no neighbour.
    #[must_use]
    pub fn ego_on_centre(&self) -> bool {
        self.ego.on_centre || self.neighbours.rows.is_empty()
    }

    /// How many neighbours are drawn at a time.
    #[must_use]
    pub fn ego_room(&self) -> usize {
        EgoLayout::room(self.viewport.ego.rows)
    }

    /// The neighbours that are drawn: as many as find room, the chosen one among them.
    #[must_use]
    pub fn ego_drawn(&self) -> Range<usize> {
        let (room, count) = (self.ego_room(), self.neighbours.rows.len());
        let start = self.neighbours.cursor.row.min(count.saturating_sub(1)) / room * room;
        start..(start + room).min(count)
    }

    /// The chosen neighbour's place among those that are drawn; `None` where the middle is chosen.
    #[must_use]
    pub fn ego_place(&self) -> Option<usize> {
        (!self.ego_on_centre()).then(|| self.neighbours.cursor.row.saturating_sub(self.ego_drawn().start))
    }

    /// Where the nodes of the graph stand.
    #[must_use]
    pub fn ego_layout(&self) -> EgoLayout {
        let size = self.viewport.ego;
        EgoLayout::new(size.columns, size.rows, self.ego_drawn().len())
    }
}

/// Every link among those that are drawn. Of equally strong ones the nearer on the ring goes first, which crosses less.
fn ties(links: Vec<(usize, usize, Link)>, count: usize) -> Vec<Tie> {
    let tie = |(a, b, link)| Tie { ends: [a, b], link, places: [0; 2] };
    let mut ties: Vec<Tie> = links.into_iter().map(tie).collect();
    let steps = |tie: &Tie| (tie.ends[1] - tie.ends[0]).min(count + tie.ends[0] - tie.ends[1]);
    ties.sort_by(|a, b| {
        let stronger = b.link.rank().partial_cmp(&a.link.rank()).unwrap_or(Ordering::Equal);
        stronger.then(steps(a).cmp(&steps(b))).then(a.ends.cmp(&b.ends))
    });
    let mut next = vec![0; count];
    for tie in &mut ties {
        tie.places = tie.ends.map(|end| next[end]);
        tie.ends.iter().for_each(|&end| next[end] += 1);
    }
    ties
}
