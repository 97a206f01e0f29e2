//! Screens: the rehearsed session, drawn on a test terminal.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::{ColorDepth, Screen, Theme, draw, measure};
use crate::app::rehearsal::Rehearsal;
use crate::app::{Action, Advance, FileReport, ImportOutcome, ImportReport, Job, Made, Message, ReadSoFar};
use crate::keys::KeyMap;
use crate::model::{Counts, SkippedLine};

pub(super) fn drawn_with(session: &mut Rehearsal, width: u16, height: u16, colors: ColorDepth) -> TestBackend {
    drawn_by(session, width, height, Theme::new(colors))
}

pub(super) fn drawn_by(session: &mut Rehearsal, width: u16, height: u16, theme: Theme) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let keys = KeyMap::load(None).unwrap();
    let screen = Screen { keys: &keys, theme: &theme, graphics: None };
    session.resize(|state| measure(terminal.size().unwrap(), state, &screen));
    terminal.draw(|frame| draw(frame, &session.state, &screen)).unwrap();
    terminal.backend().clone()
}

pub(super) fn drawn(session: &mut Rehearsal, width: u16, height: u16) -> TestBackend {
    drawn_with(session, width, height, ColorDepth::True)
}

macro_rules! assert_screens {
    ($name:literal, $session:expr) => {
        insta::assert_snapshot!(concat!($name, "_80x24"), drawn(&mut $session, 80, 24));
        insta::assert_snapshot!(concat!($name, "_140x40"), drawn(&mut $session, 140, 40));
    };
}
pub(super) use assert_screens;

#[test]
fn the_first_screen() {
    assert_screens!("accounts", Rehearsal::new());
}

#[test]
fn the_neighbours_with_marks_and_tags() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagLikelyHuman, Action::OpenNeighbours, Action::Mark, Action::Mark, Action::Down]);
    session.act(&[Action::TagSuspectedBot, Action::Mark]);
    assert_screens!("neighbours", session);
}

#[test]
fn an_error_does_not_hide_that_tags_are_not_saved() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure]);
    session.state.unsaved = 1;
    session.receive(Message::TagsKept("the disk is full".to_owned()));
    let last = |session: &mut Rehearsal| format!("{}", drawn(session, 100, 24));
    assert!(last(&mut session).contains("NOT saved: 1 · "));
    session.receive(Message::Failed("the file was cut off".to_owned()));
    let shown = last(&mut session);
    assert!(shown.contains("NOT saved: 1 · the file was cut off"), "{shown}");
}

#[test]
fn what_rests_on_ids_that_look_rounded_is_marked_wherever_it_is_seen() {
    let mut session = Rehearsal::of_rounded_ids();
    let text = drawn(&mut session, 170, 50).to_string();
    let marks = [
        " ~14 ",
        "against: its id looks",
        "one account id looks rounded · all 14 with ids",
        "its id looks rounded · @orla",
    ];
    for mark in marks {
        assert!(text.contains(mark), "{mark}: {text}");
    }
    session.act(&[Action::CopyEvidence]);
    assert!(session.copied.contains("against: all 14 with ids that look rounded"), "{}", session.copied);
    let text = drawn(&mut Rehearsal::new(), 170, 50).to_string();
    assert!(!text.contains("~14") && !text.contains("rounded"), "{text}");
}

#[test]
fn the_evidence_of_a_pair() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusWhy, Action::Down, Action::Down]);
    assert_screens!("why", session);
}

#[test]
fn the_tags_with_an_undone_one_and_a_note() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure, Action::Note]).type_text("ask who made the picture").act(&[Action::Accept]);
    session.act(&[Action::FocusNeighbours, Action::MarkAll, Action::TagSuspectedBot, Action::Undo, Action::FocusTags]);
    assert_screens!("tags", session);
}

#[test]
fn a_search_while_it_is_typed() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("lamp 1");
    assert_screens!("search", session);
}

#[test]
fn a_condition_while_it_is_typed_and_a_wrong_one() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("bio:empty tag:");
    assert_screens!("filter", session);
    session.type_text("bot");
    assert_screens!("filter_wrong", session);
}

#[test]
fn hostile_text_is_shown_and_does_nothing() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("evil").act(&[Action::Accept]);
    session.act(&[Action::TagUnsure, Action::Note]).type_text("note \u{202e}turned");
    assert_screens!("hostile", session);
}

#[test]
fn persian_text_keeps_its_joiners() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("روشنا").act(&[Action::Accept]);
    let screen = drawn(&mut session, 80, 24).to_string();
    assert!(screen.contains("می\u{200c}خواند") && screen.contains("👩🚀"), "{screen}");
    assert_screens!("persian", session);
}

#[test]
fn nothing_matches() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("zzzz").act(&[Action::Accept]);
    assert_screens!("no_match", session);
}

#[test]
fn linking_under_way() {
    let mut session = Rehearsal::before_linking();
    session.receive(Message::advanced(Job::Links, 0, 0.62));
    assert_screens!("linking", session);
}

#[test]
fn the_help() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Help]);
    assert_screens!("help", session);
    session.type_text("undo");
    let screen = drawn(&mut session, 80, 24).to_string();
    assert!(screen.contains("Not now: There is nothing to undo.") && !screen.contains("suspected-bot"), "{screen}");
}

#[test]
fn the_palette() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Palette]);
    assert_screens!("palette", session);
    session.type_text("tag").act(&[Action::EntryDown]);
    assert_screens!("palette_typed", session);
    session.type_text("zzzz");
    assert!(drawn(&mut session, 80, 24).to_string().contains("none fits"));
}

#[test]
fn the_parameters_with_a_muted_target() {
    let mut session = Rehearsal::new();
    session.act(&[Action::FocusWhy, Action::Mute, Action::Parameters, Action::SettingsDown, Action::SettingsDown]);
    session.act(&[Action::SettingChange, Action::DeleteLine]).type_text("5").act(&[Action::Accept]);
    assert_screens!("parameters", session);
}

#[test]
fn a_path_while_it_is_typed() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("data/").act(&[Action::CompleteNext; 3]);
    assert_screens!("import_prompt", session);
}

#[test]
fn an_import_under_way() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("data/tweets-1.jsonl.gz").act(&[Action::Accept]);
    let read = ReadSoFar { bytes: 12_100_000, of_bytes: 28_100_000, records: 57_300 };
    session.receive(Message::advanced(Job::Importing, 0, read));
    assert_screens!("importing", session);
    let waits = Advance { what: Some("waiting for another program"), ..Advance::default() };
    session.receive(Message::advanced(Job::Importing, 0, waits));
    let screen = drawn(&mut session, 140, 40).to_string();
    assert!(screen.contains("waiting for another program"), "{screen}");
}

fn report() -> ImportReport {
    let line = |line, reason: &str| SkippedLine { line, reason: reason.to_owned() };
    let tweets = FileReport {
        import: 1,
        path: "data/tweets-1.jsonl.gz".to_owned(),
        format: "twitter-v2".to_owned(),
        records: 128_000,
        skipped: 1_203,
        reasons: vec![line(7, "expected value at \u{202e}column 1"), line(86, "\u{1b}[2Jno id")],
        deletions: 4,
        warnings: vec!["2 handles belong to two or more ids, such as dove: accounts may have changed names".to_owned()],
        ..FileReport::default()
    };
    let hostile =
        FileReport { path: "data/evil\u{202e}vsc.exe\u{1b}[2J.csv".to_owned(), known_before: true, ..tweets.clone() };
    let before = Counts { accounts: 20, posts: 168, ..Counts::default() };
    let after = Counts { accounts: 1_204, posts: 120_168, retweets: 90_110, targets: 412, avatars: 2, ..before };
    ImportReport {
        files: vec![tweets, FileReport { skipped: 0, reasons: Vec::new(), warnings: Vec::new(), ..hostile }],
        errors: vec!["data/notes.txt is in no format that is known by its content; name one with --format".to_owned()],
        unknown: vec!["data/notes.txt".to_owned()],
        left_alone: vec!["data/readme.json".to_owned()],
        pictures: 2,
        skipped_pictures: vec![("data/pictures/x.png".to_owned(), "no account has this id".to_owned())],
        self_retweets: 12,
        counts: Some((before, after)),
        cancelled: false,
    }
}

#[test]
fn the_report_of_an_import() {
    let mut session = Rehearsal::new();
    session
        .receive(Message::made(0, Made::Import { outcome: ImportOutcome::Imported(Box::new(report())), roster: None }));
    assert_screens!("import_report", session);
    drawn(&mut session, 80, 24);
    session.act(&[Action::ReportPageDown; 9]);
    let end = drawn(&mut session, 80, 24).to_string();
    assert!(end.contains("To take a file back") && !end.contains("more below"), "{end}");
    session.act(&[Action::ReportUp]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("─ 1 more below"));
}

#[test]
fn the_imported_files_and_what_taking_one_back_does() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Imports, Action::ImportsDown]);
    assert_screens!("imports", session);
    session.act(&[Action::ImportsDown, Action::TakeBack]);
    assert_screens!("imports_take_back", session);
}

#[test]
fn the_most_useful_keys_are_taught_on_every_screen() {
    for (width, height) in [(80, 24), (140, 40)] {
        let screen = drawn(&mut Rehearsal::new(), width, height).to_string();
        for hint in
            ["/ search", "space mark", "b suspect", "u undo", "P links", "I import", "e export", ": find", "? help"]
        {
            assert!(screen.contains(hint), "{hint} at {width}x{height}\n{screen}");
        }
    }
}

#[test]
fn the_wall_of_pictures_with_marks_and_tags() {
    let mut session = Rehearsal::new();
    session.hang_pictures().act(&[Action::Right, Action::TagLikelyHuman, Action::Mark, Action::Mark, Action::Right]);
    assert_screens!("wall", session);
    let mut session = Rehearsal::crowded();
    session.hang_crowd().act(&[Action::MarkAll, Action::TagUnsure, Action::Right, Action::Mark, Action::Down]);
    assert_screens!("wall_dense", session);
}

#[test]
fn the_wall_before_pictures_are_compared_and_with_a_default_one() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Wall]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("being compared"));
    session.act(&[Action::Wall]).hang_pictures().act(&[Action::WallSmaller, Action::Last, Action::MarkAll]);
    assert_screens!("wall_default", session);
}

#[test]
fn the_clusters_light_and_dense() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters]);
    assert_screens!("clusters", session);
    let mut session = Rehearsal::crowded();
    session.act(&[
        Action::Clusters,
        Action::MarkAll,
        Action::TagUnsure,
        Action::Down,
        Action::ClustersOpen,
        Action::Mark,
    ]);
    assert_screens!("clusters_dense", session);
}

#[test]
fn what_a_cluster_shares_light_and_dense() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::Right, Action::Right]);
    assert_screens!("cluster_shared", session);
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters, Action::Last, Action::Right, Action::Right]);
    assert_screens!("cluster_shared_dense", session);
    drawn(&mut session, 80, 24);
    session.act(&[Action::Last]);
    let end = drawn(&mut session, 80, 24).to_string();
    assert!(!end.contains("more below"), "{end}");
}

#[test]
fn when_a_cluster_acted_light_and_dense() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Clusters, Action::ClustersRaster]);
    assert_screens!("raster", session);
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters, Action::ClustersRaster, Action::RasterCloser, Action::RasterBrush]);
    session.act(&[Action::Right; 12]).act(&[Action::Down; 4]).act(&[Action::Mark]);
    assert_screens!("raster_dense", session);
}

#[test]
fn an_audit_light_and_dense() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text("orla").act(&[Action::Accept, Action::Audit]);
    assert_screens!("audit", session);
    session.act(&[Action::Right, Action::TagLikelyHuman, Action::Mark]);
    assert_screens!("audit_plain", session);
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Audit]);
    assert_screens!("audit_of_nobody_dense", session);
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Search]).type_text("walker00183").act(&[Action::Accept, Action::Audit]);
    session.act(&[Action::Down, Action::TagUnsure, Action::Mark, Action::Down]);
    assert_screens!("audit_dense", session);
}

#[test]
fn places_without_anything_to_show_say_so() {
    let mut session = Rehearsal::before_linking();
    session.act(&[Action::Clusters]);
    assert!(drawn(&mut session, 80, 24).to_string().contains("clusters follow"));
    assert_screens!("clusters_while_linking", session);
}

#[test]
fn without_colors_a_raster_tells_targets_by_letters() {
    let mut session = Rehearsal::crowded();
    session.act(&[Action::Clusters, Action::ClustersRaster]);
    let backend = drawn_with(&mut session, 140, 40, ColorDepth::None);
    assert!(colors_of(backend.buffer()).all(|color| color == Color::Reset));
    let screen = backend.to_string();
    for sign in [" a ", " b ", "▼", "▸"] {
        assert!(screen.contains(sign), "{sign}\n{screen}");
    }
}

#[test]
fn an_empty_cache() {
    assert_screens!("welcome", Rehearsal::of_nothing());
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    insta::assert_snapshot!(drawn(&mut Rehearsal::new(), 50, 10));
}

pub(super) fn colors_of(buffer: &Buffer) -> impl Iterator<Item = Color> + '_ {
    buffer.content().iter().flat_map(|cell| [cell.fg, cell.bg])
}

#[test]
fn without_colors_the_focus_the_cursor_and_the_tags_are_still_seen() {
    let mut session = Rehearsal::new();
    session.act(&[Action::TagSuspectedBot]);
    let backend = drawn_with(&mut session, 140, 40, ColorDepth::None);
    assert!(colors_of(backend.buffer()).all(|color| color == Color::Reset));
    let screen = backend.to_string();
    for sign in ["┏", "▸", "◆ suspected-bot", "░"] {
        assert!(screen.contains(sign), "{sign}\n{screen}");
    }
    let colored = drawn_with(&mut session, 140, 40, ColorDepth::Indexed);
    assert!(colors_of(colored.buffer()).any(|color| matches!(color, Color::Indexed(_))));
}

#[test]
fn the_hints_name_the_keys_of_the_users_own_map() {
    let keys = KeyMap::load(Some(("mine.toml", "[everywhere]\nundo = [\"Q\"]\n"))).unwrap();
    let mut session = Rehearsal::new();
    session.act(&[Action::TagUnsure]);
    let mut terminal = Terminal::new(TestBackend::new(140, 40)).unwrap();
    let screen = Screen { keys: &keys, theme: &Theme::new(ColorDepth::True), graphics: None };
    terminal.draw(|frame| draw(frame, &session.state, &screen)).unwrap();
    let shown = terminal.backend().to_string();
    assert!(shown.contains("Tagged unsure: @lamp_01 · Q undo") && !shown.contains("u undo"), "{shown}");
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn a_completion_in_a_tiny_window_is_drawn_as_far_as_it_goes() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]);
    drawn(&mut session, 40, 8);
    session.act(&[Action::CompleteNext]);
    drawn(&mut session, 40, 8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_way_through_the_program_breaks_a_frame_or_lets_a_character_act(
        steps in prop::collection::vec((0..Action::ALL.len(), 40_u16..200, 8_u16..60, ".{0,3}"), 1..30),
    ) {
        let mut session = Rehearsal::new();
        for (action, width, height, text) in steps {
            session.act(&[Action::ALL[action]]).type_text(&text);
            let backend = drawn(&mut session, width, height);
            for cell in backend.buffer().content() {
                // Columns are erased before what terminals measure differently; that is ours.
                let text = cell.symbol().trim_start_matches("\u{1b}[2X");
                prop_assert!(!text.chars().any(acts), "{:?}", cell.symbol());
            }
        }
    }
}
