//! `bot-tui avatars`: groups of accounts whose pictures are alike.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::linking::AvatarParameters;
use super::places::cache_to_read;
use super::watched::watched;
use super::{file_format, say};
use crate::analysis::read_prints;
use crate::export::{
    AvatarGroupsDocument, Output, Pictured, avatar_groups_document, to_json, write_avatar_groups_table,
};
use crate::graph::avatar_groups;
use crate::system::Interrupt;
use crate::text::{count_of, sanitise_line, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    alike: AvatarParameters,

    /// Leave out groups of fewer accounts
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_size: usize,

    /// Print one JSON object, with every account
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// How to write the groups
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write to FILE, replacing it, rather than to standard output; as its name ends, else JSON, where no
    /// format is given
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One object
    Json,
    /// One row an account
    Csv,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    let is_named = arguments.json || arguments.format.is_some();
    file_format::check(arguments.output.as_deref(), is_named, &["json", "csv"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let parameters = arguments.alike.link_parameters(&store)?;
    let accounts = store.accounts()?;
    let prints = read_prints(&store, &parameters)?;
    let pictures: Vec<_> = accounts.iter().filter_map(|account| Some((account.id, account.avatar?))).collect();
    let interrupt = Interrupt::watch();
    let mut found = watched("grouping", &interrupt, |task| Ok(avatar_groups(&pictures, &prints, &parameters, task)?))?;
    found.groups.retain(|group| group.size >= arguments.min_size);
    let source = Pictured { store: &store, accounts: &accounts, prints: &prints };
    let document = avatar_groups_document(source, &found, &parameters)?;
    let named = if arguments.json { Some(Format::Json) } else { arguments.format };
    let of_ending = |ending: &str| Format::from_str(ending, true).ok();
    match (&output, named) {
        (Some(output), named) => {
            let format = file_format::chosen(named, Some(output.path()), of_ending, Format::Json);
            output.replace(|file| write(file, &document, format))?;
        }
        (None, Some(format)) => {
            let mut out = BufWriter::new(say::data());
            write(&mut out, &document, format)?;
            out.flush()?;
        }
        (None, None) => print(&document)?,
    }
    Ok(())
}

fn write(out: &mut dyn Write, document: &AvatarGroupsDocument, format: Format) -> io::Result<()> {
    match format {
        Format::Json => out.write_all(&to_json(document)?),
        Format::Csv => write_avatar_groups_table(out, document),
    }
}

/// Accounts that are named of each group.
const NAMED: usize = 3;

fn print(document: &AvatarGroupsDocument) -> io::Result<()> {
    let mut out = say::out();
    if document.groups.is_empty() {
        writeln!(out, "No two accounts have pictures that are alike.")?;
    } else {
        writeln!(out, "{:>8} {:>9} {:>9}  members", "accounts", "pictures", "diameter")?;
    }
    for group in &document.groups {
        let names = group.accounts.iter().take(NAMED).map(|account| {
            let name = account.handle.as_ref().map_or_else(|| account.id.clone(), |handle| format!("@{handle}"));
            sanitise_line(&name, 40).into_owned()
        });
        let more = if group.accounts.len() > NAMED { ", …" } else { "" };
        let default = match (group.common, group.default) {
            (true, _) => " (a stock picture or a default? links nobody)",
            (false, true) => " (a default picture: links nobody)",
            (false, false) => "",
        };
        let names = names.collect::<Vec<_>>().join(", ");
        let [size, pictures] = [group.size, group.pictures].map(|count| thousands(count as u64));
        writeln!(out, "{size:>8} {pictures:>9} {:>9}  {names}{more}{default}", group.diameter)?;
    }
    print_rest(&mut out, document)
}

fn print_rest(out: &mut impl Write, document: &AvatarGroupsDocument) -> io::Result<()> {
    let (pictures, accounts) = (document.pictures, document.accounts);
    let [alone, poor] = [pictures.alone, pictures.poor].map(|n| thousands(n as u64));
    let carried = count_of(pictures.carried as u64, "picture");
    writeln!(out, "{carried}, {alone} of them alone; {poor} too plain to compare except by their bytes")?;
    if accounts.only_address > 0 {
        let only = count_of(accounts.only_address as u64, "account");
        let default = thousands(accounts.only_default_address as u64);
        writeln!(out, "{only} with an address but no picture ({default} of a default picture): in no group, since")?;
        writeln!(out, "equal addresses prove nothing; `bot-tui export avatar-urls` lists them for a downloader")?;
    }
    Ok(())
}
