//! When the members of the chosen cluster acted: a row for each, a column for each part of the time, a letter and a colour
//! for each of the first targets.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use rustc_hash::FxHashMap;

use super::shared::{sign, words};
use crate::analysis::ClusterSet;
use crate::app::{Raster, RasterCell, State};
use crate::model::Timestamp;
use crate::signals::ClusterPortrait;
use crate::text::{count_of, date_time, gap, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, short};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};

/// Columns of names, with the signs before them.
const NAMES: u16 = 20;
/// Lines above the rows: the time, and its marks.
const TIMES: u16 = 2;
/// The most targets that the legend names.
const LEGEND: usize = 6;

/// Columns of time.
pub(super) fn columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2 + NAMES))
}

fn legend_height(area: Rect, state: &State) -> u16 {
    let targets = state.places.clusters.chosen().map_or(0, |portrait| portrait.cluster.targets.len()).min(LEGEND);
    let room = area.height / 3;
    (u16::try_from(targets).unwrap_or(0) + 2).min(room)
}

/// Rows of members.
pub(super) fn rows(area: Rect, state: &State) -> usize {
    usize::from(area.height.saturating_sub(2 + TIMES + legend_height(area, state)))
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let Some(raster) = &state.places.clusters.raster else { return };
    let Some((set, portrait)) = state.places.clusters.set.made.as_ref().zip(state.places.clusters.chosen()) else {
        return;
    };
    let count = thousands(portrait.cluster.members.len() as u64);
    let title = format!("2 When cluster {} acted ─ {count} accounts", state.places.clusters.cursor.row + 1);
    let inside = pane_frame::draw(frame, area, title, true, screen.theme);
    let legend = legend_height(area, state);
    let [times, body, below] =
        Layout::vertical([Constraint::Length(TIMES), Constraint::Fill(1), Constraint::Length(legend)]).areas(inside);
    let grid = Grid { state, set, portrait, raster, columns: columns(area), screen };
    frame.render_widget(Text::from(grid.times()), times);
    frame.render_widget(Text::from(grid.rows(usize::from(body.height))), body);
    frame.render_widget(Text::from(grid.legend(below)), below);
}

struct Grid<'a> {
    state: &'a State,
    set: &'a ClusterSet,
    portrait: &'a ClusterPortrait,
    raster: &'a Raster,
    columns: usize,
    screen: &'a Screen<'a>,
}

impl Grid<'_> {
    /// First and last moment that are seen, and the cursor between them.
    fn times(&self) -> Vec<Line<'static>> {
        let (from, to) = self.raster.window;
        let (left, right) = (date_time(Timestamp(from)), date_time(Timestamp(to)));
        let bin = u64::try_from((to - from) / i64::try_from(self.columns.max(1)).unwrap_or(1)).unwrap_or(0);
        let here = format!("▼ {} · a column is {}", date_time(Timestamp(self.raster.at)), gap(bin));
        let used = left.chars().count() + right.chars().count();
        let line = format!(
            "{}{left}{}{right}",
            cell(" time (UTC)", usize::from(NAMES)),
            " ".repeat(self.columns.saturating_sub(used).max(1))
        );
        let at = self.raster.column(self.raster.at, self.columns).unwrap_or_default();
        let place = at.min(self.columns.saturating_sub(here.chars().count()));
        // Near the right end the words stand before their sign.
        let here = if place < at { here.replacen("▼ ", "", 1) } else { here };
        let pointer = format!("{}{}{here}", " ".repeat(usize::from(NAMES)), " ".repeat(place));
        vec![Line::styled(line, self.screen.theme.muted()), Line::styled(pointer, self.screen.theme.key())]
    }

    fn rows(&self, height: usize) -> Vec<Line<'static>> {
        let members = &self.portrait.cluster.members;
        let first: FxHashMap<u32, u8> =
            (0..).zip(&self.portrait.cluster.targets).map(|(place, t)| (t.target, place)).collect();
        let cursor = self.state.places.clusters.member;
        let row = |index: usize| {
            let id = members[index];
            let chosen = index == cursor.row;
            let mut line = Line::from_iter(signs(self.state, id, RowState { chosen, in_range: false }, self.screen));
            let name = Span::raw(cell(&self.state.name_of(id), usize::from(NAMES) - 4));
            line.push_span(if chosen { name.style(self.screen.theme.cursor(true)) } else { name });
            let cells = self.raster.row(&self.set.links.incidence, id, &first, self.columns);
            cells.iter().enumerate().for_each(|(column, &found)| line.push_span(self.cell(column, found)));
            line
        };
        cursor.window(members.len(), height).map(row).collect()
    }

    fn cell(&self, column: usize, found: RasterCell) -> Span<'static> {
        let theme = self.screen.theme;
        let (letter, style) = match found {
            RasterCell::Empty => (' ', Style::new()),
            RasterCell::Other => ('·', theme.muted()),
            RasterCell::Target(place) => sign(usize::from(place), self.screen),
            RasterCell::Several => ('+', theme.heading()),
        };
        let at = self.raster.column(self.raster.at, self.columns);
        let brush = self.raster.brush.map(|brush| {
            let edge = if brush < self.raster.window.0 { 0 } else { self.columns };
            self.raster.column(brush, self.columns).unwrap_or(edge)
        });
        let is_brushed = at.zip(brush).is_some_and(|(at, brush)| (at.min(brush)..=at.max(brush)).contains(&column));
        let blank = letter == ' ';
        match (is_brushed, at == Some(column)) {
            (true, _) => Span::styled(letter.to_string(), style.add_modifier(Modifier::REVERSED)),
            (false, true) if blank => Span::styled("│", theme.muted()),
            (false, true) => Span::styled(letter.to_string(), style.add_modifier(Modifier::REVERSED)),
            (false, false) => Span::styled(letter.to_string(), style),
        }
    }

    fn legend(&self, area: Rect) -> Vec<Line<'static>> {
        let width = usize::from(area.width);
        let mut lines = vec![Line::styled("─".repeat(width), self.screen.theme.muted())];
        let named = usize::from(area.height).saturating_sub(2);
        lines.extend(self.portrait.cluster.targets.iter().take(named).enumerate().map(|(place, target)| {
            let (letter, style) = sign(place, self.screen);
            let shared = format!("{}  ", count_of(target.members as u64, "member"));
            let text = short(&words(self.state, self.set, target), width.saturating_sub(shared.len() + 4));
            Line::from(vec![Span::styled(format!(" {letter} "), style), Span::raw(shared), Span::raw(text)])
        }));
        let rest = " + several of these    · only other targets    letters go on to the tenth target";
        lines.push(Line::styled(short(rest, width), self.screen.theme.muted()));
        lines
    }
}
