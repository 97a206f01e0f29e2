//! The line at the top: the state of the data, and work in progress at its right end.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::widgets::cells::short;
use super::{Regions, Screen, Theme, places};
use crate::app::{Action, Pane, ReadSoFar, State, pictures_alone};
use crate::text::{bytes, count_of, thousands};

pub(super) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let theme = screen.theme;
    let right = work(state, screen);
    let mut left = vec![Span::styled(" bot-tui", theme.heading()), Span::raw(" · ")];
    let room = usize::from(regions.header.width).saturating_sub(right.chars().count() + 1);
    let taken: usize = left.iter().map(Span::width).sum();
    left.push(Span::raw(short(&state.cache_name, room.saturating_sub(taken).min(28))));
    for part in counts(state) {
        let used: usize = left.iter().map(Span::width).sum();
        if used + part.chars().count() + 3 <= room {
            left.push(Span::styled("   ", theme.muted()));
            left.push(Span::raw(part));
        }
    }
    frame.render_widget(Line::from(left), regions.header);
    frame.render_widget(Line::styled(right, theme.key()).right_aligned(), regions.header);
    if regions.breadcrumb.height > 0 {
        frame.render_widget(breadcrumb(state, theme), regions.breadcrumb);
    }
}

fn counts(state: &State) -> Vec<String> {
    let Some(roster) = &state.roster else {
        let all = state.account_count().filter(|&all| all > 0);
        return all.map(|all| count_of(all, "account")).into_iter().collect();
    };
    let links = match &state.links {
        Some(links) => count_of(links.graph.link_count() as u64, "link"),
        None => "– links".to_owned(),
    };
    let alone = state.links.as_ref().map_or(0, |links| links.graph.links_by_pictures_alone());
    let known = vec![
        count_of(roster.counts.accounts, "account"),
        links,
        format!("{} tagged", thousands(state.tags.labelled() as u64)),
        count_of(roster.counts.retweets, "retweet"),
        format!("linked by {}", state.parameters),
    ];
    queue(state).into_iter().chain(known).chain(pictures_alone(alone)).collect()
}

/// The work under way that the user would wait for.
fn work(state: &State, screen: &Screen<'_>) -> String {
    let Some((_, work)) = state.jobs_waited_for().next() else { return String::new() };
    let read = work.read.map(read).or_else(|| work.done.map(percent)).unwrap_or_default();
    let cancel = match work.can_cancel {
        true => format!("· {} cancels ", screen.key(Action::Escape)),
        // A place that covers the panes closes first.
        false if state.can_call_off_linking() && !state.place().covers() => {
            format!("· {} calls off linking ", screen.key(Action::Escape))
        }
        false => String::new(),
    };
    format!("{} {read}{cancel}", work.what)
}

fn percent(done: f32) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a percentage from 0 to 100")]
    let percent = (done.clamp(0.0, 1.0) * 100.0) as u8;
    format!("{percent} % ")
}

fn read(read: ReadSoFar) -> String {
    let share = match (u128::from(read.bytes) * 100).checked_div(u128::from(read.of_bytes)) {
        Some(percent) => format!("{} % of {}", percent.min(100), bytes(read.of_bytes)),
        None => bytes(read.bytes),
    };
    format!("{share} · {} ", count_of(read.records, "record"))
}

/// `queue 37/412`: how many of the linked accounts are tagged.
fn queue(state: &State) -> Option<String> {
    let set = state.cluster_set()?;
    let tagged = state.tags.labelled_among(|id| set.links.graph.is_linked(id));
    Some(format!("queue {}/{}", thousands(tagged as u64), thousands(set.queue.len() as u64)))
}

/// `Accounts › @rose › @dove`: which pane is seen, and what was chosen to get there.
fn breadcrumb(state: &State, theme: &Theme) -> Line<'static> {
    let name = |id| short(&state.name_of(id), 24);
    let chosen = state.chosen().map(name);
    let neighbour = state.chosen_neighbour().map(|neighbour| name(neighbour.account));
    let steps = [Some("Accounts".to_owned()), chosen, neighbour.filter(|_| state.focus == Pane::Why)];
    let mut spans = vec![Span::raw(" ")];
    if let Some(place) = state.stack.covering().and_then(|place| places::name(place, state)) {
        spans.push(Span::styled(place, theme.heading()));
        return Line::from(spans);
    }
    if state.focus == Pane::Tags {
        spans.push(Span::styled("Tags", theme.heading()));
        return Line::from(spans);
    }
    let depth = match state.focus {
        Pane::Accounts | Pane::Tags => 1,
        Pane::Neighbours => 2,
        Pane::Why => 3,
    };
    for (index, step) in steps.into_iter().take(depth).flatten().enumerate() {
        if index > 0 {
            spans.push(Span::styled(" › ", theme.muted()));
        }
        let last = index + 1 == depth;
        spans.push(Span::styled(step, if last { theme.heading() } else { theme.muted() }));
    }
    Line::from(spans)
}
