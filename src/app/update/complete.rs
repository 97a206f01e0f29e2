//! Complete the condition, the path, the format or the option that is being typed.

use super::{Effect, State, search};
use crate::app::{Candidate, Completion, CompletionRequest, Entry, EntryPurpose, Notice, Slot};
use crate::query::is_filter;
use crate::text::quoted;

/// Looks how the word before the cursor can go on, after it changed.
pub(in crate::app) fn follow(state: &mut State) -> Vec<Effect> {
    if let Some(entry) = state.entry.as_ref().filter(|entry| entry.is_search()) {
        // Who searches for words is not told of fields before asking for them.
        let typed = entry.parts().0;
        state.completion = is_filter(typed).then(|| Completion::of_filter(typed));
        return Vec::new();
    }
    let Some(entry) = state.entry.as_ref().filter(|entry| entry.purpose == EntryPurpose::Import) else {
        state.completion = None;
        return Vec::new();
    };
    let mut next = Completion::at_end_of(entry.parts().0);
    if !matches!(next.slot, Slot::Path | Slot::Folder) {
        next.candidates = next.own_words(&state.formats);
        state.completion = Some(next);
        return Vec::new();
    }
    // What is known of the word stays in sight until a worker has looked.
    let known = state.completion.take().filter(|known| known.start == next.start).map(|known| known.candidates);
    next.candidates = known.unwrap_or_default();
    next.candidates.retain(|candidate| candidate.word.starts_with(&next.typed));
    state.completing += 1;
    let number = state.completing;
    let request = CompletionRequest { number, typed: next.typed.clone(), folders_only: next.slot == Slot::Folder };
    state.completion = Some(next);
    vec![Effect::Complete(request)]
}

/// Takes in what a worker found, unless other letters were typed since.
pub(in crate::app) fn take(state: &mut State, number: u64, candidates: Vec<Candidate>) {
    if let Some(completion) = &mut state.completion
        && number == state.completing
        && completion.chosen.is_none()
        && matches!(completion.slot, Slot::Path | Slot::Folder)
    {
        completion.candidates = candidates;
    }
}

/// Puts what all candidates begin with into the line; where that is there already, one candidate after the other.
pub(in crate::app) fn step(state: &mut State, forward: bool) -> Vec<Effect> {
    if let Some(entry) = state.entry.as_ref().filter(|entry| entry.is_search()) {
        state.completion.get_or_insert_with(|| Completion::of_filter(entry.parts().0));
    }
    let (Some(entry), Some(completion)) = (state.entry.as_mut(), state.completion.as_mut()) else {
        return nothing(state);
    };
    let searches = entry.is_search();
    let count = completion.candidates.len();
    if completion.chosen.is_none()
        && let Some(common) = completion.common()
    {
        // An option is at its end when it is whole; a path may go on.
        let end = if completion.slot == Slot::Option && count == 1 { " " } else { "" };
        entry.complete(completion.start, &format!("{}{end}", quoted(common)));
        return if searches { search::follow(state) } else { follow(state) };
    }
    if count == 0 {
        return nothing(state);
    }
    let next = match completion.chosen {
        None if forward => 0,
        None => count - 1,
        Some(at) if forward => (at + 1) % count,
        Some(at) => (at + count - 1) % count,
    };
    choose(state, next)
}

const NOTHING: &str = "Nothing here can be completed.";

fn nothing(state: &mut State) -> Vec<Effect> {
    state.notice = Some(Notice::info(NOTHING));
    Vec::new()
}

/// Forgets what was said of the key before; what came of other work stays while a line is typed.
pub(in crate::app) fn forget_nothing(state: &mut State) {
    state.notice.take_if(|notice| notice.text == NOTHING);
}

/// Puts a candidate into the line.
fn choose(state: &mut State, at: usize) -> Vec<Effect> {
    let (Some(entry), Some(completion)) = (state.entry.as_mut(), state.completion.as_mut()) else { return Vec::new() };
    let Some(candidate) = completion.candidates.get(at) else { return Vec::new() };
    completion.chosen = Some(at);
    entry.complete(completion.start, &quoted(&candidate.word));
    let text = entry.text();
    if entry.is_search() { search::set(state, text) } else { Vec::new() }
}

/// Puts a candidate into the line that the mouse points at; a folder is entered.
pub(in crate::app) fn press(state: &mut State, at: usize) -> Vec<Effect> {
    let effects = choose(state, at);
    if state.entry.as_ref().is_some_and(Entry::is_search) { effects } else { follow(state) }
}
