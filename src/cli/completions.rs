//! `bot-tui completions`: a completion script.

use std::io::Write;

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::say;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell to complete in
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Cli::command(), "bot-tui", &mut script);
    say::data().write_all(&script)?;
    Ok(())
}
