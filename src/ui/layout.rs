//! Where things stand: three columns where there is room, else one column at a time.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::Pane;

/// From this width on the three columns stand side by side.
const WIDE: u16 = 120;
/// From this height on a narrow screen has two lines of hints.
const ROOMY: u16 = 20;
/// The smallest terminal that is drawn.
const SMALLEST: (u16, u16) = (60, 16);

/// The places of one frame. A pane that is not seen has an empty place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Regions {
    /// The line at the top.
    pub header: Rect,
    /// The way through the panes, where only one of them is seen.
    pub breadcrumb: Rect,
    /// Everything between header and notice.
    pub body: Rect,
    /// The list of accounts.
    pub accounts: Rect,
    /// The chosen account.
    pub detail: Rect,
    /// Its neighbours.
    pub neighbours: Rect,
    /// The tag log.
    pub tags: Rect,
    /// The evidence of the chosen pair.
    pub why: Rect,
    /// What the last action did, or the line that is typed.
    pub notice: Rect,
    /// What the keys do here.
    pub hints: Rect,
    /// Whether the terminal is too small to draw anything.
    pub too_small: bool,
}

impl Regions {
    /// The places in a terminal of this size, with the focus on this pane.
    #[must_use]
    pub fn of(area: Rect, focus: Pane) -> Self {
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            return Self { too_small: true, ..Self::default() };
        }
        let wide = area.width >= WIDE;
        // A narrow screen breaks the hints, so that it teaches the same keys as a wide one.
        let hint_rows = if wide || area.height < ROOMY { 1 } else { 2 };
        let [header, breadcrumb, body, notice, hints] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(u16::from(!wide)),
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(hint_rows),
        ])
        .areas(area);
        let frame = Self { header, breadcrumb, body, notice, hints, ..Self::default() };
        if wide { frame.three_columns() } else { frame.one_column(focus) }
    }

    fn three_columns(self) -> Self {
        let thirds = [Constraint::Fill(28), Constraint::Fill(33), Constraint::Fill(39)];
        let [left, middle, why] = Layout::horizontal(thirds).areas(self.body);
        let (accounts, detail) = list_and_detail(left);
        let tag_rows = (self.body.height / 4).clamp(6, 14);
        let [neighbours, tags] = Layout::vertical([Constraint::Fill(1), Constraint::Length(tag_rows)]).areas(middle);
        Self { accounts, detail, neighbours, tags, why, ..self }
    }

    fn one_column(self, focus: Pane) -> Self {
        match focus {
            Pane::Accounts => {
                let (accounts, detail) = list_and_detail(self.body);
                Self { accounts, detail, ..self }
            }
            Pane::Neighbours => Self { neighbours: self.body, ..self },
            Pane::Why => Self { why: self.body, ..self },
            Pane::Tags => Self { tags: self.body, ..self },
        }
    }
}

fn list_and_detail(column: Rect) -> (Rect, Rect) {
    let detail_rows = (column.height * 2 / 5).clamp(8, 18);
    let [list, detail] = Layout::vertical([Constraint::Fill(1), Constraint::Length(detail_rows)]).areas(column);
    (list, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pane_is_seen_when_it_has_the_focus() {
        for (width, height) in [(60, 16), (80, 24), (119, 30), (120, 16), (160, 48), (400, 100)] {
            for pane in Pane::ALL {
                let regions = Regions::of(Rect::new(0, 0, width, height), pane);
                let place = match pane {
                    Pane::Accounts => regions.accounts,
                    Pane::Neighbours => regions.neighbours,
                    Pane::Why => regions.why,
                    Pane::Tags => regions.tags,
                };
                assert!(place.height >= 4 && place.width >= 30, "{pane:?} at {width}x{height}: {place:?}");
            }
        }
    }
}
