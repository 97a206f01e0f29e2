//! What was typed, taken apart.

use crate::text::fold_for_search;

/// Words and characters beyond these are passed over: nobody types them, and matching costs their product.
const WORDS: usize = 8;
const WORD_LENGTH: usize = 64;

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word, folded.
    pub text: String,
    /// Whether only handles are searched, as `@` before the word asks for.
    pub handle_only: bool,
    /// The characters of the word, as the mask of a key has them.
    pub mask: u64,
}

/// A query: every word has to match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Its words, in order.
    pub words: Vec<Word>,
}

impl Query {
    /// Takes apart what was typed.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let words = typed.split_whitespace().take(WORDS).filter_map(|typed| {
            let handle_only = typed.starts_with('@');
            let text: String = fold_for_search(typed.trim_start_matches('@')).chars().take(WORD_LENGTH).collect();
            let mask = mask(&text);
            (!text.is_empty()).then_some(Word { text, handle_only, mask })
        });
        Self { words: words.collect() }
    }

    /// Whether whatever could match this query could match `before` too: each of its words begins one of these.
    #[must_use]
    pub fn narrows(&self, before: &Self) -> bool {
        let begins = |(word, before): (&Word, &Word)| {
            word.text.starts_with(&before.text) && (word.handle_only || !before.handle_only)
        };
        self.words.len() >= before.words.len() && self.words.iter().zip(&before.words).all(begins)
    }
}

/// Which characters occur, as 64 bits: a key that lacks a bit of a word cannot hold the word.
pub(super) fn mask(folded: &str) -> u64 {
    folded.chars().fold(0, |bits, character| bits | 1 << (u32::from(character) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_words_and_more_words_narrow() {
        let narrows = |now: &str, before: &str| Query::parse(now).narrows(&Query::parse(before));
        assert!(narrows("rose", "ros") && narrows("rose d", "rose") && narrows("rose dawn", "ro da"));
        assert!(narrows("@rose", "rose") && !narrows("rose", "@rose"));
        assert!(!narrows("ros", "rose") && !narrows("dawn rose", "rose") && !narrows("rose", "rose d"));
        assert!(narrows("rose", ""));
    }
}
