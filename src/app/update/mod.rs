//! Actions and messages to a changed state: one verb a file.

mod audit;
mod clusters;
mod complete;
mod copy;
mod copy_evidence;
mod count;
mod ego;
mod escape;
mod export;
mod filter;
mod focus;
mod follow;
mod fresh;
mod help;
mod hold;
mod import;
mod imports;
mod jump;
mod mark;
mod motion;
mod note;
mod palette;
mod parameters;
mod path;
mod pointer;
mod profile;
mod receive;
mod reload;
mod report;
mod save_tags;
mod search;
mod settle;
mod signals;
mod sizes;
mod tag;
mod triage;
mod typing;
mod view;
mod wall;

use super::{Action, Effect, EntryPurpose, Notice, Order, Pane, Place, State, Work};
use crate::model::{Label, Timestamp};

pub use count::digit;
pub use pointer::point;
pub use receive::receive;
pub use typing::{paste, type_text};

/// Carries out what the user asked for at `now`.
pub fn act(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    if hold::holds(state, action) {
        state.accounts.held.push((action, now));
        return Vec::new();
    }
    state.notice = None;
    let unchosen = state.accounts.unchosen.take();
    let count = state.count.take();
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

/// Begins a job.
fn begin(state: &mut State, generation: u64, work: Work) -> Effect {
    state.jobs.start(work.job());
    Effect::Start(Order { generation, work })
}

/// Brings cursors and windows in line after the size of the terminal changed.
pub fn resize(state: &mut State) -> Vec<Effect> {
    settle::settle(state)
}

fn dispatch(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    let own = match state.place() {
        Place::Wall => wall::act(state, action),
        Place::Clusters => clusters::act(state, action),
        Place::Audit => audit::act(state, action),
        Place::Ego => ego::act(state, action),
        Place::Path => path::act(state, action),
        Place::Signals => signals::act(state, action),
        _ => None,
    };
    own.unwrap_or_else(|| general(state, action, now))
}

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
        Action::RepeatTagging => return tag::repeat(state, now),
        Action::OpenProfile => profile::start(state),
        Action::Export => export::start(state, now),
        Action::SaveTags => save_tags::start(state, now),
        Action::Import => return import::again(state),
        Action::Imports => return imports::open(state),
        Action::Parameters => parameters::open(state),
        Action::Wall => wall::toggle(state),
        Action::Clusters => clusters::toggle(state),
        Action::Audit => return audit::toggle(state),
        Action::Ego => return ego::toggle(state),
        Action::Path => return path::toggle(state),
        Action::Signals => signals::toggle(state),
        Action::NextUntagged => return triage::next(state),
        Action::Mute => return parameters::mute(state),
        Action::OpenNeighbours => focus::show(state, Pane::Neighbours),
        Action::Jump | Action::JumpToOther | Action::JumpToTagged => return jump::to_subject(state),
        Action::Back => return jump::back(state),
        Action::Forward => return jump::forward(state),
        Action::Escape => return escape::escape(state),
        Action::Accept => return accept(state, now),
        Action::Abandon => return abandon(state),
        Action::CopyId | Action::CopyHandle | Action::CopyLink => return copy::copy(state, action),
        Action::CopyEvidence => return copy_evidence::copy(state),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Palette => palette::start(state),
        Action::Help => help::start(state),
        _ => return in_place(state, action, now),
    }
    Vec::new()
}

fn in_place(state: &mut State, action: Action, now: Timestamp) -> Vec<Effect> {
    match action.place() {
        Place::Parameters => parameters::act(state, action, now),
        Place::Imports => imports::act(state, action),
        Place::Report => report::act(state, action),
        _ => move_about(state, action),
    }
}

fn move_about(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Left => focus::left(state),
        Action::Right => focus::right(state),
        Action::NextPane => focus::next(state),
        Action::PreviousPane => focus::previous(state),
        Action::FocusAccounts | Action::FocusNeighbours | Action::FocusWhy | Action::FocusTags => {
            focus::to(state, action);
        }
        Action::PaneWider | Action::PaneNarrower | Action::PaneZoom | Action::PaneHide => sizes::change(state, action),
        Action::DeleteBackward
        | Action::DeleteWord
        | Action::DeleteLine
        | Action::EntryLeft
        | Action::EntryRight
        | Action::EntryStart
        | Action::EntryEnd => return typing::edit(state, action),
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
        _ => motion::go(state, action, 1),
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
