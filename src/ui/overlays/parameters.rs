//! What links accounts: every setting with its value, every muted target, and what it came to.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use super::window;
use crate::app::{Cursor, Hit, List, SettingRow, State};
use crate::model::{LinkParameters, Setting};
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::hit::listed;
use crate::ui::widgets::cells::{cell, short};
use crate::ui::widgets::pane_frame;

/// Columns of names and of values.
const NAME: usize = 16;
const VALUE: usize = 18;
const WIDTH: u16 = 84;
/// A line between, and the line that says what it came to.
const AROUND: usize = 2;

pub(in crate::ui) fn row_at(area: Rect, at: Position, chosen: usize, state: &State) -> Option<Hit> {
    let count = state.setting_rows().len();
    let mut rows = pane_frame::rows(window(area, WIDTH, count + AROUND), 0);
    rows.height = rows.height.saturating_sub(2);
    listed(rows, at, top(chosen, rows.height), count).map(|row| Hit::Row(List::Settings, row))
}

/// The chosen row is the last one that is seen where not all are.
fn top(chosen: usize, height: u16) -> Cursor {
    Cursor { row: chosen, top: (chosen + 1).saturating_sub(usize::from(height)) }
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, chosen: usize, state: &State, screen: &Screen<'_>) {
    let rows = state.setting_rows();
    let place = window(area, WIDTH, rows.len() + AROUND);
    frame.render_widget(Clear, place);
    let inside = pane_frame::draw(frame, place, "Parameters".to_owned(), true, screen.theme);
    let height = usize::from(inside.height.saturating_sub(2));
    let first = top(chosen, inside.height.saturating_sub(2)).top;
    let width = usize::from(inside.width);
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(first).take(height) {
        let sign = if at == chosen { "▸" } else { " " };
        let line = line(state, row, sign, width, screen);
        lines.push(if at == chosen { line.style(screen.theme.cursor(true)) } else { line });
    }
    lines.resize(height, Line::default());
    lines.push(Line::styled("─".repeat(width), screen.theme.muted()));
    lines.push(Line::raw(short(&format!(" {}", outcome(state)), width)));
    frame.render_widget(Text::from(lines), inside);
}

fn line(state: &State, row: &SettingRow, sign: &str, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let rest = width.saturating_sub(NAME + VALUE + 3);
    let (name, value, about) = match row {
        SettingRow::Setting(setting) => {
            (setting.name(), setting.value(state.wanted_parameters()), about(state, *setting))
        }
        SettingRow::Muted(key) => ("muted", key.clone(), text_of(state, key)),
    };
    Line::from(vec![
        Span::raw(format!("{sign} ")),
        Span::styled(cell(name, NAME), screen.theme.heading()),
        Span::raw(cell(&value, VALUE)),
        Span::raw(" "),
        Span::styled(short(&about, rest), screen.theme.muted()),
    ])
}

fn about(state: &State, setting: Setting) -> String {
    let default = setting.value(&LinkParameters::default());
    if setting.value(state.wanted_parameters()) == default {
        setting.meaning().to_owned()
    } else {
        format!("{} (default {default})", setting.meaning())
    }
}

/// What a muted target says, where it was read.
fn text_of(state: &State, key: &str) -> String {
    let object = state.objects.values().find(|object| object.key == key);
    object.and_then(|object| object.text.clone()).unwrap_or_default()
}

fn outcome(state: &State) -> String {
    let Some(links) = &state.links else { return "no links yet".to_owned() };
    let left_out = links.graph.left_out();
    let count =
        |count: usize, noun: &str| format!("{} {noun}{}", thousands(count as u64), if count == 1 { "" } else { "s" });
    let left = [
        (left_out.accounts_below_min_retweets, "account", " with too few targets"),
        (left_out.targets_below_min_accounts, "target", " of too few accounts"),
        (left_out.muted_targets, "target", " muted"),
        (left_out.crowded_avatars, "picture", " of more accounts than can be linked each with each"),
    ];
    let left = left.into_iter().filter(|&(n, ..)| n > 0).map(|(n, noun, why)| count(n, noun) + why);
    [count(links.graph.link_count(), "link")].into_iter().chain(left).collect::<Vec<_>>().join(" · ")
}
