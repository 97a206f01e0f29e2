//! A number before a key: how often it counts.

use super::{Effect, State, dispatch, focus, motion};
use crate::app::{Action, Held, Pane};
use crate::model::Timestamp;

/// The largest number that is taken; a list may have a million rows.
const LARGEST: u32 = 9_999_999;
/// How often a key can be repeated that is no movement in a pane.
const OFTEN: u32 = 10_000;

/// Takes a digit that no key of the map is.
pub fn digit(state: &mut State, typed: char) -> bool {
    let value = typed.to_digit(10).filter(|&value| value > 0 || state.count.is_some());
    let (Some(value), true) = (value, state.entry.is_none() && state.place().inherits()) else { return false };
    if state.count.is_none() {
        state.notice = None;
    }
    state.count = Some((state.count.unwrap_or(0).saturating_mul(10) + value).min(LARGEST));
    true
}

/// Carries out an action `count` times, where that means something.
pub(in crate::app) fn carry_out(state: &mut State, action: Action, count: u32, now: Timestamp) -> Vec<Effect> {
    let in_pane = Pane::ALL.iter().any(|pane| pane.place() == state.place());
    match action {
        Action::NextPane if in_pane => {
            let pane = Pane::ALL.get(count as usize - 1).copied().unwrap_or_default();
            focus::show(state, pane);
            Vec::new()
        }
        Action::Down | Action::Up | Action::PageDown | Action::PageUp if in_pane => {
            motion::go(state, action, count as isize);
            Vec::new()
        }
        Action::First | Action::Last => {
            let mut effects = dispatch(state, Action::First, now);
            effects.extend(carry_out_down(state, in_pane, count - 1, now));
            effects
        }
        Action::Down
        | Action::Up
        | Action::PageDown
        | Action::PageUp
        | Action::Left
        | Action::Right
        | Action::Mark
        | Action::Undo
        | Action::Redo
        | Action::Back
        | Action::Forward
        | Action::NextUntagged => repeat(state, action, count.min(OFTEN), now),
        _ => dispatch(state, action, now),
    }
}

/// Does the same again and again, until it can do nothing more or has to wait for the list.
fn repeat(state: &mut State, action: Action, count: u32, now: Timestamp) -> Vec<Effect> {
    let (mut effects, mut relists) = (Vec::new(), false);
    for done in 0..count {
        if done > 0 && state.why_not(action).is_some() {
            break;
        }
        if done > 0 && state.accounts.awaited {
            state.accounts.held.push(Held { action, count: Some(count - done), at: now });
            break;
        }
        // A list of every step would keep the tags of every step, and only the last one counts.
        relists |= drop_lists(&mut effects);
        effects.extend(dispatch(state, action, now));
    }
    let lists = |effect: &Effect| matches!(effect, Effect::List(_));
    if relists && !effects.iter().any(lists) {
        effects.extend(state.list_request().map(Effect::List));
    }
    effects
}

/// Drops requests for lists; whether there was one.
fn drop_lists(effects: &mut Vec<Effect>) -> bool {
    let before = effects.len();
    effects.retain(|effect| !matches!(effect, Effect::List(_)));
    effects.len() < before
}

fn carry_out_down(state: &mut State, in_pane: bool, rows: u32, now: Timestamp) -> Vec<Effect> {
    if in_pane {
        motion::go(state, Action::Down, rows as isize);
        return Vec::new();
    }
    (0..rows.min(OFTEN)).flat_map(|_| dispatch(state, Action::Down, now)).collect()
}
