//! `bot-tui audit`: who retweets an account, and what these accounts have in common.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::account::{NAMING, one_account};
use super::linking::{Parameters, linked, watched};
use super::places::cache_to_read;
use super::say;
use crate::export::{Output, audit_document, to_json};
use crate::graph::{ClusterMethod, clusters};
use crate::model::{Account, AccountId, ObjectKind};
use crate::signals::{AuditBasis, Comparison, HubAudit, Proportion, Trait, hub_audit};
use crate::system::Interrupt;
use crate::text::{sanitise_line, thousands};

/// Accounts that are named of a list; `--json` names them all.
const NAMED: usize = 10;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Handle or id; several that belong together are audited as one
    #[arg(required = true, value_name = "ACCOUNT", long_help = NAMING)]
    accounts: Vec<String>,

    #[command(flatten)]
    parameters: Parameters,

    /// The fewest accounts of a cluster
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_size: usize,

    /// Print everything as JSON
    #[arg(long)]
    json: bool,

    /// Write JSON to FILE, replacing it, rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    let layer = ObjectKind::RetweetedPost;
    arguments.parameters.check_muted(&store, &[layer])?;
    let hub: Vec<AccountId> =
        arguments.accounts.iter().map(|wanted| one_account(&store, wanted)).collect::<Result<_>>()?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let start = arguments.parameters.start(&store)?;
    arguments.parameters.say(&start, false, layer);
    let parameters = arguments.parameters.over(&start, layer);
    let accounts = store.accounts()?;
    let interrupt = Interrupt::watch();
    let links = watched("linking", &interrupt, |task| linked(&store, &accounts, &parameters, task))?;
    let found = watched("clustering", &interrupt, |task| {
        let (pairs, leiden) = (links.graph.pairs(), ClusterMethod::Leiden);
        Ok(clusters(&pairs, &links.incidence, &parameters, leiden, arguments.min_size, task)?)
    })?;
    let basis = AuditBasis {
        accounts: &accounts,
        incidence: &links.incidence,
        origins: &store.origins()?,
        graph: &links.graph,
        clusters: &found,
    };
    let audit = watched("auditing", &interrupt, |task| Ok(hub_audit(&basis, &hub, task)?))?;
    if audit.targets == 0 {
        bail!("no retweeted post in the cache is known to be by {}; nothing to audit", arguments.accounts.join(", "));
    }
    if arguments.json || output.is_some() {
        let text = to_json(&audit_document(&audit, &accounts, &links.graph))?;
        match &output {
            Some(output) => output.replace(|file| file.write_all(&text))?,
            None => say::data().write_all(&text)?,
        }
        return Ok(());
    }
    Ok(print(&mut say::out(), &audit, &accounts)?)
}

fn print(out: &mut impl Write, audit: &HubAudit, accounts: &[Account]) -> io::Result<()> {
    let retweeters = audit.retweeters.len();
    let posts = thousands(audit.targets as u64);
    writeln!(
        out,
        "{} accounts retweeted {posts} posts of {}",
        thousands(retweeters as u64),
        names(&audit.hub, accounts)
    )?;
    let controls = thousands(audit.controls.len() as u64);
    writeln!(out, "beside them {controls} controls: accounts as active that retweeted none of these posts\n")?;
    writeln!(out, "{:<40}{:>20}{:>20}   difference, 95 %", "", "retweeters", "controls")?;
    for comparison in &audit.comparisons {
        print_comparison(out, comparison)?;
    }
    if let Some(share) = audit.of_each_other.share() {
        let clustered = counts(Trait::InCluster, audit);
        writeln!(
            out,
            "\nof the retweets of those in clusters ({}), {:.1} % are of each other",
            thousands(clustered),
            100.0 * share
        )?;
    }
    let plain: Vec<AccountId> = audit.without_traits().map(|one| one.account).collect();
    if !plain.is_empty() {
        let count = thousands(plain.len() as u64);
        writeln!(out, "{count} show none of this, which proves nothing: {}", names(&plain, accounts))?;
    }
    Ok(())
}

fn counts(of: Trait, audit: &HubAudit) -> u64 {
    audit.retweeters.iter().filter(|one| of.is_shown(one) == Some(true)).count() as u64
}

fn print_comparison(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let cell = |found: Proportion| match found.share() {
        Some(share) => {
            format!(
                "{} of {} {:>5.1} %",
                thousands(u64::from(found.with)),
                thousands(u64::from(found.of)),
                100.0 * share
            )
        }
        None => "–".to_owned(),
    };
    let difference = comparison.retweeters.above(comparison.controls).map(|(difference, (low, high))| {
        format!("{:+.1} % ({:+.1} to {:+.1})", 100.0 * difference, 100.0 * low, 100.0 * high)
    });
    writeln!(
        out,
        "{:<40}{:>20}{:>20}   {}",
        comparison.of.words(),
        cell(comparison.retweeters),
        cell(comparison.controls),
        difference.as_deref().unwrap_or("–")
    )
}

fn names(ids: &[AccountId], accounts: &[Account]) -> String {
    let find = |id: &AccountId| accounts.binary_search_by_key(id, |account| account.id).ok();
    let named = ids.iter().take(NAMED).filter_map(|id| Some(accounts[find(id)?].mention()));
    let names: Vec<String> = named.map(|name| sanitise_line(&name, 40).into_owned()).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}
