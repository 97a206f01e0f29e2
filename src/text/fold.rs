//! Text as search compares it.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// Characters of one field that search looks at.
const LONGEST: usize = 2_000;

/// `text` in compatibility form and without difference of case (ß is ss), without invisible characters, with the letters and digits of Arabic and
/// Persian keyboards unified. Marks are dropped on Latin, Greek, Cyrillic, Arabic and Hebrew letters, where they are
/// accents and vowel points; elsewhere they tell words apart, as in काम and कम, パパ and ハハ, ปี and ปู.
#[must_use]
pub fn fold_for_search(text: &str) -> String {
    let (mut folded, mut left) = (String::new(), LONGEST);
    fold_each(text.chars().take(LONGEST), &mut |_, character| {
        if left > 0 {
            folded.push(character);
            left -= 1;
        }
    });
    folded
}

/// The same for a text of any length.
///
/// ```
/// use bot_tui::text::fold;
///
/// assert_eq!(fold("Straße CAFÉ"), fold("STRASSE cafe"));
/// assert_ne!(fold("काम"), fold("कम"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_each(text.chars(), &mut |_, character| folded.push(character));
    folded
}

/// As `fold_for_search`, but as characters, each with the place in `text`, counted in characters from 0, from which it
/// came.
#[must_use]
pub fn fold_with_places(text: &str) -> Vec<(char, usize)> {
    let mut folded = Vec::with_capacity(text.len().min(LONGEST));
    fold_each(text.chars().take(LONGEST), &mut |place, character| folded.push((character, place)));
    folded
}

/// What characters of the first plane become, 256 at a time as they are needed: one character, perhaps with `BARES`, or
/// one of these.
static BLOCKS: [OnceLock<[u32; 256]>; 256] = [const { OnceLock::new() }; 256];
const NOTHING: u32 = u32::MAX;
const SEVERAL: u32 = u32::MAX - 1;
/// Beside a character: marks on it are dropped.
const BARES: u32 = 1 << 30;

/// Gives what characters become to `take`, each with the place from which it came.
fn fold_each(characters: impl Iterator<Item = char>, take: &mut impl FnMut(usize, char)) {
    let mut folder = Folder { take, bares: false, marks: Vec::new() };
    for (place, character) in characters.enumerate() {
        if character.is_ascii() {
            folder.letter(place, character.to_ascii_lowercase(), character.is_ascii_alphabetic());
            continue;
        }
        let code = u32::from(character);
        let block = BLOCKS.get(code as usize >> 8);
        match block.map_or(SEVERAL, |block| block.get_or_init(|| become_of(code & !0xff))[code as usize & 0xff]) {
            NOTHING => {}
            SEVERAL => folder.take_apart(place, character),
            one => {
                char::from_u32(one & !BARES).into_iter().for_each(|into| folder.letter(place, into, one & BARES != 0))
            }
        }
    }
    folder.end_marks();
}

struct Folder<'t, T> {
    take: &'t mut T,
    /// Whether the letter before is one on which marks are dropped.
    bares: bool,
    /// Kept marks behind it, each with its class: some may stand in any order and mean the same.
    marks: Vec<(u8, char, usize)>,
}

impl<T: FnMut(usize, char)> Folder<'_, T> {
    fn letter(&mut self, place: usize, letter: char, bares: bool) {
        if !self.marks.is_empty() {
            self.end_marks();
        }
        self.bares = bares;
        (self.take)(place, letter);
    }

    fn mark(&mut self, place: usize, mark: char) {
        if self.bares {
            return;
        }
        let class = canonical_combining_class(mark);
        if class == 0 {
            self.end_marks();
        }
        self.marks.push((class, mark, place));
    }

    /// Gives the marks in their canonical order.
    fn end_marks(&mut self) {
        self.marks.sort_by_key(|&(class, ..)| class);
        self.marks.drain(..).for_each(|(_, mark, place)| (self.take)(place, mark));
    }

    fn take_apart(&mut self, place: usize, character: char) {
        for part in [character].into_iter().nfkd().filter(|&part| !is_invisible(part)) {
            if is_combining_mark(part) {
                self.mark(place, part);
                continue;
            }
            let bares = drops_marks(part);
            for caseless in caseless(part) {
                self.letter(place, unify(caseless), bares);
            }
        }
    }
}

fn become_of(first: u32) -> [u32; 256] {
    std::array::from_fn(|place| {
        let Some(character) = u32::try_from(place).ok().and_then(|place| char::from_u32(first + place)) else {
            return NOTHING;
        };
        let parts: Vec<char> = [character].into_iter().nfkd().filter(|&part| !is_invisible(part)).collect();
        let Some((&letter, marks)) = parts.split_first() else { return NOTHING };
        let bares = drops_marks(letter);
        let alone = !is_combining_mark(letter) && marks.iter().all(|&part| bares && is_combining_mark(part));
        let mut caseless = caseless(letter);
        match (caseless.next(), caseless.next()) {
            (Some(one), None) if alone => u32::from(unify(one)) | if bares { BARES } else { 0 },
            _ => SEVERAL,
        }
    })
}

/// A letter in compatibility form as its full case folding by Unicode has it: some letters have an upper case of two (ß), and
/// some that have none of their own are one with it (ẞ). Only ı, which folds to itself, would become i.
fn caseless(letter: char) -> impl Iterator<Item = char> {
    let (turkish, other) = if letter == 'ı' { (Some(letter), None) } else { (None, Some(letter)) };
    let folded = other.into_iter().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
    turkish.into_iter().chain(folded.flat_map(char::to_lowercase))
}

/// Whether marks on a letter are accents or vowel points.
fn drops_marks(letter: char) -> bool {
    matches!(letter.script(), Script::Latin | Script::Greek | Script::Cyrillic | Script::Arabic | Script::Hebrew)
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
    fn letters_whose_cases_differ_in_length_are_one() {
        // As Python writes it: unicodedata.normalize("NFKD", text).casefold(), without marks.
        for (text, folded) in [
            ("straße STRASSE STRAẞE", "strasse strasse strasse"),
            ("ŉa ǰ ΐ ﬅ ﬃ", "ʼna j ι st ffi"),
            ("եւ և ԵՒ", "եւ եւ եւ"),
            ("ᾳ ΑΙ ς", "α αι σ"),
            ("İSTANBUL ısı", "istanbul ısı"),
            ("Ꭰꭰ ſ K", "ꭰꭰ s k"),
        ] {
            assert_eq!(fold(text), folded);
        }
        assert_eq!(fold_with_places("aß"), [('a', 0), ('s', 1), ('s', 1)]);
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for character in (0..=0x2_ffff).filter_map(char::from_u32) {
            let folded = fold(&character.to_string());
            assert_eq!(fold(&folded), folded, "{character:?}");
        }
    }

    #[test]
    fn marks_that_tell_words_apart_are_kept() {
        let pairs = [("काम", "कम"), ("दिन", "दान"), ("パパ", "ハハ"), ("ปี", "ปู"), ("ভাল", "ভুল"), ("하늘", "한을")];
        for (one, other) in pairs {
            assert_ne!(fold(one), fold(other), "{one} {other}");
            assert_ne!(fold_for_search(one), fold_for_search(other));
        }
        // As Python writes it: unicodedata.normalize("NFKD", …).
        assert_eq!(fold("काम"), "\u{915}\u{93e}\u{92e}");
        assert_eq!(fold("ﾊﾟパ"), "\u{30cf}\u{309a}\u{30cf}\u{309a}");
        assert_eq!(fold("É\u{301}क\u{93c}1\u{20e3}"), "eक\u{93c}1\u{20e3}");
    }

    #[test]
    fn the_order_of_marks_that_mean_the_same_does_not_matter() {
        assert_eq!(fold("ก\u{e48}\u{e38}"), fold("ก\u{e38}\u{e48}"));
        assert_eq!(fold("ハ\u{309a}"), fold("パ"));
    }

    #[test]
    fn a_folded_character_knows_its_place() {
        assert_eq!(fold_with_places("E\u{301}ﬁパ"), [('e', 0), ('f', 2), ('i', 2), ('ハ', 3), ('\u{309a}', 3)]);
    }

    /// The definition, step by step on the whole text.
    fn defined(text: &str) -> String {
        let (mut folded, mut bares) = (String::new(), false);
        for part in text.nfkd().filter(|&part| !is_invisible(part)) {
            if is_combining_mark(part) {
                folded.extend(Some(part).filter(|_| !bares));
                continue;
            }
            bares = drops_marks(part);
            let upper = part.to_string().to_lowercase().to_uppercase();
            let lower = if part == 'ı' { part.to_string() } else { upper.to_lowercase() };
            folded.extend(lower.chars().map(unify));
        }
        folded
    }

    #[test]
    fn a_text_is_folded_as_the_definition_says() {
        let all: Vec<char> = (0..=0x2_ffff).filter_map(char::from_u32).collect();
        for text in all.chunks(512).map(|chunk| chunk.iter().collect::<String>()) {
            let mixed = text.chars().flat_map(|character| [character, '\u{301}', '\u{323}', 'ع']).collect::<String>();
            for text in [text, mixed] {
                assert_eq!(fold(&text), defined(&text));
            }
        }
    }

    #[test]
    fn long_fields_are_cut() {
        assert_eq!(fold_for_search(&"a".repeat(10_000)).len(), LONGEST);
        assert!(fold_for_search(&"\u{fdfa}".repeat(10_000)).chars().count() <= LONGEST);
    }
}
