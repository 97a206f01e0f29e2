//! How the word that is being typed can go on.

use super::import_order::IMPORT_OPTIONS;
use crate::query::completions;
use crate::text::words;

/// What kind of word is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A file or a folder.
    Path,
    /// A folder.
    Folder,
    /// The name of a format.
    Format,
    /// An option.
    Option,
    /// Something that cannot be completed.
    Free,
}

/// What a word can become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The whole word. Hostile until sanitised.
    pub word: String,
    /// What it names.
    pub kind: CandidateKind,
}

/// What a candidate names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CandidateKind {
    /// A data file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A word of the line itself.
    Word,
}

/// How the word before the cursor can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins in the line, in bytes.
    pub start: usize,
    /// What is typed of it, without quotes.
    pub typed: String,
    /// What kind of word it is.
    pub slot: Slot,
    /// What it can become.
    pub candidates: Vec<Candidate>,
    /// The one that was put into the line.
    pub chosen: Option<usize>,
}

impl Completion {
    /// What is being typed at the end of `line`, with no candidates yet.
    #[must_use]
    pub fn at_end_of(line: &str) -> Self {
        let mut before = words(line);
        let last = before.pop_if(|word| word.end == line.len());
        let slot = match before.last().map(|word| word.text.as_str()) {
            Some("--format") => Slot::Format,
            Some("--avatars") => Slot::Folder,
            Some("--map" | "--platform") => Slot::Free,
            _ if last.as_ref().is_some_and(|word| word.text.starts_with("--")) => Slot::Option,
            _ => Slot::Path,
        };
        let (start, typed) = last.map_or((line.len(), String::new()), |word| (word.start, word.text));
        Self { start, typed, slot, candidates: Vec::new(), chosen: None }
    }

    /// What the last word of a filter can become.
    #[must_use]
    pub fn of_filter(typed: &str) -> Self {
        let last = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = |word| Candidate { word, kind: CandidateKind::Word };
        let candidates = completions(typed).into_iter().map(word).filter(|word| word.word != last).collect();
        Self { start: typed.len() - last.len(), typed: last.to_owned(), slot: Slot::Free, candidates, chosen: None }
    }

    /// The words of the line itself that can stand here: formats and options.
    #[must_use]
    pub fn own_words(&self, formats: &[&str]) -> Vec<Candidate> {
        let names = match self.slot {
            Slot::Format => formats,
            Slot::Option => &IMPORT_OPTIONS[..],
            Slot::Path | Slot::Folder | Slot::Free => &[],
        };
        let fitting = names.iter().filter(|name| name.starts_with(&self.typed));
        fitting.map(|&name| Candidate { word: name.to_owned(), kind: CandidateKind::Word }).collect()
    }

    /// What all candidates begin with, where that says more than what is typed.
    #[must_use]
    pub fn common(&self) -> Option<&str> {
        let (first, rest) = self.candidates.split_first()?;
        let mut common = first.word.as_str();
        for candidate in rest {
            let same = common.chars().zip(candidate.word.chars()).take_while(|(a, b)| a == b);
            common = &common[..same.map(|(letter, _)| letter.len_utf8()).sum()];
        }
        (common.len() > self.typed.len() && common.starts_with(&self.typed)).then_some(common)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> (usize, String, Slot) {
        let completion = Completion::at_end_of(line);
        (completion.start, completion.typed, completion.slot)
    }

    #[test]
    fn the_word_at_the_end_is_what_is_typed() {
        assert_eq!(typed(""), (0, String::new(), Slot::Path));
        assert_eq!(typed("a.csv "), (6, String::new(), Slot::Path));
        assert_eq!(typed("a.csv 'my fi"), (6, "my fi".to_owned(), Slot::Path));
        assert_eq!(typed("a.csv --av"), (6, "--av".to_owned(), Slot::Option));
        assert_eq!(typed("a.csv --avatars pic"), (16, "pic".to_owned(), Slot::Folder));
        assert_eq!(typed("a.csv --format "), (15, String::new(), Slot::Format));
    }

    #[test]
    fn candidates_share_a_beginning_whole_letters_long() {
        let named = |words: &[&str]| {
            let candidate = |word: &&str| Candidate { word: (*word).to_owned(), kind: CandidateKind::Word };
            let mut completion = Completion::at_end_of("d/t");
            completion.candidates = words.iter().map(candidate).collect();
            completion.common().map(str::to_owned)
        };
        assert_eq!(named(&["d/tweets.csv", "d/twéets.csv"]).as_deref(), Some("d/tw"));
        assert_eq!(named(&["d/tweets.csv"]).as_deref(), Some("d/tweets.csv"));
        assert_eq!(named(&["d/ta", "d/tb"]), None);
        assert_eq!(named(&["d/Tree"]), None, "letters that were typed stay");
        assert_eq!(named(&[]), None);
    }

    #[test]
    fn formats_and_options_are_known_without_looking() {
        let words = |line: &str| {
            let own = Completion::at_end_of(line).own_words(&["native", "coortweet"]);
            own.into_iter().map(|candidate| candidate.word).collect::<Vec<_>>()
        };
        assert_eq!(words("a --format n"), ["native"]);
        assert_eq!(words("a --format "), ["native", "coortweet"]);
        assert_eq!(words("--"), ["--avatars", "--format", "--map", "--platform"]);
        assert!(words("a --map acc").is_empty());
        assert!(words("a").is_empty());
    }
}
