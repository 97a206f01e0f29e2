//! Step back from the innermost thing: running work, the search and the filter, the pane.

use super::{Effect, State, filter, focus, import};
use crate::app::places::{self, COVERING, OpenPlace};
use crate::app::{Action, Job, Notice, Pane};

pub(in crate::app) fn escape(state: &mut State) -> Vec<Effect> {
    if state.importing.is_some_and(|work| !work.taking_back && !work.cancelling) {
        return import::cancel(state);
    }
    if state.can_cancel_linking() {
        return cancel(state);
    }
    if let Some((job, _)) = state.job() {
        return cancel_job(state, job);
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
    state.jobs.end(Job::Reading);
    state.jobs.end(Job::Links);
    state.wanted = None;
    state.history.unsettle();
    state.data_notice = None;
    state.linking_cancelled = state.links.is_none();
    let now = if state.links.is_some() { "; the links before stay" } else { "" };
    state.notice = Some(Notice::info(format!("Linking was cancelled{now}.")).then(Action::Parameters));
    vec![Effect::Cancel(Job::Links)]
}

/// Gives up a job: the place that waits for it closes.
pub(in crate::app) fn cancel_job(state: &mut State, job: Job) -> Vec<Effect> {
    state.jobs.end(job);
    match job {
        Job::Clusters => state.clusters.give_up(),
        Job::Audit => state.audit.give_up(),
        Job::Signals => state.signals.set.give_up(),
        Job::Pictures => state.wall.wall.give_up(),
        Job::Path => state.path.forget(),
        Job::Reading | Job::Links => return cancel(state),
        Job::Importing => return import::cancel(state),
        // Nobody is asked to wait for so little.
        Job::Exporting => return Vec::new(),
    }
    if let Some(place) = COVERING.into_iter().find(|&place| places::of(place).and_then(OpenPlace::job) == Some(job)) {
        state.stack.close(place);
    }
    state.notice = Some(Notice::info(job.cancelled()));
    vec![Effect::Cancel(job)]
}
