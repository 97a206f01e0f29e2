//! The terminal: a guard that restores it, input, size.
