//! Actions and messages to a changed state: one verb a file.
//!
//! Words of this room: *accept*, take in the line once it is typed; *settle*, bring what follows from a choice in line with it;
//! *hold*, keep keys until the list has caught up with the search; *triage*, go from one untagged account or cluster to the
//! next; *fresh*, the cache read anew, since another program changed it.

pub(super) mod complete;
pub(super) mod copy;
pub(super) mod copy_evidence;
pub(super) mod count;
pub(super) mod escape;
pub(super) mod export;
pub(super) mod filter;
pub(super) mod focus;
pub(super) mod follow;
pub(super) mod fresh;
pub(super) mod help;
pub(super) mod hold;
pub(super) mod import;
pub(super) mod jump;
pub(super) mod mark;
pub(super) mod motion;
pub(super) mod note;
pub(super) mod palette;
pub(super) mod pointer;
pub(super) mod profile;
pub(super) mod receive;
pub(super) mod reload;
pub(super) mod save_tags;
pub(super) mod search;
pub(super) mod settle;
pub(super) mod sizes;
pub(super) mod tag;
pub(super) mod triage;
pub(super) mod typing;
pub(super) mod unseen;
pub(super) mod view;

use super::places::{self, clusters, imports, parameters, report};
use super::{Action, Effect, EntryPurpose, Notice, Pane, Place, State};
use crate::model::{Label, Timestamp};

pub use count::digit;
pub use pointer::point;
pub use receive::receive;
pub use typing::{paste, type_text};
pub use unseen::unseen;

/// Carries out what the user asked for at `now`.
pub fn act(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    triage::forget(state);
    if hold::takes(state, action, now) {
        return Vec::new();
    }
    let count = state.count.take();
    complete::forget_nothing(state);
    if state.entry.is_none() && count.is_none() {
        // A line and a number that are typed hide the notice, so what came since was not seen.
        state.notice = None;
    }
    let unchosen = state.accounts.unchosen.take();
    filter::note_choice(state, action);
    if action == Action::Escape && (count.is_some() || state.anchor.take().is_some()) {
        return Vec::new();
    }
    if let Some(why) = state.why_not(action) {
        state.notice = Some(Notice::info(why));
        return Vec::new();
    }
    if action.says_of_accounts() && tag::is_another_one(state, unchosen) {
        return Vec::new();
    }
    if action.says_of_accounts() && !mark::close_range(state) {
        return Vec::new();
    }
    let mut effects = match count {
        Some(count) => count::carry_out(state, action, count, now),
        None => dispatch(state, action, now),
    };
    effects.extend(settle::settle(state));
    effects
}

/// Brings cursors and windows in line after the size of the terminal changed.
pub fn resize(state: &mut State) -> Vec<Effect> {
    settle::settle(state)
}

fn dispatch(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    let here = state.place();
    if let Some(place) = places::get(here) {
        if let Some(effects) = place.act(state, action, now) {
            return effects;
        }
        if here.covers() && action == Action::Escape && !state.can_cancel() {
            state.stack.close(here);
            return Vec::new();
        }
        if focus::leads_to_panes(action) {
            state.stack.uncover();
        }
    }
    general(state, action, now)
}

/// What an action means wherever no place that is open says otherwise.
fn general(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Search => search::start(state),
        Action::Filter => return filter::next_filter(state),
        Action::Order => return filter::next_order(state),
        Action::Mark => mark::toggle(state),
        Action::MarkAll => mark::all(state),
        Action::ClearMarks => mark::clear(state),
        Action::MarkRange => mark::range(state),
        Action::InvertMarks => mark::invert(state),
        Action::TagSuspectedBot => return tag::label(state, Some(Label::SuspectedBot), now),
        Action::TagLikelyHuman => return tag::label(state, Some(Label::LikelyHuman), now),
        Action::TagUnsure => return tag::label(state, Some(Label::Unsure), now),
        Action::TagNone => return tag::label(state, None, now),
        Action::Undo => return tag::undo(state, now),
        Action::Redo => return tag::redo(state, now),
        Action::Note => note::start(state),
        Action::Repeat => return tag::repeat(state, now),
        Action::OpenProfile => profile::start(state),
        Action::Export => export::start(state, now),
        Action::SaveTags => save_tags::start(state, now),
        Action::Import => return import::again(state),
        Action::NextUntagged => return triage::next(state),
        Action::Mute => return parameters::mute(state),
        Action::OpenNeighbours => focus::show(state, Pane::Neighbours),
        Action::Jump | Action::JumpToOther | Action::JumpToTagged => return jump::to_subject(state),
        Action::Back => return jump::back(state),
        Action::Forward => return jump::forward(state),
        Action::Escape => return escape::escape(state),
        Action::CopyId => return copy::ids(state),
        Action::CopyHandle => return copy::handles(state),
        Action::CopyLink => return copy::links(state),
        Action::CopyEvidence => return copy_evidence::copy(state),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Palette => palette::start(state),
        Action::Help => help::start(state),
        _ => return of_place(state, action, now),
    }
    Vec::new()
}

/// What opens a place, which is a line of that place alone, edits what is typed, or moves about.
fn of_place(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    let opened = Place::ALL.iter().find(|place| place.opener() == Some(action)).and_then(|&place| places::get(place));
    if let Some(opened) = opened {
        return opened.toggle(state);
    }
    match action.place() {
        Place::Entry => in_entry(state, action, now),
        Place::Everywhere => move_about(state, action),
        _ => not_here(state, action),
    }
}

/// Goes to another row or pane. Every action of `Everywhere` is told apart before, or here.
fn move_about(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Left => focus::left(state),
        Action::Right => focus::right(state),
        Action::NextPane => focus::next(state),
        Action::PreviousPane => focus::previous(state),
        Action::FocusAccounts => focus::show(state, Pane::Accounts),
        Action::FocusNeighbours => focus::show(state, Pane::Neighbours),
        Action::FocusWhy => focus::show(state, Pane::Why),
        Action::FocusTags => focus::show(state, Pane::Tags),
        Action::PaneWider => sizes::widen(state, true),
        Action::PaneNarrower => sizes::widen(state, false),
        Action::PaneZoom => sizes::zoom(state),
        Action::PaneHide => sizes::hide(state),
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
            motion::go(state, action, 1);
        }
        _ => return not_here(state, action),
    }
    Vec::new()
}

/// Says why an action can do nothing now, in the words that its key is told; a verb that finds it out itself has none of its own.
pub(super) fn refuse(state: &mut State, action: Action) -> Vec<Effect> {
    state.notice = state.why_not(action).map(Notice::info);
    Vec::new()
}

/// Says that an action has no meaning in the place that it was called in.
fn not_here(state: &mut State, action: Action) -> Vec<Effect> {
    let (word, place) = (action.word(), action.place().word());
    state.notice = Some(Notice::info(format!("{word} means nothing here: it belongs to {place}.")));
    Vec::new()
}

/// What keys do while something is typed: they edit the line, or walk through what is listed for it.
fn in_entry(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    match action {
        _ if state.entry.is_none() => return not_here(state, action),
        Action::Accept => return accept(state, now),
        Action::Abandon => return abandon(state),
        Action::EntryDown
        | Action::EntryUp
        | Action::EntryPageDown
        | Action::EntryPageUp
        | Action::CompleteNext
        | Action::CompletePrevious
            if help::scroll(state, action) || palette::step(state, action) => {}
        Action::EntryDown | Action::EntryUp if state.completion.is_some() => {
            return complete::step(state, action == Action::EntryDown);
        }
        Action::CompleteNext => return complete::step(state, true),
        Action::CompletePrevious => return complete::step(state, false),
        Action::EntryDown | Action::EntryUp | Action::EntryPageDown | Action::EntryPageUp => {
            motion::go(state, action, 1);
        }
        edits => return typing::edit(state, edits),
    }
    Vec::new()
}

fn accept(state: &mut State, now: Timestamp) -> Vec<Effect> {
    let Some(entry) = state.entry.take() else { return Vec::new() };
    state.completion = None;
    match &entry.purpose {
        EntryPurpose::Search { .. } => {
            search::accept(state);
            Vec::new()
        }
        EntryPurpose::Note { accounts, present } => note::accept(state, accounts, (present, &entry.text()), now),
        EntryPurpose::Help(_) => Vec::new(),
        EntryPurpose::OpenLink => profile::accept(state, &entry.text()),
        EntryPurpose::Import => import::accept(state, entry.text()),
        EntryPurpose::Export => export::accept(state, &entry.text()),
        EntryPurpose::SaveTags => save_tags::accept(state, &entry.text()),
        EntryPurpose::Palette(palette) => palette::accept(state, palette.chosen(), now),
        EntryPurpose::Setting(setting) => parameters::accept(state, *setting, &entry.text()),
    }
}

fn abandon(state: &mut State) -> Vec<Effect> {
    state.completion = None;
    match state.entry.take().map(|entry| entry.purpose) {
        Some(EntryPurpose::Search { before }) => search::set(state, before),
        _ => Vec::new(),
    }
}
