//! What each layer says of a pair, and what speaks against reading much into it: the same words wherever a pair is shown.

use ratatui::text::{Line, Span};

use super::pair_pictures;
use crate::app::{Neighbour, State};
use crate::model::{Account, AccountId, CoShare, PairTest};
use crate::text::{count_of, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::short;

/// Columns of the names of the rows.
const NAME: usize = 13;
/// How many lines there are where the profiles have one.
pub(in crate::ui) const LINES: u16 = 5;

/// A pair, and what speaks against reading much into its link.
pub(in crate::ui) struct Pair<'a> {
    pub a: AccountId,
    pub neighbour: &'a Neighbour,
    pub cautions: &'a [String],
}

/// The lines; where there is height, the profiles get two.
pub(in crate::ui) fn lines(
    state: &State,
    pair: &Pair<'_>,
    width: usize,
    is_tall: bool,
    screen: &Screen<'_>,
) -> Vec<Line<'static>> {
    let Pair { a, neighbour, cautions } = *pair;
    let row = |name: &str, text: String| {
        let name = Span::styled(format!(" {name:<12}"), screen.theme.heading());
        Line::from(vec![name, Span::raw(short(&text, width.saturating_sub(NAME)))])
    };
    let (first, second) = share_words(state, a, neighbour);
    let (counts, bios) = profile_words(state.account(a), state.account(neighbour.account));
    let layer = state.parameters.layer.layer();
    let mut lines = vec![row(layer, first), row("", second), row("avatar", pair_pictures::words(state, a, neighbour))];
    if is_tall {
        lines.extend([row("profile", counts), row("", bios)]);
    } else {
        lines.push(row("profile", [counts, bios].join(" · ")));
    }
    let style = if cautions.is_empty() { screen.theme.muted() } else { screen.theme.warning() };
    lines.push(row("against", caution_words(cautions)).patch_style(style));
    lines
}

/// What both shared, and how alike that makes them.
fn share_words(state: &State, a: AccountId, neighbour: &Neighbour) -> (String, String) {
    let degree = |id| state.links.as_ref().map_or(0, |links| links.incidence.targets_of(id).len());
    let link = &neighbour.link;
    let window = state.parameters.window_seconds;
    let tested = state.links.as_ref().and_then(|links| links.graph.tested_pairs());
    let Some(co) = link.co_share else { return ("no shared target".to_owned(), String::new()) };
    let shared = format!(
        "{} shared of {} and {} · {} within {window} s",
        thousands(u64::from(co.shared)),
        thousands(degree(a) as u64),
        thousands(degree(neighbour.account) as u64),
        thousands(u64::from(co.shared_within)),
    );
    (shared, cosine_words(&co, link.co_share_kept, tested))
}

fn caution_words(cautions: &[String]) -> String {
    if cautions.is_empty() { "no caution raised, which proves nothing".to_owned() } else { cautions.join(" · ") }
}

fn cosine_words(co: &CoShare, kept: bool, tested: Option<u64>) -> String {
    let kept = if kept { "" } else { " · by itself no link" };
    if let Some(test) = co.test.filter(|test| test.q.is_none()) {
        return format!("{}{kept}", coordination_words(&test));
    }
    let Some(cosine) = co.cosine else { return "too few targets for a cosine".to_owned() };
    let test = co.test.zip(co.test.and_then(|test| test.q)).map(|(test, q)| match tested {
        Some(pairs) => format!(" · p {:.0e} q {q:.0e} of {}", test.p, count_of(pairs, "pair")),
        None => format!(" · p {:.0e} q {q:.0e}", test.p),
    });
    let binary = co.binary_cosine.map(|value| format!(" · binary {value:.2}"));
    let binary = test.or(binary).unwrap_or_default();
    format!("cosine {cosine:.2}{binary}{kept}")
}

/// What a test of coordination says, and each of its parts where it has something to go by.
fn coordination_words(test: &PairTest) -> String {
    let part = |name: &str, chance: Option<f64>| Some(format!("by {name} {:.0e}", chance?));
    let parts: Vec<String> =
        [part("author", test.author_held), part("time", test.timing)].into_iter().flatten().collect();
    format!("p {:.0e}: {}", test.p, parts.join(", "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_of_coordination_tells_the_parts_that_have_something_to_go_by() {
        let test = |author_held, timing| PairTest { p: 9e-11, q: None, author_held, timing };
        assert_eq!(coordination_words(&test(Some(0.08), Some(7e-12))), "p 9e-11: by author 8e-2, by time 7e-12");
        assert_eq!(coordination_words(&test(None, Some(9e-11))), "p 9e-11: by time 9e-11");
    }
}
