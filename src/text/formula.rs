//! Text that a spreadsheet must not take for a formula.

use std::borrow::Cow;

/// What a formula begins with; spreadsheets take the wide and the small forms for the narrow ones.
const SIGNS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
/// What begins a new cell in one locale or another, even within the quotes of a format that has another separator.
const BEGINS: [char; 6] = [',', ';', '|', '\t', '\n', '\r'];

/// `text` with an apostrophe before each sign with which a formula would begin: at the beginning, and behind whatever a
/// spreadsheet may take for the end of a cell, which depends on its locale and on what its user chose when the table was
/// opened. Blanks, quotation marks and apostrophes between the two change nothing: some spreadsheets drop them. A number
/// with a sign is no formula where it is the whole text. Texts that are apart stay apart: whoever takes one apostrophe from
/// each such place has the text again.
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
        let between = matches!(character, '\'' | '"') || character.is_whitespace();
        begins = BEGINS.contains(&character) || begins && between;
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
            ("﹦1", "'﹦1"),
            ("﹢1;﹣1|﹫a", "'﹢1;'﹣1|'﹫a"),
            ("x; =1", "x; '=1"),
            ("x,=1", "x,'=1"),
            ("x, \"=1\"", "x, \"'=1\""),
            ("x|=1", "x|'=1"),
            ("x\t \u{a0}=1", "x\t \u{a0}'=1"),
            ("x,\u{3000}=1", "x,\u{3000}'=1"),
            (" =1", " '=1"),
            ("a, -b", "a, '-b"),
            ("1;-2", "1;'-2"),
        ] {
            assert_eq!(defused(text), safe, "{text:?}");
        }
        for text in
            ["-100123", "+5", "a = b", "a, b - c", "x, y@z", "a'=1", "x@y.example", "https://a.example/?a=1", "", "…"]
        {
            assert_eq!(defused(text), text);
        }
    }
}
