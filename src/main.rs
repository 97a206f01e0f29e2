//! The `bot-tui` binary.

use std::process::ExitCode;

/// Importing passes millions of small pieces of text from one thread to another, at which the system's own allocators are
/// slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    bot_tui::cli::main()
}
