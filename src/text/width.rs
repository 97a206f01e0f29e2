//! Columns as a terminal counts them, by the characters that people see.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const NO_BREAK: char = '\u{a0}';

/// Columns that `text` takes: the sum over its visible characters, which is how it is put into cells. A string as a
/// whole may be narrower by its font's ligatures (lam-alef), which a grid of cells does not draw.
#[must_use]
pub fn display_width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The beginning of `text` in at most `columns`, with `…` where something is cut off.
#[must_use]
pub fn truncate_to_width(text: &str, columns: usize) -> Cow<'_, str> {
    if display_width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let mut end = 0;
    let mut used = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        let width = grapheme.width();
        if used + width > columns - 1 {
            break;
        }
        used += width;
        end = start + grapheme.len();
    }
    Cow::Owned(format!("{}…", &text[..end]))
}

/// `text` with spaces behind it up to `columns`.
#[must_use]
pub fn pad_to_width(text: &str, columns: usize) -> Cow<'_, str> {
    match columns.saturating_sub(display_width(text)) {
        0 => Cow::Borrowed(text),
        missing => Cow::Owned(format!("{text}{}", " ".repeat(missing))),
    }
}

/// `text` broken at spaces into at most `lines` lines of `columns`; the last one ends in `…` where text is left.
#[must_use]
pub fn wrap_to_width(text: &str, columns: usize, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && wrapped.len() < lines {
        if wrapped.len() + 1 == lines {
            wrapped.push(truncate_to_width(rest, columns).into_owned());
            break;
        }
        let at = break_place(rest, columns);
        wrapped.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    wrapped
}

/// Where a line of `columns` ends: behind the last word that fits, else inside a word; never at 0.
fn break_place(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let mut fits = 0;
    let mut behind_word = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        let is_space = grapheme.chars().all(|one| one.is_whitespace() && one != NO_BREAK);
        if is_space && used <= columns + 1 {
            behind_word = start;
        }
        if used > columns {
            return if behind_word > 0 { behind_word } else { fits.max(start).max(first_length(text)) };
        }
        fits = start + grapheme.len();
    }
    text.len()
}

fn first_length(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wide_characters_count_twice_and_are_never_cut() {
        assert_eq!(truncate_to_width("日本語", 5), "日本…");
        assert_eq!(truncate_to_width("日本語", 4), "日…");
        assert_eq!(truncate_to_width("abc", 3), "abc");
        assert_eq!(truncate_to_width("👨‍👩‍👧x👨‍👩‍👧", 4), "👨‍👩‍👧x…");
        assert_eq!(pad_to_width("日", 4), "日  ");
        assert_eq!(display_width("سلام"), 4, "lam and alef take a cell each");
    }

    #[test]
    fn lines_break_at_words() {
        assert_eq!(wrap_to_width("one two three four", 9, 5), ["one two", "three", "four"]);
        assert_eq!(wrap_to_width("one two three four", 9, 2), ["one two", "three fo…"]);
        assert_eq!(wrap_to_width("abcdefghij", 4, 5), ["abcd", "efgh", "ij"]);
        assert_eq!(
            wrap_to_width("日本語", 1, 5),
            ["日", "本", "…"].map(str::to_owned)[..2].iter().cloned().chain(["語".to_owned()]).collect::<Vec<_>>()
        );
        assert!(wrap_to_width("   ", 4, 5).is_empty());
        assert_eq!(
            wrap_to_width("one two\u{a0}three", 9, 5),
            ["one", "two\u{a0}three"],
            "no line breaks at a no-break space"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in ".{0,60}", columns in 2_usize..30) {
            prop_assert!(display_width(&truncate_to_width(&text, columns)) <= columns);
            for line in wrap_to_width(&text, columns, 4) {
                prop_assert!(display_width(&line) <= columns, "{line:?}");
            }
        }
    }
}
