//! Import files, or stop importing.

use super::{Effect, State, complete};
use crate::app::{Action, Entry, EntryPurpose, ImportOrder, Job, Notice, Order, Work};

/// How it is called while a file is taken back, which nobody can stop.
pub(in crate::app) const TAKING_BACK: &str = "taking back";

/// Asks what to import, beginning with `line`.
pub(in crate::app) fn start(state: &mut State, line: String) -> Vec<Effect> {
    // Accounts that are still being read may be there once the line is typed; a key that opened none would leave its
    // letters to be taken for keys.
    if state.jobs.runs(Job::Importing) && is_busy(state) {
        return Vec::new();
    }
    state.entry = Some(Entry::new(EntryPurpose::Import, line));
    complete::follow(state)
}

/// Asks what to import; the line of an import that came to nothing is there to be mended.
pub(in crate::app) fn again(state: &mut State) -> Vec<Effect> {
    let line = std::mem::take(&mut state.import_line);
    start(state, line)
}

/// Says why nothing can be imported now, if that is so.
pub(in crate::app) fn is_busy(state: &mut State) -> bool {
    let why = match (&state.roster, state.jobs.get(Job::Importing)) {
        (None, _) => "The accounts are still being read; try again in a moment.",
        (_, Some(work)) if work.what == TAKING_BACK => "A file is being taken back; try again in a moment.",
        (_, Some(_)) => "An import is under way; wait for it, or cancel it.",
        _ => return false,
    };
    state.notice = Some(Notice::error(why));
    true
}

pub(in crate::app) fn accept(state: &mut State, line: String) -> Vec<Effect> {
    let order = ImportOrder::read(&line, &state.formats);
    state.import_line = line;
    if is_busy(state) {
        return Vec::new();
    }
    match order {
        Ok(order) => {
            state.jobs.start(Job::Importing);
            vec![Effect::Start(Order { generation: 0, work: Work::Import(order) })]
        }
        Err(error) => {
            state.notice = Some(Notice::error(error.to_string()).then(Action::Import));
            Vec::new()
        }
    }
}

/// Asks the import to stop; it answers when it has.
pub(in crate::app) fn cancel(state: &mut State) -> Vec<Effect> {
    state.jobs.hold(Job::Importing, "cancelling the import");
    vec![Effect::Cancel(Job::Importing)]
}
