//! `bot-tui signals`: what accounts show, each signal with its evidence.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use rustc_hash::FxHashMap;

use super::account::{NAMING, one_account};
use super::linking::{OneLayer, linked};
use super::places::cache_to_read;
use super::say;
use super::watched::watched;
use crate::analysis::{found, read_signals};
use crate::export::{PublicIds, signals_document, to_json};
use crate::graph::Task;
use crate::model::{Account, AccountId, LinkParameters, ObjectId};
use crate::signals::{AccountSignals, Places, Signal};
use crate::store::Store;
use crate::system::Interrupt;
use crate::text::{count_of, sanitise_line, thousands, wrap_to_width};

/// Columns of a line that is printed.
const WIDTH: usize = 100;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Handles or ids; without any, all accounts
    #[arg(value_name = "ACCOUNT", long_help = NAMING)]
    accounts: Vec<String>,

    #[command(flatten)]
    linking: OneLayer,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let store = cache_to_read(cache)?;
    let parameters = arguments.linking.link_parameters(&store)?;
    let wanted: Vec<AccountId> =
        arguments.accounts.iter().map(|wanted| one_account(&store, wanted)).collect::<Result<_>>()?;
    let accounts = store.accounts()?;
    let signals = watched("reading signals", &Interrupt::watch(), |task| read(&store, &accounts, &parameters, task))?;
    let places = Places::new(&accounts);
    let chosen: Vec<usize> = match wanted.as_slice() {
        [] => (0..accounts.len()).collect(),
        some => some.iter().filter_map(|&id| places.place(id)).collect(),
    };
    let mut out = say::out();
    if arguments.json {
        let texts = texts(&store, &signals, &chosen)?;
        say::data().write_all(&to_json(&signals_document(&accounts, &chosen, &signals, texts, &parameters))?)?;
    } else if wanted.is_empty() {
        print_summary(&mut out, &signals, accounts.len())?;
    } else {
        for place in chosen {
            print_account(&mut out, (&accounts, &places), &signals, place)?;
        }
    }
    Ok(())
}

/// Where linking ends, as a share of the work.
const LINKING_TO: f32 = 0.3;

fn read(store: &Store, accounts: &[Account], parameters: &LinkParameters, task: &Task<'_>) -> Result<AccountSignals> {
    let links = task.part(0.0, LINKING_TO, |task| linked(store, accounts, parameters, task))?;
    let clusters = found(&links, &task.unreported())?;
    drop(links);
    Ok(task.part(LINKING_TO, 1.0, |task| read_signals(store, accounts, &clusters, task))?)
}

/// The statements that are named as examples.
fn texts(store: &Store, signals: &AccountSignals, places: &[usize]) -> Result<FxHashMap<ObjectId, String>> {
    let quotes = |&place: &usize| Signal::ALL.into_iter().flat_map(move |signal| signals.quotes(signal, place));
    let named: BTreeSet<ObjectId> = places.iter().flat_map(quotes).map(|quote| quote.statement).collect();
    let objects = store.objects(&named.into_iter().collect::<Vec<_>>())?;
    Ok(objects.into_iter().filter_map(|object| Some((object.id, object.text?))).collect())
}

/// The value below which so many tenths of the ascending values lie, linear interpolation between the two nearest.
fn quantile(values: &[f64], tenths: usize) -> Option<f64> {
    let steps = values.len().checked_sub(1)? * tenths;
    let lower = *values.get(steps / 10)?;
    let upper = values.get(steps / 10 + 1).copied().unwrap_or(lower);
    #[expect(clippy::cast_precision_loss, reason = "less than ten")]
    let towards = (steps % 10) as f64 / 10.0;
    Some(lower + (upper - lower) * towards)
}

fn print_summary(out: &mut impl Write, signals: &AccountSignals, accounts: usize) -> io::Result<()> {
    writeln!(out, "{:<16}{:>12}{:>12}{:>12}{:>12}", "signal", "accounts", "median", "90 %", "highest")?;
    for signal in Signal::ALL {
        let mut values = signals.values(signal);
        values.sort_unstable_by(f64::total_cmp);
        let at = |tenths| quantile(&values, tenths).map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        let count = thousands(values.len() as u64);
        writeln!(out, "{:<16}{count:>12}{:>12}{:>12}{:>12}", signal.name(), at(5), at(9), at(10))?;
    }
    writeln!(say::note(), "of {}; name accounts to see what each shows", count_of(accounts as u64, "account"))
}

fn print_account(
    out: &mut impl Write,
    (accounts, places): (&[Account], &Places),
    signals: &AccountSignals,
    place: usize,
) -> io::Result<()> {
    let name = |id: AccountId| places.place(id).map_or_else(|| id.0.to_string(), |place| accounts[place].mention());
    let account = &accounts[place];
    let id = PublicIds::among(accounts).public_id(account);
    writeln!(out, "{} ({})", sanitise_line(&account.mention(), 60), sanitise_line(&id, 60))?;
    for signal in Signal::ALL {
        match signals.words(signal, place, &name) {
            Ok(reading) => {
                let standing = format!("percentile {:.0}", reading.percentile);
                writeln!(
                    out,
                    "  {:<16}{:>8}  {standing:<16}{}",
                    signal.name(),
                    reading.value,
                    sanitise_line(&reading.evidence, 400)
                )?;
            }
            Err(silence) => writeln!(out, "  {:<16}{:>8}  {silence}", signal.name(), "–")?,
        }
        for line in wrap_to_width(signal.cannot_tell(), WIDTH - 28, 3) {
            writeln!(out, "{:28}{line}", "")?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    /// As numpy's quantile.
    #[test]
    fn medians_and_tenths() {
        assert_eq!(quantile(&[], 5), None);
        assert_eq!(quantile(&[3.0], 9), Some(3.0));
        assert_eq!(quantile(&[1.0, 2.0, 4.0, 9.0], 5), Some(3.0));
        assert_eq!(quantile(&[1.0, 2.0, 4.0, 9.0], 9), Some(7.5));
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 10), Some(4.0));
    }
}
