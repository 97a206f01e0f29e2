//! The `bot-tui` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    bot_tui::cli::main()
}
