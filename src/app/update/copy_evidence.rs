//! Copy why a pair is linked, as text with columns.

use super::{Effect, State};
use crate::app::{Neighbour, Notice};
use crate::model::{AvatarMatch, SharedTarget};
use crate::text::{date_time, gap, sanitise_line, thousands};

/// Targets that are copied; more than anybody reads, and than a terminal takes.
const MOST: usize = 200;
/// Characters of a text that are copied.
const LONGEST: usize = 280;

pub(super) fn copy(state: &mut State) -> Vec<Effect> {
    let (Some((a, _)), Some(neighbour)) = (state.why.pair, state.chosen_neighbour()) else { return Vec::new() };
    let names = [a, neighbour.account].map(|id| sanitise_line(&state.name_of(id), LONGEST).into_owned());
    let mut lines = vec![format!("{} and {}", names[0], names[1]), figures(state, &neighbour)];
    lines.extend(state.why.cautions.iter().map(|caution| format!("against: {caution}")));
    lines.push(format!("target\t{}\t{}\tgap\ttext", names[0], names[1]));
    lines.extend(state.why.rows.iter().take(MOST).map(|target| row(state, target)));
    if state.why.rows.len() > MOST {
        lines.push(format!("… and {} more", thousands((state.why.rows.len() - MOST) as u64)));
    }
    state.notice =
        Some(Notice::info(format!("Copied the evidence of {} and {}, if the terminal allows it", names[0], names[1])));
    vec![Effect::Copy(lines.join("\n"))]
}

fn figures(state: &State, neighbour: &Neighbour) -> String {
    let link = &neighbour.link;
    let shared = link.co_share.map(|co| {
        let cosine = co.cosine.map_or_else(String::new, |cosine| format!(", cosine {cosine:.3}"));
        let window = state.parameters.window_seconds;
        format!(
            "{}: {} shared, {} within {window} s{cosine}",
            state.parameters.layer.layer(),
            co.shared,
            co.shared_within
        )
    });
    let pictures = link.avatar.map(|avatar| match avatar {
        AvatarMatch::Same => "avatar: the same file".to_owned(),
        AvatarMatch::Near(distance) => format!("avatar: PDQ distance {distance} of 256"),
    });
    [shared, pictures].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn row(state: &State, target: &SharedTarget) -> String {
    let object = state.objects.get(&target.object);
    let key = object.map_or_else(String::new, |object| sanitise_line(&object.key, LONGEST).into_owned());
    let text = object.and_then(|object| object.text.as_deref()).unwrap_or_default();
    let [a, b] = [target.at_a, target.at_b].map(|at| at.map_or_else(|| "–".to_owned(), date_time));
    let gap = target.gap_ms().map_or_else(|| "–".to_owned(), gap);
    format!("{key}\t{a}\t{b}\t{gap}\t{}", sanitise_line(text, LONGEST))
}
