//! Signs for fonts that have few: each one that the screen is made of has a stand-in in ASCII.

use std::str::FromStr;

use crate::text::{UnknownWord, meant};

/// Which signs the terminal's font has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Glyphs {
    /// All of them.
    #[default]
    Unicode,
    /// Letters and what else ASCII has; text from data stays as it is.
    Ascii,
}

impl FromStr for Glyphs {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        meant(word, "is no set of signs", &[("unicode", Self::Unicode), ("ascii", Self::Ascii)])
    }
}

/// Signs, and what stands in for each of them.
const STAND_INS: [(&str, &str); 31] = [
    ("─╌┄·", "-"),
    ("━═", "="),
    ("│┃║▏▕┆", "|"),
    ("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    ("┏┓┗┛┣┫┳┻╋", "#"),
    ("▸›→▶", ">"),
    ("←‹", "<"),
    ("✓", "+"),
    ("◆", "*"),
    ("○◌●", "o"),
    ("…", "~"),
    ("–—−", "-"),
    ("≤", "<"),
    ("≥", ">"),
    ("×", "x"),
    ("⟨", "<"),
    ("⟩", ">"),
    ("“”", "\""),
    ("‘’", "'"),
    ("▼↓", "v"),
    ("▲↑", "^"),
    ("σ", "s"),
    ("μ", "m"),
    ("²", "2"),
    ("░▁▂", "."),
    ("▒▃▄", ":"),
    ("▓▅▆▀", "%"),
    ("▇█", "#"),
    ("╲", "\\"),
    ("╱", "/"),
    ("°", "o"),
];

/// What stands in for a sign.
pub(super) fn in_ascii(symbol: &str) -> Option<&'static str> {
    if symbol.is_ascii() {
        return None;
    }
    // Lines of the graph are made of eight dots a cell.
    if symbol.chars().all(|dots| matches!(dots, '\u{2800}'..='\u{28ff}')) {
        return Some(".");
    }
    STAND_INS.iter().find(|(signs, _)| signs.contains(symbol)).map(|&(_, plain)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_is_ascii_and_takes_one_column() {
        for (signs, plain) in STAND_INS {
            assert!(plain.is_ascii() && plain.len() == 1, "{signs}");
        }
        assert_eq!(in_ascii("◆"), Some("*"));
        assert_eq!(in_ascii("گ"), None, "text from data stays");
    }

    #[test]
    fn a_tag_is_told_from_every_other_by_its_stand_in() {
        let mut signs = ["◆", "○", "?", "·"].map(|sign| in_ascii(sign).unwrap_or(sign));
        signs.sort_unstable();
        assert!(signs.windows(2).all(|pair| pair[0] != pair[1]), "{signs:?}");
    }
}
