//! The graph around an account: its neighbours, and the links among them, as they are drawn and walked through.
//!
//! Words of this room: *centre*, the account in the middle; *node*, the centre or a neighbour that is drawn; *spot*, the cell
//! where a node stands; *tie*, a link between two of the neighbours; *room*, how many neighbours can be drawn at a time.

mod layout;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

pub use layout::{Direction, GraphLayout, GraphNode, GraphSpot};

use super::OpenPlace;
use crate::analysis::Links;
use crate::app::update::{jump, mark};
use crate::app::{Action, Effect, Neighbour, Notice, Pane, Place, Same, State};
use crate::model::{AccountId, Link, Timestamp};

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
#[derive(Debug, PartialEq)]
struct Basis {
    links: Same<Links>,
    centre: AccountId,
    drawn: Range<usize>,
}

/// How large the graph around an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphViewport {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Default for GraphViewport {
    fn default() -> Self {
        Self { columns: 78, rows: 20 }
    }
}

/// The graph around the chosen account, as it is looked at. Its centre is the account that is chosen in the list, and
/// the node that keys speak of the chosen neighbour, so that the panes show the same pair.
#[derive(Debug, Default)]
pub struct GraphView {
    /// Whether keys speak of the centre and not of the chosen neighbour.
    pub on_centre: bool,
    /// Every link among the neighbours that are drawn.
    pub ties: Vec<Tie>,
    basis: Option<Basis>,
}

impl GraphView {
    /// How many ties of the chosen neighbour are drawn.
    pub const OF_CHOSEN: usize = 5;

    /// Reads the links among the neighbours that are drawn, unless they are known; costs as much as these have links.
    pub fn follow(&mut self, links: &Arc<Links>, centre: AccountId, rows: &[Neighbour], drawn: Range<usize>) {
        let basis = Basis { links: Same::of(links), centre, drawn: drawn.clone() };
        if self.basis.as_ref() == Some(&basis) {
            return;
        }
        let accounts: Vec<AccountId> = rows[drawn].iter().map(|row| row.account).collect();
        self.ties = ties(links.graph.links_among(&accounts), accounts.len());
        self.basis = Some(basis);
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
    pub fn graph_on_centre(&self) -> bool {
        self.places.graph.on_centre || self.neighbours.rows.is_empty()
    }

    /// How many neighbours are drawn at a time.
    #[must_use]
    pub fn graph_room(&self) -> usize {
        GraphLayout::room(self.viewport.places.graph.rows)
    }

    /// The neighbours that are drawn: as many as find room, the chosen one among them.
    #[must_use]
    pub fn graph_drawn(&self) -> Range<usize> {
        let (room, count) = (self.graph_room(), self.neighbours.rows.len());
        let start = self.neighbours.cursor.row.min(count.saturating_sub(1)) / room * room;
        start..(start + room).min(count)
    }

    /// The chosen neighbour's place among those that are drawn; `None` where the middle is chosen.
    #[must_use]
    pub fn graph_place(&self) -> Option<usize> {
        (!self.graph_on_centre()).then(|| self.neighbours.cursor.row.saturating_sub(self.graph_drawn().start))
    }

    /// Where the nodes of the graph stand.
    #[must_use]
    pub fn graph_layout(&self) -> GraphLayout {
        let size = self.viewport.places.graph;
        GraphLayout::new(size.columns, size.rows, self.graph_drawn().len())
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

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn subject(&self, state: &State) -> Option<AccountId> {
        if state.graph_on_centre() {
            return state.chosen();
        }
        state.chosen_neighbour().map(|neighbour| neighbour.account)
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.neighbours.rows.iter().map(|row| row.account).collect()
    }

    fn shown(&self, state: &State) -> Vec<AccountId> {
        state.chosen().into_iter().chain(self.accounts(state)).collect()
    }

    fn step(&self, state: &mut State) {
        if !state.graph_on_centre() {
            state.neighbours.cursor.move_by(1, state.neighbours.rows.len());
        }
    }

    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Graph)
    }

    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        let from = state.place();
        if from == Place::Graph {
            state.stack.close(Place::Graph);
            return Vec::new();
        }
        // In the panes of a pair the account of the list stays in the middle; elsewhere it is the one that is looked at.
        let elsewhere = !matches!(from, Place::Accounts | Place::Neighbours | Place::Why);
        let subject = state.subject().filter(|_| elsewhere).or_else(|| state.chosen());
        let Some(account) = subject else {
            state.notice = Some(Notice::error("No account is chosen here whose graph could be drawn."));
            return Vec::new();
        };
        state.stack.uncover();
        state.stack.open(Place::Graph);
        state.places.graph.on_centre = false;
        if state.chosen() == Some(account) { Vec::new() } else { jump::to(state, account) }
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        (action == Action::Graph && state.in_lines).then(|| super::DRAWING.to_owned())
    }

    fn choose(&self, state: &mut State, _: usize, node: usize) {
        choose(state, node);
    }

    /// Reads the links among the neighbours that are drawn.
    fn follow(&self, state: &mut State) {
        let (Some(links), Some(centre)) = (state.links.clone(), state.neighbours.account) else { return };
        if state.stack.has(Place::Graph) {
            let drawn = state.graph_drawn();
            state.places.graph.follow(&links, centre, &state.neighbours.rows, drawn);
        }
    }
}

/// What an action means while the graph is looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let room = isize::try_from(state.graph_room()).unwrap_or(1);
    match action {
        Action::Left => walk(state, Direction::Left),
        Action::Right => walk(state, Direction::Right),
        Action::Up => walk(state, Direction::Up),
        Action::Down => walk(state, Direction::Down),
        Action::PageDown => step(state, room),
        Action::PageUp => step(state, -room),
        Action::First => step(state, isize::MIN),
        Action::Last => step(state, isize::MAX),
        Action::NextPane => around(state, 1),
        Action::PreviousPane => around(state, -1),
        Action::MarkAll => {
            let drawn = state.neighbours.rows[state.graph_drawn()].iter().map(|row| row.account).collect();
            mark::toggle_all(state, drawn);
        }
        Action::GraphCentre if state.graph_on_centre() => {
            state.stack.close(Place::Graph);
            state.focus = Pane::Accounts;
        }
        Action::GraphCentre => return Some(jump::to_subject(state)),
        Action::Back | Action::Forward => {
            state.places.graph.on_centre = false;
            return Some(if action == Action::Back { jump::back(state) } else { jump::forward(state) });
        }
        _ => return None,
    }
    Some(Vec::new())
}

fn walk(state: &mut State, direction: Direction) {
    let here = match state.graph_place() {
        Some(place) => GraphNode::Neighbour(place),
        None => GraphNode::Centre,
    };
    match state.graph_layout().walk(here, direction) {
        Some(GraphNode::Centre) => choose(state, 0),
        Some(GraphNode::Neighbour(place)) => choose(state, place + 1),
        None => {}
    }
}

/// Goes to the middle, which is 0, or to one of the neighbours that are drawn.
fn choose(state: &mut State, node: usize) {
    state.places.graph.on_centre = node == 0;
    if let Some(place) = node.checked_sub(1) {
        state.neighbours.cursor.row = state.graph_drawn().start + place;
    }
}

/// Goes on by so many neighbours, by strength.
fn step(state: &mut State, rows: isize) {
    let count = state.neighbours.rows.len();
    state.neighbours.cursor.move_by(rows, count);
    state.places.graph.on_centre = false;
}

/// The next neighbour by strength, behind the last one the first again.
fn around(state: &mut State, by: isize) {
    let count = state.neighbours.rows.len();
    let row = state.neighbours.cursor.row;
    let is_end = if by > 0 { row + 1 >= count } else { row == 0 };
    match (state.graph_on_centre(), is_end) {
        (true, _) => step(state, 0),
        (false, true) if by > 0 => step(state, isize::MIN),
        (false, true) => step(state, isize::MAX),
        (false, false) => step(state, by),
    }
}
