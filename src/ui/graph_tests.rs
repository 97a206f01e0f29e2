//! The graph around an account and the path between two, drawn on a test terminal.

use ratatui::style::Color;

use super::ColorDepth;
use super::tests::{assert_screens, colors_of, drawn, drawn_with};
use crate::app::Action;
use crate::app::rehearsal::Rehearsal;

/// The keeper of lamps in the middle: linked by what it shares, by its picture and by both, also with names that try to
/// leave their place.
fn keeper() -> Rehearsal {
    let mut session = Rehearsal::layered();
    session.act(&[Action::Search]).type_text("keeper").act(&[Action::Accept, Action::Graph]);
    session
}

#[test]
fn the_graph_around_an_account_light_and_dense() {
    let mut session = keeper();
    session.act(&[Action::Down, Action::TagLikelyHuman, Action::Down, Action::Mark]);
    assert_screens!("graph", session);
    session.act(&[Action::Right]);
    assert!(session.state.graph_on_centre());
    assert_screens!("graph_centre", session);
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Graph]).act(&[Action::NextPane; 3]).act(&[Action::TagUnsure]);
    assert_screens!("graph_dense", session);
}

#[test]
fn a_path_and_none() {
    let mut session = keeper();
    session.act(&[Action::Last, Action::Mark, Action::Escape, Action::Search, Action::DeleteLine]).type_text("further");
    session.act(&[Action::Accept, Action::Mark, Action::Path, Action::Down]);
    assert_screens!("path", session);
    session.act(&[Action::Escape, Action::Mark, Action::Search, Action::DeleteLine]).type_text("alone");
    session.act(&[Action::Accept, Action::Mark, Action::Path]);
    assert_screens!("path_none", session);
    let mut session = Rehearsal::new();
    session.act(&[Action::Mark, Action::Mark, Action::Path]);
    assert_screens!("path_light", session);
}

#[test]
fn without_colors_the_graph_tells_layers_by_letters_and_lines() {
    let backend = drawn_with(&mut keeper(), 140, 40, ColorDepth::None);
    assert!(colors_of(backend.buffer()).all(|color| color == Color::Reset));
    let screen = backend.to_string();
    for sign in ["▸RA @dove_white", "@horse_plain A", "R── co-retweet", "A·· avatar", "RA══ both"] {
        assert!(screen.contains(sign), "{sign}\n{screen}");
    }
}

#[test]
fn a_graph_without_links_says_why() {
    let mut session = Rehearsal::before_linking();
    session.act(&[Action::Graph]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("Links are being computed"));
    session.act(&[Action::Escape, Action::Mark, Action::Mark, Action::Path]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("the path follows"));
    let mut session = Rehearsal::layered();
    session.act(&[Action::Search]).type_text("alone").act(&[Action::Accept, Action::Graph]);
    assert!(drawn(&mut session, 140, 40).to_string().contains("No account is linked with this one"));
}

#[test]
fn the_path_is_taught_once_it_can_be_shown() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Mark]);
    assert!(!drawn(&mut session, 80, 24).to_string().contains("t path"));
    session.act(&[Action::Mark]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("t path"));
}
