//! Text that a spreadsheet must not take for a formula.

use std::borrow::Cow;

/// What a formula begins with; spreadsheets take the wide forms for the narrow ones.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// What begins a new cell in one locale or another, even within the quotes of a format that has another separator.
const BEGINS: [char; 4] = [';', '\t', '\n', '\r'];

/// `text` with an apostrophe before each sign with which a formula would begin: at the beginning, and behind what
/// separates cells where a spreadsheet expects semicolons or tabs. Further quotation marks and apostrophes between
/// the two change nothing. A number with a sign is none. Texts that are apart stay apart: whoever takes one apostrophe
/// from each such place has the text again.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    if !text.contains(SIGNS) && !text.starts_with(['\t', '\r']) || text.parse::<i64>().is_ok() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut begins = true;
    for (place, character) in text.char_indices() {
        if begins && SIGNS.contains(&character) || place == 0 && matches!(character, '\t' | '\r') {
            out.push('\'');
        }
        begins = BEGINS.contains(&character) || begins && matches!(character, '\'' | '"');
        out.push(character);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_wherever_a_cell_may_begin() {
        for (text, safe) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@name", "'@name"),
            ("＝1+1", "'＝1+1"),
            ("＠name", "'＠name"),
            ("－2", "'－2"),
            ("＋2", "'＋2"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t'=1"),
            ("trees;=cmd|x", "trees;'=cmd|x"),
            ("trees;\"=cmd\"", "trees;\"'=cmd\""),
            ("a\n=1", "a\n'=1"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(defused(text), safe, "{text:?}");
        }
        for text in ["-100123", "+5", "a = b", "a, -b", "x@y.example", "https://a.example/?a=1", "", "…"] {
            assert_eq!(defused(text), text);
        }
    }
}
