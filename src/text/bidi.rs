//! The order in which text is seen, for terminals that draw cell after cell and turn nothing round. Letters are joined by
//! the terminal, or not at all; exports keep the order in which text is read.

use std::borrow::Cow;
use std::str::FromStr;

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use super::{UnknownWord, meant};

/// Who turns right-to-left text round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bidi {
    /// The terminal.
    #[default]
    Terminal,
    /// The program.
    Reorder,
}

impl FromStr for Bidi {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        meant(word, "turns no text round", &[("terminal", Self::Terminal), ("reorder", Self::Reorder)])
    }
}

/// Signs that face the other way in right-to-left text.
const MIRRORED: [(&str, &str); 8] =
    [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›"), ("⟨", "⟩"), ("≤", "≥")];

/// `text`, one sanitised line, in the order in which it is seen from left to right. It is as wide as before.
#[must_use]
pub fn visual(text: &str) -> Cow<'_, str> {
    match visual_characters(text) {
        Some(characters) => Cow::Owned(characters.into_iter().map(|(_, character)| character).collect()),
        None => Cow::Borrowed(text),
    }
}

/// The characters that people see, in the order in which they see them, each with its place in the order in which it is
/// read; `None` where both are the same.
#[must_use]
pub fn visual_characters(text: &str) -> Option<Vec<(usize, &str)>> {
    if text.is_ascii() || !text.chars().any(is_right_to_left) {
        return None;
    }
    let base = if leads_right_to_left(text) { Level::rtl() } else { Level::ltr() };
    let info = BidiInfo::new(text, Some(base));
    let paragraph = info.paragraphs.first()?;
    let levels = info.reordered_levels(paragraph, paragraph.range.clone());
    let characters: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let of_characters: Vec<Level> = characters.iter().map(|&(at, _)| levels.get(at).copied().unwrap_or(base)).collect();
    let order = BidiInfo::reorder_visual(&of_characters);
    let seen = |place: usize| {
        let character = characters[place].1;
        (place, if of_characters[place].is_rtl() { mirrored(character) } else { character })
    };
    Some(order.into_iter().map(seen).collect())
}

fn is_right_to_left(character: char) -> bool {
    matches!(bidi_class(character), BidiClass::R | BidiClass::AL)
}

/// A line is read from the right where most of its letters are: a word of ours beside a name does not turn the name, and a
/// link in a text does not turn the text.
fn leads_right_to_left(text: &str) -> bool {
    let right = text.chars().filter(|&character| is_right_to_left(character)).count();
    let left = text.chars().filter(|&character| bidi_class(character) == BidiClass::L).count();
    right > left
}

fn mirrored(character: &str) -> &str {
    let facing = |&(open, close): &(&'static str, &'static str)| {
        if character == open {
            Some(close)
        } else if character == close {
            Some(open)
        } else {
            None
        }
    };
    MIRRORED.iter().find_map(facing).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{display_width, sanitise_line};

    #[test]
    fn right_to_left_words_are_turned_and_all_others_stay() {
        assert_eq!(visual("سلام"), "مالس");
        assert_eq!(visual("rose سلام dawn"), "rose مالس dawn");
        assert_eq!(visual("سلام دنیا ۱۲۳ abc"), "abc ۱۲۳ ایند مالس", "numbers and Latin words keep their own order");
        assert_eq!(
            visual("کتاب (نو)…"),
            "…(ون) باتک",
            "brackets face the text, and what is cut off is at its left end"
        );
        assert_eq!(visual("שלום 12"), "12 םולש");
        assert!(matches!(visual("plain – text"), Cow::Borrowed(_)));
    }

    #[test]
    fn marks_and_joiners_stay_with_their_letter() {
        assert_eq!(visual("گلِ"), "لِگ");
        assert_eq!(visual("می\u{200c}خواند"), "دناوخی\u{200c}م");
    }

    #[test]
    fn each_character_is_told_with_its_place_in_reading() {
        let seen = visual_characters("ab گل").unwrap();
        assert_eq!(seen.iter().map(|&(place, _)| place).collect::<Vec<_>>(), [0, 1, 2, 4, 3]);
    }

    proptest! {
        #[test]
        fn a_line_stays_as_wide_and_keeps_its_characters(
            text in "[a-z0-9 .()،؟گلسحرامینود\u{5d0}-\u{5ea}\u{64b}-\u{652}\u{200c}\u{202e}日👩🚀۱۲]{0,40}",
        ) {
            let line = sanitise_line(&text, 200);
            let turned = visual(&line);
            prop_assert_eq!(display_width(&turned), display_width(&line));
            prop_assert_eq!(turned.chars().count(), line.chars().count());
        }
    }
}
