//! Where the nodes of the graph around an account stand: the centre in the middle, its neighbours on a ring around it,
//! the strongest at the top right and the others clockwise. Nothing in it is left to chance.

/// Neighbours that are drawn at the most.
const MOST: u16 = 30;
/// Columns of a name with its signs at the most, and at the least.
const NAMES: (u16, u16) = (24, 10);
/// Columns between the middle and a node at the least.
const CLOSEST: u16 = 4;

/// Which way to walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GraphNode {
    /// The account in the middle.
    Centre,
    /// A neighbour, by its place among those that are drawn.
    Neighbour(usize),
}

/// Where a node stands, in cells from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphSpot {
    /// Its column.
    pub column: u16,
    /// Its row.
    pub row: u16,
}

/// The places of the centre and of its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphLayout {
    /// Columns of a name with its signs.
    pub name_width: u16,
    /// The account in the middle.
    pub centre: GraphSpot,
    /// Its neighbours, in their order. Those right of the middle have their names to their right, the others to their
    /// left; no two of one side stand in the same row, so that no name covers another.
    pub neighbours: Vec<GraphSpot>,
}

impl GraphLayout {
    /// How many neighbours find room in so many rows.
    #[must_use]
    pub fn room(rows: u16) -> usize {
        usize::from(rows.clamp(2, MOST))
    }

    /// The layout of `count` neighbours, or of as many as find room, in an area of so many cells.
    #[must_use]
    pub fn new(columns: u16, rows: u16, count: usize) -> Self {
        let count = u16::try_from(count.min(Self::room(rows))).unwrap_or(MOST);
        let centre = GraphSpot { column: columns / 2, row: rows / 2 };
        let name_width = (columns * 3 / 10).clamp(NAMES.1, NAMES.0);
        let radius = (columns / 2).saturating_sub(name_width + 1).max(CLOSEST);
        // Both sides stand in the same rows.
        let side = count.div_ceil(2).max(1);
        let row = |place: u16| (2 * place + 1) * rows / (2 * side);
        let reach = |row: u16| {
            let up = (f64::from(row) + 0.5) / f64::from(rows.max(1)) * 2.0 - 1.0;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the radius")]
            let reach = (f64::from(radius) * (1.0 - up * up).max(0.0).sqrt()).round() as u16;
            reach.max(CLOSEST)
        };
        let right = (0..side.min(count)).map(|place| {
            let row = row(place);
            GraphSpot { column: centre.column + reach(row), row }
        });
        let left = (0..count.saturating_sub(side)).rev().map(|place| {
            let row = row(place);
            GraphSpot { column: centre.column.saturating_sub(reach(row)), row }
        });
        Self { name_width, centre, neighbours: right.chain(left).collect() }
    }

    /// Where a node stands.
    #[must_use]
    pub fn spot(&self, node: GraphNode) -> GraphSpot {
        match node {
            GraphNode::Centre => self.centre,
            GraphNode::Neighbour(place) => self.neighbours.get(place).copied().unwrap_or(self.centre),
        }
    }

    /// Whether a spot is right of the middle.
    #[must_use]
    pub fn is_right(&self, spot: GraphSpot) -> bool {
        spot.column > self.centre.column
    }

    /// The nearest node in a direction: what lies aside counts twice, and a row is as high as two columns are wide.
    #[must_use]
    pub fn walk(&self, from: GraphNode, direction: Direction) -> Option<GraphNode> {
        let here = self.spot(from);
        let nodes = (0..self.neighbours.len()).map(GraphNode::Neighbour).chain([GraphNode::Centre]);
        let distance = |node: GraphNode| {
            let there = self.spot(node);
            let right = i32::from(there.column) - i32::from(here.column);
            let down = 2 * (i32::from(there.row) - i32::from(here.row));
            let (ahead, aside) = match direction {
                Direction::Left => (-right, down),
                Direction::Right => (right, down),
                Direction::Up => (-down, right),
                Direction::Down => (down, right),
            };
            (ahead > 0).then_some((ahead + 2 * aside.abs(), node))
        };
        nodes.filter(|&node| node != from).filter_map(distance).min().map(|(_, node)| node)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const DIRECTIONS: [Direction; 4] = [Direction::Left, Direction::Right, Direction::Up, Direction::Down];

    #[test]
    fn the_strongest_stands_at_the_top_right_and_the_others_follow_clockwise() {
        let layout = GraphLayout::new(78, 10, 5);
        assert_eq!(layout.centre, GraphSpot { column: 39, row: 5 });
        let rows: Vec<u16> = layout.neighbours.iter().map(|spot| spot.row).collect();
        assert_eq!(rows, [1, 5, 8, 5, 1]);
        let right: Vec<bool> = layout.neighbours.iter().map(|&spot| layout.is_right(spot)).collect();
        assert_eq!(right, [true, true, true, false, false]);
        assert_eq!(GraphLayout::new(78, 10, 400).neighbours.len(), 10);
        assert_eq!(GraphLayout::new(78, 10, 0).neighbours, []);
    }

    #[test]
    fn one_walks_to_the_nearest_node_that_way() {
        let layout = GraphLayout::new(78, 10, 5);
        let n = GraphNode::Neighbour;
        let walk = |from, direction| layout.walk(from, direction);
        assert_eq!(walk(GraphNode::Centre, Direction::Right), Some(n(1)));
        assert_eq!(walk(GraphNode::Centre, Direction::Left), Some(n(3)));
        assert_eq!(walk(n(1), Direction::Up), Some(n(0)));
        assert_eq!(walk(n(1), Direction::Left), Some(GraphNode::Centre));
        assert_eq!(walk(n(1), Direction::Right), None);
        assert_eq!(walk(n(0), Direction::Up), None);
        assert_eq!(walk(n(4), Direction::Down), Some(n(3)));
    }

    proptest! {
        #[test]
        fn every_node_stands_inside_and_alone_and_can_be_walked_to(
            columns in 56_u16..300,
            rows in 4_u16..120,
            count in 0_usize..200,
        ) {
            let layout = GraphLayout::new(columns, rows, count);
            prop_assert_eq!(layout.neighbours.len(), count.min(GraphLayout::room(rows)));
            let mut taken = BTreeSet::new();
            for &spot in &layout.neighbours {
                let name = layout.name_width;
                prop_assert!(spot.row < rows && spot.column >= name && spot.column + name < columns, "{spot:?}");
                prop_assert!(taken.insert((layout.is_right(spot), spot.row)), "two names in one row: {spot:?}");
                prop_assert!(spot.column != layout.centre.column);
            }
            let mut reached = BTreeSet::from([GraphNode::Centre]);
            let mut at = vec![GraphNode::Centre];
            while let Some(node) = at.pop() {
                for direction in DIRECTIONS {
                    let Some(next) = layout.walk(node, direction) else { continue };
                    let (from, to) = (layout.spot(node), layout.spot(next));
                    let goes_there = match direction {
                        Direction::Left => to.column < from.column,
                        Direction::Right => to.column > from.column,
                        Direction::Up => to.row < from.row,
                        Direction::Down => to.row > from.row,
                    };
                    prop_assert!(goes_there, "{direction:?} from {from:?} to {to:?}");
                    if reached.insert(next) {
                        at.push(next);
                    }
                }
            }
            prop_assert_eq!(reached.len(), layout.neighbours.len() + 1);
        }
    }
}
