//! No key does nothing without a word: in every place each action that can be called there changes something, asks for
//! something or says why not.

use super::rehearsal::Rehearsal;
use super::update::act;
use super::{Action, Palette, Pane, Place, State};
use crate::model::Timestamp;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

/// Sessions that know ever more.
const SESSIONS: [fn() -> Rehearsal; 4] =
    [Rehearsal::before_loading, Rehearsal::of_nothing, Rehearsal::before_linking, Rehearsal::new];

/// Lines that can be typed into.
const LINES: [Action; 7] =
    [Action::Search, Action::Note, Action::Import, Action::Export, Action::SaveTags, Action::Palette, Action::Help];

/// What moves or steps back needs no word at the end of the way, and what deletes none where nothing is left.
fn speaks_for_itself(state: &State, action: Action) -> bool {
    let words = [
        "up", "down", "first", "last", "left", "right", "pane", "start", "end", "delete", "focus", "escape", "previous",
    ];
    let moves = action.word().split('-').any(|part| words.contains(&part)) && action != Action::PaneHide;
    moves || action == Action::CompleteNext && state.help().is_some()
}

/// What is seen of a state; the accounts themselves stay as they are.
fn seen(state: &mut State) -> String {
    let roster = state.roster.take();
    let seen = format!("{state:?}");
    state.roster = roster;
    seen
}

/// Has `action` called in `place`, and says what is wrong with what comes of it.
fn silent(mut session: Rehearsal, place: Place, action: Action) -> Option<&'static str> {
    if session.state.place() != place {
        // Nothing leads there yet.
        return None;
    }
    session.resize(|state| state.viewport);
    (session.state.accounts.by_hand, session.state.accounts.from_head) = (true, false);
    session.state.notice = None;
    let before = seen(&mut session.state);
    let effects = act(&mut session.state, action, NOW);
    if session.state.notice.as_ref().is_some_and(|notice| notice.text.contains("means nothing here")) {
        return Some("belongs here and is told to belong elsewhere");
    }
    let is_heard = !effects.is_empty() || seen(&mut session.state) != before;
    (!is_heard && !speaks_for_itself(&session.state, action)).then_some("does nothing and says nothing")
}

#[test]
fn every_action_is_heard_wherever_it_can_be_called() {
    let mut wrong = Vec::new();
    for (knows, begin) in SESSIONS.into_iter().enumerate() {
        let mut look = |place: Place, name: &str, go: &dyn Fn(&mut Rehearsal)| {
            for action in Palette::new(place).fits {
                let mut session = begin();
                go(&mut session);
                if let Some(what) = silent(session, place, action) {
                    wrong.push(format!("{} in {name}, session {knows}, {what}", action.word()));
                }
            }
        };
        for pane in Pane::ALL {
            look(pane.place(), pane.place().word(), &|session| session.state.focus = pane);
        }
        for &place in Place::ALL.iter().filter(|place| place.covers() || !place.inherits() && **place != Place::Entry) {
            look(place, place.word(), &|session| session.state.stack.open(place));
        }
        for line in LINES {
            look(Place::Entry, line.word(), &|session| {
                session.act(&[Action::TagUnsure, line]);
            });
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
