//! Changes of how the data is looked at: they can be undone, and are kept with the cache.

use std::sync::Arc;

use super::{Effect, State, filter, parameters};
use crate::analysis::Kept;
use crate::app::{Action, Notice, ViewChange};
use crate::model::ListOrder;
use crate::model::{LinkParameters, Setting};
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
        state.kept_parameters = Some(state.parameters.clone());
        Effect::Keep(Kept::Parameters(Box::new(state.parameters.clone())))
    })
}

/// What is different in `after`, in words.
fn words(before: &LinkParameters, after: &LinkParameters) -> String {
    let changed = Setting::ALL.into_iter().filter(|setting| setting.value(before) != setting.value(after));
    let mut words: Vec<String> =
        changed.map(|setting| format!("{} is {} again", setting.name(), setting.value(after))).collect();
    let muted = after.muted.difference(&before.muted).count();
    let heard = before.muted.difference(&after.muted).count();
    let target = |count: usize, what: &str| (count > 0).then(|| format!("{} {what}", count_of(count as u64, "target")));
    words.extend([target(muted, "muted"), target(heard, "no longer muted")].into_iter().flatten());
    if words.is_empty() { "the same links".to_owned() } else { words.join(", ") }
}
