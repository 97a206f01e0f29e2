//! The word that was meant, where one is close to the word that was written.

/// How alike two words must be, by Jaro and Winkler, for one to be what was meant.
const ALIKE: f64 = 0.75;

/// `did you mean …?` where one of `known` is close to `word`, and which ones there are.
#[must_use]
pub fn closest(word: &str, known: &[&str]) -> String {
    let alike = known.iter().map(|other| (strsim::jaro_winkler(word, other), other));
    let best = alike.filter(|&(alike, _)| alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
    let all = known.join(", ");
    best.map_or_else(|| format!("there are {all}"), |(_, best)| format!("did you mean `{best}`? There are {all}"))
}

/// A word that is none of those that are known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` {what}; {hint}")]
pub struct UnknownWord {
    word: String,
    what: &'static str,
    hint: String,
}

/// What `word` stands for among `known`; `what` says of one that is none of them what it is, as in `is no theme`.
///
/// # Errors
/// Fails for a word that is none of them, with the closest one.
pub fn meant<T: Copy>(word: &str, what: &'static str, known: &[(&str, T)]) -> Result<T, UnknownWord> {
    if let Some(&(_, meant)) = known.iter().find(|(name, _)| *name == word) {
        return Ok(meant);
    }
    let names: Vec<&str> = known.iter().map(|&(name, _)| name).collect();
    Err(UnknownWord { word: word.to_owned(), what, hint: closest(word, &names) })
}

#[cfg(test)]
mod tests {
    use super::{closest, meant};

    #[test]
    fn a_word_means_what_it_is_called_and_else_the_closest_is_named() {
        let known = [("on", 1), ("off", 0)];
        assert_eq!(meant("off", "is no state", &known), Ok(0));
        let said = meant("onn", "is no state", &known).unwrap_err().to_string();
        assert_eq!(said, "`onn` is no state; did you mean `on`? There are on, off");
    }

    #[test]
    fn only_a_close_word_is_suggested() {
        let known = ["theme", "glyphs", "mouse"];
        assert_eq!(closest("them", &known), "did you mean `theme`? There are theme, glyphs, mouse");
        assert_eq!(closest("zzz", &known), "there are theme, glyphs, mouse");
    }
}
