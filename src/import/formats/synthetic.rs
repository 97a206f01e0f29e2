//! Targets of exports that do not tell which post was retweeted.

use sha2::{Digest, Sha256};

use crate::model::PostReference;
use crate::text::fold;

/// The retweeted post by its author, who may be named by id or handle, and by what it says. Two posts with the same
/// words count as one, and one whose words were cut in different ways as two.
pub(super) fn target(author: &str, text: &str) -> PostReference {
    let author = author.trim_start_matches('@');
    let said = without_retweet_mark(author, text);
    let folded = fold(said);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let digest = Sha256::digest(words.join(" ").as_bytes());
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    PostReference {
        platform_id: format!("text:{}:{hash}", author.to_lowercase()),
        text: Some(said.to_owned()),
        synthetic: true,
        ..PostReference::default()
    }
}

/// The text behind `RT @somebody:`, whose colon some exports leave out where the author is known.
pub(super) fn without_retweet_mark<'t>(author: &str, text: &'t str) -> &'t str {
    let text = text.trim();
    let Some(rest) = text.strip_prefix("RT @") else { return text };
    let name = rest.split([':', ' ', '\n']).next().unwrap_or_default();
    let said = &rest[name.len()..];
    match said.strip_prefix(':') {
        Some(said) => said.trim_start(),
        None if name.eq_ignore_ascii_case(author) => said.trim_start(),
        None => text,
    }
}

/// Who is retweeted by a text that begins with `RT @somebody:`.
pub(super) fn retweeted_handle(text: &str) -> Option<&str> {
    let (name, _) = text.trim().strip_prefix("RT @")?.split_once(':')?;
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_of_one_author_are_one_target() {
        let key = |author, text| target(author, text).platform_id;
        assert_eq!(key("@Rose", "RT @Rose: We  plant\ntrees"), key("rose", "we plant trees"));
        assert_eq!(key("rose", "RT @rose We plant trees"), key("rose", "we plant trees"));
        assert_ne!(key("rose", "we plant trees"), key("dove", "we plant trees"));
        assert_ne!(key("rose", "we plant trees"), key("rose", "we plant tulips"));
        assert_eq!(target("rose", "RT @rose: Hello").text.as_deref(), Some("Hello"));
        assert_eq!(retweeted_handle("RT @rose: Hello"), Some("rose"));
        assert_eq!(retweeted_handle("Hello RT @rose: x"), None);
    }
}
