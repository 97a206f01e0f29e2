//! Audit who retweets an account; walk through the retweeters, mark and tag them.

use std::sync::Arc;

use super::{Effect, State, escape, focus, jump, mark, motion};
use crate::analysis::Audit;
use crate::app::{Action, Job, Notice, Pane, Place, Work};
use crate::model::AccountId;

/// Opens the audit of the marked accounts taken as one, or of the chosen one; or closes it.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    if state.place() == Place::Audit {
        state.audit.open = false;
        // Who opens it again asks anew, so nobody waits for what is under way.
        return if state.jobs.runs(Job::Audit) { escape::cancel_job(state, Job::Audit) } else { Vec::new() };
    }
    let hub = state.targets_of_action();
    if hub.is_empty() {
        state.notice = Some(Notice::error("No account is chosen here that could be audited."));
        return Vec::new();
    }
    begin(state, hub)
}

/// Audits what is audited once more, together with the accounts that may belong to it.
fn together(state: &mut State) -> Vec<Effect> {
    let Some(found) = state.audit.found.made.clone() else { return Vec::new() };
    let joined: Vec<String> = found.audit.kin.iter().map(|kin| state.name_of(kin.account)).collect();
    let effects = begin(state, found.audit.together());
    if !effects.is_empty() && !joined.is_empty() {
        state.notice = Some(Notice::info(format!("As one with it: {}", joined.join(", "))));
    }
    effects
}

fn begin(state: &mut State, hub: Vec<AccountId>) -> Vec<Effect> {
    let (Some(roster), Some(links)) = (state.roster.clone(), state.links.clone()) else {
        state.notice = Some(Notice::error("Accounts are still being linked; audit again when that is done."));
        return Vec::new();
    };
    state.close_places();
    let generation = state.audit.begin(hub.clone());
    vec![super::begin(state, generation, Work::Audit { hub, roster, links })]
}

/// What an action means while the audit is looked at; `None` where it means what it means elsewhere.
pub(super) fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let can_cancel = state.can_cancel();
    let height = state.viewport.audit;
    let view = &mut state.audit;
    if let Some(rows) = motion::rows(action, height) {
        view.step(rows);
        return Some(Vec::new());
    }
    match action {
        Action::Left => view.on_plain = false,
        Action::Right => view.on_plain = true,
        Action::NextPane | Action::PreviousPane => view.on_plain = !view.on_plain,
        Action::MarkAll => {
            let rows = view.rows();
            mark::toggle_all(state, rows);
        }
        Action::AuditTogether => return Some(together(state)),
        Action::AuditJump => {
            let effects = jump::to_subject(state);
            state.audit.open = false;
            state.focus = Pane::Accounts;
            return Some(effects);
        }
        Action::Escape if !can_cancel => view.open = false,
        _ if focus::leads_to_panes(action) => {
            view.open = false;
            return None;
        }
        _ => return None,
    }
    Some(Vec::new())
}

/// Takes in what was found.
pub(super) fn take(state: &mut State, audit: Arc<Audit>) {
    state.audit.on_plain = audit.showing == 0;
    state.audit.found.made = Some(audit);
}

/// Why nobody could be audited.
pub(super) fn failed(state: &mut State, reason: String) {
    state.audit.open = false;
    state.notice = Some(Notice::error(reason));
}
