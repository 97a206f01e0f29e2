//! The audit of an account, or of several that belong together, as it is looked at.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, Audit, AuditOf, Question};
use crate::app::update::{escape, jump, mark, motion};
use crate::app::{Action, Cursor, Effect, Notice, Place, Request, State};
use crate::model::{AccountId, Timestamp};
use crate::signals::{Kin, Retweeter};

/// The audit as it is looked at.
#[derive(Debug, Default)]
pub struct AuditView {
    /// Who is audited.
    pub hub: Vec<AccountId>,
    /// What was found, once it is known.
    pub found: Request<Vec<AccountId>, Arc<Audit>>,
    /// The chosen retweeter, among those that show something.
    pub cursor: Cursor,
    /// The chosen one among those that show nothing of it.
    pub plain: Cursor,
    /// Whether keys go to those that show nothing.
    pub on_plain: bool,
    /// Whether the accounts were named that only look amplified together with it, so that the same key takes them.
    pub armed: bool,
}

impl AuditView {
    /// Forgets it; what was asked for counts no more.
    pub fn give_up(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        found.forget();
        *self = Self { found, ..Self::default() };
    }

    /// Asks for the audit of these accounts; says by which number.
    pub fn begin(&mut self, hub: Vec<AccountId>) -> u64 {
        self.give_up();
        self.hub.clone_from(&hub);
        self.found.ask(hub).unwrap_or_default()
    }

    /// The retweeters that keys walk through.
    #[must_use]
    pub fn list(&self) -> &[Retweeter] {
        let Some(found) = &self.found.made else { return &[] };
        let (showing, plain) = found.rows.split_at(found.showing);
        if self.on_plain { plain } else { showing }
    }

    /// The accounts of the list that keys walk through.
    #[must_use]
    pub fn rows(&self) -> Vec<AccountId> {
        self.list().iter().map(|one| one.account).collect()
    }

    fn active(&mut self) -> &mut Cursor {
        if self.on_plain { &mut self.plain } else { &mut self.cursor }
    }

    /// The chosen retweeter.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        let cursor = if self.on_plain { self.plain } else { self.cursor };
        self.list().get(cursor.row).map(|one| one.account)
    }

    /// Moves by so many rows.
    pub fn step(&mut self, rows: isize) {
        let count = self.list().len();
        self.active().move_by(rows, count);
    }

    /// Keeps what is chosen in sight.
    pub fn follow(&mut self, height: usize) {
        let (showing, all) = self.found.made.as_ref().map_or((0, 0), |found| (found.showing, found.rows.len()));
        self.cursor.follow(showing, height);
        self.plain.follow(all - showing, height);
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

/// Its list of those that show something, and beside it the others.
const SHOWING: usize = 0;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Audit)
    }

    /// Opens the audit of the marked accounts taken as one, or of the chosen one.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        if state.place() == Place::Audit {
            // Who opens it again asks anew, so nobody waits for what is under way.
            return escape::close_and_stop(state, Place::Audit);
        }
        let hub = state.targets_of_action();
        if hub.is_empty() {
            state.notice = Some(Notice::error("No account is chosen here that could be audited."));
            return Vec::new();
        }
        begin(state, hub)
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        let why = match (action, &state.places.audit.found.made) {
            (Action::AuditTogether, None) => "The audit is still under way.",
            (Action::AuditTogether, Some(found)) if found.audit.kin.is_empty() => {
                "No other account looks like the one that is audited."
            }
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.audit.chosen()
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.audit.rows()
    }

    fn row(&self, state: &State) -> Option<usize> {
        let chosen = state.places.audit.chosen()?;
        state.places.audit.rows().iter().position(|&row| row == chosen)
    }

    fn step(&self, state: &mut State) {
        state.places.audit.step(1);
    }

    fn choose(&self, state: &mut State, list: usize, row: usize) {
        let view = &mut state.places.audit;
        view.on_plain = list != SHOWING;
        view.active().row = row;
    }

    fn follow(&self, state: &mut State) {
        state.places.audit.follow(state.viewport.places.audit.0);
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords { under_way: "auditing", cancelled: "The audit was cancelled." })
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.audit.found.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Audit(audit) = answer {
            state.places.audit.on_plain = audit.showing == 0;
            state.places.audit.found.made = Some(audit);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.audit.give_up();
    }

    /// Who was audited may be gone.
    fn forget(&self, state: &mut State) {
        state.stack.close(Place::Audit);
        state.places.audit.give_up();
    }
}

/// Audits what is audited once more, as one with the accounts that look like the same figure; where none does, with those
/// that controls in clusters retweet, after these were named.
fn together(state: &mut State) -> Vec<Effect> {
    let Some(found) = state.places.audit.found.made.clone() else { return Vec::new() };
    let (alike, amplified): (Vec<&Kin>, Vec<&Kin>) = found.audit.kin.iter().partition(|kin| kin.looks_alike());
    let joined = if alike.is_empty() { amplified } else { alike };
    let names: Vec<String> = joined.iter().map(|kin| state.name_of(kin.account)).collect();
    let names = names.join(", ");
    if joined.iter().any(|kin| !kin.looks_alike()) && !std::mem::replace(&mut state.places.audit.armed, true) {
        let said =
            format!("None looks like it, but controls in clusters retweet {names}: once more audits all as one.");
        state.notice = Some(Notice::info(said));
        return Vec::new();
    }
    let hub = state.places.audit.hub.iter().copied().chain(joined.iter().map(|kin| kin.account)).collect();
    let effects = begin(state, hub);
    if !effects.is_empty() {
        state.notice = Some(Notice::info(format!("As one with it: {names}")));
    }
    effects
}

fn begin(state: &mut State, hub: Vec<AccountId>) -> Vec<Effect> {
    let (Some(roster), Some(links)) = (state.roster.clone(), state.links.clone()) else {
        state.notice = Some(Notice::error("Accounts are still being linked; audit again when that is done."));
        return Vec::new();
    };
    state.stack.uncover();
    state.stack.open(Place::Audit);
    let generation = state.places.audit.begin(hub.clone());
    vec![state.ask(Place::Audit, generation, Question::Audit(AuditOf { hub, roster, links }))]
}

/// What an action means while the audit is looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let height = state.viewport.places.audit.0;
    state.places.audit.armed &= action == Action::AuditTogether;
    let view = &mut state.places.audit;
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
            return Some(jump::out_to_subject(state));
        }
        _ => return None,
    }
    Some(Vec::new())
}
