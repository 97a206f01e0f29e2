//! The files that were imported, the latest first, and what taking one back would do.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Action, Hit, ImportsView, List, Place, Rows, State};
use crate::model::Import;
use crate::text::{bytes, count_of, date_time, thousands};
use crate::ui::hit::listed;
use crate::ui::overlays::window;
use crate::ui::widgets::cells::{cell, right, short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

const WIDTH: u16 = 110;
/// Columns of the format, the records, the lines that could not be read, the size and the time.
const COLUMNS: [usize; 5] = [14, 11, 9, 10, 21];
/// Lines that say what the keys would do.
const FOOT: usize = 3;
/// The heading, a line between, and the foot.
const AROUND: usize = 2 + FOOT;
/// What is shown of an empty list.
const FEWEST: usize = 3;

fn place(area: Rect, view: &ImportsView) -> Rect {
    let rows = view.rows.as_ref().map_or(0, Vec::len);
    window(area, WIDTH, rows.max(FEWEST) + AROUND)
}

fn height(area: Rect, view: &ImportsView) -> usize {
    usize::from(place(area, view).height).saturating_sub(2 + AROUND)
}

/// How many files are seen.
pub(in crate::ui) fn measure(regions: &Regions, state: &State, _: &Screen<'_>) -> Rows {
    Rows(height(regions.all, &state.places.imports))
}

/// The file that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let view = &state.places.imports;
    let height = u16::try_from(height(regions.all, view)).ok()?;
    let rows = Rect { height, ..pane_frame::rows(place(regions.all, view), 1) };
    let row = listed(rows, at, view.cursor, view.rows.as_ref()?.len());
    row.map(|row| Hit::Row(List::Of(Place::Imports, 0), row))
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let view = &state.places.imports;
    let place = place(regions.all, view);
    frame.render_widget(Clear, place);
    let count = view.rows.as_ref().map_or(0, Vec::len);
    let title = format!("Imported files ─ {}", thousands(count as u64));
    let inside = pane_frame::draw(frame, place, title, true, screen.theme);
    let width = usize::from(inside.width);
    let height = height(regions.all, view);
    let mut lines = vec![heading(width, screen)];
    for at in view.cursor.window(count, height) {
        let Some(import) = view.rows.as_ref().and_then(|rows| rows.get(at)) else { continue };
        let chosen = at == view.cursor.row;
        let line = row(import, chosen, width);
        lines.push(if chosen { line.style(screen.theme.cursor(true)) } else { line });
    }
    if count == 0 {
        let import = screen.key(Action::ImportsAdd);
        let words = if view.rows.is_none() {
            "reading …".to_owned()
        } else {
            format!("Nothing was imported yet. {import} imports a file.")
        };
        lines.push(Line::raw(format!("  {words}")));
    }
    lines.resize(height + 1, Line::default());
    lines.push(Line::styled("─".repeat(width), screen.theme.muted()));
    lines.extend(foot(view, width, screen));
    frame.render_widget(Text::from(lines), inside);
}

/// The columns for which there is room, each with whether it is seen: the path is never narrower than thirty.
fn seen(width: usize) -> [bool; 5] {
    // Records and what could not be read stay longest.
    let mut seen = [false; 5];
    let mut left = width.saturating_sub(2 + 30);
    for column in [1, 2, 0, 4, 3] {
        if COLUMNS[column] <= left {
            seen[column] = true;
            left -= COLUMNS[column];
        }
    }
    seen
}

fn columns(texts: [&str; 5], path: &str, width: usize) -> String {
    let seen = seen(width);
    let used: usize = COLUMNS.iter().zip(seen).filter(|(_, seen)| *seen).map(|(width, _)| width).sum();
    let room = width.saturating_sub(2 + used);
    let mut line = cell(&end_of(path, room), room);
    for ((text, width), _) in texts.iter().zip(COLUMNS).zip(seen).filter(|(_, seen)| *seen) {
        line += &right(text, width);
    }
    line
}

fn heading(width: usize, screen: &Screen<'_>) -> Line<'static> {
    let texts = ["format", "records", "skipped", "size", "imported (UTC)"];
    Line::styled(format!("  {}", columns(texts, "file", width)), screen.theme.muted())
}

fn row(import: &Import, chosen: bool, width: usize) -> Line<'static> {
    let file = &import.file;
    let count = |count: u64| if import.finished { thousands(count) } else { "–".to_owned() };
    let texts =
        [&file.format, &count(file.records), &count(file.skipped), &bytes(file.bytes), &date_time(file.imported_at)];
    let line = columns(texts.map(String::as_str), &file.path, width);
    Line::raw(format!("{} {line}", if chosen { "▸" } else { " " }))
}

/// The end of a long path: that is where files differ.
fn end_of(path: &str, columns: usize) -> String {
    let letters = path.chars().count();
    if letters <= columns {
        path.to_owned()
    } else {
        format!("…{}", path.chars().skip(letters - columns + 1).collect::<String>())
    }
}

/// What the keys would do with the chosen file.
fn foot(view: &ImportsView, width: usize, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let Some(chosen) = view.chosen() else { return Vec::new() };
    let key = screen.key(Action::TakeBack);
    let lines = |text: &str| wrapped(text, width.saturating_sub(2), FOOT).into_iter();
    if view.armed == Some(chosen.id) {
        let text = format!(
            "Press {key} again to take it back: {} and what is told nowhere else go from the cache. Tags and notes \
             stay, with their accounts. Importing the file again brings it back.",
            count_of(chosen.file.records, "record")
        );
        return lines(&text).map(|line| Line::styled(format!(" {line}"), screen.theme.warning())).collect();
    }
    let mut about = vec![Line::raw(format!(" {}", short(&chosen.file.path, width.saturating_sub(2))))];
    let more = if chosen.finished {
        format!("SHA-256 {}", short(&chosen.file.sha256, 64))
    } else {
        "Not read to its end: import it again to complete it, or take it back.".to_owned()
    };
    about.extend(lines(&more).map(|line| Line::from(Span::styled(format!(" {line}"), screen.theme.muted()))));
    about
}
