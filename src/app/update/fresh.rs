//! Notice that another program changed the cache, and take in what was read anew: the tags of both count, and nobody is
//! tagged whom the user did not choose.

use super::{Effect, State, filter, reload};
use crate::app::{Fresh, Job, Notice, Saved, Seen, TagFilter};
use crate::model::{Account, AccountKey};
use crate::query::is_filter;
use crate::text::{count_of, sanitise_line};

/// Names that are told of accounts that another program tagged.
const NAMED: usize = 3;

/// Takes in how far somebody saw the cache.
pub(in crate::app) fn look(state: &mut State, seen: Seen) -> Vec<Effect> {
    state.known.see(seen);
    catch_up(state)
}

/// Asks for what another program changed, unless that is under way, or comes by another way. To be called whenever
/// something ends that it waited for.
pub(in crate::app) fn catch_up(state: &mut State) -> Vec<Effect> {
    let known = state.known;
    if known.rereading || state.roster.is_none() {
        return Vec::new();
    }
    let accounts = known.newest.data > known.seen.data && !state.jobs.runs(Job::Importing);
    let tags = (known.stale || known.newest.tags > known.seen.tags) && state.unsaved == 0;
    if !accounts && !tags {
        return Vec::new();
    }
    (state.known.rereading, state.known.reread_stale) = (true, std::mem::take(&mut state.known.stale));
    vec![Effect::Reread { accounts }]
}

/// Takes in that reading anew failed: what had to be read still has, with the next news.
pub(in crate::app) fn not_reread(state: &mut State) {
    state.known.rereading = false;
    state.known.stale |= state.known.reread_stale;
}

/// Takes in that an action on tags is on disk, or was given up.
pub(in crate::app) fn saved(state: &mut State, saved: &Saved) -> Vec<Effect> {
    state.unsaved = state.unsaved.saturating_sub(1);
    state.tags_kept = None;
    if let Some(number) = saved.number {
        state.history.logged(saved.applied, number);
        // A number between is another program's.
        state.known.stale |= number != state.known.seen.tags + 1;
        state.known.seen.tags = state.known.seen.tags.max(number);
    }
    if !saved.differing.is_empty() {
        let whom = names(&saved.differing, state);
        let said = if saved.applied.is_some() {
            format!("Another program had tagged {whom} meanwhile: what you said now counts, and the log keeps both.")
        } else {
            format!("Another program changed {whom} since: nothing was taken back or done again there.")
        };
        state.notice = Some(Notice::error(said));
    }
    // What was not written changed nothing, though it is shown as if it had.
    state.known.stale |= saved.number.is_none() || !saved.differing.is_empty();
    catch_up(state)
}

/// Takes in that tags cannot be written now. They stay as the user gave them, whatever the cache says.
pub(in crate::app) fn kept(state: &mut State, reason: String) {
    state.tags_kept = Some(reason);
}

/// Some accounts as they are called, and how many more there are.
fn names(keys: &[AccountKey], state: &State) -> String {
    let more = keys.len().saturating_sub(NAMED);
    let accounts = state.roster.as_ref().map_or(&[][..], |roster| roster.accounts());
    let name = |key: &AccountKey| {
        let account = accounts.iter().find(|account| key.names(account));
        let name = account.map_or_else(|| key.id.clone(), Account::mention);
        sanitise_line(&name, 40).into_owned()
    };
    let named: Vec<String> = keys.iter().take(NAMED).map(name).collect();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    named.join(", ") + &more
}

/// Takes in what was read anew.
pub(in crate::app) fn take(state: &mut State, fresh: Fresh) -> Vec<Effect> {
    state.known.rereading = false;
    let mut effects = Vec::new();
    if let Some(roster) = fresh.roster.filter(|_| fresh.seen.data > state.known.seen.data) {
        effects.extend(reload::replace(state, roster));
        let said = Notice::info("Another program changed the data: it was read anew.");
        state.data_notice = Some(said.clone());
        state.notice = Some(said);
    }
    state.known.see(fresh.seen);
    let fewer = Some(fresh.seen.tags).filter(|&tags| tags < state.known.seen.tags);
    if state.unsaved > 0 || (fewer.is_some() && state.known.fewer != fewer) {
        // It was read before what this program wrote meanwhile.
        (state.known.stale, state.known.fewer) = (true, fewer);
        effects.extend(catch_up(state));
        return effects;
    }
    if fewer.is_some() {
        // What waited beside the cache changed nothing after all, or somebody took it away.
        state.known.newest.tags = fresh.seen.tags;
    }
    state.known.fewer = None;
    let before = std::mem::replace(&mut state.tags, fresh.tags);
    state.history = state.history.reread(fresh.log);
    state.known.seen.tags = fresh.seen.tags;
    let changed = state.tags.differing_from(&before);
    if changed > 0 && state.notice.as_ref().is_none_or(Notice::may_go) {
        let accounts = count_of(changed as u64, "account");
        state.notice = Some(Notice::info(format!("Another program changed the tags of {accounts}.")));
    }
    if state.accounts.filter != TagFilter::All || is_filter(&state.accounts.query) {
        effects.extend(filter::relist(state));
    }
    effects.extend(catch_up(state));
    effects
}
