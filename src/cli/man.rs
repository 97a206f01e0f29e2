//! `bot-tui man`: the manual page, with every command.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man;

use super::say;

pub(super) fn run() -> Result<()> {
    let mut command = super::Cli::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let man = Man::new(subcommand.clone());
        writeln!(page, ".SH {}", subcommand.get_name().to_uppercase())?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    say::data().write_all(&page)?;
    Ok(())
}
