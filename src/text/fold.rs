//! Text as search compares it.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of one field that search looks at.
const LONGEST: usize = 2_000;

/// `text` in compatibility form and lower case, without marks and invisible characters, with the letters and digits
/// of Arabic and Persian keyboards unified.
#[must_use]
pub fn fold_for_search(text: &str) -> String {
    let (mut folded, mut left) = (String::new(), LONGEST);
    for character in text.chars().take(LONGEST) {
        each_of(character, &mut |character| {
            if left > 0 {
                folded.push(character);
                left -= 1;
            }
        });
    }
    folded
}

/// The same for a text of any length.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|character| each_of(character, &mut |character| folded.push(character)));
    folded
}

/// What characters of the first plane become, 256 at a time as they are needed: one character, or one of these.
static BLOCKS: [OnceLock<[u32; 256]>; 256] = [const { OnceLock::new() }; 256];
const NOTHING: u32 = u32::MAX;
const SEVERAL: u32 = u32::MAX - 1;

/// Gives what a character becomes to `take`. What stands beside it makes no difference: only marks change places where
/// they are taken apart, and no mark stays.
fn each_of(character: char, take: &mut impl FnMut(char)) {
    if character.is_ascii() {
        return take(character.to_ascii_lowercase());
    }
    let code = u32::from(character);
    let block = BLOCKS.get(code as usize >> 8);
    match block.map_or(SEVERAL, |block| block.get_or_init(|| become_of(code & !0xff))[code as usize & 0xff]) {
        NOTHING => {}
        SEVERAL => folded(character).for_each(take),
        one => char::from_u32(one).into_iter().for_each(take),
    }
}

fn become_of(first: u32) -> [u32; 256] {
    std::array::from_fn(|place| {
        let Some(character) = u32::try_from(place).ok().and_then(|place| char::from_u32(first + place)) else {
            return NOTHING;
        };
        let mut folded = folded(character);
        match (folded.next(), folded.next()) {
            (None, _) => NOTHING,
            (Some(one), None) => u32::from(one),
            _ => SEVERAL,
        }
    })
}

fn folded(character: char) -> impl Iterator<Item = char> {
    let parts = [character].into_iter().nfkd();
    let bare = parts.filter(|&character| !is_combining_mark(character) && !is_invisible(character));
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
    fn a_character_becomes_the_same_alone_and_among_others() {
        let all: Vec<char> = (0..=0x2_ffff).filter_map(char::from_u32).collect();
        for text in all.chunks(512).map(|chunk| chunk.iter().collect::<String>()) {
            let mixed = text.chars().flat_map(|character| [character, '\u{301}', '\u{323}', 'ع']).collect::<String>();
            for text in [text, mixed] {
                let bare = text.nfkd().filter(|&character| !is_combining_mark(character) && !is_invisible(character));
                let lower = bare.flat_map(char::to_lowercase).filter(|&character| !is_combining_mark(character));
                assert_eq!(fold(&text), lower.map(unify).collect::<String>());
            }
        }
    }

    #[test]
    fn long_fields_are_cut() {
        assert_eq!(fold_for_search(&"a".repeat(10_000)).len(), LONGEST);
        assert!(fold_for_search(&"\u{fdfa}".repeat(10_000)).chars().count() <= LONGEST);
    }
}
