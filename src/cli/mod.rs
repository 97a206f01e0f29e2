//! Command line: clap types and one file per command. Exit codes: 0 done, 1 failed, 2 wrong usage.
//!
//! Words of this room: *linking*, the options that say how accounts are linked, which several commands take; *say*, the one way to
//! the terminal; *places*, which cache and folders are meant.

mod account;
mod audit;
mod avatar_urls;
mod avatars;
mod check;
mod clusters;
mod completions;
mod config;
mod demo;
mod export;
mod file_format;
mod import;
mod imports;
mod interface;
mod linking;
mod look;
mod man;
mod memory;
mod network;
mod path;
mod personas;
mod places;
mod query;
mod rejects;
mod say;
mod signals;
mod stats;
mod synth;
mod tag;
mod watched;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::system::end_on_signals;
use look::Look;

/// Where options stand in the help that every command has: behind those of its own.
const LAST: usize = 900;

/// Explore who retweets with whom.
///
/// Without a command, the interface opens on your cache. A link between two accounts is evidence that they act
/// alike, never a verdict on them: only your own tag calls an account a suspected bot.
#[derive(Debug, Parser)]
#[command(name = "bot-tui", bin_name = "bot-tui", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    /// The cache file; by default it lies in your data folder
    #[arg(long, global = true, env = "BOT_TUI_CACHE", value_name = "FILE", display_order = LAST)]
    cache: Option<PathBuf>,

    #[command(flatten)]
    look: Look,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the interface on invented sample data, in a temporary cache
    Demo,
    /// Import exports of collection tools into the cache
    Import(import::Arguments),
    /// List the imported files, or take one back
    Imports(imports::Arguments),
    /// Write tagged accounts with their evidence as JSON, or what else is asked for
    Export(export::Arguments),
    /// Tag an account
    Tag(tag::Arguments),
    /// Write the links between accounts as a network for other programs
    Network(network::Arguments),
    /// Find groups of accounts that hang together, and what holds each together
    Clusters(clusters::Arguments),
    /// Find groups of accounts whose pictures are alike
    Avatars(avatars::Arguments),
    /// Say who retweets an account, and what they have in common beside accounts that do not
    Audit(audit::Arguments),
    /// Show how two accounts hang together by way of others, and why each is linked with the next
    Path(path::Arguments),
    /// List the accounts that meet conditions
    Query(query::Arguments),
    /// Read what accounts show, each signal with its evidence and its percentile
    Signals(signals::Arguments),
    /// List the accounts that use a name on your list
    Personas(personas::Arguments),
    /// Count what the cache holds
    Stats(stats::Arguments),
    /// Look through the whole cache for damage
    Check(check::Arguments),
    /// Write an invented data set with a planted truth
    Synth(synth::Arguments),
    /// Print what can be set in config.toml
    Config(config::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    Man,
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    say::panics();
    let cli = match parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    // Where the system gives no handler, signals end the program as ever, and may leave a temporary file.
    let _ = end_on_signals(!matches!(cli.command, None | Some(Command::Demo)));
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}

/// The command line as clap knows it, for whoever wants to go through it.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// What was asked for; else clap has said what it has to say.
fn parse() -> Result<Cli, ExitCode> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let name = || OsString::from("bot-tui");
    let meant = query::with_negations(&Cli::command(), arguments.clone());
    let cli = Cli::try_parse_from([name()].into_iter().chain(meant)).and_then(checked);
    cli.map_err(|error| say_and_end(&error, &arguments))
}

/// Says what clap has to say, and gives the code to end with.
fn say_and_end(said: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let again = |safe: Vec<String>| {
        let command = Cli::command().styles(clap::builder::Styles::plain());
        let found = command.try_get_matches_from(["bot-tui".to_owned()].into_iter().chain(safe));
        found.and_then(|found| Cli::from_arg_matches(&found)).and_then(checked).err()
    };
    // Whoever closed the pipe wants to hear nothing.
    let _ = say::from_clap(said, arguments, again);
    ExitCode::from(u8::try_from(said.exit_code()).unwrap_or(2))
}

/// What clap cannot see.
fn checked(cli: Cli) -> Result<Cli, clap::Error> {
    if cli.look.names.is_some() && !matches!(cli.command, None | Some(Command::Demo)) {
        let words =
            "--names in front of a command is for the interface; to list accounts: bot-tui personas --names FILE";
        return Err(Cli::command().error(ErrorKind::ArgumentConflict, words));
    }
    Ok(cli)
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    let cache = cli.cache;
    let look = cli.look;
    match cli.command {
        None => interface::run(cache, look)?,
        Some(Command::Demo) => demo::run(look)?,
        Some(Command::Import(arguments)) => return import::run(cache, arguments),
        Some(Command::Imports(arguments)) => imports::run(cache, &arguments)?,
        Some(Command::Export(arguments)) => export::run(cache, &arguments)?,
        Some(Command::Tag(arguments)) => tag::run(cache, &arguments)?,
        Some(Command::Network(arguments)) => network::run(cache, &arguments)?,
        Some(Command::Clusters(arguments)) => clusters::run(cache, &arguments)?,
        Some(Command::Avatars(arguments)) => avatars::run(cache, &arguments)?,
        Some(Command::Audit(arguments)) => audit::run(cache, &arguments)?,
        Some(Command::Signals(arguments)) => signals::run(cache, &arguments)?,
        Some(Command::Query(arguments)) => query::run(cache, &arguments)?,
        Some(Command::Path(arguments)) => path::run(cache, &arguments)?,
        Some(Command::Personas(arguments)) => personas::run(cache, &arguments)?,
        Some(Command::Stats(arguments)) => stats::run(cache, &arguments)?,
        Some(Command::Check(arguments)) => return check::run(cache, &arguments),
        Some(Command::Synth(arguments)) => synth::run(&arguments)?,
        Some(Command::Config(arguments)) => config::run(&arguments)?,
        Some(Command::Completions(arguments)) => completions::run(&arguments)?,
        Some(Command::Man) => man::run()?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever reads our output may stop when they have seen enough. An error that has this for a cause is one all the same.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let outermost = error.chain().next().and_then(|error| error.downcast_ref::<io::Error>());
    outermost.map(io::Error::kind) == Some(io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
