//! `bot-tui tag`: the user's judgement of one account, from a script.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::places::cache_to_write;
use crate::model::{AccountId, Label, Tag, TagBatchKind, TagChange, TagSource, Timestamp, UnknownLabel};
use crate::store::Store;
use crate::text::sanitise_line;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The account: its platform id, or its handle with or without @
    account: String,

    /// suspected-bot, likely-human, unsure, or none to take the label away
    #[arg(value_parser = parse_label)]
    label: LabelOrNone,

    /// A note in your own words; without it the present note stays
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct LabelOrNone(Option<Label>);

fn parse_label(word: &str) -> Result<LabelOrNone, UnknownLabel> {
    if word == "none" { Ok(LabelOrNone(None)) } else { word.parse().map(|label| LabelOrNone(Some(label))) }
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let mut store = cache_to_write(cache)?;
    let account = one_account(&store, &arguments.account)?;
    let present = store.current_tags()?.into_iter().find(|event| event.account == account);
    let before = present.map(|event| event.tag).unwrap_or_default();
    let note = arguments.note.clone().or_else(|| before.note.clone());
    let after = Tag { label: arguments.label.0, note: note.filter(|note| !note.is_empty()) };
    let name = sanitise_line(&arguments.account, 200).into_owned();
    if before == after {
        writeln!(io::stdout(), "{name}: nothing changed")?;
        return Ok(());
    }
    let word = after.label.map_or("no label", Label::word);
    let change = TagChange { account, before, after };
    let now = Timestamp(jiff::Timestamp::now().as_millisecond());
    store.append_tags(TagBatchKind::Apply, TagSource::CommandLine, now, &[change])?;
    writeln!(io::stdout(), "{name}: {word}")?;
    Ok(())
}

/// The one account that a user means.
///
/// # Errors
/// Fails where there is none, or several.
pub(super) fn one_account(store: &Store, wanted: &str) -> Result<AccountId> {
    let found = store.find_account(wanted)?;
    match found.as_slice() {
        [one] => Ok(*one),
        [] => bail!("no account `{wanted}` in the cache; give a platform id or a handle that was imported"),
        several => {
            let accounts = store.accounts().context("cannot list the accounts of that handle")?;
            let ids = accounts.iter().filter(|account| several.contains(&account.id));
            let ids: Vec<&str> = ids.map(|account| account.platform_id.as_str()).collect();
            bail!("several accounts are called `{wanted}`; give the platform id of one: {}", ids.join(", "))
        }
    }
}
