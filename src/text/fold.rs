//! Text as search compares it.

use std::iter::once;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of one field that search looks at.
const LONGEST: usize = 2_000;
/// The letters of most scripts lie below; what becomes of these is looked up.
const TABLE: u32 = 0x2100;

/// `text` in compatibility form and lower case, without marks and invisible characters, with the letters and digits
/// of Arabic and Persian keyboards unified. No more than 2,000 characters are looked at and given back.
#[must_use]
pub fn fold_for_search(text: &str) -> String {
    fold_up_to(text, LONGEST)
}

/// The same for a text of any length.
#[must_use]
pub fn fold(text: &str) -> String {
    fold_up_to(text, usize::MAX)
}

/// What becomes of a character.
#[derive(Debug, Clone, Copy)]
enum Folded {
    Nothing,
    One(char),
    /// Several characters, which is seldom.
    Several,
}

impl Folded {
    fn of(character: char) -> Self {
        let mut folded = folded(once(character));
        match (folded.next(), folded.next()) {
            (None, _) => Self::Nothing,
            (Some(one), None) => Self::One(one),
            _ => Self::Several,
        }
    }
}

/// Folds every character by itself. Only marks, of which none stays, depend on their neighbours.
fn fold_up_to(text: &str, longest: usize) -> String {
    static FOLDED: LazyLock<Vec<Folded>> =
        LazyLock::new(|| (0..TABLE).map(|code| char::from_u32(code).map_or(Folded::Several, Folded::of)).collect());
    let table: &[Folded] = &FOLDED;
    let mut out = String::with_capacity(text.len().min(longest));
    let mut count = 0;
    for character in text.chars().take(longest) {
        let before = out.len();
        match table.get(character as usize) {
            Some(Folded::Nothing) => {}
            Some(&Folded::One(one)) => {
                out.push(one);
                count += 1;
            }
            _ => {
                out.extend(folded(once(character)));
                count += out[before..].chars().count();
            }
        }
        if count >= longest {
            // The last one may have become several.
            out.truncate(out.char_indices().nth(longest).map_or(out.len(), |(end, _)| end));
            break;
        }
    }
    out
}

/// What becomes of characters that stand side by side.
fn folded(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let bare = text.nfkd().filter(|&character| !is_combining_mark(character) && !is_invisible(character));
    // Lower case may bring marks of its own (İ), so they are taken away after it again.
    bare.flat_map(char::to_lowercase).filter(|&character| !is_combining_mark(character)).map(unify)
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn unify(character: char) -> char {
    match character {
        'ي' | 'ى' | 'ئ' => 'ی',
        'ك' => 'ک',
        'ة' | 'ۀ' => 'ه',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ς' => 'σ',
        '٠'..='٩' => digit(character, '٠'),
        '۰'..='۹' => digit(character, '۰'),
        other => other,
    }
}

fn digit(character: char, zero: char) -> char {
    char::from_digit(u32::from(character) - u32::from(zero), 10).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyboards_and_marks_do_not_matter() {
        assert_eq!(fold_for_search("Élan VITAL"), "elan vital");
        assert_eq!(fold_for_search("مي\u{200c}روم كتاب"), fold_for_search("میروم کتاب"));
        assert_eq!(fold_for_search("آزادي"), "ازادی");
        assert_eq!(fold_for_search("۱۲٣"), "123");
        assert_eq!(fold_for_search("مُحَمَّد"), "محمد");
        assert_eq!(fold_for_search("ﬁne İ"), "fine i");
        assert_eq!(fold_for_search("ΣΊΣΥΦΟΣ"), fold_for_search("σίσυφος"));
        assert_eq!(fold_for_search("Ёлка МОЙ"), "елка мои");
    }

    proptest::proptest! {
        #[test]
        fn characters_can_be_folded_one_by_one(text in "[ -~آ-ی\u{300}-\u{36f}À-ÿｱ-ﾝ가-힣\\PC\u{64b}-\u{65f}ﬀ-ﬆ]{0,40}") {
            proptest::prop_assert_eq!(fold(&text), folded(text.chars()).collect::<String>());
        }
    }

    #[test]
    fn long_fields_are_cut() {
        assert_eq!(fold_for_search(&"a".repeat(10_000)).len(), LONGEST);
        assert!(fold_for_search(&"\u{fdfa}".repeat(10_000)).chars().count() <= LONGEST);
    }
}
