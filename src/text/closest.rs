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

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn only_a_close_word_is_suggested() {
        let known = ["theme", "glyphs", "mouse"];
        assert_eq!(closest("them", &known), "did you mean `theme`? There are theme, glyphs, mouse");
        assert_eq!(closest("zzz", &known), "there are theme, glyphs, mouse");
    }
}
