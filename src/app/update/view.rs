//! Changes of how the data is looked at: they can be undone, and are kept with the cache.

use std::sync::Arc;

use super::{Effect, State, filter, parameters};
use crate::analysis::{Kept, ParametersChange};
use crate::app::{Action, Notice, NoticeKind, ViewChange};
use crate::model::LinkParameters;
use crate::model::ListOrder;
use crate::text::count_of;

/// Looks at the data as an undo or a redo says, and says what that is; `then` takes it back.
pub(in crate::app) fn change(state: &mut State, change: ViewChange, done: &str, then: Action) -> Vec<Effect> {
    match change {
        ViewChange::Order(_, order) => {
            let effects = order_by(state, order);
            state.notice = Some(Notice::info(format!("{done}: ordered by {}.", order.word())).then(then));
            effects
        }
        ViewChange::Parameters(before, after) => {
            let said = Notice::info(format!("{done}: {}", words(&before, &after))).then(then);
            let effects = parameters::link_by(state, Arc::unwrap_or_clone(after));
            if !effects.is_empty() {
                state.notice = Some(said.clone());
                state.data_notice = Some(said);
            }
            effects
        }
    }
}

/// Orders the list, and keeps that.
pub(in crate::app) fn order_by(state: &mut State, order: ListOrder) -> Vec<Effect> {
    state.accounts.order = order;
    let mut effects = vec![Effect::Keep(Kept::Order(order))];
    effects.extend(filter::relist(state));
    effects
}

/// Keeps the parameters by which accounts are linked now, where those are others than those that are kept.
pub(in crate::app) fn keep_parameters(state: &mut State) -> Option<Effect> {
    if state.kept_parameters.as_ref() == Some(&state.parameters) {
        return None;
    }
    // Nobody chose what is only the default.
    let chosen = state.kept_parameters.is_some() || state.parameters != state.defaults;
    chosen.then(|| {
        // What the cache keeps then is told by who writes it.
        state.cache_keeps = None;
        let after = state.parameters.clone();
        let before = state.kept_parameters.replace(after.clone()).unwrap_or_else(|| state.defaults.clone());
        Effect::Keep(Kept::Parameters(Box::new(ParametersChange { before, after })))
    })
}

/// Takes in what the cache keeps now. Nobody's links change unasked: this window goes on as it is, and says so.
pub(in crate::app) fn take_kept(state: &mut State, kept: LinkParameters, by_others: bool) {
    let ours = state.kept_parameters.as_ref().unwrap_or(&state.defaults);
    let said: Vec<String> =
        ours.differences(&kept).map(|setting| format!("{} {}", setting.name(), setting.value(&kept))).collect();
    let muted = ours.muted != kept.muted;
    let is_error = state.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::Error);
    if by_others && (muted || !said.is_empty()) && !is_error {
        let muted = muted.then(|| "other muted targets".to_owned());
        let said = said.into_iter().chain(muted).collect::<Vec<_>>().join(", ");
        let said = format!("Another bot-tui on this cache has set {said}; here nothing changes.");
        state.notice = Some(Notice::info(said).then(Action::Parameters));
    }
    state.cache_keeps = Some(kept);
}

/// What is different in `after`, in words.
fn words(before: &LinkParameters, after: &LinkParameters) -> String {
    let mut words: Vec<String> = before
        .differences(after)
        .map(|setting| format!("{} is {} again", setting.name(), setting.value(after)))
        .collect();
    let muted = after.muted.difference(&before.muted).count();
    let heard = before.muted.difference(&after.muted).count();
    let target = |count: usize, what: &str| (count > 0).then(|| format!("{} {what}", count_of(count as u64, "target")));
    words.extend([target(muted, "muted"), target(heard, "no longer muted")].into_iter().flatten());
    if words.is_empty() { "the same links".to_owned() } else { words.join(", ") }
}
