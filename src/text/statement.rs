//! What a post says, as it is compared with others.

use sha2::{Digest, Sha256};
use unicode_segmentation::UnicodeSegmentation;

use super::fold::fold;

/// Words that a text needs to say something of its own; "good morning to you all" is said by everybody.
const FEWEST_WORDS: usize = 5;

/// `text` folded, without mentions and links, its words set apart by single spaces. `None` where fewer than 5 words are
/// left (as Unicode segments them, so that scripts without spaces count too), and for a retweet by hand, `RT @somebody`.
#[must_use]
pub fn statement(text: &str) -> Option<String> {
    let folded = fold(text);
    let mut words = folded.split_whitespace();
    if words.next() == Some("rt") && words.next().is_some_and(|word| word.starts_with('@')) {
        return None;
    }
    let names = folded.contains('@');
    let points = folded.contains("://") || folded.contains("www.");
    let mut said = String::with_capacity(folded.len());
    for word in folded.split_whitespace().filter(|word| !(names && is_mention(word) || points && is_link(word))) {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(word);
    }
    (said.unicode_words().nth(FEWEST_WORDS - 1).is_some()).then_some(said)
}

/// Bytes of the digest that names a statement: no two of any data set will ever share them by chance.
const NAME: usize = 16;

/// The key of a statement among the targets of accounts: a digest in hexadecimal digits.
#[must_use]
pub fn statement_key(statement: &str) -> String {
    let digest = Sha256::digest(statement.as_bytes());
    let bytes: [u8; NAME] = digest.first_chunk().copied().unwrap_or_default();
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// The words of a statement, as Unicode segments them.
pub fn statement_words(statement: &str) -> impl Iterator<Item = &str> {
    statement.unicode_words()
}

fn bare(word: &str) -> &str {
    word.trim_start_matches(|character: char| !character.is_alphanumeric() && !['@', '#', '_'].contains(&character))
}

fn is_mention(word: &str) -> bool {
    bare(word).strip_prefix('@').is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn is_link(word: &str) -> bool {
    let word = bare(word);
    ["http://", "https://", "www."].iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_it_names_and_where_it_points_does_not_matter() {
        let said = Some("we will not be silent today".to_owned());
        for text in [
            "We will not be silent today",
            "@rose @dove_86 We  will not\nbe silent today https://t.co/abc",
            ".@rose: WE WILL NOT BE (www.site.example) SILENT today",
        ] {
            assert_eq!(statement(text), said, "{text}");
        }
        assert_ne!(statement("We will not be silent today!"), said);
    }

    #[test]
    fn keyboards_and_marks_do_not_matter() {
        assert_eq!(statement("این کتاب را می\u{200c}خوانم امروز"), statement("اين كتاب را ميخوانم امروز"));
        assert!(statement("ما امروز با هم هستیم").is_some());
    }

    #[test]
    fn little_is_nothing_of_ones_own() {
        assert_eq!(statement("good morning to you"), None);
        assert_eq!(statement("@a @b @c @d @e @f hello https://x.example"), None);
        assert_eq!(statement("RT @rose: We will not be silent today"), None);
        assert!(statement("rt is a short word for it").is_some());
        assert!(statement("我们今天不会沉默").is_some(), "scripts without spaces have words too");
        assert_eq!(statement("… — ! ? ."), None);
    }

    #[test]
    fn long_texts_differ_where_they_differ() {
        let long = "one two three four five ".repeat(500);
        assert_ne!(statement(&format!("{long} a")), statement(&format!("{long} b")));
    }
}
