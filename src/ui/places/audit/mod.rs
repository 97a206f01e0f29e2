//! The audit of an account: each trait among its retweeters beside their controls, then the retweeters that show
//! something, and apart from them those that show nothing of it.
//!
//! Words of this room: *figures*, the table of traits at the top; *plain*, who shows none of the traits, in a list of their
//! own; *belonging*, the lines that name the kin.

mod retweeters;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span, Text};

use crate::analysis::Audit;
use crate::app::{Action, Hit, List, Place, Rows, State};
use crate::signals::{Comparison, Kin, Proportion, Spread, Trait};
use crate::text::{count_of, thousands};
use crate::ui::hit::listed;
use crate::ui::widgets::cells::{cell, right, short};
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

/// From this width on the two lists stand side by side.
const WIDE: u16 = 120;
/// Lines of the figures with their frame.
const FIGURES: u16 = 15;
/// Columns of a trait, of a share and of the difference, and the narrowest that a share can be.
const NAME: usize = 40;
const CELL: usize = 18;
const DIFFERENCE: usize = 27;
const NARROW: usize = 16;

/// The places of the figures, of those that show something and of those that do not.
fn places(body: Rect, state: &State) -> [Rect; 3] {
    let figures = FIGURES.min(body.height.saturating_sub(6));
    let [top, below] = Layout::vertical([Constraint::Length(figures), Constraint::Fill(1)]).areas(body);
    if body.width >= WIDE {
        let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(below);
        return [top, left, right];
    }
    if state.places.audit.on_plain { [top, Rect::default(), below] } else { [top, below, Rect::default()] }
}

/// Rows of retweeters.
pub(in crate::ui) fn measure(regions: &Regions, state: &State, _: &Screen<'_>) -> Rows {
    let [_, left, right] = places(regions.body, state);
    Rows(usize::from(left.height.max(right.height).saturating_sub(3)))
}

/// The retweeter that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let ([_, left, right], view) = (places(regions.body, state), &state.places.audit);
    let found = view.found.made.as_ref()?;
    let lists = [(left, view.cursor, found.showing), (right, view.plain, found.rows.len() - found.showing)];
    lists.into_iter().enumerate().find_map(|(list, (area, cursor, count))| {
        listed(pane_frame::rows(area, 1), at, cursor, count).map(|row| Hit::Row(List::Of(Place::Audit, list), row))
    })
}

pub(in crate::ui) fn name(_: &State) -> String {
    "Audit".to_owned()
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let body = regions.body;
    let [top, left, right] = places(body, state);
    let inside = pane_frame::draw(frame, top, title(state), false, screen.theme);
    let width = usize::from(inside.width);
    let lines = match &state.places.audit.found.made {
        None => vec![Line::styled("  Retweeters are being compared with controls …", screen.theme.muted())],
        Some(found) if found.audit.targets == 0 => nothing(width, screen),
        Some(found) => figures(found, width, state, screen),
    };
    frame.render_widget(Text::from(lines), inside);
    for (area, plain) in [(left, false), (right, true)] {
        if !area.is_empty() {
            retweeters::draw(frame, area, plain, state, screen);
        }
    }
}

/// Who is audited, and by what links the clusters are.
fn title(state: &State) -> String {
    let found = state.places.audit.found.made.as_ref();
    let clusters = found.map_or_else(String::new, |found| format!(" · clusters by {}", found.parameters));
    match state.places.audit.hub.as_slice() {
        [one] => format!("Who retweets {}{clusters}", short(&state.name_of(*one), 30)),
        many => format!("Who retweets these {} accounts, taken as one{clusters}", thousands(many.len() as u64)),
    }
}

fn nothing(width: usize, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let lines = [
        "  No retweeted post in the data is known to be by this account, so there is nothing to audit.",
        "  Choose whom others retweet: order the accounts by followers, or look whom an account retweets most.",
    ];
    lines.map(|line| Line::styled(short(line, width), screen.theme.muted())).to_vec()
}

fn figures(found: &Audit, width: usize, state: &State, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let audit = &found.audit;
    let (separator, cells) = columns(&audit.comparisons, width);
    let name = width.saturating_sub(2 * cells + DIFFERENCE + 1).min(NAME);
    let first = format!(
        " {} retweeted {}; {} compared, each with a control about as active that retweeted none",
        count_of(audit.retweeters.len() as u64, "account"),
        count_of(audit.targets as u64, "post"),
        thousands(audit.matches.len() as u64),
    );
    let heading =
        format!(" {}{}{}   difference, 95 %", cell("", name), right("retweeters", cells), right("controls", cells));
    let warning = |words: &String| Line::styled(short(&format!(" ! {words}"), width), screen.theme.warning());
    let mut lines: Vec<Line<'static>> = belonging(found, state, screen).iter().map(warning).collect();
    lines.extend([&first, &activity(found)].map(|words| Line::raw(short(words, width))));
    lines.push(Line::styled(heading, screen.theme.muted()));
    for comparison in &audit.comparisons {
        lines.push(comparison_line(comparison, separator, (name, cells), screen));
    }
    lines.push(Line::raw(short(&of_each_other(found), width)));
    for caution in found.audit.cautions() {
        lines.push(Line::styled(short(&format!(" – {caution}"), width), screen.theme.warning()));
    }
    lines
}

/// Who may belong to the audited accounts: said before any figure, which would mislead without them.
fn belonging(found: &Audit, state: &State, screen: &Screen<'_>) -> Vec<String> {
    let audit = &found.audit;
    let (alike, amplified): (Vec<&Kin>, Vec<&Kin>) = audit.kin.iter().partition(|kin| kin.looks_alike());
    let key = screen.key(Action::AuditTogether);
    let named = |kin: &[&Kin]| {
        let [first, rest @ ..] = kin else { return None };
        let more = match rest.len() {
            0 => String::new(),
            others => format!(" and {}", count_of(others as u64, "other")),
        };
        Some(format!("{}{more}", short(&state.name_of(first.account), 24)))
    };
    let mut words = Vec::new();
    words.extend(
        named(&alike).map(|names| format!("{key} audits as one with it what looks like the same figure: {names}")),
    );
    let offer = if alike.is_empty() { format!("; {key} takes them as one") } else { String::new() };
    words.extend(named(&amplified).map(|names| format!("controls in clusters retweet {names} too{offer}")));
    if let Some(clustered) = audit.clustered_controls() {
        let (clustered, controls) = (thousands(clustered as u64), thousands(audit.matches.len() as u64));
        words.push(format!(
            "{clustered} of {controls} controls are in clusters too: they may belong to the same campaign"
        ));
    }
    words
}

/// How active the compared are, and those that are not compared.
fn activity(found: &Audit) -> String {
    let [matched, controls, unmatched] = found.audit.activity();
    let median = |spread: Spread| if spread.accounts == 0 { "–".to_owned() } else { spread.quarters[1].to_string() };
    let mut words = format!(" retweets, median: {} compared, {} controls", median(matched), median(controls));
    if unmatched.accounts > 0 {
        let accounts = thousands(unmatched.accounts as u64);
        words.push_str(&format!(", {} for {accounts} without a control, not compared", median(unmatched)));
    }
    words
}

/// How a figure and its whole are told apart, and how wide their column is: no figure may be cut off.
fn columns(comparisons: &[Comparison], width: usize) -> (&'static str, usize) {
    let usual = if width > NAME + 2 * CELL + DIFFERENCE { CELL } else { NARROW };
    let longest = |separator: &str| {
        let figures = comparisons.iter().flat_map(|one| [one.pairs.first(), one.pairs.second()]);
        figures.map(|found| count_and_share(found, separator).chars().count()).max().unwrap_or_default()
    };
    let separator = if longest(" of ") < usual { " of " } else { "/" };
    (separator, usual.max(longest(separator) + 1))
}

/// `12 of 15   80 %`.
fn count_and_share(found: Proportion, separator: &str) -> String {
    let Some(share) = found.share() else { return "–".to_owned() };
    format!("{}{separator}{} {:>4.0} %", thousands(found.with.into()), thousands(found.total.into()), 100.0 * share)
}

fn comparison_line(
    comparison: &Comparison,
    separator: &str,
    (name, cells): (usize, usize),
    screen: &Screen<'_>,
) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!(" {}", cell(comparison.compared.words(), name)), screen.theme.heading()),
        Span::raw(right(&count_and_share(comparison.pairs.first(), separator), cells)),
        Span::raw(right(&count_and_share(comparison.pairs.second(), separator), cells)),
        Span::raw(format!("   {}", comparison.in_words(0))),
    ])
}

fn of_each_other(found: &Audit) -> String {
    let clustered = found.audit.retweeters.iter().filter(|one| Trait::InCluster.is_shown(one) == Some(true)).count();
    let share =
        found.audit.of_each_other.share().map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
    match clustered {
        0 => " none of the retweeters is in a cluster".to_owned(),
        1 => " one retweeter is in a cluster".to_owned(),
        count => format!(" of the retweets of the {} in clusters {share} are of each other", thousands(count as u64)),
    }
}
