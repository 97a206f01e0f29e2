//! Drawing: the tree mirrors the screen.
