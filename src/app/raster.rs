//! When the members of a cluster acted: accounts by time, with a cursor, a window to zoom and pan, and a brush.

use rustc_hash::FxHashMap;

use crate::graph::Incidence;
use crate::model::{AccountId, Timestamp};

/// The shortest window, in milliseconds.
const SHORTEST: i64 = 10_000;

/// What of time is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raster {
    /// All there is, first and last moment, in milliseconds since 1970.
    all: (i64, i64),
    /// What is seen, the end included.
    pub window: (i64, i64),
    /// The moment that keys speak of.
    pub at: i64,
    /// Where the brush was put down.
    pub brush: Option<i64>,
}

/// What stands in a cell of the raster.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RasterCell {
    /// Nothing was shared.
    #[default]
    Empty,
    /// Only targets that are not among the first.
    Other,
    /// One of the first targets, by its place among them.
    Target(u8),
    /// Several of the first targets.
    Several,
}

impl RasterCell {
    fn with(self, place: Option<u8>) -> Self {
        match (self, place) {
            (Self::Empty | Self::Other, Some(place)) => Self::Target(place),
            (Self::Target(before), Some(place)) if before != place => Self::Several,
            (Self::Empty, None) => Self::Other,
            (same, _) => same,
        }
    }
}

impl Raster {
    /// All of a span of time.
    #[must_use]
    pub fn over((first, last): (Timestamp, Timestamp)) -> Self {
        let all = (first.0, last.0.max(first.0.saturating_add(SHORTEST)));
        Self { all, window: all, at: first.0, brush: None }
    }

    fn length(&self) -> i64 {
        self.window.1 - self.window.0
    }

    /// In which of `columns` a moment is seen.
    #[must_use]
    pub fn column(&self, at: i64, columns: usize) -> Option<usize> {
        let (from, to) = self.window;
        if at < from || at > to || columns == 0 {
            return None;
        }
        let place = i128::from(at - from) * i128::try_from(columns).ok()? / i128::from(self.length() + 1);
        usize::try_from(place).ok()
    }

    /// Moves by so many of `columns`; the window follows.
    pub fn step(&mut self, by: isize, columns: usize) {
        let columns = i64::try_from(columns.max(1)).unwrap_or(1);
        let bin = (self.length() / columns).max(1);
        let by = i64::try_from(by).unwrap_or(0).saturating_mul(bin);
        self.at = self.at.saturating_add(by).clamp(self.all.0, self.all.1);
        let shift = (self.at - self.window.1).max(0) + (self.at - self.window.0).min(0);
        self.window = (self.window.0 + shift, self.window.1 + shift);
    }

    /// Shows half as much of time, or twice as much, around the cursor.
    pub fn zoom(&mut self, closer: bool) {
        let whole = self.all.1 - self.all.0;
        let length = if closer { self.length() / 2 } else { self.length().saturating_mul(2) };
        let length = length.clamp(SHORTEST.min(whole), whole);
        let from = (self.at - length / 2).clamp(self.all.0, self.all.1 - length);
        self.window = (from, from + length);
    }

    /// The time between brush and cursor, the earlier end first; both columns belong to it.
    #[must_use]
    pub fn brushed(&self, columns: usize) -> Option<(i64, i64)> {
        let brush = self.brush?;
        let bin = self.length() / i64::try_from(columns.max(1)).unwrap_or(1);
        Some((brush.min(self.at), brush.max(self.at).saturating_add(bin)))
    }

    /// What an account shared in each of `columns`; `first` are the places of the targets that are told apart.
    #[must_use]
    pub fn row(
        &self,
        incidence: &Incidence,
        account: AccountId,
        first: &FxHashMap<u32, u8>,
        columns: usize,
    ) -> Vec<RasterCell> {
        let mut cells = vec![RasterCell::Empty; columns];
        incidence.for_each_share(account, |target, at| {
            if let Some(column) = at.and_then(|at| self.column(at.0, columns)) {
                cells[column] = cells[column].with(first.get(&target).copied());
            }
        });
        cells
    }
}

/// Those of `accounts` that shared something between two moments, both included.
#[must_use]
pub fn active_between(incidence: &Incidence, accounts: &[AccountId], (from, to): (i64, i64)) -> Vec<AccountId> {
    let is_active = |account: &AccountId| {
        let mut active = false;
        incidence.for_each_share(*account, |_, at| active |= at.is_some_and(|at| (from..=to).contains(&at.0)));
        active
    };
    accounts.iter().copied().filter(is_active).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::IncidenceBuilder;
    use crate::model::{ObjectId, ShareRow};

    fn incidence() -> Incidence {
        let mut builder = IncidenceBuilder::default();
        for (object, account, at) in [(1, 1, 0), (1, 2, 40_000), (2, 1, 99_999), (3, 1, 99_000), (4, 2, 100_000)] {
            let at = Some(Timestamp(at));
            builder.push(ShareRow { object: ObjectId(object), account: AccountId(account), at, own: false });
        }
        builder.finish()
    }

    fn raster() -> Raster {
        Raster::over((Timestamp(0), Timestamp(99_999)))
    }

    #[test]
    fn every_share_falls_into_its_column() {
        let first = [(0, 0), (1, 1), (2, 2)].into_iter().collect();
        let row = |account| raster().row(&incidence(), AccountId(account), &first, 10);
        let mut expected = vec![RasterCell::Empty; 10];
        (expected[0], expected[9]) = (RasterCell::Target(0), RasterCell::Several);
        assert_eq!(row(1), expected);
        let mut expected = vec![RasterCell::Empty; 10];
        expected[4] = RasterCell::Target(0);
        assert_eq!(row(2), expected, "the last share lies behind the window");
        let others = raster().row(&incidence(), AccountId(1), &FxHashMap::default(), 10);
        assert_eq!(others[0], RasterCell::Other);
    }

    #[test]
    fn one_walks_and_looks_closer_without_leaving_what_there_is() {
        let mut raster = raster();
        raster.zoom(false);
        assert_eq!(raster.window, (0, 99_999));
        raster.step(4, 10);
        raster.zoom(true);
        assert_eq!((raster.at, raster.window), (39_996, (14_997, 64_996)));
        raster.step(100, 10);
        assert_eq!((raster.at, raster.window), (99_999, (50_000, 99_999)), "the window follows");
        raster.step(isize::MIN, 10);
        assert_eq!((raster.at, raster.window.0), (0, 0));
        (0..40).for_each(|_| raster.zoom(true));
        assert_eq!(raster.window.1 - raster.window.0, 10_000);
        (0..40).for_each(|_| raster.zoom(false));
        assert_eq!(raster.window, (0, 99_999));
    }

    #[test]
    fn the_brush_takes_who_acted_between() {
        let mut raster = raster();
        assert_eq!(raster.brushed(10), None);
        raster.brush = Some(40_000);
        raster.at = 20_000;
        let range = raster.brushed(10).unwrap();
        assert_eq!(range, (20_000, 49_999));
        assert_eq!(active_between(&incidence(), &[AccountId(1), AccountId(2)], range), [AccountId(2)]);
    }
}
