//! `bot-tui audit`: who retweets an account, and what these accounts have in common.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use super::account::{NAMING, one_account};
use super::linking::{MadeOf, Parameters, linked};
use super::places::cache_to_read;
use super::watched::watched;
use super::{file_format, say};
use crate::export::{Output, PublicIds, audit_document, to_json};
use crate::graph::{ClusterMethod, clusters};
use crate::model::{Account, AccountId, LinkParameters, ObjectKind};
use crate::signals::{AuditBasis, Comparison, HubAudit, Kin, Likeness, Proportion, Spread, Trait, hub_audit};
use crate::system::Interrupt;
use crate::text::{count_of, quoted, sanitise_line, thousands};

/// Accounts that are named of a list; `--json` names them all.
const NAMED: usize = 10;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Handle or id; several that belong together are audited as one
    #[arg(required = true, value_name = "ACCOUNT", long_help = NAMING)]
    accounts: Vec<String>,

    #[command(flatten)]
    parameters: Parameters,

    /// Take accounts as one with these that may be the same figure, or be amplified together with it
    #[arg(long)]
    together: bool,

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
    file_format::check(arguments.output.as_deref(), false, &["json"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let start = arguments.parameters.start(&store)?;
    arguments.parameters.say(&start, false, layer, MadeOf::Both);
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
    let auditing = |hub: &[AccountId]| watched("auditing", &interrupt, |task| Ok(hub_audit(&basis, hub, task)?));
    let mut audit = auditing(&hub)?;
    if arguments.together && !audit.kin.is_empty() {
        let joined: Vec<AccountId> = audit.kin.iter().map(|one| one.account).collect();
        let _ = writeln!(say::note(), "taken as one with it: {}", names(&joined, &accounts));
        audit = auditing(&audit.together())?;
    }
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
    Ok(print(&mut say::out(), &audit, &accounts, links.graph.parameters())?)
}

fn print(out: &mut impl Write, audit: &HubAudit, accounts: &[Account], parameters: &LinkParameters) -> io::Result<()> {
    print_belonging(out, audit, accounts)?;
    let posts = count_of(audit.targets as u64, "post");
    let retweeters = count_of(audit.retweeters.len() as u64, "account");
    writeln!(out, "{retweeters} retweeted {posts} of {}", names(&audit.hub, accounts))?;
    let (matches, like_size) = (audit.matches.len(), audit.matches.iter().filter(|one| one.of_like_size).count());
    writeln!(
        out,
        "{} of them are compared with as many controls: accounts about as active that retweeted none of these posts; {} of \
         the controls retweet a figure of like size\n",
        thousands(matches as u64),
        thousands(like_size as u64)
    )?;
    writeln!(out, "{:<40}{:>20}   retweets of each: median (quarter to three quarters)", "", "accounts")?;
    let sides = ["retweeters that are compared", "controls", "retweeters without a control"];
    for (side, spread) in sides.into_iter().zip(audit.activity()) {
        writeln!(out, "{side:<40}{:>20}   {}", thousands(spread.accounts as u64), quarters(spread))?;
    }
    writeln!(out, "\n{:<40}{:>20}{:>20}   difference, 95 %", "", "retweeters", "controls")?;
    for comparison in &audit.comparisons {
        print_comparison(out, comparison)?;
    }
    let some =
        audit.comparisons.iter().any(|one| one.compared == Trait::InCluster && one.pairs.pairs() as usize != matches);
    let only = if some { "; only pairs are counted for them whose control retweets a figure of like size" } else { "" };
    writeln!(out, "clusters are of links by {} {}{only}", parameters.layer.layer(), parameters.keep)?;
    for caution in audit.cautions() {
        writeln!(out, "– {caution}")?;
    }
    let clustered = counts(Trait::InCluster, audit);
    if let Some(share) = audit.of_each_other.share().filter(|_| clustered > 1) {
        let clustered = thousands(clustered);
        writeln!(out, "\n{:.1} % of the retweets of the {clustered} in clusters are of one another", 100.0 * share)?;
    }
    let plain: Vec<AccountId> = audit.without_traits().map(|one| one.account).collect();
    if !plain.is_empty() {
        let count = thousands(plain.len() as u64);
        let show = if plain.len() == 1 { "shows" } else { "show" };
        writeln!(out, "{count} {show} none of this, which proves nothing: {}", names(&plain, accounts))?;
    }
    Ok(())
}

/// Who may belong to the audited accounts: said before any figure, which would mislead without them.
fn print_belonging(out: &mut impl Write, audit: &HubAudit, accounts: &[Account]) -> io::Result<()> {
    if let Some(clustered) = audit.clustered_controls() {
        let (clustered, controls) = (thousands(clustered as u64), thousands(audit.matches.len() as u64));
        writeln!(out, "{clustered} of {controls} controls are in clusters too: they may belong to the same campaign")?;
    }
    if audit.kin.is_empty() {
        return if audit.clustered_controls().is_some() { writeln!(out) } else { Ok(()) };
    }
    let (alike, amplified): (Vec<&Kin>, Vec<&Kin>) = audit.kin.iter().partition(|one| one.looks_alike());
    for (heading, kin) in [
        ("these look like the same figure:", alike),
        ("these look different, but accounts in clusters among the controls retweet them:", amplified),
    ] {
        if !kin.is_empty() {
            writeln!(out, "{heading}")?;
        }
        for one in kin {
            let retweeters = count_of(one.retweeters.into(), "retweeter");
            writeln!(out, "  {} ({retweeters}): {}", names(&[one.account], accounts), reasons(one))?;
        }
    }
    let (together, ids) = (audit.together(), PublicIds::among(accounts));
    let named = together.iter().filter_map(|&id| {
        let account = accounts.iter().find(|account| account.id == id)?;
        Some(quoted(&sanitise_line(&ids.public_id(account), 80)).into_owned())
    });
    let named: Vec<String> = named.collect();
    writeln!(out, "to take these {} as one: bot-tui audit {}", thousands(named.len() as u64), named.join(" "))?;
    writeln!(out, "leave out of the line whom you do not take for part of it\n")
}

fn reasons(one: &Kin) -> String {
    let reason = |why: &Likeness| match why {
        Likeness::Name => "same name".to_owned(),
        Likeness::Picture => "same picture".to_owned(),
        Likeness::Handle => "same handle but for a language or a number".to_owned(),
        Likeness::Controls(count) => format!("retweeted by {} in clusters", count_of((*count).into(), "control")),
    };
    one.why.iter().map(reason).collect::<Vec<_>>().join(", ")
}

fn quarters(spread: Spread) -> String {
    let [low, median, high] = spread.quarters;
    if spread.accounts == 0 { "–".to_owned() } else { format!("{median} ({low} to {high})") }
}

fn counts(which: Trait, audit: &HubAudit) -> u64 {
    audit.retweeters.iter().filter(|one| which.is_shown(one) == Some(true)).count() as u64
}

fn print_comparison(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let cell = |found: Proportion| match found.share() {
        Some(share) => {
            format!(
                "{} of {} {:>5.1} %",
                thousands(u64::from(found.with)),
                thousands(u64::from(found.total)),
                100.0 * share
            )
        }
        None => "–".to_owned(),
    };
    writeln!(
        out,
        "{:<40}{:>20}{:>20}   {}",
        comparison.compared.words(),
        cell(comparison.pairs.first()),
        cell(comparison.pairs.second()),
        comparison.in_words(1)
    )
}

fn names(ids: &[AccountId], accounts: &[Account]) -> String {
    let find = |id: &AccountId| accounts.iter().find(|account| account.id == *id);
    let named = ids.iter().take(NAMED).filter_map(|id| Some(find(id)?.mention()));
    let names: Vec<String> = named.map(|name| sanitise_line(&name, 40).into_owned()).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}
