//! The `bot-tui` binary.

fn main() {}
