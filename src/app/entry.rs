//! A line of text that is being typed.

use unicode_segmentation::UnicodeSegmentation;

/// What the typed line is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryPurpose {
    /// The search of the accounts pane; the list follows every key.
    Search {
        /// The query before, for when the search is abandoned.
        before: String,
    },
    /// A note on accounts.
    Note {
        /// Whom it concerns.
        accounts: Vec<crate::model::AccountId>,
        /// What the line began with: who changes nothing of it says nothing.
        present: String,
    },
    /// The file that tagged accounts are written to.
    Export,
    /// The file that all tags are written to.
    SaveTags,
    /// What to import: paths and options.
    Import,
    /// The link that the browser is to open, once that is confirmed.
    OpenLink,
    /// What is looked for in the help.
    Help(super::HelpView),
    /// The action that is looked for.
    Palette(super::Palette),
    /// The value of a setting.
    Setting(crate::model::Setting),
}

/// The longest line that can be typed, in bytes.
const LONGEST: usize = 2_000;

/// A line of text and the place in it where the next key goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is for.
    pub purpose: EntryPurpose,
    before: String,
    after: String,
}

impl Entry {
    /// Starts with `text` and the cursor at its end.
    #[must_use]
    pub fn new(purpose: EntryPurpose, text: String) -> Self {
        Self { purpose, before: text, after: String::new() }
    }

    /// The whole line.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// Whether accounts are searched, so that the list is what one looks at.
    #[must_use]
    pub fn is_search(&self) -> bool {
        matches!(self.purpose, EntryPurpose::Search { .. })
    }

    /// The parts before and after the cursor.
    #[must_use]
    pub fn parts(&self) -> (&str, &str) {
        (&self.before, &self.after)
    }

    /// Types `text`; control characters and what exceeds the longest line are left out.
    pub fn insert(&mut self, text: &str) {
        for character in text.chars().filter(|c| !c.is_control()) {
            if self.before.len() + self.after.len() + character.len_utf8() > LONGEST {
                return;
            }
            self.before.push(character);
        }
    }

    /// Puts `word` in the place of what stands between `start`, in bytes, and the cursor. It goes in as it is: names of
    /// files may hold any character.
    pub fn complete(&mut self, start: usize, word: &str) {
        if self.before.is_char_boundary(start) && start + word.len() + self.after.len() <= LONGEST {
            self.before.truncate(start);
            self.before.push_str(word);
            if word.ends_with('/') && self.after.starts_with('/') {
                self.after.remove(0);
            }
        }
    }

    /// Deletes the character before the cursor, as the user sees characters.
    pub fn delete_backward(&mut self) {
        let keep = self.before.grapheme_indices(true).next_back().map_or(0, |(start, _)| start);
        self.before.truncate(keep);
    }

    /// Deletes the word before the cursor and the spaces behind it.
    pub fn delete_word(&mut self) {
        let trimmed = self.before.trim_end();
        let keep = trimmed
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + trimmed[at..].chars().next().map_or(0, char::len_utf8));
        self.before.truncate(keep);
    }

    /// Deletes everything before the cursor.
    pub fn delete_line(&mut self) {
        self.before.clear();
    }

    /// Moves the cursor to the beginning.
    pub fn start(&mut self) {
        self.after.insert_str(0, &self.before);
        self.before.clear();
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.before.push_str(&self.after);
        self.after.clear();
    }

    /// Moves the cursor one character left.
    pub fn left(&mut self) {
        if let Some((start, _)) = self.before.grapheme_indices(true).next_back() {
            let moved = self.before.split_off(start);
            self.after.insert_str(0, &moved);
        }
    }

    /// Moves the cursor one character right.
    pub fn right(&mut self) {
        if let Some(first) = self.after.graphemes(true).next() {
            let length = first.len();
            self.before.push_str(&self.after[..length]);
            self.after.drain(..length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Entry {
        let mut entry = Entry::new(EntryPurpose::Export, String::new());
        entry.insert(text);
        entry
    }

    #[test]
    fn deletes_what_the_user_sees_as_one_character() {
        let mut entry = typed("گلِ👨‍👩‍👧");
        entry.delete_backward();
        assert_eq!(entry.text(), "گلِ");
        entry.delete_backward();
        assert_eq!(entry.text(), "گ");
    }

    #[test]
    fn moves_and_types_in_the_middle() {
        let mut entry = typed("rose dawn");
        for _ in 0..4 {
            entry.left();
        }
        entry.insert("of ");
        assert_eq!(entry.parts(), ("rose of ", "dawn"));
        entry.right();
        entry.delete_word();
        assert_eq!(entry.text(), "rose of awn");
        entry.delete_line();
        assert_eq!(entry.text(), "awn");
        entry.left();
        entry.delete_backward();
        assert_eq!(entry.text(), "awn");
        entry.end();
        entry.insert("ing");
        entry.start();
        entry.insert("y");
        assert_eq!(entry.parts(), ("y", "awning"));
    }

    #[test]
    fn a_folder_that_is_completed_ends_in_one_stroke() {
        let mut entry = typed("data/tr/");
        entry.left();
        entry.complete(0, "data/tries/");
        assert_eq!(entry.parts(), ("data/tries/", ""));
    }

    #[test]
    fn a_pasted_line_is_bounded_and_stripped_of_controls() {
        assert_eq!(typed("a\u{1b}[31m\nb").text(), "a[31mb");
        assert_eq!(typed(&"x".repeat(5_000)).text().len(), LONGEST);
    }
}
