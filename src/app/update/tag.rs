//! Tag accounts, undo and redo. Only the user's own key ever calls an account a suspected bot.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Effect, State, filter, fresh, refuse, view};
use crate::app::{Action, Notice, Step, TagFilter, TagWrite, TagWriteKind, Tagging, places};
use crate::model::{AccountId, Label, LinkParameters, NamedTags, Tag, TagChange, Timestamp};
use crate::query::is_filter;
use crate::text::{count_of, thousands};

/// Tags the marked accounts, or the chosen one; a note that is there stays.
pub(in crate::app) fn label(state: &mut State, label: Option<Label>, now: Timestamp) -> Vec<Effect> {
    let accounts = state.targets_of_action();
    state.last_tagging = Some(Tagging::Label(label));
    let done = label.map_or_else(|| "Tag taken away".to_owned(), |label| format!("Tagged {label}"));
    change(state, &accounts, now, &done, |before| Tag { label, note: before.note.clone() })
}

/// Gives the last tag, or writes the last note, once more.
pub(in crate::app) fn repeat(state: &mut State, now: Timestamp) -> Vec<Effect> {
    match state.last_tagging.clone() {
        Some(Tagging::Label(label)) => self::label(state, label, now),
        Some(Tagging::Note(note)) => {
            let accounts = state.targets_of_action();
            super::note::write(state, &accounts, note, now)
        }
        None => refuse(state, Action::Repeat),
    }
}

/// Changes the tags of `accounts`, writes them to the log and says what was done.
pub(in crate::app) fn change(
    state: &mut State,
    accounts: &[AccountId],
    now: Timestamp,
    done: &str,
    new: impl Fn(&Tag) -> Tag,
) -> Vec<Effect> {
    if accounts.is_empty() {
        return refuse(state, Action::TagNone);
    }
    let change_of = |&account: &AccountId| {
        let before = state.tags.tag(account);
        Some(TagChange::between(account, &before, &new(&before))).filter(|change| !change.is_empty())
    };
    let changes: Vec<TagChange> = accounts.iter().filter_map(change_of).collect();
    if changes.is_empty() {
        state.notice = Some(Notice::info(format!("{} already: nothing changed.", whom(state, accounts))));
        // What stands here may be what another program took away this very moment.
        state.known.stale = true;
        return fresh::catch_up(state);
    }
    let changed: Vec<AccountId> = changes.iter().map(|change| change.account).collect();
    let unseen = unseen_marks(state, &changed);
    state.notice = Some(Notice::info(format!("{done}: {}{unseen}", whom(state, &changed))).then(Action::Undo));
    state.marks.clear();
    let basis = state.links.as_ref().map(|links| Arc::new(links.graph.parameters().clone()));
    let key = state.history.apply(now, basis.clone(), changes.clone());
    state.tag_cursor.row = 0;
    write(state, TagWriteKind::Apply(key), basis, changes, now)
}

fn write(
    state: &mut State,
    kind: TagWriteKind,
    basis: Option<Arc<LinkParameters>>,
    changes: Vec<TagChange>,
    now: Timestamp,
) -> Vec<Effect> {
    state.tags.apply(now, &changes);
    state.unsaved += 1;
    let named: Vec<_> =
        changes.iter().filter_map(|change| Some(change.for_account(state.key_of(change.account)?))).collect();
    if named.len() < changes.len() {
        let missing = changes.len() - named.len();
        let (gone, are) = (count_of(missing as u64, "account"), if missing == 1 { "is" } else { "are" });
        state.notice = Some(Notice::error(format!("{gone} of these {are} gone from the cache and cannot be tagged.")));
    }
    let mut effects = vec![Effect::WriteTags(TagWrite { kind, tags: NamedTags { at: now, basis, changes: named } })];
    if state.accounts.filter != TagFilter::All || is_filter(&state.accounts.query) {
        effects.extend(filter::relist(state));
    }
    effects
}

pub(in crate::app) fn undo(state: &mut State, now: Timestamp) -> Vec<Effect> {
    match state.history.undo() {
        Some(Step::Tags(key, changes)) => again(state, TagWriteKind::Undo(key), changes, now),
        Some(Step::View(change)) => view::change(state, change, "Undone", Action::Redo),
        None => refuse(state, Action::Undo),
    }
}

pub(in crate::app) fn redo(state: &mut State, now: Timestamp) -> Vec<Effect> {
    match state.history.redo() {
        Some(Step::Tags(key, changes)) => again(state, TagWriteKind::Redo(key), changes, now),
        Some(Step::View(change)) => view::change(state, change, "Redone", Action::Undo),
        None => refuse(state, Action::Redo),
    }
}

fn again(state: &mut State, kind: TagWriteKind, changes: Vec<TagChange>, now: Timestamp) -> Vec<Effect> {
    let accounts: Vec<AccountId> = changes.iter().map(|change| change.account).collect();
    let (done, other) = match kind {
        TagWriteKind::Undo(_) => ("Undone", Action::Redo),
        TagWriteKind::Redo(_) | TagWriteKind::Apply(_) => ("Redone", Action::Undo),
    };
    state.notice = Some(Notice::info(format!("{done}: {} (tags)", whom(state, &accounts))).then(other));
    write(state, kind, None, changes, now)
}

/// Whether a key would meet somebody who came under the cursor because the data changed, and not because the user went
/// there; says so.
pub(in crate::app) fn is_another_one(state: &mut State, unchosen: Option<AccountId>) -> bool {
    let Some(account) = unchosen.filter(|&account| state.targets_of_action() == [account]) else { return false };
    let name = state.name_of(account);
    let said = format!("Who was chosen is gone from the data, and {name} stands there now: once more for {name}.");
    state.notice = Some(Notice::error(said));
    true
}

fn whom(state: &State, accounts: &[AccountId]) -> String {
    match accounts {
        [one] => state.name_of(*one),
        many => format!("{} accounts", thousands(many.len() as u64)),
    }
}

/// Marks may lie outside what search and filter show; whoever tags them is told.
fn unseen_marks(state: &State, changed: &[AccountId]) -> String {
    let neighbours = || state.neighbours.rows.iter().map(|neighbour| neighbour.account);
    let mut unseen: FxHashSet<AccountId> =
        changed.iter().copied().filter(|account| state.marks.contains(account)).collect();
    match state.stack.covering().and_then(places::get) {
        Some(place) => take_out(&mut unseen, place.shown(state)),
        None => take_out(&mut unseen, neighbours().chain(state.accounts.rows.iter().copied())),
    }
    match unseen.len() {
        0 => String::new(),
        count => format!(", {} not in the lists shown", thousands(count as u64)),
    }
}

/// Takes those that are listed out of `accounts`, and looks no further than it must: a list may have a million rows.
fn take_out(accounts: &mut FxHashSet<AccountId>, listed: impl IntoIterator<Item = AccountId>) {
    let mut listed = listed.into_iter();
    while !accounts.is_empty()
        && let Some(account) = listed.next()
    {
        accounts.remove(&account);
    }
}
