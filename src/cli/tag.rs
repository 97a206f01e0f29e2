//! `bot-tui tag`: the user's judgement of one account, from a script, with the parameters by which the script counts.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::account::{NAMING, one_account};
use super::linking::OneLayer;
use super::places::cache_to_write;
use super::say;
use crate::model::{FieldChange, Label, TagBatchKind, TagChange, TagSource, UnknownLabel};
use crate::system::now;
use crate::text::{count_of, sanitise_line};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The account: its handle or its id
    #[arg(long_help = NAMING, required_unless_present = "from")]
    account: Option<String>,

    /// suspected-bot, likely-human, unsure, or none to take the label away; without it the present label stays
    #[arg(value_parser = parse_label, required_unless_present_any = ["from", "note"])]
    label: Option<LabelOrNone>,

    /// A note in your own words; without it the present note stays
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    #[command(flatten)]
    linking: OneLayer,

    /// Say of accounts what a file of tags says that the interface wrote when a cache could not take them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["account", "label", "note"])]
    from: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy)]
struct LabelOrNone(Option<Label>);

fn parse_label(word: &str) -> Result<LabelOrNone, String> {
    if word == "none" {
        return Ok(LabelOrNone(None));
    }
    let unknown = |error: UnknownLabel| format!("{error}, or none to take the label away");
    word.parse().map(|label| LabelOrNone(Some(label))).map_err(unknown)
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let mut store = cache_to_write(cache)?;
    let now = now();
    if let Some(file) = &arguments.from {
        let accounts = store.tags_from(file, now)?;
        writeln!(say::out(), "Imported the tags of {}.", count_of(accounts as u64, "account"))?;
        return Ok(());
    }
    let Some(wanted) = &arguments.account else { return Ok(()) };
    let account = one_account(&store, wanted)?;
    // A tag is kept whatever else cannot be read.
    let basis = arguments.linking.quietly(&store).ok();
    let present = store.current_tags()?.into_iter().find(|event| event.account == account);
    let present = present.map(|event| event.tag).unwrap_or_default();
    let note = arguments.note.clone().map(|note| Some(note).filter(|note| !note.is_empty()));
    let change = TagChange {
        account: store.account_key(account)?,
        label: arguments.label.map(|label| FieldChange { before: present.label, after: label.0 }),
        note: note.map(|after| FieldChange { before: present.note, after }),
    };
    let written = store.append_tags(TagBatchKind::Apply, TagSource::CommandLine, basis.as_ref(), now, &[change])?;
    let name = sanitise_line(wanted, 200).into_owned();
    let word = arguments.label.map_or("note written", |label| label.0.map_or("no label", Label::word));
    let said = if written.number.is_some() { word } else { "nothing changed" };
    writeln!(say::out(), "{name}: {said}")?;
    Ok(())
}
