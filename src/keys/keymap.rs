//! From keys to actions.

use std::collections::{BTreeMap, HashMap};

use super::{Key, UnknownKey};
use crate::app::{Action, Place};

const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// What is wrong with a key map.
#[derive(Debug, thiserror::Error)]
pub enum KeyMapError {
    /// It is no TOML of the expected shape.
    #[error("{source_name}: {reason}")]
    Syntax {
        /// The file.
        source_name: String,
        /// What the parser says.
        reason: String,
    },
    /// A section or a name that the catalogue does not know.
    #[error("{source_name}: [{place}] {action} is not known; `?` in the program lists every action")]
    UnknownAction {
        /// The file.
        source_name: String,
        /// The section.
        place: String,
        /// The name.
        action: String,
    },
    /// A word that names no key.
    #[error("{source_name}: {reason}")]
    UnknownKey {
        /// The file.
        source_name: String,
        /// Which one.
        reason: UnknownKey,
    },
    /// One key for two actions that can be called in the same place.
    #[error("{source_name}: key `{key}` would mean both {first} and {second}; give one of them another key")]
    Clash {
        /// The file.
        source_name: String,
        /// The key.
        key: Key,
        /// One action.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

type Sections = BTreeMap<String, BTreeMap<String, Vec<String>>>;

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
        let mut keys = HashMap::new();
        for (name, text) in [Some(("assets/keymap.toml", DEFAULT)), patch].into_iter().flatten() {
            keys.extend(read(name, text)?);
        }
        let name = patch.map_or("assets/keymap.toml", |(name, _)| name);
        let actions = index(name, &keys)?;
        Ok(Self { keys, actions })
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

fn read(name: &str, text: &str) -> Result<HashMap<Action, Vec<Key>>, KeyMapError> {
    let syntax =
        |error: toml::de::Error| KeyMapError::Syntax { source_name: name.to_owned(), reason: error.to_string() };
    let sections: Sections = toml::from_str(text).map_err(syntax)?;
    let mut keys = HashMap::new();
    for (place, bindings) in sections {
        for (word, written) in bindings {
            let known = Action::ALL.iter().find(|action| action.word() == word && action.place().word() == place);
            let action = *known.ok_or_else(|| KeyMapError::UnknownAction {
                source_name: name.to_owned(),
                place: place.clone(),
                action: word,
            })?;
            let parsed = written.iter().map(|key| key.parse()).collect::<Result<Vec<Key>, _>>();
            let unknown = |reason| KeyMapError::UnknownKey { source_name: name.to_owned(), reason };
            keys.insert(action, parsed.map_err(unknown)?);
        }
    }
    Ok(keys)
}

fn index(name: &str, keys: &HashMap<Action, Vec<Key>>) -> Result<HashMap<(Place, Key), Action>, KeyMapError> {
    let mut actions: HashMap<(Place, Key), Action> = HashMap::new();
    for &action in Action::ALL {
        for &key in keys.get(&action).map_or(&[][..], Vec::as_slice) {
            let mut rivals = Place::ALL.into_iter().filter(|&place| meet(place, action.place()));
            if let Some(rival) = rivals.find_map(|place| actions.get(&(place, key))) {
                return Err(KeyMapError::Clash {
                    source_name: name.to_owned(),
                    key,
                    first: rival.word(),
                    second: action.word(),
                });
            }
            actions.insert((action.place(), key), action);
        }
    }
    Ok(actions)
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
        for place in Place::ALL {
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
        assert_eq!(map.action(Place::Help, key("b")), None);
        assert_eq!(map.action(Place::Neighbours, key("enter")), Some(Action::Jump));
    }

    #[test]
    fn a_patch_replaces_the_keys_it_names() {
        let patch = "[everywhere]\nundo = [\"z\"]\nredo = [\"u\"]\n";
        let map = KeyMap::load(Some(("mine.toml", patch))).unwrap();
        assert_eq!(map.action(Place::Why, key("z")), Some(Action::Undo));
        assert_eq!(map.action(Place::Why, key("u")), Some(Action::Redo));
        assert_eq!(map.action(Place::Why, key("ctrl-r")), None);
    }

    #[test]
    fn a_clash_is_an_error_that_names_both() {
        let text = KeyMap::load(Some(("mine.toml", "[neighbours]\njump = [\"b\"]\n"))).unwrap_err().to_string();
        assert!(text.contains("mine.toml") && text.contains("tag-suspected-bot") && text.contains("jump"), "{text}");
    }

    #[test]
    fn unknown_words_are_errors() {
        for patch in ["[everywhere]\nfly = [\"z\"]", "[sky]\nundo = [\"z\"]", "[everywhere]\nundo = [\"zz\"]", "undo"] {
            assert!(KeyMap::load(Some(("mine.toml", patch))).is_err(), "{patch}");
        }
    }
}
