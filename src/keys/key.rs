//! A key as the key map writes it, such as `j`, `G`, `space` or `ctrl-r`.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of a letter (`G`), not a modifier of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// A word of the key map that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no key; write a character, or one of enter, esc, space, tab, backtab, backspace, delete, up, down, left, right, home, end, pageup, pagedown, f1 to f12, with ctrl- or alt- before it"
)]
pub struct UnknownKey(String);

const NAMED: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("space", KeyCode::Char(' ')),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        // Terminals report shift with letters and back-tab in different ways; the character itself says it all.
        Self { code: event.code, modifiers: event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT) }
    }
}

impl Key {
    /// The arrow down.
    pub const DOWN: Self = Self { code: KeyCode::Down, modifiers: KeyModifiers::NONE };
    /// The arrow up.
    pub const UP: Self = Self { code: KeyCode::Up, modifiers: KeyModifiers::NONE };

    /// The character that the key types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let mut modifiers = KeyModifiers::empty();
        let mut rest = word;
        for (prefix, modifier) in [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)] {
            if let Some(tail) = rest.strip_prefix(prefix) {
                modifiers |= modifier;
                rest = tail;
            }
        }
        let unknown = || UnknownKey(word.to_owned());
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(character), None) => KeyCode::Char(character),
            _ => named(rest).or_else(|| function_key(rest)).ok_or_else(unknown)?,
        };
        Ok(Self { code, modifiers })
    }
}

fn named(word: &str) -> Option<KeyCode> {
    NAMED.iter().find(|(name, _)| *name == word).map(|&(_, code)| code)
}

fn function_key(word: &str) -> Option<KeyCode> {
    let number: u8 = word.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (prefix, modifier) in [("ctrl-", KeyModifiers::CONTROL), ("alt-", KeyModifiers::ALT)] {
            if self.modifiers.contains(modifier) {
                f.write_str(prefix)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(character)) => write!(f, "{character}"),
            (None, KeyCode::F(number)) => write!(f, "f{number}"),
            (None, _) => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_they_are_written() {
        for word in ["j", "G", "?", "space", "ctrl-r", "alt-x", "f1", "f12", "pagedown", "-", "ctrl-alt-a"] {
            assert_eq!(word.parse::<Key>().unwrap().to_string(), word);
        }
        for word in ["", "f13", "ctrl-", "spice", "hyper-a"] {
            assert!(word.parse::<Key>().is_err(), "{word}");
        }
    }

    #[test]
    fn shift_is_part_of_the_letter() {
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Key::from(event), "G".parse().unwrap());
    }
}
