//! Whether what is typed into a search is meant as a filter.

use super::Field;

/// Names that are longer than this may be misspelt by two letters.
const LONG: usize = 4;

/// Whether a word of it names a field and compares it, be it misspelt: `tag:none`, `-folowers>5`. An address such as
/// `https://…` is none.
#[must_use]
pub fn is_filter(typed: &str) -> bool {
    typed.split_whitespace().any(compares)
}

fn compares(word: &str) -> bool {
    let bare = word.strip_prefix(['-', '!']).unwrap_or(word);
    let Some(at) = bare.find([':', '=', '<', '>', '!']) else { return false };
    let name = bare[..at].to_lowercase();
    let is_near = |field: Field| {
        let far = strsim::damerau_levenshtein(field.name(), &name);
        far == 0 || (far <= 2 && name.chars().count() > LONG)
    };
    !name.is_empty() && Field::ALL.into_iter().any(is_near)
}

#[cfg(test)]
mod tests {
    use super::is_filter;

    #[test]
    fn conditions_are_told_from_words() {
        for filter in ["tag:none", "ferry -bio:empty", "!links>3", "folowers=86", "retweet-share>0.9", "TAG:none"] {
            assert!(is_filter(filter), "{filter}");
        }
        for search in ["", "tag", "ferry pilot", "https://a.example/x", "12:30", "@rose", "a=b", ":", "گل:سحر"] {
            assert!(!is_filter(search), "{search}");
        }
    }
}
