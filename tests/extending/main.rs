//! Follows the README's "To add" in a copy of the program: what it names is all that is touched, and what is added works.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod copy;

use copy::Copy;

/// A place over the panes, with a question that is answered in the background, keys, rows for the mouse and a name.
fn place(copy: &mut Copy) {
    copy.add("src/analysis/roll.rs", include_str!("place/analysis_roll.rs"));
    copy.insert("src/analysis/mod.rs", "mod roster;", "mod roll;");
    copy.insert("src/analysis/mod.rs", "pub use roster::Roster;", "pub use roll::{Roll, RollOf};");
    copy.insert(
        "src/analysis/mod.rs",
        "    /// Groups of pictures",
        "    /// The roll.\n    Roll(RollOf) -> Arc<Roll>;",
    );
    copy.add("src/app/places/roll.rs", include_str!("place/app_roll.rs"));
    copy.insert("src/app/places/mod.rs", "pub(super) mod signals;", "pub(super) mod roll;");
    copy.insert("src/app/places/mod.rs", "pub use signals::", "pub use roll::RollView;");
    copy.insert(
        "src/app/places/mod.rs",
        "        /// Among the signals",
        "        /// On the roll.\n        Roll \"Roll\" roll: RollView, Rows;",
    );
    copy.add("src/ui/places/roll.rs", include_str!("place/ui_roll.rs"));
    copy.insert("src/ui/places/mod.rs", "        Signals signals;", "        Roll roll;");
    let keys = "    Roll in Everywhere, \"roll\", \"Call the roll; once more, or esc, closes it.\";\n    \
                RollFirst in Roll, \"first\", \"Go to the first letter.\";";
    copy.insert("src/app/action.rs", "    Search in Everywhere", keys);
    copy.insert("assets/keymap.toml", "search = [", "roll = [\"L\"]");
    copy.insert("assets/keymap.toml", "[wall]", "[roll]\nroll-first = [\"0\"]\n");
    assert_eq!(copy.touched().len(), 8, "{:?}", copy.touched());
}

fn signal(copy: &mut Copy) {
    copy.add("src/signals/long_bio.rs", include_str!("signal/long_bio.rs"));
    copy.insert("src/signals/mod.rs", "mod negative_binomial;", "mod long_bio;");
    copy.insert("src/signals/mod.rs", "    signal::<text_twins::TextTwins>(),", "    signal::<long_bio::LongBio>(),");
    assert_eq!(copy.touched().len(), 2, "{:?}", copy.touched());
}

fn layer(copy: &mut Copy) {
    copy.add("src/layers/co_greeting.rs", include_str!("layer/co_greeting.rs"));
    copy.insert("src/layers/mod.rs", "mod co_hashtag;", "mod co_greeting;");
    let above = "            Text() = 6, \"co-text\", co_text;\n";
    copy.insert_below("src/layers/mod.rs", above, "            Greeting() = 7, \"co-greeting\", co_greeting;");
    assert_eq!(copy.touched().len(), 2, "{:?}", copy.touched());
}

#[test]
fn what_the_readme_names_is_all_that_is_touched() {
    let mut copy = Copy::new();
    for add in [signal, layer, place] {
        add(&mut copy);
        copy.forget_touched();
    }
    let screens = copy.test(&["--lib", "ui::screen_tests::every_place_in_the_smallest_window"]);
    assert!(screens.contains("1 passed"), "{screens}");
    let snapshot = copy.read("src/ui/snapshots/bot_tui__ui__screen_tests__places_60x18.snap");
    let roll = snapshot.split("\nroll\n").nth(1).unwrap();
    for seen in [" l 12", " o 1", "first"] {
        assert!(roll.contains(seen), "{seen}: {roll}");
    }
    let signals = copy.run(&["signals", "--json"]);
    assert!(signals.contains("\"long_bio\"") && signals.contains("\"letters\": "), "{signals:.900}");
    let network = copy.run(&["network", "--layer", "co-greeting", "--keep", "shared:1"]);
    assert!(network.lines().any(|line| line.contains(",co-greeting,")), "{network:.900}");
}
