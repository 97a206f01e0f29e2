//! Text as search compares it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of one field that search looks at.
const LONGEST: usize = 2_000;

/// `text` in compatibility form and lower case, without marks and invisible characters, with the letters and digits
/// of Arabic and Persian keyboards unified.
#[must_use]
pub fn fold_for_search(text: &str) -> String {
    folded(text.chars().take(LONGEST)).take(LONGEST).collect()
}

/// The same for a text of any length.
pub fn fold(text: &str) -> impl Iterator<Item = char> {
    folded(text.chars())
}

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

    #[test]
    fn long_fields_are_cut() {
        assert_eq!(fold_for_search(&"a".repeat(10_000)).len(), LONGEST);
        assert!(fold_for_search(&"\u{fdfa}".repeat(10_000)).chars().count() <= LONGEST);
    }
}
