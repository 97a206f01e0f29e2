//! Key bindings: `assets/keymap.toml` and the user's patch of it. A clash is an error at load.
//!
//! Words of this room: *key*, one press, with its modifiers; *key map*, which action each key calls in which place; *patch*, the
//! lines by which a user replaces keys of it.

mod key;
mod keymap;

pub use key::{Key, UnknownKey};
pub use keymap::{KeyMap, KeyMapError, Spot};
