//! How well an account matches.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::{Query, SearchKey};
use crate::text::fold_for_search;

/// Scores keys against a query; larger is better, `None` is no match.
pub trait Matcher: Sync {
    /// The score of one key.
    fn score(&self, key: &SearchKey, query: &Query) -> Option<i64>;
}

/// Every word matches the handle or the name fuzzily, or occurs in the bio as it stands: a long bio would match
/// almost any letters in order.
pub struct FuzzyWords {
    fuzzy: SkimMatcherV2,
}

impl Default for FuzzyWords {
    fn default() -> Self {
        Self { fuzzy: SkimMatcherV2::default().respect_case() }
    }
}

const EXACT: i64 = 4_000;
const PREFIX: i64 = 2_000;
const SUBSTRING: i64 = 1_000;
/// The handle is what people are looked up by; at equal fit it comes before the name, and that before the bio.
const HANDLE: i64 = 200;
const NAME: i64 = 100;

impl FuzzyWords {
    fn field(&self, field: &str, word: &str) -> Option<i64> {
        let length = i64::try_from(field.len()).unwrap_or(i64::MAX).min(500);
        match field.find(word) {
            Some(0) if field.len() == word.len() => Some(EXACT),
            Some(0) => Some(PREFIX - length),
            Some(_) => Some(SUBSTRING - length),
            None if word.chars().nth(1).is_none() => None,
            None => {
                self.fuzzy.fuzzy_match(field, word).map(|score| score.min(400)).filter(|&score| score >= floor(word))
            }
        }
    }
}

/// Letters that merely occur in order say little: a word must match in a few runs to count.
fn floor(word: &str) -> i64 {
    i64::try_from(word.chars().count()).unwrap_or(i64::MAX).saturating_mul(16)
}

impl Matcher for FuzzyWords {
    fn score(&self, key: &SearchKey, query: &Query) -> Option<i64> {
        let mut total = 0;
        for word in &query.words {
            let allowed = if word.handle_only { key.handle_mask } else { key.mask };
            if allowed & word.mask != word.mask {
                return None;
            }
            let handle = self.field(&key.handle, &word.text).map(|score| score + HANDLE);
            let best = if word.handle_only {
                handle
            } else {
                let name = self.field(&key.name, &word.text).map(|score| score + NAME);
                let bio = key.bio.contains(&word.text).then_some(1);
                handle.max(name).max(bio)
            };
            total += best?;
        }
        (!query.words.is_empty()).then_some(total)
    }
}

/// The characters of `shown` that the words of `typed` matched, counted from 0 and ascending; for rows that are seen.
#[must_use]
pub fn highlight(shown: &str, typed: &str) -> Vec<usize> {
    // Folding changes the number of characters, so each folded character remembers where it came from.
    let (folded, origins): (Vec<char>, Vec<usize>) = shown
        .chars()
        .enumerate()
        .flat_map(|(index, character)| {
            let folded = fold_for_search(character.encode_utf8(&mut [0; 4]));
            folded.chars().map(|folded| (folded, index)).collect::<Vec<_>>()
        })
        .unzip();
    let text: String = folded.into_iter().collect();
    let matcher = SkimMatcherV2::default().respect_case();
    let mut indices: Vec<usize> = Vec::new();
    for word in Query::parse(typed).words {
        let found = match text.find(&word.text) {
            Some(at) => {
                let start = text[..at].chars().count();
                (start..start + word.text.chars().count()).collect()
            }
            None => matcher
                .fuzzy_indices(&text, &word.text)
                .filter(|(score, _)| *score >= floor(&word.text))
                .map(|(_, found)| found)
                .unwrap_or_default(),
        };
        indices.extend(found.into_iter().filter_map(|at| origins.get(at)));
    }
    indices.sort_unstable();
    indices.dedup();
    indices
}
