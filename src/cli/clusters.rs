//! `bot-tui clusters`: groups of accounts that hang together by what they retweet.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::linking::{OneLayer, linked};
use super::places::cache_to_read;
use super::watched::watched;
use super::{file_format, say};
use crate::analysis::{authors, portraits, statements};
use crate::export::{ClusterDocument, ClusterOut, MemberOut, Node, Output, PublicIds, cluster_document, to_json};
use crate::graph::{ClusterMethod, ClusterTrial, clusters};
use crate::model::Account;
use crate::system::Interrupt;
use crate::text::{sanitise_line, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    linking: OneLayer,

    /// How to find groups
    #[arg(long, value_enum, default_value_t = Method::Leiden)]
    method: Method,

    /// Leave out smaller groups
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_size: usize,

    /// Test each cluster: in 20 orders of nodes, and against ROUNDS rounds of links and clusters with times dealt anew
    #[arg(long, value_name = "ROUNDS", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    test: Option<u32>,

    /// Print one JSON object, with members and targets
    #[arg(long)]
    json: bool,

    /// Write JSON to FILE, replacing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    /// Communities of high modularity, each connected
    Leiden,
    /// Everything that a chain of links connects
    Components,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    file_format::check(arguments.output.as_deref(), false, &["json"])?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let parameters = arguments.linking.link_parameters(&store)?;
    let accounts = store.accounts()?;
    let interrupt = Interrupt::watch();
    let links = watched("linking", &interrupt, |task| linked(&store, &accounts, &parameters, task))?;
    let method = match arguments.method {
        Method::Leiden => ClusterMethod::Leiden,
        Method::Components => ClusterMethod::Components,
    };
    let pairs = links.graph.pairs();
    let mut found = watched("clustering", &interrupt, |task| {
        Ok(clusters(&pairs, &links.incidence, &parameters, method, arguments.min_size, task)?)
    })?;
    if let Some(rounds) = arguments.test {
        watched("testing", &interrupt, |task| {
            let (incidence, min_size) = (&*links.incidence, arguments.min_size);
            let trial = ClusterTrial { pairs: &pairs, incidence, parameters: &parameters, method, min_size, rounds };
            Ok(trial.test(&mut found, task)?)
        })?;
    }
    let members = found.iter().flat_map(|cluster| cluster.members.iter().copied()).collect();
    let retweets = store.counts()?.retweets;
    let portraits = watched("linking", &interrupt, |task| {
        let statements = statements(&store, &members, task)?;
        let authors = authors(&store, &links, &found)?;
        Ok(portraits(&accounts, retweets, &links, found, (&statements, &authors), task)?)
    })?;
    let ids = PublicIds::among(&accounts);
    let name = |account: &Account| Node {
        account: account.id,
        id: ids.public_id(account).into_owned(),
        handle: account.profile.handle.clone(),
        rounded: links.incidence.is_rounded(account.id),
    };
    let names: Vec<Node> = accounts.iter().map(name).collect();
    let document =
        cluster_document(&store, &names, &links.incidence, &portraits, method, &links.graph, arguments.test)?;
    if let Some(output) = &output {
        let text = to_json(&document)?;
        output.replace(|file| file.write_all(&text))?;
    } else if arguments.json {
        say::data().write_all(&to_json(&document)?)?;
    } else {
        print(&document)?;
    }
    Ok(())
}

/// Members that are named of each cluster.
const NAMED: usize = 3;

fn print(document: &ClusterDocument) -> io::Result<()> {
    let mut out = say::out();
    if document.clusters.is_empty() {
        return writeln!(out, "No accounts hang together by these parameters.");
    }
    writeln!(out, "{:>8} {:>9} {:>8} {:>11}  {:13}  members", "accounts", "links", "density", "median gap", "layers")?;
    for cluster in &document.clusters {
        print_cluster(&mut out, cluster)?;
    }
    if document.clusters.iter().any(|cluster| cluster.test.is_some()) {
        let said = "stability: how many members stay with the majority of their cluster, on average over orders of nodes; p: (1 + \
                    rounds as strong) / (1 + rounds), where times are dealt anew: more rounds can say less, and a small p says \
                    not by chance, never why";
        writeln!(say::note(), "{said}")?;
    }
    if document.clusters.iter().any(|cluster| cluster.test.as_ref().is_some_and(|test| test.p.is_none())) {
        let keep = document.parameters.keep;
        let why = match keep.looks_at_times() {
            true => "fewer than ten shares are of accounts in no cluster, too few to deal times from".to_owned(),
            false => format!("{keep} looks at no times, so that dealing them anew changes nothing"),
        };
        writeln!(say::note(), "no p: {why}")?;
    }
    writeln!(say::note(), "layers that agree: before | those that reuse the shared targets, behind it independent ones")
}

fn print_cluster(out: &mut impl Write, cluster: &ClusterOut) -> io::Result<()> {
    let gap = cluster.median_gap_s.map_or_else(|| "–".to_owned(), |seconds| format!("{seconds:.0} s"));
    let name = |member: &MemberOut| {
        let name = member.handle.as_ref().map_or_else(|| member.id.clone(), |handle| format!("@{handle}"));
        sanitise_line(&name, 40).into_owned()
    };
    let names: Vec<String> = cluster.members.iter().take(NAMED).map(name).collect();
    let more = if cluster.members.len() > NAMED { ", …" } else { "" };
    let (size, links) = (thousands(cluster.size as u64), thousands(cluster.links as u64));
    let signs = |independent: bool| {
        let layers = cluster.layers.iter().filter(|layer| layer.independent == independent);
        layers.map(|layer| layer.sign.to_string()).collect::<Vec<_>>().join(" ")
    };
    let layers = format!("{} | {}", signs(false), signs(true));
    let (density, names) = (cluster.density, names.join(", "));
    writeln!(out, "{size:>8} {links:>9} {density:>8.2} {gap:>11}  {layers}  {names}{more}")?;
    if let Some(test) = &cluster.test {
        let stability = test.stability.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", 100.0 * share));
        let rounds = thousands(u64::from(test.rounds));
        let by_chance = match (test.rounds_as_strong, test.p) {
            (Some(count), Some(p)) => {
                format!("as strong in {} of {rounds} rounds, p = {p:.2e}", thousands(u64::from(count)))
            }
            _ => "no p".to_owned(),
        };
        writeln!(out, "{:>8} tested: stability {stability} · {by_chance}", "")?;
    }
    if !cluster.against.is_empty() {
        writeln!(out, "{:>8} against it: {}", "", cluster.against.join("; "))?;
    }
    Ok(())
}
