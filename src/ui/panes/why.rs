//! Why the chosen pair is linked: what each layer says, and every shared target with both times and the gap.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use super::pair_pictures;
use crate::app::{Neighbour, Pane, State};
use crate::model::{Account, AccountId, CoShare, ObjectKind, SharedTarget};
use crate::text::{clock, date_time, gap, month_day, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short, wrapped};
use crate::ui::widgets::pane_frame;

/// Lines of the summary above the table, the line below it included.
const SUMMARY: u16 = 6;
/// The heading of the table.
const HEADING: u16 = 1;
/// Lines below the table that show the chosen target in full.
const CHOSEN: u16 = 4;
/// Lines of the two pictures, where the pane is tall enough for them.
const PICTURES: u16 = 8;
/// From this height on the pane shows them.
const TALL: u16 = 32;
/// Columns of date, both clocks and gap.
const FIGURES: [usize; 4] = [6, 9, 9, 10];

fn is_tall(area: Rect) -> bool {
    area.height >= TALL
}

/// Where no account has a picture, the shared targets get the room.
fn pictures_height(area: Rect, state: &State) -> u16 {
    let any = state.roster.as_ref().is_some_and(|roster| roster.counts.avatars > 0);
    if is_tall(area) && any { PICTURES } else { 0 }
}

/// Where there is height, the profiles get a second line.
fn summary_height(area: Rect) -> u16 {
    SUMMARY + u16::from(is_tall(area))
}

pub(in crate::ui) fn rows(area: Rect, state: &State) -> usize {
    super::rows_inside(area, summary_height(area) + HEADING + CHOSEN + pictures_height(area, state))
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = state.focus == Pane::Why;
    let pair = state.chosen().zip(state.chosen_neighbour());
    let title = match &pair {
        Some((a, neighbour)) => {
            let name = |id| short(&state.name_of(id), 20);
            format!("3 Why {} — {}", name(*a), name(neighbour.account))
        }
        None => "3 Why".to_owned(),
    };
    let inside = pane_frame::draw(frame, area, title, focused, screen.theme);
    let Some((a, neighbour)) = pair else {
        let empty = "  Choose an account and one of its neighbours.";
        frame.render_widget(Line::styled(empty, screen.theme.muted()), inside);
        return;
    };
    let [pictures, summary, table, chosen] = Layout::vertical([
        Constraint::Length(pictures_height(area, state)),
        Constraint::Length(summary_height(area)),
        Constraint::Fill(1),
        Constraint::Length(CHOSEN),
    ])
    .areas(inside);
    pair_pictures::draw(frame, pictures, state, [a, neighbour.account], screen);
    frame.render_widget(Text::from(summary_lines(state, a, &neighbour, summary, screen)), summary);
    frame.render_widget(Text::from(table_lines(state, table, focused, screen)), table);
    frame.render_widget(Text::from(chosen_lines(state, chosen, screen)), chosen);
}

fn summary_lines(
    state: &State,
    a: AccountId,
    neighbour: &Neighbour,
    area: Rect,
    screen: &Screen<'_>,
) -> Vec<Line<'static>> {
    let theme = screen.theme;
    let row = |name: &str, text: String| {
        let room = usize::from(area.width).saturating_sub(13);
        Line::from(vec![Span::styled(format!(" {name:<12}"), theme.heading()), Span::raw(short(&text, room))])
    };
    let degree = |id| state.links.as_ref().map_or(0, |links| links.incidence.targets_of(id).len());
    let link = &neighbour.link;
    let window = state.parameters.window_seconds;
    let tested = state.links.as_ref().and_then(|links| links.graph.tested_pairs());
    let (first, second) = match link.co_share {
        Some(co) => (
            format!(
                "{} shared of {} and {} · {} within {window} s",
                thousands(u64::from(co.shared)),
                thousands(degree(a) as u64),
                thousands(degree(neighbour.account) as u64),
                thousands(u64::from(co.shared_within)),
            ),
            cosine_words(&co, link.co_share_kept, tested),
        ),
        None => ("no shared target".to_owned(), String::new()),
    };
    let (counts, bios) = profile_words(state.account(a), state.account(neighbour.account));
    let layer = state.parameters.layer.layer();
    let mut lines = vec![row(layer, first), row("", second), row("avatar", pair_pictures::words(state, a, neighbour))];
    if area.height > SUMMARY {
        lines.extend([row("profile", counts), row("", bios)]);
    } else {
        lines.push(row("profile", [counts, bios].join(" · ")));
    }
    lines.push(row("against", caution_words(&state.why.cautions)).patch_style(caution_style(state, screen)));
    lines.push(Line::styled("─".repeat(usize::from(area.width)), theme.muted()));
    lines
}

fn caution_words(cautions: &[String]) -> String {
    if cautions.is_empty() { "no caution raised, which proves nothing".to_owned() } else { cautions.join(" · ") }
}

fn caution_style(state: &State, screen: &Screen<'_>) -> Style {
    if state.why.cautions.is_empty() { screen.theme.muted() } else { screen.theme.warning() }
}

fn cosine_words(co: &CoShare, kept: bool, tested: Option<u64>) -> String {
    let Some(cosine) = co.cosine else { return "too few targets for a cosine".to_owned() };
    let test = co.test.map(|test| match tested {
        Some(pairs) => format!(" · p {:.0e} q {:.0e} of {} pairs", test.p, test.q, thousands(pairs)),
        None => format!(" · p {:.0e} q {:.0e}", test.p, test.q),
    });
    let binary = co.binary_cosine.map(|value| format!(" · binary {value:.2}"));
    let binary = test.or(binary).unwrap_or_default();
    let kept = if kept { "" } else { " · by itself no link" };
    format!("cosine {cosine:.2}{binary}{kept}")
}

/// What the two profiles say: their counts, and their bios.
fn profile_words(a: Option<&Account>, b: Option<&Account>) -> (String, String) {
    let Some((a, b)) = a.zip(b) else { return ("–".to_owned(), "–".to_owned()) };
    let count = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), thousands);
    let compare = |name: &str, left: Option<u64>, right: Option<u64>| {
        let sign = if left.is_some() && left == right { "=" } else { "/" };
        format!("{name} {} {sign} {}", count(left), count(right))
    };
    let bio = |account: &Account| account.profile.bio.as_ref().map(|bio| bio.trim().is_empty());
    let bios = match (bio(a), bio(b)) {
        (Some(true), Some(true)) => "both bios blank",
        (Some(false), Some(false)) if a.profile.bio == b.profile.bio => "the same bio",
        (Some(_), Some(_)) => "different bios",
        _ => "bios –",
    };
    let followers = compare("followers", a.profile.followers, b.profile.followers);
    let following = compare("following", a.profile.following, b.profile.following);
    (format!("{followers} · {following}"), bios.to_owned())
}

fn table_lines(state: &State, area: Rect, focused: bool, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let text_width = usize::from(area.width).saturating_sub(FIGURES.iter().sum::<usize>() + 2);
    let words = ["day", "A (UTC)", "B (UTC)", "gap"];
    let heading: String = words.iter().zip(FIGURES).map(|(word, width)| right(word, width)).collect();
    let mut lines = vec![Line::styled(format!("  {}{heading}", cell("target", text_width)), screen.theme.muted())];
    let pane = &state.why;
    for index in pane.cursor.window(pane.rows.len(), usize::from(area.height.saturating_sub(1))) {
        let chosen = index == pane.cursor.row;
        let line = table_row(state, &pane.rows[index], text_width, chosen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    if pane.rows.is_empty() {
        lines.push(Line::styled("  They share no target.", screen.theme.muted()));
    }
    lines
}

fn table_row(state: &State, target: &SharedTarget, text_width: usize, chosen: bool) -> Line<'static> {
    let missing = || "–".to_owned();
    let figures = [
        target.at_a.map_or_else(missing, month_day),
        target.at_a.map_or_else(missing, clock),
        target.at_b.map_or_else(missing, clock),
        target.gap_ms().map_or_else(missing, gap),
    ];
    let figures: String = figures.iter().zip(FIGURES).map(|(text, width)| right(text, width)).collect();
    let text = cell(&target_words(state, target), text_width);
    Line::raw(format!("{} {text}{figures}", if chosen { "▸" } else { " " }))
}

fn target_words(state: &State, target: &SharedTarget) -> String {
    match state.objects.get(&target.object) {
        None => "…".to_owned(),
        Some(object) => object.text.clone().unwrap_or_else(|| object.key.clone()),
    }
}

/// The chosen target in full: what it says, whose it is and of when, how many shared it.
fn chosen_lines(state: &State, area: Rect, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let Some(target) = state.why.rows.get(state.why.cursor.row) else { return Vec::new() };
    let width = usize::from(area.width);
    let mut lines = vec![Line::styled("─".repeat(width), screen.theme.muted())];
    let object = state.objects.get(&target.object);
    let author = object.and_then(|object| object.author).map_or_else(|| "author –".to_owned(), |id| state.name_of(id));
    let posted = object.and_then(|object| object.created_at).map_or_else(|| "–".to_owned(), date_time);
    let text = wrapped(&target_words(state, target), width.saturating_sub(1), 2);
    lines.extend(text.into_iter().map(|line| Line::raw(format!(" {line}"))));
    let sharers = thousands(u64::from(target.sharers));
    let facts = match state.parameters.layer {
        ObjectKind::RetweetedPost => format!(" {author} {posted} · retweeted by {sharers}"),
        ObjectKind::RepliedPost | ObjectKind::QuotedPost => format!(" {author} {posted} · shared by {sharers}"),
        ObjectKind::Link | ObjectKind::Hashtag | ObjectKind::Text => format!(" shared by {sharers}"),
    };
    let facts = if target.synthetic { format!("{facts} · known by its words only") } else { facts };
    lines.push(Line::styled(short(&facts, width), screen.theme.muted()));
    lines
}
