//! The signals of one account, drawn on a test terminal.

use ratatui::style::Color;

use super::ColorDepth;
use super::tests::{assert_screens, colors_of, drawn, drawn_with};
use crate::app::rehearsal::{NOON, Rehearsal};
use crate::app::{Action, Job, Message, Place, update};
use crate::signals::Personas;

fn signals_of(mut session: Rehearsal, search: &str) -> Rehearsal {
    session.act(&[Action::Search]).type_text(search).act(&[Action::Accept, Action::Signals]);
    session
}

#[test]
fn signals_light_and_dense() {
    let mut session = signals_of(Rehearsal::new(), "blank_page");
    assert_screens!("signals", session);
    let mut session = signals_of(Rehearsal::layered(), "keeper");
    session.act(&[Action::TagUnsure]).act(&[Action::Down]);
    assert_screens!("signals_dense", session);
    let mut session = signals_of(Rehearsal::new(), "lamp_03");
    session.act(&[Action::Down; 4]);
    let screen = drawn(&mut session, 80, 24).to_string();
    assert!(screen.contains("it said") && screen.contains("Tomorrow at 900"), "{screen}");
}

#[test]
fn signals_of_hostile_and_persian_names() {
    let mut session = signals_of(Rehearsal::new(), "evil");
    assert_screens!("signals_hostile", session);
    let mut session = signals_of(Rehearsal::new(), "روشنا");
    let screen = drawn(&mut session, 140, 40).to_string();
    assert!(screen.contains("می\u{200c}خواند"), "{screen}");
}

#[test]
fn signals_while_they_are_read() {
    let mut session = Rehearsal::new();
    drop(update::act(&mut session.state, Action::Signals, NOON));
    let generation = session.state.places.signals.set.generation();
    session.receive(Message::advanced(Job::Of(Place::Signals), generation, 0.42));
    assert_screens!("signals_reading", session);
    let mut session = Rehearsal::new();
    drop(update::act(&mut session.state, Action::Audit, NOON));
    assert!(drawn(&mut session, 80, 24).to_string().contains("auditing · esc cancels"));
    let (job, mut session) = (Job::Of(Place::Clusters), Rehearsal::new());
    drop(update::act(&mut session.state, Action::Clusters, NOON));
    session.receive(Message::advanced(job, session.state.generation(job), 0.42));
    assert!(drawn(&mut session, 80, 24).to_string().contains("clustering 42 % · esc cancels"));
    let mut session = Rehearsal::before_linking();
    session.receive(Message::advanced(Job::Links, 0, 0.1));
    session.act(&[Action::Signals]);
    assert!(drawn(&mut session, 140, 40).to_string().contains("signals follow"));
    session.act(&[Action::Escape]);
    assert!(drawn(&mut session, 140, 40).to_string().contains("Linking was cancelled, so there are no signals: P"));
}

#[test]
fn without_colors_signals_say_the_same() {
    let mut session = signals_of(Rehearsal::layered(), "keeper");
    let backend = drawn_with(&mut session, 60, 16, ColorDepth::None);
    assert!(colors_of(backend.buffer()).all(|color| color == Color::Reset));
    assert!(backend.to_string().contains("▸ creation burst"));
}

#[test]
fn a_name_on_the_users_list() {
    let mut session = signals_of(Rehearsal::new(), "روشنا");
    session.state.places.signals.names = Some(Personas::parse("Orla Invented\nروشنا\nc\u{202e} d"));
    session.act(&[Action::Last]);
    assert_screens!("signals_name", session);
    session.act(&[Action::Escape, Action::Search, Action::DeleteLine]).type_text("evil");
    session.act(&[Action::Accept, Action::Signals, Action::Last]);
    let screen = drawn(&mut session, 140, 40).to_string();
    assert!(screen.contains("its display name holds “c⟨U+202E⟩ d”"), "{screen}");
    assert_screens!("signals_name_dense", session);
    session.act(&[Action::Escape, Action::Search, Action::DeleteLine]).type_text("lamp_01");
    session.act(&[Action::Accept, Action::Signals, Action::Last]);
    assert!(!drawn(&mut session, 80, 24).to_string().contains("rests on     "));
}
