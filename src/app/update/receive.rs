//! Take in what workers send.

use std::path::Path;
use std::sync::Arc;

use super::{Effect, State, complete, copy_evidence, escape, filter, fresh, hold, imports, reload, settle, view};
use crate::analysis::Roster;
use crate::app::places;
use crate::app::{Action, History, ImportOutcome, Job, Made, Message, Notice, Place};
use crate::model::AccountId;
use crate::text::{count_of, thousands};

/// Takes in one message.
pub fn receive(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = take(state, message);
    effects.extend(settle::settle(state));
    effects.extend(hold::release(state));
    effects
}

fn take(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Opened { head, tags } => {
            (state.head, state.tags, state.history) = (Some(head), tags.tags, History::from_log(tags.log));
            state.known.seen = tags.seen;
            return filter::relist(state);
        }
        // What is left of a request that was cancelled or replaced counts no more.
        Message::Advanced { job, generation, .. } | Message::Made { job, generation, .. }
            if generation != state.generation(job) => {}
        Message::Advanced { job, news, .. } => {
            // What is read and linked at the start is nobody's request.
            if matches!(job, Job::Reading | Job::Links) && !state.jobs.runs(job) {
                state.jobs.start(job);
            }
            state.jobs.advance(job, news);
        }
        Message::Made { job, made, .. } => {
            state.jobs.end(job);
            return match made {
                Ok(made) => take_made(state, made),
                Err(reason) => failed(state, job, reason),
            };
        }
        Message::Listed { number, .. } | Message::NotListed { number, .. } if counts_no_more(state, number) => {}
        Message::Listed { rows, whole, .. } => take_rows(state, rows, whole),
        message @ (Message::TagsSaved(_)
        | Message::TagsKept(_)
        | Message::CacheLost(_)
        | Message::TagsFiled { .. }
        | Message::ParametersKept { .. }
        | Message::Seen(_)
        | Message::Reread(_)) => return take_of_cache(state, message),
        Message::Objects(objects) => {
            state.objects.extend(objects.into_iter().map(|object| (object.id, object)));
        }
        Message::Evidence(pair, objects) => return copy_evidence::take(state, pair, objects),
        Message::Pictures(pictures) => state.pictures.extend(pictures),
        Message::Completed { number, candidates } => complete::take(state, number, candidates),
        Message::Imports(rows) => imports::take(state, rows),
        Message::Rejected { import, lines } => imports::show(state, import, lines),
        Message::NotRead { unread, reason } => {
            state.unread.objects.extend(unread.objects);
            state.unread.pictures.extend(unread.pictures);
            state.notice = Some(Notice::error(reason));
        }
        Message::NotListed { reason, .. } => {
            hold::forget(state);
            state.notice = Some(Notice::error(reason));
        }
        Message::Failed(reason) => state.notice = Some(Notice::error(reason)),
    }
    Vec::new()
}

fn exported(state: &mut State, accounts: usize, under_others: usize, path: &Path) {
    let accounts = count_of(accounts as u64, "account");
    let others = match under_others {
        0 => String::new(),
        count => format!("; {} of them tagged under other parameters", thousands(count as u64)),
    };
    state.notice = Some(Notice::info(format!("Exported {accounts} to {}{others}", path.display())));
}

/// What became of tags, and what other programs did.
fn take_of_cache(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::TagsSaved(saved) => return fresh::saved(state, &saved),
        Message::TagsKept(reason) => fresh::kept(state, reason),
        Message::CacheLost(reason) => {
            state.cache_lost = reason;
            if state.cache_lost.is_none() && state.unsaved > 0 {
                return vec![Effect::RetryTags];
            }
        }
        Message::TagsFiled { accounts, path } => {
            let accounts = count_of(accounts as u64, "account");
            // They are safe; the next one that is not says so again.
            state.tags_kept = None;
            state.notice = Some(Notice::info(format!("Tags of {accounts} are in {}", path.display())));
        }
        Message::ParametersKept { kept, by_others } => view::take_kept(state, *kept, by_others),
        Message::Seen(seen) => return fresh::look(state, seen),
        Message::Reread(Some(read)) => return fresh::take(state, *read),
        _ => fresh::not_reread(state),
    }
    Vec::new()
}

/// What came of the latest request.
fn take_made(state: &mut State, made: Made) -> Vec<Effect> {
    match made {
        Made::Roster(roster) => loaded(state, roster),
        Made::Links { links, changes } => {
            state.links = Some(links);
            linked(state, changes)
        }
        Made::Export { accounts, under_others, path } => {
            exported(state, accounts, under_others, &path);
            Vec::new()
        }
        Made::Import { outcome, roster } => reload::end(state, outcome, roster),
        Made::Answer(place, answer) => places::get(place).map_or_else(Vec::new, |open| open.take(state, answer)),
    }
}

/// Why nothing came of the latest request.
fn failed(state: &mut State, job: Job, reason: String) -> Vec<Effect> {
    match job {
        Job::Links => not_linked(state, reason),
        Job::Of(place) => escape::failed(state, place, reason),
        Job::Importing => return reload::end(state, ImportOutcome::Failed(reason), None),
        Job::Reading => {
            if state.roster.is_none() {
                hold::forget(state);
                state.places.clusters.wanted = false;
                state.unlinked = Some(format!("The accounts could not be read ({})", reason.trim_end_matches('.')));
            }
            state.notice = Some(Notice::error(reason));
        }
        Job::Exporting => state.notice = Some(Notice::error(reason)),
    }
    Vec::new()
}

fn loaded(state: &mut State, roster: Arc<Roster>) -> Vec<Effect> {
    if state.roster.is_some() {
        // An import that ended before all was read brought newer data.
        return Vec::new();
    }
    state.known.seen.data = roster.data_version;
    (state.roster, state.head) = (Some(roster), None);
    let mut effects = fresh::catch_up(state);
    state.places.wall.wall.give_up();
    if !state.accounts.by_hand {
        // Nobody has chosen yet: all of them are about to be ordered, and their head is where to begin.
        state.accounts.from_head = true;
        effects.extend(state.list_request().map(Effect::List));
        return effects;
    }
    effects.extend(filter::relist(state));
    effects
}

fn linked(state: &mut State, changes: Option<(usize, usize)>) -> Vec<Effect> {
    (state.wanted, state.unlinked) = (None, None);
    forget_pairs(state);
    Place::ALL.iter().filter_map(|&place| places::get(place)).for_each(|place| place.let_go(state));
    state.history.settle();
    let mut effects: Vec<Effect> = view::keep_parameters(state).into_iter().collect();
    if let Some((gained, lost)) = changes {
        say_what_changed(state, gained, lost);
    } else if !state.accounts.by_hand {
        // Nobody has chosen yet: the list is about to be ordered by links, and its head is where to begin.
        state.accounts.from_head = true;
        effects.extend(state.list_request().map(Effect::List));
        return effects;
    }
    effects.extend(filter::relist(state));
    effects
}

fn not_linked(state: &mut State, reason: String) {
    state.wanted = None;
    state.places.clusters.wanted = false;
    state.history.unsettle();
    let why = || format!("Linking failed ({})", reason.trim_end_matches('.'));
    state.unlinked = state.links.is_none().then(why);
    // What was to be said with the links would be said with others.
    state.data_notice = None;
    state.notice = Some(Notice::error(reason).then(Action::Parameters));
}

/// Neighbours and evidence follow from links, so they are taken anew, with the same neighbour chosen if it still is one.
fn forget_pairs(state: &mut State) {
    state.neighbours.wanted = state.chosen_neighbour().map(|neighbour| neighbour.account);
    state.neighbours.account = None;
    state.why.pair = None;
    if let Some(links) = &state.links {
        state.parameters = links.graph.parameters().clone();
    }
}

fn say_what_changed(state: &mut State, gained: usize, lost: usize) {
    let [gained, lost] = [gained, lost].map(|count| thousands(count as u64));
    let links = format!("{}: {gained} new, {lost} gone", state.links_in_words());
    state.notice = Some(match state.data_notice.take() {
        Some(why) => Notice { text: format!("{} · {links}", why.text), ..why },
        None => Notice::info(links),
    });
}

/// Whether a list was asked for before the latest one: keys may mean somebody whom only that has. Of a filter that cannot be
/// read no list comes, so that the one before counts.
fn counts_no_more(state: &State, number: u64) -> bool {
    number != state.accounts.listing && state.accounts.query_error.is_none()
}

/// The first rows of a search are shown while it goes on, if it is still waited for; keys wait for the whole then, so that
/// none meets an account that is about to move.
fn take_rows(state: &mut State, rows: Vec<AccountId>, whole: bool) {
    if whole {
        state.accounts.awaited = false;
        filter::put(state, rows);
    } else if state.accounts.awaited {
        state.accounts.rows = rows;
    }
}
