//! Step back from the innermost thing: running work, the search and the filter, the pane.

use super::{Effect, State, filter, focus, import, triage};
use crate::app::places::{self, OpenPlace};
use crate::app::{Action, Job, Notice, Pane, Place};

pub(in crate::app) fn escape(state: &mut State) -> Vec<Effect> {
    let stopped = state.jobs_waited_for().find(|(_, progress)| progress.can_cancel);
    match stopped.map(|(job, _)| job) {
        Some(Job::Importing) => return import::cancel(state),
        Some(Job::Links) => return cancel(state),
        Some(Job::Of(place)) => return stop(state, place),
        Some(Job::Reading | Job::Exporting) | None => {}
    }
    if state.can_call_off_linking() {
        return call_off(state);
    }
    if filter::is_narrowed(state) && state.focus == Pane::Accounts {
        return filter::clear(state);
    }
    focus::left(state);
    Vec::new()
}

/// Gives up what runs: whatever it still sends is of an older generation and counts no more.
pub(in crate::app) fn cancel(state: &mut State) -> Vec<Effect> {
    state.linking += 1;
    state.jobs.end(Job::Links);
    state.wanted = None;
    triage::forget(state);
    state.history.unsettle();
    state.data_notice = None;
    state.unlinked = state.links.is_none().then(|| "Linking was cancelled".to_owned());
    let now = if state.links.is_some() { "; the links before stay" } else { "" };
    state.notice = Some(Notice::info(format!("Linking was cancelled{now}.")).then(Action::Parameters));
    vec![Effect::Cancel(Job::Links)]
}

/// Calls off the links that would follow what is being read, which itself goes on; an import at the start does stop.
fn call_off(state: &mut State) -> Vec<Effect> {
    let imports = state.jobs.get(Job::Reading).is_some_and(|reading| reading.what != Job::Reading.words());
    let said = if imports {
        "The import stops; what it brought will be read, and will not be linked."
    } else {
        "Accounts are read on; they will not be linked."
    };
    let effects = cancel(state);
    state.notice = Some(Notice::info(said).then(Action::Parameters));
    effects
}

/// Gives up the work of a place, so that what is still sent of it counts no more.
pub(in crate::app) fn give_up(state: &mut State, place: Place) -> Option<Effect> {
    places::get(place)?.give_up(state);
    state.jobs.end(Job::Of(place));
    Some(Effect::Cancel(Job::Of(place)))
}

/// Closes a place and stops its work, where that is under way.
pub(in crate::app) fn close_and_stop(state: &mut State, place: Place) -> Vec<Effect> {
    let runs = state.jobs.runs(Job::Of(place));
    state.stack.close(place);
    if runs { stop(state, place) } else { Vec::new() }
}

/// Stops the work of a place, which closes: nobody looks at what is not there.
fn stop(state: &mut State, place: Place) -> Vec<Effect> {
    let effect = give_up(state, place);
    state.stack.close(place);
    if let Some(words) = places::get(place).and_then(OpenPlace::job) {
        state.notice = Some(Notice::info(words.cancelled));
    }
    effect.into_iter().collect()
}

/// Why the work of a place came to nothing; it closes.
pub(in crate::app) fn failed(state: &mut State, place: Place, reason: String) {
    if let Some(open) = places::get(place) {
        open.give_up(state);
    }
    state.stack.close(place);
    state.notice = Some(Notice::error(reason));
}
