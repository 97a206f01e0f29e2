//! `bot-tui stats`: what the cache holds.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use super::linking::{links, short_links};
use super::places::cache_to_read;
use super::say;
use crate::model::{Platform, Stats};
use crate::text::{sanitise_line, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct StatsOut {
    #[serde(flatten)]
    stats: Stats,
    /// Different links that lead elsewhere, of all different ones.
    short_links: u64,
    shared_links: u64,
    platforms: Vec<PlatformOut>,
}

#[derive(Debug, Serialize)]
struct PlatformOut {
    /// `null` where it is not known.
    platform: Option<String>,
    accounts: u64,
}

impl From<(Platform, u64)> for PlatformOut {
    fn from((platform, accounts): (Platform, u64)) -> Self {
        Self { platform: platform.is_known().then(|| platform.to_string()), accounts }
    }
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    let accounts = store.accounts()?;
    let links = links(&store, &accounts)?;
    let stats = Stats { counts: store.counts()?, links: links.graph.link_count() as u64 };
    let (short, all) = short_links(&store)?;
    let mut out = say::out();
    let platforms: Vec<PlatformOut> = store.platforms()?.into_iter().map(PlatformOut::from).collect();
    if arguments.json {
        serde_json::to_writer(&mut out, &StatsOut { stats, short_links: short, shared_links: all, platforms })?;
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
        ("rounded ids", counts.rounded_ids),
        ("shared links", all),
        ("short links", short),
        ("avatars", counts.avatars),
        ("links", stats.links),
        ("tagged", counts.tagged),
        ("skipped lines", counts.skipped),
    ];
    for (name, count) in rows {
        writeln!(out, "{name:<18}{:>14}", thousands(count))?;
    }
    // A cache of which no platform is known has nothing to say here.
    if platforms.iter().any(|one| one.platform.is_some()) {
        let named = platforms.iter().map(|one| {
            let word = one.platform.as_deref().unwrap_or("of no known one");
            format!("{word} ({})", thousands(one.accounts))
        });
        writeln!(out, "platforms: {}", named.collect::<Vec<_>>().join(", "))?;
    }
    for import in store.imports()? {
        let input = import.file;
        let path = sanitise_line(&input.path, 500);
        writeln!(out, "input {path} ({}, SHA-256 {})", input.format, input.sha256)?;
        for warning in import.warnings {
            writeln!(out, "  note: {}", sanitise_line(&warning, 500))?;
        }
    }
    Ok(())
}
