//! `bot-tui stats`: what the cache holds.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::linking::links;
use super::places::cache_to_read;
use crate::model::Stats;
use crate::text::{sanitise_line, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    let accounts = store.accounts()?;
    let links = links(&store, &accounts)?;
    let stats = Stats { counts: store.counts()?, links: links.graph.link_count() as u64 };
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &stats)?;
        writeln!(out)?;
        return Ok(());
    }
    let counts = stats.counts;
    let rows = [
        ("accounts", counts.accounts),
        ("posts", counts.posts),
        ("retweets", counts.retweets),
        ("targets", counts.targets),
        ("synthetic targets", counts.synthetic_targets),
        ("avatars", counts.avatars),
        ("links", stats.links),
        ("tagged", counts.tagged),
        ("skipped lines", counts.skipped),
    ];
    for (name, count) in rows {
        writeln!(out, "{name:<18}{:>14}", thousands(count))?;
    }
    for input in store.imports()?.into_iter().map(|import| import.file) {
        let path = sanitise_line(&input.path, 500);
        writeln!(out, "input {path} ({}, SHA-256 {})", input.format, input.sha256)?;
    }
    Ok(())
}
