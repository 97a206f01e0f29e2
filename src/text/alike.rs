//! Text in a form that every terminal measures alike.
//!
//! Terminals and multiplexers disagree about how wide a flag, a joined emoji or a vowel sign is. Where the program and the
//! terminal disagree, what follows stands beside its place and parts of it stay on rows that do not hold it. So what has an
//! equal in plain characters is drawn as that, and what has none gets the room that it takes at most. The lists below
//! were measured: xterm 379, kitty 0.26, alacritty 0.11, tmux 3.3 and the tables of `unicode-width`, character by character.

use std::borrow::Cow;
use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::sanitise::{BLACK_FLAG, CANCEL_TAG, ZWJ, is_emoji, is_tag};

/// Room that some terminals need behind a letter. No line breaks at it.
const ROOM: char = '\u{a0}';
const REGIONAL_A: u32 = 0x1f1e6;

/// `line`, which was sanitised, as it is drawn: flags as their letters in brackets, the parts of a joined emoji one after
/// another and without their tone, emoji that not every terminal knows as their number, and room behind vowel signs that some
/// terminals give a column of their own. Copies and exports keep what stands in `line`.
#[must_use]
pub fn alike(line: &str) -> Cow<'_, str> {
    if line.is_ascii() || !line.chars().any(differs) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        take(&mut out, character, &mut rest);
    }
    Cow::Owned(with_room(&out))
}

/// Columns that `grapheme` takes where it takes most, if terminals disagree about it; `None` where all measure it alike.
#[must_use]
pub fn widest(grapheme: &str) -> Option<usize> {
    // Letters that join into one grapheme, as in Devanagari or Thai, are cells of their own for most terminals: who writes
    // over the first of them leaves the others.
    let joined = || grapheme.chars().filter(|&character| columns(character) > 0).nth(1).is_some();
    if grapheme.is_ascii() || (!grapheme.chars().any(takes_room) && !joined()) {
        return None;
    }
    Some(grapheme.width().max(grapheme.chars().map(columns).sum()))
}

fn take(out: &mut String, character: char, rest: &mut Peekable<Chars<'_>>) {
    let before = out.chars().next_back();
    if let Some(letter) = regional_letter(character) {
        out.push('[');
        out.push(letter);
        if let Some(second) = rest.peek().copied().and_then(regional_letter) {
            out.push(second);
            rest.next();
        }
        out.push(']');
    } else if character == BLACK_FLAG && rest.peek().is_some_and(|&next| is_tag(next)) {
        out.push(character);
        region(out, rest);
    } else if is_dropped(character, before, rest.peek().copied()) {
        // Its emoji stands for itself.
    } else if let Some(syllable) = before.filter(|_| is_jamo(character)).and_then(|before| compose(before, character)) {
        out.pop();
        out.push(syllable);
    } else if let Some(mark) = full_width_mark(character) {
        let full = before.and_then(|kana| kana.nfkc().next());
        if let Some(joined) = full.and_then(|kana| compose(kana, mark.0)) {
            out.pop();
            out.push(joined);
        } else {
            out.push(mark.1);
        }
    } else if is_unknown(character) || is_tone(character) || is_jamo(character) {
        let _ = write!(out, "⟨U+{:04X}⟩", u32::from(character));
    } else {
        out.push(character);
    }
}

/// The code of a region behind its black flag, in letters.
fn region(out: &mut String, rest: &mut Peekable<Chars<'_>>) {
    out.push('[');
    while let Some(tag) = rest.next_if(|&next| is_tag(next)) {
        if tag != CANCEL_TAG {
            out.extend(char::from_u32(u32::from(tag) - 0xe0000));
        }
    }
    out.push(']');
}

fn regional_letter(character: char) -> Option<char> {
    let place = u32::from(character).checked_sub(REGIONAL_A).filter(|&place| place < 26)?;
    char::from_u32(u32::from('A') + place)
}

/// The sound marks of halfwidth katakana as they join a letter, and as they stand alone.
fn full_width_mark(character: char) -> Option<(char, char)> {
    match character {
        '\u{ff9e}' => Some(('\u{3099}', '\u{309b}')),
        '\u{ff9f}' => Some(('\u{309a}', '\u{309c}')),
        _ => None,
    }
}

/// What only changes how an emoji looks.
fn is_dropped(character: char, before: Option<char>, next: Option<char>) -> bool {
    match character {
        '\u{fe0e}' | '\u{fe0f}' => true,
        ZWJ => next.is_some_and(is_emoji),
        _ => is_tone(character) && before.is_some_and(is_emoji),
    }
}

fn is_tone(character: char) -> bool {
    matches!(character, '\u{1f3fb}'..='\u{1f3ff}')
}

/// The parts of Hangul syllables that follow their first consonant.
fn is_jamo(character: char) -> bool {
    matches!(character, '\u{1160}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}')
}

fn differs(character: char) -> bool {
    matches!(character, '\u{fe0e}' | '\u{fe0f}' | ZWJ | '\u{1f1e6}'..='\u{1f1ff}')
        || is_tone(character)
        || is_tag(character)
        || is_jamo(character)
        || full_width_mark(character).is_some()
        || takes_room(character)
        || is_unknown(character)
}

/// Puts room behind what terminals draw wider than its measure.
fn with_room(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut graphemes = text.graphemes(true).peekable();
    while let Some(grapheme) = graphemes.next() {
        out.push_str(grapheme);
        let missing = widest(grapheme).map_or(0, |columns| columns - grapheme.width());
        // A line may pass here twice, as a part of another one.
        if missing > 0 && graphemes.peek().is_none_or(|next| !next.starts_with(ROOM)) {
            out.extend(std::iter::repeat_n(ROOM, missing));
        }
    }
    out
}

fn columns(character: char) -> usize {
    match character {
        '\u{3248}'..='\u{324f}' => 2,
        _ if stands_apart(character) => 1,
        _ => character.width().unwrap_or(0),
    }
}

/// What has no equal in plain characters, and a column more in some terminals than in others: vowel signs beside their
/// letter, and signs that a later Unicode made wide.
fn takes_room(character: char) -> bool {
    stands_apart(character)
        || (is_combining_mark(character) && character.width() == Some(1))
        || matches!(character,
            '\u{2630}'..='\u{2637}' | '\u{268a}'..='\u{268f}' | '\u{3030}' | '\u{303d}' | '\u{3248}'..='\u{324f}'
            | '\u{3297}' | '\u{3299}' | '\u{4dc0}'..='\u{4dff}' | '\u{1d300}'..='\u{1d356}'
            | '\u{1d360}'..='\u{1d376}' | '\u{1f202}' | '\u{1f237}')
}

/// Vowel signs that extend their letter in the tables, and have a column of their own in most terminals.
fn stands_apart(character: char) -> bool {
    matches!(
        character,
        '\u{9be}'
            | '\u{9d7}'
            | '\u{b3e}'
            | '\u{b57}'
            | '\u{bbe}'
            | '\u{bd7}'
            | '\u{cc0}'
            | '\u{cc2}'
            | '\u{cc7}'
            | '\u{cc8}'
            | '\u{cca}'
            | '\u{ccb}'
            | '\u{cd5}'
            | '\u{cd6}'
            | '\u{d3e}'
            | '\u{d57}'
            | '\u{dcf}'
            | '\u{ddf}'
            | '\u{1715}'
            | '\u{1734}'
            | '\u{1b35}'
            | '\u{1b3b}'
            | '\u{1b3d}'
            | '\u{1b43}'
            | '\u{1b44}'
            | '\u{1baa}'
            | '\u{1bf2}'
            | '\u{1bf3}'
            | '\u{a953}'
            | '\u{a9c0}'
            | '\u{111c0}'
            | '\u{11235}'
            | '\u{1133e}'
            | '\u{1134d}'
            | '\u{11357}'
            | '\u{114b0}'
            | '\u{114bd}'
            | '\u{115af}'
            | '\u{116b6}'
            | '\u{11930}'
            | '\u{1193d}'
    )
}

/// Signs that terminals measure from 0 to 3 columns, and emoji and symbols that are younger than Unicode 14 (2021) or not
/// assigned: what a terminal does with them depends on its age.
fn is_unknown(character: char) -> bool {
    matches!(character,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{d4e}' | '\u{17a4}'
        | '\u{17d8}' | '\u{302e}' | '\u{302f}' | '\u{a8fa}' | '\u{110bd}' | '\u{110cd}' | '\u{111c2}' | '\u{111c3}'
        | '\u{1193f}' | '\u{11941}' | '\u{11a84}'..='\u{11a89}' | '\u{11d46}' | '\u{13430}'..='\u{1345f}'
        | '\u{16ff0}' | '\u{16ff1}' | '\u{1d165}'..='\u{1d172}')
        || matches!(character,
            '\u{2072}' | '\u{2073}' | '\u{208f}' | '\u{209d}'..='\u{209f}' | '\u{20c1}'..='\u{20cf}'
            | '\u{20f1}'..='\u{20ff}' | '\u{218c}'..='\u{218f}' | '\u{2427}'..='\u{243f}' | '\u{244b}'..='\u{245f}'
            | '\u{2b74}' | '\u{2b75}' | '\u{2b96}' | '\u{1f02c}'..='\u{1f02f}' | '\u{1f094}'..='\u{1f09f}'
            | '\u{1f0af}' | '\u{1f0b0}' | '\u{1f0c0}' | '\u{1f0d0}' | '\u{1f0f6}'..='\u{1f0ff}'
            | '\u{1f1ae}'..='\u{1f1e5}' | '\u{1f203}'..='\u{1f20f}' | '\u{1f23c}'..='\u{1f23f}'
            | '\u{1f249}'..='\u{1f24f}' | '\u{1f252}'..='\u{1f25f}' | '\u{1f266}'..='\u{1f2ff}'
            | '\u{1f6d8}'..='\u{1f6dc}' | '\u{1f6ed}'..='\u{1f6ef}' | '\u{1f6fd}'..='\u{1f6ff}'
            | '\u{1f774}'..='\u{1f77f}' | '\u{1f7d9}'..='\u{1f7df}' | '\u{1f7ec}'..='\u{1f7ef}'
            | '\u{1f7f1}'..='\u{1f7ff}' | '\u{1f80c}'..='\u{1f80f}' | '\u{1f848}'..='\u{1f84f}'
            | '\u{1f85a}'..='\u{1f85f}' | '\u{1f888}'..='\u{1f88f}' | '\u{1f8ae}' | '\u{1f8af}'
            | '\u{1f8b2}'..='\u{1f8ff}' | '\u{1fa54}'..='\u{1fa5f}' | '\u{1fa6e}' | '\u{1fa6f}'
            | '\u{1fa75}'..='\u{1fa77}' | '\u{1fa7d}'..='\u{1fa7f}' | '\u{1fa87}'..='\u{1fa8f}'
            | '\u{1faad}'..='\u{1faaf}' | '\u{1fabb}'..='\u{1fabf}' | '\u{1fac6}'..='\u{1facf}'
            | '\u{1fada}'..='\u{1fadf}' | '\u{1fae8}'..='\u{1faef}' | '\u{1faf7}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{display_width, sanitise_line};

    #[test]
    fn what_terminals_measure_differently_is_drawn_in_plain_characters() {
        for (text, drawn) in [
            ("Lamp 🇽🇽🇾🇿", "Lamp [XX][YZ]"),
            ("🇽 lone", "[X] lone"),
            ("🏴\u{e0078}\u{e0078}\u{e0061}\u{e0062}\u{e007f} region", "🏴[xxab] region"),
            ("👨\u{200d}👩\u{200d}👧 family", "👨👩👧 family"),
            ("❤\u{fe0f}\u{200d}🔥", "❤🔥"),
            ("👍🏽 and 🏽", "👍 and ⟨U+1F3FD⟩"),
            ("1\u{fe0f}\u{20e3} key", "1\u{20e3} key"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("a\u{1161}", "a⟨U+1161⟩"),
            ("new \u{1fae9}", "new ⟨U+1FAE9⟩"),
            ("ｶﾞ and aﾟ", "ガ and a\u{309c}"),
            ("কা", "কা\u{a0}"),
        ] {
            assert_eq!(alike(&sanitise_line(text, 200)), drawn);
        }
    }

    #[test]
    fn words_keep_their_letters_and_joiners() {
        for text in ["plain", "سلام دنیا", "می\u{200c}خواند", "क्\u{200d}ष", "日本語", "한국", "Việt", "👍 🔥", "कि"]
        {
            assert_eq!(alike(text), text);
        }
    }

    #[test]
    fn only_what_has_no_plain_form_needs_room() {
        for (grapheme, columns) in
            [("a", None), ("日", None), ("👍", None), ("কা", Some(2)), ("कि", Some(2)), ("☰", Some(2))]
        {
            assert_eq!(widest(grapheme), columns, "{grapheme}");
        }
    }

    proptest! {
        #[test]
        fn every_way_of_measuring_agrees(
            any in any::<String>(),
            odd in "[\u{1f1e6}-\u{1f1ff}👨👩🔥❤👍\u{200d}\u{fe0e}\u{fe0f}\u{20e3}\u{1f3fb}-\u{1f3ff}1#কাকিक्षिｶﾞ\u{1100}-\u{1112}\u{1160}-\u{11ff}\u{1fa70}-\u{1faff}\u{301}☰ab ]{0,30}",
        ) {
            for text in [any, odd] {
                let line = sanitise_line(&text, 300);
                let drawn = alike(&line);
                for grapheme in drawn.graphemes(true).filter(|grapheme| widest(grapheme).is_none()) {
                    let by_characters: usize = grapheme.chars().map(|one| one.width().unwrap_or(0)).sum();
                    prop_assert_eq!(display_width(grapheme), by_characters, "{:?} in {:?}", grapheme, drawn);
                }
                prop_assert_eq!(&alike(&drawn), &drawn, "it is stable");
            }
        }
    }
}
