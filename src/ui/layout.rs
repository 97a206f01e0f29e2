//! Where things stand: three columns where there is room, else one column at a time.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::{Pane, PaneSizes, State};

/// From this width on the three columns stand side by side.
const WIDE: u16 = 120;
/// From this height on a narrow screen has two lines of hints.
const ROOMY: u16 = 20;
/// The smallest terminal that is drawn.
const SMALLEST: (u16, u16) = (60, 16);

/// The places of one frame. A pane that is not seen has an empty place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Regions {
    /// All of the terminal.
    pub all: Rect,
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
    /// The places in a terminal of this size.
    #[must_use]
    pub fn new(area: Rect, state: &State) -> Self {
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
        let frame = Self { all: area, header, breadcrumb, body, notice, hints, ..Self::default() };
        if wide && !state.sizes.zoomed { frame.columns(&state.sizes) } else { frame.one_column(state.focus) }
    }

    /// The columns side by side, without the panes that are hidden.
    fn columns(self, sizes: &PaneSizes) -> Self {
        let is_seen = |pane| !sizes.is_hidden(pane);
        let middle_is_seen = is_seen(Pane::Neighbours) || is_seen(Pane::Tags);
        let seen = [is_seen(Pane::Accounts), middle_is_seen, is_seen(Pane::Why)];
        let share =
            |place: usize| if seen[place] { Constraint::Fill(sizes.columns[place]) } else { Constraint::Length(0) };
        let [left, middle, right] = Layout::horizontal([share(0), share(1), share(2)]).areas(self.body);
        let (accounts, detail) = if seen[0] { list_and_detail(left) } else { Default::default() };
        let tag_rows = match (is_seen(Pane::Neighbours), is_seen(Pane::Tags)) {
            (_, false) => 0,
            (false, true) => middle.height,
            (true, true) => (self.body.height / 4).clamp(6, 14),
        };
        let [neighbours, tags] = Layout::vertical([Constraint::Fill(1), Constraint::Length(tag_rows)]).areas(middle);
        Self { accounts, detail, neighbours, tags, why: if seen[2] { right } else { Rect::default() }, ..self }
    }

    /// The place of a pane; of the accounts with the chosen one below.
    #[must_use]
    pub fn pane(&self, pane: Pane) -> Rect {
        match pane {
            Pane::Accounts => self.accounts.union(self.detail),
            Pane::Neighbours => self.neighbours,
            Pane::Why => self.why,
            Pane::Tags => self.tags,
        }
    }

    /// Whether columns stand side by side.
    #[must_use]
    pub fn side_by_side(&self) -> bool {
        [self.accounts, self.neighbours.union(self.tags), self.why].iter().filter(|place| !place.is_empty()).count() > 1
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

    fn regions(width: u16, height: u16, focus: Pane, sizes: PaneSizes) -> Regions {
        let mut state = State::new(String::new());
        (state.focus, state.sizes) = (focus, sizes);
        Regions::new(Rect::new(0, 0, width, height), &state)
    }

    #[test]
    fn every_pane_is_seen_when_it_has_the_focus() {
        for (width, height) in [(60, 16), (80, 24), (119, 30), (120, 16), (160, 48), (400, 100)] {
            for pane in Pane::ALL {
                for zoomed in [false, true] {
                    let mut sizes = PaneSizes::default();
                    sizes.zoomed = zoomed;
                    let place = regions(width, height, pane, sizes).pane(pane);
                    assert!(place.height >= 4 && place.width >= 30, "{pane:?} at {width}x{height}: {place:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_hidden_leaves_its_room_to_the_others() {
        let mut sizes = PaneSizes::default();
        sizes.hide(Pane::Why);
        let two = regions(160, 48, Pane::Accounts, sizes);
        assert!(two.why.is_empty() && two.side_by_side());
        assert_eq!(two.accounts.width + two.neighbours.width, 160);
        sizes.hide(Pane::Neighbours);
        let tags = regions(160, 48, Pane::Tags, sizes);
        assert!(tags.neighbours.is_empty() && tags.tags.height == tags.body.height);
        sizes.hide(Pane::Tags);
        let one = regions(160, 48, Pane::Accounts, sizes);
        assert!(!one.side_by_side() && one.accounts.width == 160);
        sizes.zoomed = true;
        assert_eq!(regions(160, 48, Pane::Why, sizes).why.width, 160);
    }
}
