//! A day of use in each emulator: every place, every way in, and the tags that remain.

use std::path::Path;

use super::emulator::{A_PLACE, Emulator, Kind};
use super::pixels::Part;

/// Where the wall hangs, without its frame and what stands beside it.
const WALL: Part = Part { left: 2, top: 6, right: 64, bottom: 80 };

#[test]
fn a_day_in_xterm_with_sixels() {
    travel(Kind::Xterm, 150);
}

#[test]
fn a_day_in_kitty() {
    travel(Kind::Kitty, 60);
}

#[test]
fn a_day_in_alacritty() {
    travel(Kind::Alacritty, 60);
}

/// All of it; pictures have at least `colors` colours.
fn travel(kind: Kind, colors: usize) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let Some(mut terminal) = Emulator::open(kind, &data) else { return };
    move_and_click(&mut terminal);
    leave_and_redraw(&mut terminal);
    tag(&mut terminal);
    look_at_places(&mut terminal, colors);
    look_at_overlays(&mut terminal);
    walk_a_path(&mut terminal);
    resize(&mut terminal, colors);
    paste(&mut terminal);
    assert_eq!(terminal.quit(), "0");
    only_the_tags_that_were_given_remain(&terminal);
}

fn move_and_click(terminal: &mut Emulator) {
    terminal.press("j", "Down");
    terminal.see_change("the next account", 4);
    terminal.press("g", "First");
    terminal.see_change("the first account", 4);
    terminal.click(10, 33);
    terminal.see_change("the account that was clicked", 4);
}

fn leave_and_redraw(terminal: &mut Emulator) {
    terminal.leave_and_come_back(10);
    terminal.see_still("after ten ways");
    terminal.press("ctrl+l", "Redraw");
    terminal.press("j", "Down");
    terminal.see_change("a move after all was drawn", 4);
}

/// Finds an account by its handle, so that it is the only one in the list.
fn find(terminal: &mut Emulator, handle: &str) {
    terminal.press("slash", "Search");
    terminal.type_text(handle);
    terminal.press("Return", "Accept");
    terminal.see_change("a narrowed list", 20);
}

fn tag(terminal: &mut Emulator) {
    find(terminal, "white_dove_10");
    terminal.press("b", "TagSuspectedBot");
    terminal.see_change("a tag", 4);
    terminal.press("u", "Undo");
    terminal.see_change("no tag", 4);
    terminal.press("ctrl+r", "Redo");
    terminal.see_change("the tag again", 4);
    terminal.press("Escape", "Escape");
    find(terminal, "swift_ferry");
    terminal.press("p", "TagLikelyHuman");
    terminal.see_change("another tag", 4);
    terminal.press("Escape", "Escape");
    terminal.see_change("the whole list", 20);
    terminal.press("g", "First");
    terminal.see_still("its head");
}

/// Opens a place and closes it by the same key.
fn visit(terminal: &mut Emulator, key: &str, action: &str, inside: impl FnOnce(&mut Emulator)) {
    terminal.press(key, action);
    terminal.see_change(action, A_PLACE);
    inside(terminal);
    terminal.press(key, action);
    terminal.see_change("back from there", A_PLACE);
}

fn look_at_places(terminal: &mut Emulator, colors: usize) {
    visit(terminal, "w", "Wall", |wall| {
        // Behind the first group, whose picture may be a stock one.
        wall.type_text("16");
        wall.press("j", "Down");
        wall.see_pictures("pictures on the wall", WALL, 300, colors);
        wall.press("plus", "WallLarger");
        wall.see_change("larger pictures", A_PLACE);
        wall.see_pictures("larger pictures on the wall", WALL, 300, colors);
    });
    visit(terminal, "E", "Graph", |_| ());
    visit(terminal, "c", "Clusters", |clusters| {
        clusters.press("r", "ClustersRaster");
        clusters.see_change("the raster", A_PLACE);
    });
    visit(terminal, "s", "Signals", |_| ());
    visit(terminal, "a", "Audit", |_| ());
}

fn look_at_overlays(terminal: &mut Emulator) {
    for (key, action, close, closed) in [
        ("P", "Parameters", "Escape", "SettingsClose"),
        ("F", "Imports", "Escape", "ImportsClose"),
        ("question", "Help", "Escape", "Abandon"),
        ("colon", "Palette", "Escape", "Abandon"),
    ] {
        terminal.press(key, action);
        terminal.see_change(action, A_PLACE);
        terminal.press(close, closed);
        terminal.see_change("back from there", A_PLACE);
    }
    // The log of the tags is a pane beside the others.
    // An xterm as it comes sends no escape for alt.
    terminal.key("4");
    terminal.press("Tab", "NextPane");
    terminal.see_change("the tags", 4);
    terminal.key("1");
    terminal.press("Tab", "NextPane");
    terminal.see_change("the accounts", 4);
}

fn walk_a_path(terminal: &mut Emulator) {
    terminal.press("space", "Mark");
    terminal.press("space", "Mark");
    visit(terminal, "t", "Path", |_| ());
    terminal.press("M", "ClearMarks");
    terminal.see_still("without marks");
}

fn resize(terminal: &mut Emulator, colors: usize) {
    terminal.resize(900, 500);
    terminal.resize(1300, 800);
    visit(terminal, "w", "Wall", |wall| {
        wall.type_text("16");
        wall.press("j", "Down");
        wall.see_pictures("pictures in another size", WALL, 300, colors);
    });
}

fn paste(terminal: &mut Emulator) {
    terminal.press("slash", "Search");
    terminal.see_still("a line to type in");
    terminal.paste(&"a hundred thousand ".repeat(100_000 / 19 + 1)[..100_000]);
    terminal.see_change("what was pasted", 30);
    terminal.press("Escape", "Abandon");
    terminal.see_change("the list again", 30);
}

fn only_the_tags_that_were_given_remain(terminal: &Emulator) {
    let document = terminal.json(&["export"]);
    let accounts = document["accounts"].as_array().unwrap().iter();
    let mut tags: Vec<(&str, &str)> = accounts
        .map(|account| (account["handle"].as_str().unwrap(), account["tag"]["label"].as_str().unwrap()))
        .collect();
    tags.sort_unstable();
    assert_eq!(tags, [("swift_ferry", "likely-human"), ("white_dove_10", "suspected-bot")]);
    assert_eq!(terminal.json(&["stats", "--json"])["tagged"], 2);
}
