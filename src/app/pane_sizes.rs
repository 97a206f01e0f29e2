//! How much room the panes have: resized, zoomed, hidden.

use serde::{Deserialize, Serialize};

use super::Pane;

const WHOLE: u32 = 100;

/// The smallest share that a column keeps, in hundredths of the width.
const SMALLEST: u16 = 18;
/// What a key gives or takes, in hundredths of the width.
const STEP: i16 = 4;

/// The line between two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    /// Between accounts and neighbours.
    First,
    /// Between neighbours and evidence.
    Second,
}

/// How much room the panes have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneSizes {
    /// Shares of the three columns, in hundredths of the width.
    pub columns: [u16; 3],
    /// Whether the focused pane has all of the room.
    pub zoomed: bool,
    hidden: [bool; 4],
    /// The divider that the mouse holds.
    pub held: Option<Divider>,
}

impl Default for PaneSizes {
    fn default() -> Self {
        Self { columns: [28, 33, 39], zoomed: false, hidden: [false; 4], held: None }
    }
}

/// What outlives a session: widths, and what is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSizes {
    columns: [u16; 3],
    hidden: Vec<Pane>,
}

impl PaneSizes {
    /// What is kept of them.
    #[must_use]
    pub fn kept(&self) -> KeptSizes {
        let hidden = Pane::ALL.into_iter().filter(|&pane| self.is_hidden(pane)).collect();
        KeptSizes { columns: self.columns, hidden }
    }

    /// The sizes that were kept; the usual ones in place of what cannot be.
    #[must_use]
    pub fn from_kept(kept: &KeptSizes) -> Self {
        let mut sizes = Self::default();
        let columns = kept.columns.map(u32::from);
        if columns.iter().all(|&share| share >= u32::from(SMALLEST)) && columns.iter().sum::<u32>() == WHOLE {
            sizes.columns = kept.columns;
        }
        for &pane in &kept.hidden {
            sizes.hide(pane);
        }
        sizes
    }

    /// Whether a pane is hidden.
    #[must_use]
    pub fn is_hidden(&self, pane: Pane) -> bool {
        self.hidden[place(pane)]
    }

    /// Hides a pane, unless it is the only one; the pane to go to.
    pub fn hide(&mut self, pane: Pane) -> Option<Pane> {
        let left: Vec<Pane> = Pane::ALL.into_iter().filter(|&one| one != pane && !self.is_hidden(one)).collect();
        let next = left.iter().find(|&&one| place(one) > place(pane)).or_else(|| left.last()).copied()?;
        self.hidden[place(pane)] = true;
        Some(next)
    }

    /// Shows a pane.
    pub fn show(&mut self, pane: Pane) {
        self.hidden[place(pane)] = false;
    }

    /// Gives a pane's column more room, or takes some.
    pub fn widen(&mut self, pane: Pane, wider: bool) {
        let column = column(pane);
        let by = if wider { STEP } else { -STEP };
        // The last column gives to and takes from the one before, the others from the one behind.
        let other = if column == 2 { 1 } else { column + 1 };
        self.shift(column, other, by);
    }

    /// Puts a divider at so many hundredths of the width.
    pub fn put(&mut self, divider: Divider, at: u16) {
        let (left, before) = match divider {
            Divider::First => (0, 0),
            Divider::Second => (1, self.columns[0]),
        };
        let by = at.saturating_sub(before).cast_signed() - self.columns[left].cast_signed();
        self.shift(left, left + 1, by);
    }

    fn shift(&mut self, to: usize, from: usize, by: i16) {
        let (to_share, from_share) = (self.columns[to].cast_signed(), self.columns[from].cast_signed());
        let least = SMALLEST.cast_signed();
        let by = by.clamp((least - to_share).min(0), (from_share - least).max(0));
        self.columns[to] = (to_share + by).cast_unsigned();
        self.columns[from] = (from_share - by).cast_unsigned();
    }
}

fn place(pane: Pane) -> usize {
    Pane::ALL.iter().position(|&one| one == pane).unwrap_or_default()
}

/// The tags stand below the neighbours.
fn column(pane: Pane) -> usize {
    match pane {
        Pane::Accounts => 0,
        Pane::Neighbours | Pane::Tags => 1,
        Pane::Why => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_width_and_keep_a_part_of_it() {
        let mut sizes = PaneSizes::default();
        for _ in 0..50 {
            sizes.widen(Pane::Why, true);
        }
        assert_eq!(sizes.columns, [28, 18, 54]);
        for _ in 0..50 {
            sizes.widen(Pane::Accounts, false);
        }
        assert_eq!(sizes.columns, [18, 28, 54]);
        sizes.put(Divider::Second, 60);
        assert_eq!(sizes.columns, [18, 42, 40]);
        for at in [0, 100, u16::MAX / 2] {
            sizes.put(Divider::First, at);
            assert_eq!(sizes.columns.iter().sum::<u16>(), 100);
            assert!(sizes.columns.iter().all(|&share| share >= SMALLEST));
        }
    }

    #[test]
    fn what_is_kept_comes_back_unless_it_cannot_be() {
        let mut sizes = PaneSizes::default();
        sizes.widen(Pane::Accounts, true);
        sizes.hide(Pane::Tags);
        let text = serde_json::to_string(&sizes.kept()).unwrap();
        assert_eq!(text, r#"{"columns":[32,29,39],"hidden":["tags"]}"#);
        assert_eq!(PaneSizes::from_kept(&serde_json::from_str(&text).unwrap()), sizes);
        for columns in ["[0,61,39]", "[65535,65535,65535]", "[33,33,33]"] {
            let text = format!(r#"{{"columns":{columns},"hidden":["accounts","why","neighbours","tags"]}}"#);
            let sizes = PaneSizes::from_kept(&serde_json::from_str(&text).unwrap());
            assert_eq!(sizes.columns, PaneSizes::default().columns);
            assert!(!sizes.is_hidden(Pane::Tags), "one pane stays");
        }
    }

    #[test]
    fn one_pane_stays() {
        let mut sizes = PaneSizes::default();
        assert_eq!(sizes.hide(Pane::Neighbours), Some(Pane::Why));
        assert_eq!(sizes.hide(Pane::Tags), Some(Pane::Why));
        assert_eq!(sizes.hide(Pane::Why), Some(Pane::Accounts));
        assert_eq!(sizes.hide(Pane::Accounts), None);
        assert!(!sizes.is_hidden(Pane::Accounts));
        sizes.show(Pane::Why);
        assert!(!sizes.is_hidden(Pane::Why));
    }
}
