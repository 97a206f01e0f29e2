//! `bot-tui export`: tagged accounts as JSON, and other lists.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::avatar_urls;
use super::linking::{OneLayer, linked};
use super::places::cache_to_read;
use super::watched::watched;
use super::{file_format, say};
use crate::export::{Output, Source, tagged_accounts, to_json};
use crate::model::Label;
use crate::system::Interrupt;
use crate::text::count_of;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,

    /// Only accounts with this label: suspected-bot, likely-human or unsure; may be given several times
    #[arg(long = "tag", value_name = "LABEL")]
    labels: Vec<Label>,

    #[command(flatten)]
    linking: OneLayer,

    /// Write to FILE, replacing it, rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the addresses of pictures that the data names and the cache does not have
    AvatarUrls(avatar_urls::Arguments),
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    if let Some(What::AvatarUrls(arguments)) = &arguments.what {
        return avatar_urls::run(cache, arguments);
    }
    let store = cache_to_read(cache)?;
    file_format::check(arguments.output.as_deref(), false, &["json"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let accounts = store.accounts()?;
    let parameters = arguments.linking.link_parameters(&store)?;
    let links = watched("linking", &Interrupt::watch(), |task| linked(&store, &accounts, &parameters, task))?;
    let source = Source { store: &store, accounts: &accounts, incidence: &links.incidence, graph: &links.graph };
    let document = tagged_accounts(&source, &arguments.labels)?;
    match &output {
        None => say::data().write_all(&to_json(&document)?)?,
        Some(output) => {
            let text = to_json(&document)?;
            output.replace(|file| file.write_all(&text))?;
            let count = count_of(document.accounts.len() as u64, "tagged account");
            writeln!(say::note(), "{count} written to {}", say::name(output.path()))?;
        }
    }
    let others = document.tagged_under_others();
    if others > 0 {
        let accounts = count_of(others as u64, "account");
        let now = &parameters;
        writeln!(say::note(), "{accounts} tagged under other parameters than {now}; `tag.basis` says under which")?;
    }
    if document.accounts.is_empty() {
        writeln!(say::note(), "No account has such a tag; give one in the interface or with `bot-tui tag`.")?;
    }
    Ok(())
}
