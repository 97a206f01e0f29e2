//! Key bindings: `assets/keymap.toml` and the user's patch of it. A clash is an error at load.

mod key;
mod keymap;

pub use key::{Key, UnknownKey};
pub use keymap::{KeyMap, KeyMapError, Spot};
