//! What could be typed next.

use super::Field;
use super::field::Kind;

/// Whole words that the last word of a filter could become: fields, or values of its field.
#[must_use]
pub fn completions(typed: &str) -> Vec<String> {
    let last = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
    let (sign, word) = match last.strip_prefix(['-', '!']) {
        Some(word) => (&last[..1], word),
        None => ("", last),
    };
    let Some((name, value)) = word.split_once([':', '=']) else {
        let fields = Field::names().into_iter().filter(|name| name.starts_with(word));
        return fields.map(|name| format!("{sign}{name}:")).collect();
    };
    let Some(field) = Field::ALL.into_iter().find(|field| field.name() == name) else { return Vec::new() };
    let words: &[&str] = match field.kind() {
        Kind::Words(words) => words,
        Kind::Text => &["empty"],
        Kind::Number | Kind::Date => &[],
    };
    let (before, part) = value.rsplit_once(',').map_or(("", value), |(before, part)| (before, part));
    let comma = if before.is_empty() { "" } else { "," };
    let fitting = words.iter().chain(&["unknown"]).filter(|word| word.starts_with(part));
    fitting.map(|word| format!("{sign}{name}:{before}{comma}{word}")).collect()
}
