//! Names that are safe to print and still tell apart what is apart.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

use super::sanitise::{acts_or_hides, is_joiner, is_variation_selector, sanitise_line};

/// `text` with every character that acts or hides written as ⟨U+202E⟩, each by itself, so that different texts stay
/// different. A line end and a tab stay: they are for the format to quote or to escape. Whoever wants the text back
/// turns each ⟨U+…⟩ into its character; the bracket ⟨ itself is written as ⟨U+27E8⟩.
#[must_use]
pub fn exact(text: &str) -> Cow<'_, str> {
    let ordinary = !text.contains(OPEN) && sanitise_line(text, text.len()) == text;
    if ordinary {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_plain(character) {
            out.push(character);
        } else {
            let _ = write!(out, "{OPEN}U+{:04X}⟩", u32::from(character));
        }
    }
    Cow::Owned(out)
}

const OPEN: char = '⟨';

fn is_plain(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t')
        || !(character == OPEN
            || acts_or_hides(character)
            || is_joiner(character)
            || is_variation_selector(character)
            || is_combining_mark(character))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn back(written: &str) -> String {
        let mut parts = written.split(OPEN);
        let mut text = parts.next().unwrap().to_owned();
        for part in parts {
            let (code, rest) = part.strip_prefix("U+").unwrap().split_once('⟩').unwrap();
            text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
            text.push_str(rest);
        }
        text
    }

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in ["71", "did:plc:x", "amber lake", "می\u{200c}روم", "Việt", " 71 "] {
            assert_eq!(exact(name), name);
        }
    }

    #[test]
    fn what_acts_is_written_out_and_white_space_is_kept_apart() {
        assert_eq!(exact("a\u{1b}[31m\u{202e}"), "a⟨U+001B⟩[31m⟨U+202E⟩");
        assert_eq!(exact("Amber\n71"), "Amber\n71");
        assert_eq!(exact("a⟨U+001B⟩"), "a⟨U+27E8⟩U+001B⟩");
        assert_eq!(exact("x\u{200b}\u{200b}"), "x⟨U+200B⟩⟨U+200B⟩");
    }

    proptest! {
        #[test]
        fn every_text_can_be_had_back(text in "[\u{0}-\u{22}ab⟨U+0-9⟩\u{200b}-\u{200f}\u{2028}-\u{202e}\u{300}-\u{305}\u{fe00}-\u{fe0f}]{0,20}") {
            let written = exact(&text).into_owned();
            prop_assert!(!written.chars().any(|c| acts_or_hides(c) && !matches!(c, '\n' | '\r' | '\t')), "{written:?}");
            prop_assert_eq!(back(&written), text);
        }
    }
}
