//! Cells of tables that spreadsheets open.

use crate::text::{defused, exact};

/// A cell of text: quoted where it must be, and defused where a spreadsheet would take it for a formula.
pub(super) fn csv_cell(text: &str) -> String {
    let safe = defused(text);
    if safe == text && !text.contains([',', '"', '\n', '\r']) {
        return safe.into_owned();
    }
    format!("\"{}\"", safe.replace('"', "\"\""))
}

/// A cell that names something: safe to print, and different ids stay different.
pub(super) fn id_cell(id: &str) -> String {
    // Alone it would go back to the beginning of the row on a terminal.
    csv_cell(&exact(id).replace('\r', "⟨U+000D⟩"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_defused() {
        assert_eq!(csv_cell("123"), "123");
        assert_eq!(csv_cell("-100123"), "-100123");
        assert_eq!(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(csv_cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(csv_cell("@name"), "\"'@name\"");
        assert_eq!(csv_cell("a;＝1"), "\"a;'＝1\"");
    }

    #[test]
    fn ids_that_differ_in_what_is_not_seen_stay_different() {
        assert_eq!(id_cell("Amber\n71"), "\"Amber\n71\"");
        assert_eq!(id_cell("Amber 71"), "Amber 71");
        assert_eq!(id_cell("a\u{1b}"), "a⟨U+001B⟩");
        assert_eq!(id_cell("1\rFAKE"), "1⟨U+000D⟩FAKE");
    }
}
