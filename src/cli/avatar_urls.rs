//! `bot-tui export avatar-urls`: addresses of pictures for the user's own downloader. The program itself loads nothing.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::places::cache_to_read;
use super::{file_format, say};
use crate::export::{AddressCounts, AddressFormat, Output, write_avatar_addresses};
use crate::text::{count_of, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to write the addresses; by default as the name of FILE ends, else as lines
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write to FILE, replacing it, rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One address a line, each once
    Lines,
    /// A table: id,handle,url
    Csv,
    /// Input of aria2c -i, with file names that import --avatars knows again
    Aria2,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    file_format::check(arguments.output.as_deref(), arguments.format.is_some(), &["txt", "csv", "aria2"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let accounts = store.accounts()?;
    let of_ending = |ending: &str| match ending {
        "txt" => Some(Format::Lines),
        _ => Format::from_str(ending, true).ok(),
    };
    let format = match file_format::chosen(arguments.format, arguments.output.as_deref(), of_ending, Format::Lines) {
        Format::Lines => AddressFormat::Lines,
        Format::Csv => AddressFormat::Csv,
        Format::Aria2 => AddressFormat::Aria2,
    };
    let mut counts = AddressCounts::default();
    match &output {
        Some(output) => output.replace(|file| {
            counts = write_avatar_addresses(file, &accounts, format)?;
            Ok(())
        })?,
        None => {
            let mut out = BufWriter::new(say::data());
            counts = write_avatar_addresses(&mut out, &accounts, format)?;
            out.flush()?;
        }
    }
    let written = count_of(counts.written as u64, "account");
    let [defaults, unusable] = [counts.defaults, counts.unusable].map(|count| thousands(count as u64));
    writeln!(
        say::note(),
        "{written} with an address and no picture; left out: {defaults} with a default picture, {unusable} that \
         cannot be loaded"
    )?;
    Ok(())
}
