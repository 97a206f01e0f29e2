//! Every pane and overlay in every theme and at three sizes. A place that its key opens is drawn by itself; what must be done
//! before it shows much is its line in `PLACES`. Its text stands once for each size; of the themes stands which styles it is
//! drawn in, on how many cells, and the first of them.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::tests::{colors_of, drawn_by};
use super::{ColorDepth, Glyphs, Theme, ThemeName};
use crate::app::rehearsal::Rehearsal;
use crate::app::{Action, Place};
use crate::text::Bidi;

const SIZES: [(u16, u16); 3] = [(60, 18), (80, 24), (120, 36)];

type Drawn = (&'static str, fn() -> Rehearsal);
type Begun = Box<dyn Fn() -> Rehearsal>;

const PLACES: [Drawn; 28] = [
    ("accounts", || after(&[])),
    ("neighbours", || after(&[Action::TagLikelyHuman, Action::OpenNeighbours, Action::Mark, Action::TagUnsure])),
    ("why", || after(&[Action::FocusWhy, Action::Down])),
    ("tags", || after(&[Action::TagSuspectedBot, Action::Undo, Action::TagUnsure, Action::FocusTags])),
    ("range", || after(&[Action::Mark, Action::MarkRange, Action::Down, Action::Down])),
    ("search", || typed(&[Action::Search], "lamp 1")),
    ("filter", || typed(&[Action::Search], "tag:non")),
    ("persian", || typed(&[Action::Search], "روشنا")),
    ("hostile", || typed(&[Action::Search], "evil")),
    ("nothing found", || typed(&[Action::Search], "zzzz")),
    ("linking", Rehearsal::before_linking),
    ("palette", || typed(&[Action::Palette], "undo")),
    ("help", || after(&[Action::Help])),
    ("help, searched", || typed(&[Action::Help], "copy")),
    ("note", || typed(&[Action::Note], "met at the square")),
    ("profile", || after(&[Action::OpenProfile])),
    ("parameters", || after(&[Action::Parameters])),
    ("imports", || after(&[Action::Imports])),
    ("report", || after(&[Action::Imports, Action::ImportsDown, Action::ImportsDown, Action::ImportsReport])),
    ("clusters", || after(&[Action::Clusters, Action::ClustersOpen])),
    ("raster", || after(&[Action::Clusters, Action::ClustersRaster])),
    ("audit", || after(&[Action::Audit])),
    ("graph", || after(&[Action::Graph, Action::Down])),
    ("signals", || after(&[Action::Signals])),
    ("path", || after(&[Action::Mark, Action::Mark, Action::Path])),
    ("wall", || {
        let mut session = Rehearsal::new();
        session.hang_pictures();
        session
    }),
    ("import", || typed(&[Action::Import], "data/")),
    ("empty cache", Rehearsal::of_nothing),
];

/// Every name with what makes a session that shows it: those above, and every other place that a key opens.
fn all_places() -> Vec<(&'static str, Begun)> {
    let listed = PLACES.iter().map(|&(name, place)| (name, Box::new(place) as Begun));
    let others = Place::ALL.iter().filter(|place| PLACES.iter().all(|(name, _)| *name != place.word()));
    let opened = others.filter_map(|place| {
        let opener = place.opener()?;
        Some((place.word(), Box::new(move || after(&[opener])) as Begun))
    });
    listed.chain(opened).collect()
}

fn after(actions: &[Action]) -> Rehearsal {
    let mut session = Rehearsal::new();
    session.act(actions);
    session
}

fn typed(actions: &[Action], text: &str) -> Rehearsal {
    let mut session = after(actions);
    session.type_text(text);
    session
}

fn each(mut draw: impl FnMut(&str, (u16, u16), &mut Rehearsal) -> String) -> String {
    let mut drawn = String::new();
    for (name, place) in all_places() {
        for size in SIZES {
            let _ = writeln!(drawn, "{name} {}x{} {}", size.0, size.1, draw(name, size, &mut place()));
        }
    }
    drawn
}

/// Each style with its cells and the beginning of the first of them, in the order in which they come.
fn styles(buffer: &Buffer) -> String {
    let mut styles: Vec<(String, usize, String)> = Vec::new();
    let mut before = None;
    for cell in &buffer.content {
        let name = style_name(cell.fg, cell.bg, cell.modifier);
        let known = styles.iter().position(|(known, ..)| *known == name);
        let at = known.unwrap_or(styles.len());
        if known.is_none() {
            styles.push((name, 0, String::new()));
        }
        let (_, count, sample) = &mut styles[at];
        // The first run of cells is the sample; it has as many characters as cells until another run begins.
        if sample.chars().count() == *count && *count < 9 && (*count == 0 || before == Some(at)) {
            sample.push_str(cell.symbol());
        }
        *count += 1;
        before = Some(at);
    }
    let named = styles.iter().filter(|(name, ..)| name != "plain");
    named.map(|(name, count, sample)| format!("| {name} {count} {:?} ", sample.trim())).collect()
}

fn style_name(fg: Color, bg: Color, modifier: Modifier) -> String {
    let color = |color: Color, sign: &str| match color {
        Color::Reset => None,
        Color::Indexed(index) => Some(format!("{sign}{index}")),
        // Pictures: which pixel it is says nothing.
        Color::Rgb(..) => Some(format!("{sign}rgb")),
        other => Some(format!("{sign}{other}")),
    };
    let modifiers = (!modifier.is_empty()).then(|| format!("{modifier:?}").to_lowercase());
    let parts: Vec<String> = [color(fg, ""), color(bg, "/"), modifiers].into_iter().flatten().collect();
    if parts.is_empty() { "plain".to_owned() } else { parts.join("+") }
}

fn styles_of(theme: Theme) -> String {
    each(|_, (width, height), session| styles(drawn_by(session, width, height, theme).buffer()))
}

#[test]
fn every_place_in_the_smallest_window() {
    let text = |name: &str, place: &dyn Fn() -> Rehearsal| {
        format!("{name}\n{}", drawn_by(&mut place(), 60, 18, Theme::new(ColorDepth::None)))
    };
    insta::assert_snapshot!(
        "places_60x18",
        all_places().iter().map(|(name, place)| text(name, place)).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_place_in_the_dark_theme() {
    insta::assert_snapshot!("styles_dark", styles_of(Theme::new(ColorDepth::True).named(ThemeName::Dark)));
}

#[test]
fn every_place_in_the_light_theme() {
    insta::assert_snapshot!("styles_light", styles_of(Theme::new(ColorDepth::True).named(ThemeName::Light)));
}

#[test]
fn every_place_without_colours() {
    let bare = Theme::new(ColorDepth::None).named(ThemeName::Dark);
    let backend = drawn_by(&mut Rehearsal::new(), 120, 36, bare);
    assert!(colors_of(backend.buffer()).all(|color| color == Color::Reset), "no theme brings colours back");
    insta::assert_snapshot!("styles_no_color", styles_of(bare));
}

/// Themes and signs are paint: what stands where is the same in all of them.
#[test]
fn a_theme_moves_nothing_and_ascii_leaves_no_sign() {
    for (name, place) in all_places() {
        for (width, height) in SIZES {
            let text = |theme| drawn_by(&mut place(), width, height, theme).to_string();
            let plain = text(Theme::new(ColorDepth::True));
            for (_, theme) in ThemeName::ALL {
                assert_eq!(text(Theme::new(ColorDepth::True).named(theme)), plain, "{name} in {theme}");
            }
            let ascii = text(Theme::new(ColorDepth::True).with_glyphs(Glyphs::Ascii));
            let signs: String = ascii.chars().filter(|c| !c.is_ascii() && !c.is_alphabetic()).collect();
            // What data brings along stays: emoji, and the joiners of Persian words.
            assert!(signs.chars().all(|c| "👩🚀\u{200c}\u{200d}ِ".contains(c)), "{name}: {signs}");
        }
    }
}

#[test]
fn arabic_letters_stand_in_columns_whoever_turns_them() {
    let screen = |bidi, (width, height)| {
        let theme = Theme::new(ColorDepth::None).with_bidi(bidi);
        drawn_by(&mut typed(&[Action::Search], "روشنا"), width, height, theme).to_string()
    };
    let both = |size| [Bidi::Terminal, Bidi::Reorder].map(|bidi| screen(bidi, size)).join("\n");
    insta::assert_snapshot!("arabic", SIZES.map(both).join("\n"));
}

/// In every place that shows a name, it is turned round once and only once, and everything else stays where it was.
#[test]
fn persian_text_is_turned_round_for_terminals_that_do_not() {
    let (read, seen) = ("روشنا", "انشور");
    let mut session = Rehearsal::new();
    session.act(&[Action::Search]).type_text(read).act(&[Action::Accept]);
    for actions in [vec![], vec![Action::Signals], vec![Action::Signals, Action::Mark, Action::Search]] {
        session.act(&actions);
        let terminal = drawn_by(&mut session, 140, 40, Theme::new(ColorDepth::True)).to_string();
        let theme = Theme::new(ColorDepth::True).with_bidi(Bidi::Reorder);
        let reordered = drawn_by(&mut session, 140, 40, theme).to_string();
        assert!(terminal.contains(read) && !reordered.contains(read), "{reordered}");
        assert_eq!(terminal.matches(read).count(), reordered.matches(seen).count(), "{reordered}");
        // Behind the closing quotation mark the test terminal tells of wide characters.
        let rows = |screen: &str| {
            screen
                .lines()
                .map(|line| line.get(1..).and_then(|row| row.split('"').next()).unwrap_or_default().to_owned())
                .collect::<Vec<_>>()
        };
        for (a, b) in rows(&terminal).iter().zip(rows(&reordered).iter()) {
            assert_eq!(crate::text::display_width(a), crate::text::display_width(b), "{a}\n{b}");
            assert_eq!(a.split('│').count(), b.split('│').count(), "columns stand where they stood\n{a}\n{b}");
        }
    }
}

#[test]
fn whatever_changes_nothing_on_the_screen_says_why() {
    // At an end there is nowhere to move to, which is seen.
    let moves = "down up page-down page-up first last left right next-pane previous-pane escape suspend redraw";
    let opens = |place: &&Place| after(&place.opener().into_iter().collect::<Vec<_>>()).state.place() == **place;
    let openers = Place::COVERING.iter().filter(opens).map(|place| place.opener());
    for opener in std::iter::once(None).chain(openers) {
        for &action in Action::ALL {
            let mut session = Rehearsal::new();
            session.act(&opener.into_iter().collect::<Vec<_>>());
            let here = session.state.place();
            let callable = action.place() == here || action.place() == Place::Everywhere;
            if !callable || moves.split(' ').any(|word| word == action.word()) || action.word().starts_with("focus-") {
                continue;
            }
            let before = drawn_by(&mut session, 140, 40, Theme::new(ColorDepth::True)).to_string();
            session.act(&[action]);
            let silent =
                drawn_by(&mut session, 140, 40, Theme::new(ColorDepth::True)).to_string() == before && !session.quit;
            assert!(!silent, "{} says nothing in {}", action.word(), here.word());
        }
    }
}
