//! `bot-tui synth`: an invented data set with a planted truth.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::say;
use super::watched::bar;
use crate::synth::{SynthFormat, SynthRequest, write_as};
use crate::text::count_of;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to write to; it must be empty or not there yet
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// How many accounts
    #[arg(long, value_name = "N")]
    accounts: u32,

    /// How many retweets, about
    #[arg(long, value_name = "M")]
    retweets: u32,

    /// Equal seeds give equal data
    #[arg(long, value_name = "S")]
    seed: u64,

    /// The program's own format, or pages of tweets as twarc 2 writes them, without pictures
    #[arg(long, value_enum, default_value = "native")]
    format: Form,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Native,
    V2,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let request = SynthRequest { accounts: arguments.accounts, retweets: arguments.retweets, seed: arguments.seed };
    let format = match arguments.format {
        Form::Native => SynthFormat::Native,
        Form::V2 => SynthFormat::TwitterV2,
    };
    let bar = bar("inventing", "{msg} {wide_bar} {percent} %", 1_000);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1 of the steps")]
    let progress = |done: f32| bar.set_position((done.clamp(0.0, 1.0) * 1_000.0) as u64);
    let summary = write_as(format, &arguments.out, &request, &progress)?;
    bar.finish_and_clear();
    writeln!(
        say::out(),
        "{}, {}, {} and {} written to {}",
        count_of(u64::from(summary.accounts), "account"),
        count_of(summary.posts.into(), "post"),
        count_of(summary.retweets.into(), "retweet"),
        count_of(summary.pictures.into(), "picture"),
        say::name(&arguments.out)
    )?;
    Ok(())
}
