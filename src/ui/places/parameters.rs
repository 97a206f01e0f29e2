//! What links accounts: every setting with its value, every muted target, and what it came to.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Cursor, Hit, Job, List, Place, SettingRow, State};
use crate::model::Setting;
use crate::signals::why_nothing;
use crate::text::thousands;
use crate::ui::hit::listed;
use crate::ui::overlays::window;
use crate::ui::widgets::cells::{cell, short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

/// Columns of names and of values.
const NAME: usize = 16;
const VALUE: usize = 20;
const WIDTH: u16 = 120;
/// Lines of what the chosen setting means and of what all came to.
const WORDS: usize = 2;
/// How many of what is left out the minimum filters leave out.
const FILTERS: usize = 2;
/// So high a terminal has room for both in full.
const HIGH: u16 = 24;

/// What is seen follows the chosen row alone.
pub(in crate::ui) fn measure(_: &Regions, _: &State, _: &Screen<'_>) {}

pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let area = regions.all;
    let count = state.setting_rows().len();
    let around = around(area);
    let mut rows = pane_frame::rows(window(area, WIDTH, count + around), 0);
    rows.height = rows.height.saturating_sub(u16::try_from(around).unwrap_or(0));
    listed(rows, at, top(state.places.parameters.row, rows.height), count)
        .map(|row| Hit::Row(List::Of(Place::Parameters, 0), row))
}

/// Lines below the rows: one between, and what is told.
fn around(area: Rect) -> usize {
    if area.height >= HIGH { 1 + 2 * WORDS } else { 2 }
}

/// The chosen row is the last one that is seen where not all are.
fn top(chosen: usize, height: u16) -> Cursor {
    Cursor { row: chosen, top: (chosen + 1).saturating_sub(usize::from(height)) }
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let area = regions.all;
    let (rows, around) = (state.setting_rows(), around(area));
    let place = window(area, WIDTH, rows.len() + around);
    frame.render_widget(Clear, place);
    let height = usize::from(place.height).saturating_sub(2 + around);
    let first = top(state.places.parameters.row, u16::try_from(height).unwrap_or(u16::MAX)).top;
    let below = rows.len().saturating_sub(first + height);
    let more = if below > 0 { format!(" ─ {below} more below") } else { String::new() };
    let inside = pane_frame::draw(frame, place, format!("Parameters, kept with the cache{more}"), true, screen.theme);
    let width = usize::from(inside.width);
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate().skip(first).take(height) {
        let sign = if at == state.places.parameters.row { "▸" } else { " " };
        let line = line(state, row, sign, width, screen);
        lines.push(if at == state.places.parameters.row { line.style(screen.theme.cursor(true)) } else { line });
    }
    lines.resize(height, Line::default());
    lines.push(Line::styled("─".repeat(width), screen.theme.muted()));
    let in_lines = |text: &str, lines| wrapped(text, width.saturating_sub(1), lines).into_iter();
    let mut below = Vec::new();
    if around > 2 {
        below.extend(in_lines(
            &rows.get(state.places.parameters.row).map_or_else(String::new, |row| about_row(state, row)),
            WORDS,
        ));
        below.resize(WORDS, String::new());
    }
    below.extend(in_lines(&outcome(state), if around > 2 { WORDS } else { 1 }));
    lines.extend(below.into_iter().map(|text| Line::raw(format!(" {text}"))));
    frame.render_widget(Text::from(lines), inside);
}

fn line(state: &State, row: &SettingRow, sign: &str, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let rest = width.saturating_sub(NAME + VALUE + 3);
    let (name, value) = match row {
        SettingRow::Setting(setting) => (setting.name(), setting.value(state.wanted_parameters())),
        SettingRow::Muted(key) => ("muted", key.clone()),
    };
    let decides = !matches!(row, SettingRow::Setting(one) if one.unused_by(state.wanted_parameters().keep).is_some());
    let style = if decides { screen.theme.heading() } else { screen.theme.muted() };
    Line::from(vec![
        Span::raw(format!("{sign} ")),
        Span::styled(cell(name, NAME), style),
        Span::raw(cell(&value, VALUE)),
        Span::raw(" "),
        Span::styled(short(&about_row(state, row), rest), screen.theme.muted()),
    ])
}

fn about_row(state: &State, row: &SettingRow) -> String {
    match row {
        SettingRow::Setting(setting) => about(state, *setting),
        SettingRow::Muted(key) => text_of(state, key),
    }
}

fn about(state: &State, setting: Setting) -> String {
    let (wanted, default) = (state.wanted_parameters(), setting.value(&state.defaults));
    let meaning = match setting.unused_by(wanted.keep) {
        Some(why) => format!("unused by {}: {why}", wanted.keep),
        None => match wanted.keep.limits().filter(|_| setting == Setting::Keep) {
            Some(limits) => limits.to_owned(),
            None => setting.meaning().to_owned(),
        },
    };
    let meaning = if setting.value(wanted) == default { meaning } else { format!("{meaning} (default {default})") };
    // What is shown here is not what the cache keeps where another window changed it.
    match state.cache_keeps.as_ref().map(|kept| setting.value(kept)).filter(|kept| *kept != setting.value(wanted)) {
        Some(kept) if !state.jobs.runs(Job::Links) => {
            format!("kept with the cache is {kept}, as another bot-tui set it · {meaning}")
        }
        _ => meaning,
    }
}

/// What a muted target says, where it was read.
fn text_of(state: &State, key: &str) -> String {
    let object = state.objects.values().find(|object| object.key == key);
    object.and_then(|object| object.text.clone()).unwrap_or_default()
}

fn outcome(state: &State) -> String {
    let Some(links) = &state.links else { return "no links yet".to_owned() };
    let unread = links.unread().map(str::to_owned);
    if let Some(why) = why_nothing(&links.graph) {
        return [why].into_iter().chain(unread).collect::<Vec<_>>().join(" · ");
    }
    let left_out = links.graph.left_out();
    let is_filtered = !links.graph.parameters().keep.looks_at_all();
    let count =
        |count: usize, noun: &str| format!("{} {noun}{}", thousands(count as u64), if count == 1 { "" } else { "s" });
    let left = [
        (left_out.accounts_below_min_retweets, "account", " with too few targets"),
        (left_out.targets_below_min_accounts, "target", " of too few accounts"),
        (left_out.muted_targets, "target", " muted"),
        (left_out.crowded_avatars, "picture", " of more accounts than can be linked each with each"),
    ];
    // What the rule passes by was not left out.
    let left = left
        .into_iter()
        .skip(if is_filtered { 0 } else { FILTERS })
        .filter(|&(n, ..)| n > 0)
        .map(|(n, noun, why)| count(n, noun) + why);
    [state.links_in_words()].into_iter().chain(left).chain(unread).collect::<Vec<_>>().join(" · ")
}
