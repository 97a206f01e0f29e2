//! Key bindings: `assets/keymap.toml` and the user's patch of it.
