//! Targets of exports that do not tell which post was retweeted.

use sha2::{Digest, Sha256};

use crate::model::PostReference;
use crate::text::fold;

/// The retweeted post by its author, who may be named by id or handle, and by what it says. Two posts with the same
/// words count as one, and one whose words were cut in different ways as two.
pub(super) fn target(author: &str, text: &str) -> PostReference {
    let said = without_retweet_mark(text);
    let folded: String = fold(said).collect();
    let words: Vec<&str> = folded.split_whitespace().collect();
    let digest = Sha256::digest(words.join(" ").as_bytes());
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    PostReference {
        platform_id: format!("text:{}:{hash}", author.trim_start_matches('@').to_lowercase()),
        text: Some(said.to_owned()),
        synthetic: true,
        ..PostReference::default()
    }
}

/// The text behind `RT @somebody:`.
fn without_retweet_mark(text: &str) -> &str {
    let text = text.trim();
    let behind = text.strip_prefix("RT @").and_then(|rest| rest.split_once(':'));
    behind.filter(|(name, _)| !name.contains(char::is_whitespace)).map_or(text, |(_, said)| said.trim_start())
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
        assert_ne!(key("rose", "we plant trees"), key("dove", "we plant trees"));
        assert_ne!(key("rose", "we plant trees"), key("rose", "we plant tulips"));
        assert_eq!(target("rose", "RT @rose: Hello").text.as_deref(), Some("Hello"));
        assert_eq!(retweeted_handle("RT @rose: Hello"), Some("rose"));
        assert_eq!(retweeted_handle("Hello RT @rose: x"), None);
    }
}
