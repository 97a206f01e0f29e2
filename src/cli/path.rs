//! `bot-tui path`: how two accounts hang together by way of others.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::account::{NAMING, one_account};
use super::linking::{OneLayer, linked};
use super::places::cache_to_read;
use super::watched::watched;
use super::{file_format, say};
use crate::export::{LinkBasis, NamedAccount, Output, PathDocument, Source, path_document, to_json};
use crate::system::Interrupt;
use crate::text::{count_of, sanitise_line, thousands};

/// Where linking ends, as a share of the work.
const LINKING_TO: f32 = 0.9;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Handle or id of the account where the path begins
    #[arg(long_help = NAMING)]
    from: String,

    /// Handle or id of the account where it ends
    to: String,

    #[command(flatten)]
    linking: OneLayer,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    /// Write JSON to FILE, replacing it, rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    file_format::check(arguments.output.as_deref(), false, &["json"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let parameters = arguments.linking.link_parameters(&store)?;
    let ends = [one_account(&store, &arguments.from)?, one_account(&store, &arguments.to)?];
    if ends[0] == ends[1] {
        bail!("`{}` and `{}` are the same account; a path leads between two", arguments.from, arguments.to);
    }
    let accounts = store.accounts()?;
    let (links, path) = watched("linking", &Interrupt::watch(), |task| {
        let links = task.part(0.0, LINKING_TO, |task| linked(&store, &accounts, &parameters, task))?;
        let path = task.part(LINKING_TO, 1.0, |task| links.graph.path(ends[0], ends[1], task))?;
        Ok((links, path))
    })?;
    let source = Source { store: &store, accounts: &accounts, incidence: &links.incidence, graph: &links.graph };
    let document = path_document(&source, ends, path.as_deref())?;
    if let Some(output) = &output {
        let text = to_json(&document)?;
        return Ok(output.replace(|file| file.write_all(&text))?);
    }
    let mut out = say::out();
    if arguments.json {
        return Ok(say::data().write_all(&to_json(&document)?)?);
    }
    Ok(print(&mut out, &document, parameters.window_seconds)?)
}

fn print(out: &mut impl Write, document: &PathDocument, window: u32) -> io::Result<()> {
    if !document.connected {
        let (from, to) = (name(&document.from), name(&document.to));
        return writeln!(
            out,
            "No path leads from {from} to {to} by these links, not even by way of others; weaker links may: see --keep."
        );
    }
    writeln!(out, "{}", name(&document.from))?;
    for step in &document.steps {
        for line in lines(&step.rests_on, window) {
            writeln!(out, "  │ {line}")?;
        }
        writeln!(out, "{}", name(&step.to))?;
    }
    let links = count_of(document.steps.len() as u64, "link");
    writeln!(say::note(), "{links}; that they hang together by way of others says little about the two")
}

/// What a link rests on, and what speaks against it.
fn lines(link: &LinkBasis, window: u32) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(co) = &link.co_share {
        let cosine = co.cosine.map_or_else(|| "–".to_owned(), |cosine| format!("{cosine:.2}"));
        let (shared, within) = (thousands(u64::from(co.shared)), thousands(u64::from(co.shared_within)));
        lines.push(format!("{shared} shared, {within} within {window} s, cosine {cosine}"));
        if !co.cautions.is_empty() {
            lines.push(format!("against it: {}", co.cautions.join("; ")));
        }
    }
    match &link.avatar {
        Some(avatar) if avatar.same_file => lines.push("the same picture".to_owned()),
        Some(avatar) => lines.push(format!("pictures alike, PDQ distance {} of 256", avatar.pdq_distance)),
        None => {}
    }
    lines
}

fn name(account: &NamedAccount) -> String {
    let name = account.handle.as_ref().map_or_else(|| account.id.clone(), |handle| format!("@{handle}"));
    sanitise_line(&name, 60).into_owned()
}
