//! Notice that another program changed the cache, and take in what was read anew: the tags of both count, and nobody is
//! tagged whom the user did not choose.

use super::{Effect, State, filter, reload};
use crate::app::{Fresh, Notice, Saved, Seen, TagFilter};
use crate::query::is_filter;
use crate::text::{count_of, sanitise_line};

/// Names that are told of accounts that another program tagged.
const NAMED: usize = 3;

/// Asks for what another program changed; what this one is changing itself comes by another way.
pub(super) fn look(state: &mut State, seen: Seen) -> Vec<Effect> {
    let known = state.known.seen;
    let accounts = seen.data > known.data && state.importing.is_none() && state.roster.is_some();
    let tags = seen.tags > known.tags && state.unsaved == 0;
    if accounts || tags { ask(state, accounts) } else { Vec::new() }
}

fn ask(state: &mut State, accounts: bool) -> Vec<Effect> {
    if state.known.rereading {
        return Vec::new();
    }
    (state.known.rereading, state.known.stale) = (true, false);
    vec![Effect::Reread { accounts }]
}

/// Takes in that an action on tags is on disk, or was given up.
pub(super) fn saved(state: &mut State, saved: &Saved) -> Vec<Effect> {
    state.unsaved = state.unsaved.saturating_sub(1);
    if let Some(number) = saved.number {
        state.history.logged(saved.applied, number);
        // A number between is another program's.
        state.known.stale |= number != state.known.seen.tags + 1;
        state.known.seen.tags = state.known.seen.tags.max(number);
    }
    if !saved.differing.is_empty() {
        let whom = names(saved.differing.iter().map(|key| key.id.as_str()), state);
        let said = if saved.applied.is_some() {
            format!("Another program had tagged {whom} meanwhile: what you said now counts, and the log keeps both.")
        } else {
            format!("Another program changed {whom} since: nothing was taken back or done again there.")
        };
        state.notice = Some(Notice::error(said));
    }
    // What was not written changed nothing, though it is shown as if it had.
    state.known.stale |= saved.number.is_none() || !saved.differing.is_empty();
    if state.known.stale && state.unsaved == 0 { ask(state, false) } else { Vec::new() }
}

/// Takes in that tags cannot be written now. They stay as the user gave them, whatever the cache says.
pub(super) fn kept(state: &mut State, reason: &str) {
    let said = format!("The tags were NOT saved, and are kept here: {reason}. :save-tags writes them to a file.");
    state.notice = Some(Notice::error(said));
}

/// Some ids as their accounts are called, and how many more there are.
fn names<'i>(ids: impl ExactSizeIterator<Item = &'i str>, state: &State) -> String {
    let more = ids.len().saturating_sub(NAMED);
    let accounts = state.roster.as_ref().map_or(&[][..], |roster| roster.accounts());
    let name = |id: &str| {
        let account = accounts.iter().find(|account| account.platform_id == id);
        account.map_or_else(
            || sanitise_line(id, 40).into_owned(),
            |account| sanitise_line(&account.mention(), 40).into_owned(),
        )
    };
    let named: Vec<String> = ids.take(NAMED).map(name).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

/// Takes in what was read anew.
pub(super) fn take(state: &mut State, fresh: Fresh) -> Vec<Effect> {
    state.known.rereading = false;
    let mut effects = Vec::new();
    if let Some(roster) = fresh.roster.filter(|_| fresh.seen.data > state.known.seen.data) {
        effects.extend(reload::replace(state, roster));
        let said = Notice::info("Another program changed the data: it was read anew.");
        state.data_notice = Some(said.clone());
        state.notice = Some(said);
    }
    if state.unsaved > 0 || fresh.seen.tags < state.known.seen.tags {
        // It was read before what this program wrote meanwhile.
        state.known.stale = true;
        if state.unsaved == 0 {
            effects.extend(ask(state, false));
        }
        return effects;
    }
    let before = std::mem::replace(&mut state.tags, fresh.tags);
    state.history = state.history.reread(fresh.log);
    state.known.seen.tags = fresh.seen.tags;
    let changed = state.tags.differing_from(&before);
    if changed > 0 && state.notice.is_none() {
        let accounts = count_of(changed as u64, "account");
        state.notice = Some(Notice::info(format!("Another program changed the tags of {accounts}.")));
    }
    if state.accounts.filter != TagFilter::All || is_filter(&state.accounts.query) {
        effects.extend(filter::relist(state));
    }
    effects
}
