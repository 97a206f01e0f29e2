//! `bot-tui network`: the links of the cache as a network for other programs.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::linking::{MadeOf, Parameters, Start, say_crowded, say_short_links};
use super::memory::room_for_pairs;
use super::places::cache_to_read;
use super::watched::{spinner, watched};
use super::{file_format, say};
use crate::analysis::{kept_pairs, read_incidence, read_prints, unread};
use crate::export::{
    EdgeWeight, NETWORK_FORMATS, NetworkLayer, Node, Nodes, OLD_GEXF, Output, Pairs, PublicIds, write_network,
    write_nodes,
};
use crate::graph::{
    self, Evidence, Filtered, Incidence, KeptPairs, LeftOut, Numbering, Significance, Task, link_avatars,
};
use crate::model::{AccountId, AccountKey, KeepRule, LinkParameters, ObjectKind};
use crate::signals::why_nothing_by_shares;
use crate::store::Store;
use crate::system::{Interrupt, place_of};
use crate::text::{count_of, some_of};

/// The part of the work that reading takes; the rest is linking.
const READING: f32 = 0.2;
const AVATAR: &str = "avatar";
const ALL: &str = "all";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What links accounts; all writes every layer [built in: co-retweet]
    #[arg(long, value_parser = layer_names())]
    layer: Option<String>,

    #[command(flatten)]
    parameters: Parameters,

    /// Test every pair against chance, to fill p and q (the rule significant does so by itself)
    #[arg(long)]
    significance: bool,

    /// What an edge weighs in formats that have one weight; by default what the rule looks at, as in clusters
    #[arg(long, value_enum)]
    weight: Option<Weight>,

    /// How to write the network; by default as the name of FILE ends, else as CSV
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(NETWORK_FORMATS))]
    format: Option<String>,

    /// The version of GEXF: 1.2 is for networkx before 3.5
    #[arg(long, value_name = "VERSION", default_value = "1.3",
          value_parser = clap::builder::PossibleValuesParser::new(["1.2", "1.3"]))]
    gexf_version: String,

    /// Write to FILE, replacing it, rather than to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write the accounts that have a link to FILE too, as a table: Id,Label,…
    #[arg(long, value_name = "FILE")]
    nodes: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Weight {
    Shared,
    Cosine,
}

fn layer_names() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(ObjectKind::ALL.map(ObjectKind::layer).into_iter().chain([AVATAR, ALL]))
}

/// What one layer of shared objects rests on; its pairs' figures are computed from it while they are written.
struct Basis {
    parameters: LinkParameters,
    incidence: Incidence,
    filtered: Filtered,
    kept: KeptPairs,
    significance: Option<Significance>,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    check_names(arguments)?;
    let output = arguments.output.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let table = arguments.nodes.as_deref().map(|path| Output::to(path, &store)).transpose()?;
    let place = |path: &Path| place_of(path).ok();
    let same = |nodes: &&Path| arguments.output.as_deref().is_some_and(|output| place(output) == place(nodes));
    if let Some(path) = arguments.nodes.as_deref().filter(same) {
        bail!("the accounts would be written over the links in {}; name two files", say::name(path));
    }
    let start = arguments.parameters.start(&store)?;
    let asked = arguments.layer.as_deref().unwrap_or(start.parameters.layer.layer());
    let wanted = |name: &str| [name, ALL].contains(&asked);
    let kinds: Vec<ObjectKind> = ObjectKind::ALL.into_iter().filter(|kind| wanted(kind.layer())).collect();
    arguments.parameters.check_muted(&store, &kinds)?;
    say_parameters(arguments, &start, asked);
    let interrupt = Interrupt::watch();
    let names = store.account_names()?;
    let ids = PublicIds::for_platforms(names.iter().map(|(_, key, _)| &key.platform));
    let (rounded, _) = store.rounded()?;
    let node = |(account, AccountKey { platform, id }, handle)| {
        let rounded = rounded.contains(&account);
        Node { account, id: ids.of_id(&platform, id), handle, rounded }
    };
    let nodes = Nodes::new(names.into_iter().map(node).collect());
    let numbers = nodes.numbers();
    let mut bases = Vec::new();
    for kind in kinds {
        let parameters = arguments.parameters.over(&start, kind);
        bases.push(watched("linking", &interrupt, |task| {
            basis(&store, parameters, &numbers, arguments.significance, task)
        })?);
    }
    let keep = bases.first().map_or(start.parameters.keep, |basis| basis.parameters.keep);
    let mut layers: Vec<NetworkLayer<'_>> = bases.iter_mut().map(layer).collect();
    if wanted(AVATAR) {
        let avatars = arguments.parameters.over(&start, ObjectKind::RetweetedPost);
        layers.push(watched("linking", &interrupt, |task| avatar_layer(&store, &numbers, &avatars, task))?);
    }
    let weight = match arguments.weight {
        Some(Weight::Shared) => EdgeWeight::Shared,
        Some(Weight::Cosine) => EdgeWeight::Cosine,
        None => EdgeWeight::from_rule(keep),
    };
    write(arguments, output.as_ref(), &nodes, &layers, weight, &interrupt)?;
    if let Some(table) = table {
        let mut count = 0;
        table.replace(|file| {
            count = write_nodes(file, &nodes, &layers)?;
            Ok(())
        })?;
        writeln!(say::note(), "{} written to {}", count_of(count, "account"), say::name(table.path()))?;
    }
    Ok(())
}

/// Makes sure that the names of the files promise what will be in them.
fn check_names(arguments: &Arguments) -> Result<()> {
    let endings = [&NETWORK_FORMATS[..], &["json", "ndjson"]].concat();
    file_format::check(arguments.output.as_deref(), arguments.format.is_some(), &endings)?;
    file_format::check(arguments.nodes.as_deref(), false, &["csv"])
}

/// Says where the parameters come from, and which options the layer that is asked for ignores.
fn say_parameters(arguments: &Arguments, start: &Start, asked: &str) {
    let made_of = match asked {
        AVATAR => MadeOf::Pictures,
        ALL => MadeOf::Both,
        _ => MadeOf::Targets,
    };
    arguments.parameters.say(start, arguments.layer.is_some(), start.parameters.layer, made_of);
    if made_of == MadeOf::Pictures && arguments.significance {
        let _ = writeln!(say::note(), "--significance tests nothing: this layer looks at pictures alone");
    }
}

/// The word of the format to write.
fn format(arguments: &Arguments) -> &str {
    let of_ending = |ending: &str| match ending {
        "json" | "ndjson" => Some("jsonl"),
        _ => NETWORK_FORMATS.into_iter().find(|word| *word == ending),
    };
    let format = file_format::chosen(arguments.format.as_deref(), arguments.output.as_deref(), of_ending, "csv");
    if format == "gexf" && arguments.gexf_version == "1.2" { OLD_GEXF } else { format }
}

fn write(
    arguments: &Arguments,
    output: Option<&Output>,
    nodes: &Nodes,
    layers: &[NetworkLayer<'_>],
    weight: EdgeWeight,
    interrupt: &Interrupt,
) -> Result<()> {
    let format = format(arguments);
    let bar = spinner("writing");
    let Some(output) = output else {
        let mut out = Wanted { out: BufWriter::new(say::data()), interrupt, bar: &bar };
        write_network(&mut out, nodes, layers, format, weight)?;
        return Ok(out.flush()?);
    };
    let mut edges = 0;
    let written = output.replace(|file| {
        edges = write_network(&mut Wanted { out: file, interrupt, bar: &bar }, nodes, layers, format, weight)?;
        Ok(())
    });
    bar.finish_and_clear();
    if interrupt.is_set() {
        bail!("writing was cancelled; {} is as it was before", say::name(output.path()));
    }
    written?;
    writeln!(say::note(), "{} written to {}", count_of(edges, "edge"), say::name(output.path()))?;
    Ok(())
}

/// Writes as long as that is wanted.
struct Wanted<'a, W> {
    out: W,
    interrupt: &'a Interrupt,
    bar: &'a ProgressBar,
}

impl<W: Write> Write for Wanted<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupt.is_set() {
            return Err(io::Error::other("writing was cancelled"));
        }
        let written = self.out.write(bytes)?;
        self.bar.inc(written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn basis(store: &Store, parameters: LinkParameters, numbers: &[u32], test: bool, task: &Task<'_>) -> Result<Basis> {
    let reading = |done: f32| (task.progress)(READING * done);
    let linking = |done: f32| (task.progress)(READING + (1.0 - READING) * done);
    let incidence =
        read_incidence(store, &parameters, Numbering::As(numbers.to_vec()), &Task { progress: &reading, ..*task })?;
    if let Some(unread) = unread(store, parameters.layer)? {
        let _ = writeln!(say::note(), "{unread}");
    }
    if incidence.rounded_targets() > 0 {
        let layer = parameters.layer.layer();
        let (rounded, all) = (incidence.rounded_targets() as u64, incidence.target_count() as u64);
        let verbs = ["has an id that looks rounded", "have ids that look rounded"];
        let _ = writeln!(say::note(), "{layer}: {} (rounded_ids)", some_of(rounded, all, "target", verbs));
    }
    if parameters.layer == ObjectKind::Link {
        say_short_links(store)?;
    }
    if incidence.synthetic_targets() > 0 {
        let layer = parameters.layer.layer();
        let (synthetic, all) = (incidence.synthetic_targets() as u64, incidence.target_count() as u64);
        let said = some_of(synthetic, all, "target", ["is", "are"]);
        // Whoever closed standard error wants the network all the same.
        let _ = writeln!(say::note(), "{layer}: {said} known by author and words only");
    }
    let task = &Task { progress: &linking, ..*task };
    let filtered = Filtered::new(&incidence, &parameters);
    let known = known_pairs(store, &parameters, numbers, test)?;
    let mut kept = match known {
        Some(pairs) => KeptPairs::untested(pairs),
        None => graph::kept_pairs(&incidence, &filtered, &parameters, room_for_pairs(), task)?,
    };
    if kept.pairs.is_empty() {
        let why = why_nothing_by_shares(LeftOut::new(&incidence, filtered.counts()), &parameters);
        let _ = writeln!(say::note(), "{}: 0 links: {why}", parameters.layer.layer());
    }
    let has_a_test = parameters.keep.coordination().is_some();
    if test && has_a_test {
        let (layer, keep) = (parameters.layer.layer(), parameters.keep);
        let _ = writeln!(say::note(), "{layer}: --significance tests nothing: {keep} is a test of its own");
    }
    let significance = match kept.significance.take() {
        None if test && !has_a_test => Some(Significance::test(&filtered, parameters.null_model, task)?),
        tested => tested,
    };
    if let Some(tested) = &significance {
        let (layer, pairs) = (parameters.layer.layer(), count_of(tested.tests(), "pair"));
        let _ = writeln!(say::note(), "{layer}: {pairs} tested against chance ({})", parameters.null_model);
    }
    Ok(Basis { parameters, incidence, filtered, kept, significance })
}

/// The pairs that were linked before, by the interface or another command; what is tested against chance is tested anew.
fn known_pairs(
    store: &Store,
    parameters: &LinkParameters,
    numbers: &[u32],
    test: bool,
) -> Result<Option<Vec<(AccountId, AccountId)>>> {
    if test || matches!(parameters.keep, KeepRule::Significant(_)) || parameters.keep.coordination().is_some() {
        return Ok(None);
    }
    let number = |account: AccountId| numbers.get(account.index()).copied().filter(|&number| number != u32::MAX);
    let known_as = |account| number(account).map(AccountId);
    Ok(kept_pairs(store, parameters, known_as)?)
}

fn layer(basis: &mut Basis) -> NetworkLayer<'_> {
    let pairs = std::mem::take(&mut basis.kept.pairs);
    let evidence = Evidence {
        incidence: &basis.incidence,
        filtered: &basis.filtered,
        significance: basis.significance.as_ref(),
        coordination: basis.kept.coordination(),
        window_seconds: basis.parameters.window_seconds,
    };
    NetworkLayer { name: basis.parameters.layer.layer(), pairs: Pairs::Shared(pairs, evidence) }
}

fn avatar_layer(
    store: &Store,
    numbers: &[u32],
    parameters: &LinkParameters,
    task: &Task<'_>,
) -> Result<NetworkLayer<'static>> {
    let mut pictures = store.account_avatars()?;
    // An account that came after the names were read has no number.
    pictures.retain_mut(|(account, _)| {
        account.0 = numbers.get(account.index()).copied().unwrap_or(u32::MAX);
        account.0 != u32::MAX
    });
    // Accounts are their numbers here, whose order is that of ids.
    pictures.sort_unstable();
    let linked = link_avatars(&pictures, &read_prints(store, parameters)?, parameters, task)?;
    say_crowded(linked.silent.crowded.len());
    let pairs = linked.pairs.into_iter().map(|(a, b, found)| (a, b, found.distance())).collect();
    Ok(NetworkLayer { name: AVATAR, pairs: Pairs::Avatars(pairs) })
}
