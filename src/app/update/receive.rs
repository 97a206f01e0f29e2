//! Take in what workers send.

use super::{Effect, State, filter, settle};
use crate::app::{Message, Notice, Progress};
use crate::text::thousands;

/// Takes in one message.
pub fn receive(state: &mut State, message: Message) -> Vec<Effect> {
    let mut effects = take(state, message);
    effects.extend(settle::settle(state));
    effects
}

fn take(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Working(what, done) => state.progress = Some(Progress { what, done, can_cancel: true }),
        Message::Loaded { roster, tags, history } => {
            state.roster = Some(roster);
            state.tags = tags;
            state.history = history;
            return filter::relist(state);
        }
        Message::Linked(links) => {
            state.links = Some(links);
            state.progress = None;
            state.neighbours.of = None;
            if state.accounts.cursor.row == 0 {
                // Nobody has chosen yet: the list is about to be ordered by links, and its head is where to begin.
                return state.list_request().map(Effect::List).into_iter().collect();
            }
            return filter::relist(state);
        }
        Message::LinkingCancelled => {
            state.progress = None;
            state.linking_cancelled = true;
            state.notice = Some(Notice::info("Linking was cancelled; start the program again to link."));
        }
        Message::Listed(rows) => listed(state, rows),
        Message::Objects(objects) => {
            state.objects.extend(objects.into_iter().map(|object| (object.id, object)));
        }
        Message::Thumbnails(thumbnails) => state.thumbnails.extend(thumbnails),
        Message::Exported { accounts, path } => {
            state.progress = None;
            let noun = if accounts == 1 { "account" } else { "accounts" };
            let count = thousands(accounts as u64);
            state.notice = Some(Notice::info(format!("Exported {count} {noun} to {}", path.display())));
        }
        Message::Failed(reason) => state.notice = Some(Notice::error(reason)),
        Message::WorkFailed(reason) => {
            state.progress = None;
            state.notice = Some(Notice::error(reason));
        }
    }
    Vec::new()
}

fn listed(state: &mut State, rows: Vec<crate::model::AccountId>) {
    state.accounts.rows = rows;
    if let Some(wanted) = state.accounts.wanted.take()
        && let Some(row) = state.accounts.rows.iter().position(|&id| id == wanted)
    {
        state.accounts.cursor.row = row;
    }
}
