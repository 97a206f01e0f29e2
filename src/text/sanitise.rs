//! The one path by which text from data reaches a terminal: one line, nothing that acts, nothing that hides.
//!
//! Whatever would move, reorder, hide or control is shown visibly, as ⟨U+202E⟩. Runs of it are counted:
//! ⟨U+200B⟩×500. Line breaks and tabs become spaces. Letters of every script, their marks (a few each), ZWNJ and ZWJ
//! between letters of scripts that need them, and emoji sequences stay as they are.

use std::borrow::Cow;
use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::char::is_combining_mark;

/// Marks that one letter may carry; Vietnamese needs two, vocalised Arabic and Hebrew three.
const MARKS: usize = 4;
const ZWNJ: char = '\u{200c}';
pub(super) const ZWJ: char = '\u{200d}';
const EMOJI_VARIATION: char = '\u{fe0f}';
pub(super) const BLACK_FLAG: char = '\u{1f3f4}';
pub(super) const CANCEL_TAG: char = '\u{e007f}';
/// Tags in an emoji flag: a region code and the one that ends it.
const FLAG_TAGS: usize = 8;

/// `input` as one line that is safe to show, of at most about `longest` characters and `…`. Takes time in
/// proportion to `longest`, however long the input.
///
/// ```
/// use bot_tui::text::sanitise_line;
///
/// assert_eq!(sanitise_line("Ann\u{202e}nnA", 80), "Ann⟨U+202E⟩nnA");
/// assert_eq!(sanitise_line("a long name", 6), "a long…");
/// ```
#[must_use]
pub fn sanitise_line(input: &str, longest: usize) -> Cow<'_, str> {
    if input.len() <= longest && input.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(input);
    }
    let mut line = Sanitiser { out: String::new(), count: 0, longest, previous: None };
    let mut rest = input.chars().peekable();
    while let Some(character) = rest.next() {
        if line.count >= longest {
            line.out.push('…');
            break;
        }
        line.take(character, &mut rest);
    }
    Cow::Owned(line.out)
}

struct Sanitiser {
    out: String,
    count: usize,
    longest: usize,
    /// The last character that was kept as it was.
    previous: Option<char>,
}

impl Sanitiser {
    fn take(&mut self, character: char, rest: &mut Peekable<Chars<'_>>) {
        if matches!(character, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}') {
            self.space();
        } else if character == BLACK_FLAG && rest.peek().is_some_and(|&next| is_tag(next)) {
            self.flag(rest);
        } else if is_joiner(character) {
            self.joiner(character, rest);
        } else if acts_or_hides(character) {
            self.visible_run(character, rest);
        } else if is_variation_selector(character) {
            self.variation(character, rest);
        } else if is_combining_mark(character) {
            self.marks(character, rest);
        } else {
            self.keep(character);
        }
    }

    fn keep(&mut self, character: char) {
        self.out.push(character);
        self.count += 1;
        self.previous = Some(character);
    }

    fn space(&mut self) {
        if self.previous != Some(' ') {
            self.keep(' ');
        }
    }

    /// Shows what must not act; equal ones behind it are counted.
    fn visible_run(&mut self, character: char, rest: &mut Peekable<Chars<'_>>) {
        let mut run = 1_usize;
        // The run is bounded like everything else: what lies behind it starts a new one.
        while run < self.longest && rest.peek() == Some(&character) {
            rest.next();
            run += 1;
        }
        let _ = write!(self.out, "⟨U+{:04X}⟩", u32::from(character));
        if run > 1 {
            let _ = write!(self.out, "×{run}");
        }
        self.count += 8;
        self.previous = None;
    }

    /// ZWNJ and ZWJ shape words and emoji; anywhere else they only make two names look alike.
    fn joiner(&mut self, character: char, rest: &mut Peekable<Chars<'_>>) {
        let next = rest.peek().copied();
        let between = |test: fn(char) -> bool| self.previous.is_some_and(test) && next.is_some_and(test);
        let kept = between(needs_joiners)
            || (character == ZWJ && self.previous.is_some_and(joins_emoji) && next.is_some_and(is_emoji));
        if kept { self.keep(character) } else { self.visible_run(character, rest) }
    }

    fn variation(&mut self, character: char, rest: &mut Peekable<Chars<'_>>) {
        let after_base =
            self.previous.is_some_and(|base| !is_joiner(base) && base != ' ' && !is_variation_selector(base));
        let known = matches!(character, '\u{fe0e}' | EMOJI_VARIATION);
        if known && after_base { self.keep(character) } else { self.visible_run(character, rest) }
    }

    fn marks(&mut self, first: char, rest: &mut Peekable<Chars<'_>>) {
        if self.previous.is_none_or(|base| base == ' ') {
            // A mark without a letter would sit on whatever stands beside the text.
            self.keep('◌');
        }
        self.out.push(first);
        self.count += 1;
        let mut seen = 1_usize;
        while seen < self.longest
            && rest
                .peek()
                .is_some_and(|&next| is_combining_mark(next) && !acts_or_hides(next) && !is_variation_selector(next))
        {
            if let Some(mark) = rest.next().filter(|_| seen < MARKS) {
                self.out.push(mark);
                self.count += 1;
            }
            seen += 1;
        }
        if seen > MARKS {
            let _ = write!(self.out, "⟨+{} marks⟩", seen - MARKS);
            self.count += 10;
            self.previous = None;
        }
    }

    /// A flag of a region is a black flag, its code in tag characters, and the tag that ends it.
    fn flag(&mut self, rest: &mut Peekable<Chars<'_>>) {
        let tags: Vec<char> = rest.clone().take_while(|&next| is_tag(next)).take(FLAG_TAGS).collect();
        self.keep(BLACK_FLAG);
        if let Some(end) = tags.iter().position(|&tag| tag == CANCEL_TAG).filter(|&end| end >= 3) {
            for tag in &tags[..=end] {
                self.out.push(*tag);
                rest.next();
            }
            self.count += 1;
        }
    }
}

pub(super) fn is_tag(character: char) -> bool {
    matches!(character, '\u{e0020}'..='\u{e007f}')
}

pub(super) fn is_joiner(character: char) -> bool {
    matches!(character, ZWNJ | ZWJ)
}

pub(super) fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Scripts in which ZWNJ and ZWJ change how a word is written: Arabic and its kin, and those of South Asia.
fn needs_joiners(character: char) -> bool {
    matches!(character,
        '\u{0600}'..='\u{08ff}' | '\u{0900}'..='\u{0dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

pub(super) fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// What may stand before the joiner of an emoji sequence: an emoji, its skin tone, its variation selector.
fn joins_emoji(character: char) -> bool {
    is_emoji(character) || character == EMOJI_VARIATION
}

/// Controls, bidi marks and overrides, invisible and unassigned-by-design characters. The plain direction marks
/// count too: they are harmless where they belong, but shown they are evidence where they do not.
pub(super) fn acts_or_hides(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
        || code & 0xfffe == 0xfffe
        || (0xfdd0..=0xfdef).contains(&code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clean(text: &str) -> String {
        sanitise_line(text, 200).into_owned()
    }

    #[test]
    fn what_acts_is_shown() {
        assert_eq!(clean("a\u{202e}b"), "a⟨U+202E⟩b");
        assert_eq!(clean("\u{1b}[31mred\u{7}"), "⟨U+001B⟩[31mred⟨U+0007⟩");
        assert_eq!(clean("\u{9b}2J"), "⟨U+009B⟩2J");
        assert_eq!(clean("x\u{200b}\u{200b}\u{200b}y"), "x⟨U+200B⟩×3y");
        assert_eq!(clean("a\u{e0041}b"), "a⟨U+E0041⟩b");
        assert_eq!(clean("two\r\nlines\tand\u{2028}more"), "two lines and more");
    }

    #[test]
    fn words_and_emoji_keep_their_joiners() {
        for text in [
            "می\u{200c}روم",
            "👨\u{200d}👩\u{200d}👧",
            "❤\u{fe0f}\u{200d}🔥",
            "🏴\u{e0078}\u{e0078}\u{e0061}\u{e0062}\u{e007f}",
            "क्\u{200d}ष",
            "محمَّد",
            "Việt",
        ] {
            assert_eq!(clean(text), text);
        }
        assert_eq!(clean("ad\u{200d}min"), "ad⟨U+200D⟩min");
        assert_eq!(clean("می\u{200c}\u{200c}روم"), "می⟨U+200C⟩×2روم");
        assert_eq!(clean("🏴\u{e0067}x"), "🏴⟨U+E0067⟩x");
    }

    #[test]
    fn stacked_marks_are_counted() {
        let zalgo = format!("a{}b", "\u{301}".repeat(21));
        assert_eq!(clean(&zalgo), format!("a{}⟨+17 marks⟩b", "\u{301}".repeat(4)));
        assert_eq!(clean("\u{301}a"), "◌\u{301}a");
    }

    #[test]
    fn long_input_is_cut_without_reading_it_all() {
        assert_eq!(sanitise_line(&"x".repeat(10_000), 5), "xxxxx…");
        assert!(sanitise_line(&"\u{200b}".repeat(1_000_000), 40).chars().count() < 120);
    }

    proptest! {
        #[test]
        fn output_is_safe_and_stable(text in any::<String>(), hostile in "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{e0020}-\u{e007f}\u{0}-\u{1f}\u{300}-\u{310}a-cگی👨]{0,40}") {
            for input in [text, hostile] {
                let once = sanitise_line(&input, 300).into_owned();
                let unsafe_tags = once.replace(BLACK_FLAG, "").chars().any(|c| acts_or_hides(c) && !is_tag(c));
                prop_assert!(!unsafe_tags, "{once:?}");
                if !once.ends_with('…') {
                    prop_assert_eq!(sanitise_line(&once, 10_000), once.clone());
                }
            }
        }
    }
}
