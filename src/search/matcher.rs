//! How well an account matches.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use memchr::memmem::Finder;

use super::query::Word;
use super::{Query, SearchKey, SearchPack};
use crate::text::fold_with_places;

/// How a key and a query go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// The key matches so well; larger is better.
    Score(i64),
    /// The key does not match, but may match a longer query.
    NotYet,
    /// Neither the query nor any that narrows it matches the key.
    Never,
}

/// Holds keys against a query.
pub trait Matcher: Sync {
    /// In which keys of a pack the word stands that was typed last, which tells most keys apart.
    fn last_in(&self, pack: &SearchPack) -> Vec<bool>;

    /// Whether a key can match, now or when more is typed, of which no more is known than which characters occur in all of
    /// it and in its handle and name, and whether the last word stands in it; far cheaper to tell than how well.
    fn can_fit(&self, masks: [u64; 2], last_stands: bool) -> bool;

    /// How one key goes together with the query.
    fn fit(&self, key: &SearchKey<'_>) -> Fit;
}

/// Every word matches the handle or the name fuzzily, or occurs in the bio as it stands: a long bio would match
/// almost any letters in order.
pub struct FuzzyWords<'q> {
    words: Vec<(&'q Word, Finder<'q>)>,
    /// The characters of all words.
    mask: u64,
    fuzzy: SkimMatcherV2,
}

const EXACT: i64 = 4_000;
const PREFIX: i64 = 2_000;
const SUBSTRING: i64 = 1_000;
/// The handle is what people are looked up by; at equal fit it comes before the name, and that before the bio.
const HANDLE: i64 = 200;
const NAME: i64 = 100;
const BIO: i64 = 1;

impl<'q> FuzzyWords<'q> {
    /// The matcher for a query.
    #[must_use]
    pub fn new(query: &'q Query) -> Self {
        let words = query.words.iter().map(|word| (word, Finder::new(&word.text))).collect();
        let mask = query.words.iter().fold(0, |mask, word| mask | word.mask);
        Self { words, mask, fuzzy: SkimMatcherV2::default().respect_case() }
    }

    fn word(&self, key: &SearchKey<'_>, word: &Word, finder: &Finder<'_>) -> Fit {
        let (text, mask) = if word.handle_only { (key.handle, key.masks.handle) } else { (key.text, key.masks.all()) };
        if mask & word.mask != word.mask {
            return Fit::Never;
        }
        // One look at all of it tells most keys apart.
        let stands = finder.find(text.as_bytes()).is_some();
        let field = |field: &str, mask: u64| {
            if mask & word.mask == word.mask { self.field(field, &word.text, finder, stands) } else { Fit::Never }
        };
        let handle = better(field(key.handle, key.masks.handle), HANDLE);
        if word.handle_only {
            return handle;
        }
        let name = better(field(key.name, key.masks.name), NAME);
        let bio = if stands && finder.find(key.bio.as_bytes()).is_some() { Fit::Score(BIO) } else { Fit::Never };
        best(best(handle, name), bio)
    }

    fn field(&self, field: &str, word: &str, finder: &Finder<'_>, stands: bool) -> Fit {
        let length = i64::try_from(field.len()).unwrap_or(i64::MAX).min(500);
        match finder.find(field.as_bytes()).filter(|_| stands) {
            Some(0) if field.len() == word.len() => return Fit::Score(EXACT),
            Some(0) => return Fit::Score(PREFIX - length),
            Some(_) => return Fit::Score(SUBSTRING - length),
            None => {}
        }
        if !holds_in_order(field, word) {
            return Fit::Never;
        }
        let score = self.fuzzy.fuzzy_match(field, word).map(|score| score.min(400));
        score.filter(|&score| score >= floor(word)).map_or(Fit::NotYet, Fit::Score)
    }
}

/// Whether the letters of a word occur in its order, which is far cheaper to tell than how well they match.
fn holds_in_order(field: &str, word: &str) -> bool {
    let mut rest = field.chars();
    word.chars().all(|wanted| rest.any(|character| character == wanted))
}

fn better(fit: Fit, by: i64) -> Fit {
    match fit {
        Fit::Score(score) => Fit::Score(score + by),
        other => other,
    }
}

fn best(one: Fit, other: Fit) -> Fit {
    match (one, other) {
        (Fit::Score(one), Fit::Score(other)) => Fit::Score(one.max(other)),
        (score @ Fit::Score(_), _) | (_, score @ Fit::Score(_)) => score,
        (Fit::Never, Fit::Never) => Fit::Never,
        _ => Fit::NotYet,
    }
}

/// Letters that merely occur in order say little: a word must match in a few runs to count.
fn floor(word: &str) -> i64 {
    i64::try_from(word.chars().count()).unwrap_or(i64::MAX).saturating_mul(16)
}

impl Matcher for FuzzyWords<'_> {
    fn last_in(&self, pack: &SearchPack) -> Vec<bool> {
        let mut stands = vec![false; pack.len()];
        if let Some((_, finder)) = self.words.last() {
            pack.with_word(finder).for_each(|key| stands[key] = true);
        }
        stands
    }

    fn can_fit(&self, [all, named]: [u64; 2], last_stands: bool) -> bool {
        let named = self.words.last().is_none_or(|(last, _)| named & last.mask == last.mask);
        all & self.mask == self.mask && (last_stands || named)
    }

    fn fit(&self, key: &SearchKey<'_>) -> Fit {
        if self.words.is_empty() {
            return Fit::NotYet;
        }
        let mut total = Fit::Score(0);
        for (word, finder) in self.words.iter().rev() {
            total = match (total, self.word(key, word, finder)) {
                (_, Fit::Never) => return Fit::Never,
                (Fit::Score(total), Fit::Score(score)) => Fit::Score(total + score),
                _ => Fit::NotYet,
            };
        }
        total
    }
}

/// The characters of `shown` that the words of `typed` matched, counted from 0 and ascending; for rows that are seen.
#[must_use]
pub fn highlight(shown: &str, typed: &str) -> Vec<usize> {
    // Folding changes the number of characters, so each folded character remembers where it came from.
    let (folded, origins): (Vec<char>, Vec<usize>) = fold_with_places(shown).into_iter().unzip();
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
