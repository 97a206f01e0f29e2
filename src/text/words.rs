//! Words of a line as people type, paste or drop them: blanks part words, quotes and backslashes hold them together.

use std::borrow::Cow;

/// A word of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Where it begins in the line, with its quotes, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it says, without quotes.
    pub text: String,
}

/// The words of `line`, as a shell would part them. A quote that is still open runs to the end.
#[must_use]
pub fn words(line: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut current: Option<Word> = None;
    let mut quote = None;
    let mut letters = line.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if quote.is_none() && letter.is_whitespace() {
            found.extend(current.take());
            continue;
        }
        let word = current.get_or_insert_with(|| Word { start: at, ..Word::default() });
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None | Some('"'), '\\') => {
                let escapes = |&(_, next): &(usize, char)| quote.is_none() || matches!(next, '"' | '\\');
                word.text.push(letters.next_if(escapes).map_or('\\', |(_, next)| next));
            }
            _ => word.text.push(letter),
        }
        word.end = letters.peek().map_or(line.len(), |&(next, _)| next);
    }
    found.extend(current);
    found
}

/// How `word` is written so that `words` reads it as one.
#[must_use]
pub fn quoted(word: &str) -> Cow<'_, str> {
    let needs_none = |c: char| !c.is_whitespace() && !matches!(c, '\'' | '"' | '\\');
    if !word.is_empty() && word.chars().all(needs_none) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(line: &str) -> Vec<String> {
        words(line).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn blanks_part_and_quotes_hold_together() {
        assert_eq!(texts("  a.csv  'my file.csv' \"b c\".gz d\\ e "), ["a.csv", "my file.csv", "b c.gz", "d e"]);
        assert_eq!(texts(r#"'it'\''s' "say \"x\" \n""#), ["it's", r#"say "x" \n"#]);
        assert_eq!(texts("کتاب.csv '"), ["کتاب.csv", ""]);
        assert_eq!(texts("'open to the end"), ["open to the end"]);
        assert_eq!(texts("torn\\"), ["torn\\"]);
        assert!(texts("   ").is_empty());
    }

    #[test]
    fn words_know_where_they_stand() {
        let line = "a 'گل x' ";
        let [_, second] = words(line).try_into().unwrap();
        assert_eq!((&line[second.start..second.end], second.text.as_str()), ("'گل x'", "گل x"));
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_read_as_it_was(first in ".{0,12}", second in ".{0,12}") {
            let line = format!("{} {}", quoted(&first), quoted(&second));
            prop_assert_eq!(texts(&line), [first, second]);
        }

        #[test]
        fn any_line_has_words_in_order_inside_of_it(line in r#"['"\\a ی]{0,20}"#) {
            let mut at = 0;
            for word in words(&line) {
                prop_assert!(at <= word.start && word.start < word.end && word.end <= line.len());
                prop_assert!(line.is_char_boundary(word.start) && line.is_char_boundary(word.end));
                at = word.end;
            }
        }
    }
}
