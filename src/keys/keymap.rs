//! From keys to actions.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use toml::Spanned;

use super::{Key, UnknownKey};
use crate::app::{Action, Place};
use crate::text::closest;

const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// What is wrong with a key map, and in which line.
#[derive(Debug, thiserror::Error)]
pub enum KeyMapError {
    /// It is no TOML of the expected shape.
    #[error("{at}: {reason}")]
    Syntax {
        /// The file and the line.
        at: Spot,
        /// What the parser says.
        reason: String,
    },
    /// A section that is no place of the catalogue.
    #[error("{at}: [{place}] is no place; {hint}")]
    UnknownPlace {
        /// The file and the line.
        at: Spot,
        /// The section.
        place: String,
        /// What may have been meant.
        hint: String,
    },
    /// A name that is no action of its place.
    #[error("{at}: `{action}` is no action in [{place}]; {hint}")]
    UnknownAction {
        /// The file and the line.
        at: Spot,
        /// The section.
        place: String,
        /// The name.
        action: String,
        /// What may have been meant.
        hint: String,
    },
    /// A word that names no key.
    #[error("{at}: {reason}")]
    UnknownKey {
        /// The file and the line.
        at: Spot,
        /// Which one.
        reason: UnknownKey,
    },
    /// One key for two actions that can be called in the same place.
    #[error("{at}: key `{key}` would mean both {first} and {second}; give one of them another key")]
    Clash {
        /// The file, and the line of the one that came second.
        at: Spot,
        /// The key.
        key: Key,
        /// One action.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file, self.line)
    }
}

type Sections = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Vec<Spanned<String>>>>;
/// The keys of an action, each with where it was given.
type Given = HashMap<Action, Vec<(Key, Spot)>>;

/// Which key calls which action, in which place.
#[derive(Debug, Clone)]
pub struct KeyMap {
    keys: HashMap<Action, Vec<Key>>,
    actions: HashMap<(Place, Key), Action>,
}

impl KeyMap {
    /// The key map that comes with the program, with the user's `patch` of it: its file name and its text.
    ///
    /// # Errors
    /// Fails where a file cannot be read, names something unknown, or gives one key two meanings.
    pub fn load(patch: Option<(&str, &str)>) -> Result<Self, KeyMapError> {
        let mut given = Given::new();
        for (name, text) in [Some(("assets/keymap.toml", DEFAULT)), patch].into_iter().flatten() {
            given.extend(File { name, text }.read()?);
        }
        let actions = index(&given, patch.map(|(name, _)| name))?;
        let bare =
            |(action, keys): (Action, Vec<(Key, Spot)>)| (action, keys.into_iter().map(|(key, _)| key).collect());
        Ok(Self { keys: given.into_iter().map(bare).collect(), actions })
    }

    /// The action that `key` calls in `place`.
    #[must_use]
    pub fn action(&self, place: Place, key: Key) -> Option<Action> {
        let here = self.actions.get(&(place, key));
        let everywhere = || self.actions.get(&(Place::Everywhere, key)).filter(|_| place.inherits());
        here.or_else(everywhere).copied()
    }

    /// The keys of an action, the first one being the one that hints show.
    #[must_use]
    pub fn keys(&self, action: Action) -> &[Key] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
}

impl File<'_> {
    fn spot(&self, at: usize) -> Spot {
        let line = self.text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1;
        Spot { file: self.name.to_owned(), line }
    }

    fn read(&self) -> Result<Given, KeyMapError> {
        let sections: Sections = toml::from_str(self.text).map_err(|error| KeyMapError::Syntax {
            at: self.spot(error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
        })?;
        let mut given = Given::new();
        for (word, bindings) in sections {
            let place = self.place(&word)?;
            for (name, written) in bindings {
                given.insert(self.action(place, &name)?, self.keys(&written)?);
            }
        }
        Ok(given)
    }

    fn place(&self, word: &Spanned<String>) -> Result<Place, KeyMapError> {
        let found = Place::ALL.iter().copied().find(|place| place.word() == word.get_ref());
        found.ok_or_else(|| KeyMapError::UnknownPlace {
            at: self.spot(word.span().start),
            place: word.get_ref().clone(),
            hint: closest(word.get_ref(), &Place::ALL.iter().map(|place| place.word()).collect::<Vec<_>>()),
        })
    }

    fn action(&self, place: Place, name: &Spanned<String>) -> Result<Action, KeyMapError> {
        let here = || Action::ALL.iter().copied().filter(|action| action.place() == place);
        here().find(|action| action.word() == name.get_ref()).ok_or_else(|| KeyMapError::UnknownAction {
            at: self.spot(name.span().start),
            place: place.word().to_owned(),
            action: name.get_ref().clone(),
            hint: closest(name.get_ref(), &here().map(Action::word).collect::<Vec<_>>()),
        })
    }

    fn keys(&self, written: &[Spanned<String>]) -> Result<Vec<(Key, Spot)>, KeyMapError> {
        let key = |word: &Spanned<String>| {
            let at = self.spot(word.span().start);
            match word.get_ref().parse() {
                Ok(key) => Ok((key, at)),
                Err(reason) => Err(KeyMapError::UnknownKey { at, reason }),
            }
        };
        written.iter().map(key).collect()
    }
}

/// Finds which key calls what. Where one means two things, the line that is named is the user's.
fn index(given: &Given, patch: Option<&str>) -> Result<HashMap<(Place, Key), Action>, KeyMapError> {
    let mut actions: HashMap<(Place, Key), (Action, &Spot)> = HashMap::new();
    for &action in Action::ALL {
        for (key, at) in given.get(&action).map_or(&[][..], Vec::as_slice) {
            let mut rivals = Place::ALL.iter().copied().filter(|&place| meet(place, action.place()));
            if let Some(&(rival, before)) = rivals.find_map(|place| actions.get(&(place, *key))) {
                let at =
                    if patch == Some(before.file.as_str()) && patch != Some(at.file.as_str()) { before } else { at };
                return Err(KeyMapError::Clash {
                    at: at.clone(),
                    key: *key,
                    first: rival.word(),
                    second: action.word(),
                });
            }
            actions.insert((action.place(), *key), (action, at));
        }
    }
    Ok(actions.into_iter().map(|(place, (action, _))| (place, action)).collect())
}

/// Whether keys of the two places can be meant at the same time.
fn meet(a: Place, b: Place) -> bool {
    a == b || (a == Place::Everywhere && b.inherits()) || (b == Place::Everywhere && a.inherits())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> Key {
        word.parse().unwrap()
    }

    #[test]
    fn every_action_has_a_key_and_none_clashes() {
        let map = KeyMap::load(None).unwrap();
        for &action in Action::ALL {
            assert!(!map.keys(action).is_empty(), "{} has no key", action.word());
        }
    }

    #[test]
    fn every_place_can_be_left_by_esc_and_ctrl_c() {
        let map = KeyMap::load(None).unwrap();
        for &place in Place::ALL {
            for word in ["esc", "ctrl-c"] {
                assert!(map.action(place, key(word)).is_some(), "{word} does nothing in {}", place.word());
            }
        }
        for place in [Place::Clusters, Place::Audit] {
            for (word, action) in [("q", Action::Quit), ("b", Action::TagSuspectedBot), ("u", Action::Undo)] {
                assert_eq!(map.action(place, key(word)), Some(action), "{word} in {}", place.word());
            }
        }
        assert_eq!(map.action(Place::Wall, key("l")), Some(Action::Right), "one walks along the wall");
        assert_eq!(map.action(Place::Wall, key("A")), Some(Action::MarkAll), "and marks what hangs there");
    }

    #[test]
    fn typing_is_not_tagging() {
        let map = KeyMap::load(None).unwrap();
        assert_eq!(map.action(Place::Accounts, key("b")), Some(Action::TagSuspectedBot));
        assert_eq!(map.action(Place::Entry, key("b")), None);
        assert_eq!(map.action(Place::Neighbours, key("enter")), Some(Action::Jump));
    }

    #[test]
    fn a_patch_replaces_the_keys_it_names() {
        let patch = "[everywhere]\nundo = [\"Q\"]\nredo = [\"u\"]\n";
        let map = KeyMap::load(Some(("mine.toml", patch))).unwrap();
        assert_eq!(map.action(Place::Why, key("Q")), Some(Action::Undo));
        assert_eq!(map.action(Place::Why, key("u")), Some(Action::Redo));
        assert_eq!(map.action(Place::Why, key("ctrl-r")), None);
    }

    fn error(patch: &str) -> String {
        KeyMap::load(Some(("mine.toml", patch))).unwrap_err().to_string()
    }

    #[test]
    fn a_clash_is_an_error_that_names_both_and_the_users_line() {
        let with_later = error("# mine\n[neighbours]\njump = [\"b\"]\n");
        assert!(with_later.starts_with("mine.toml, line 3: key `b` would mean both "), "{with_later}");
        assert!(with_later.contains("tag-suspected-bot") && with_later.contains("jump"), "{with_later}");
        let with_earlier = error("[everywhere]\nquit = [\"b\"]\n");
        assert!(with_earlier.starts_with("mine.toml, line 2: key `b`"), "{with_earlier}");
    }

    #[test]
    fn unknown_words_are_errors_with_their_line_and_what_was_meant() {
        for (patch, said) in [
            (
                "[everywhere]\n\nundoo = [\"z\"]",
                "mine.toml, line 3: `undoo` is no action in [everywhere]; did you mean `undo`?",
            ),
            ("[everywere]\nundo = [\"z\"]", "mine.toml, line 1: [everywere] is no place; did you mean `everywhere`?"),
            ("[everywhere]\nundo = [\"zz\"]", "mine.toml, line 2: `zz` is no key"),
            ("[everywhere]\nundo = \"z\"", "mine.toml, line 2: "),
            ("undo", "mine.toml, line 1: "),
        ] {
            let error = error(patch);
            assert!(error.starts_with(said), "{error}");
        }
    }
}
