//! `bot-tui tag`: the user's judgement of one account, from a script.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::account::{NAMING, one_account};
use super::places::open_cache;
use crate::model::{Label, Tag, TagBatchKind, TagChange, TagSource, Timestamp, UnknownLabel};
use crate::text::sanitise_line;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The account: its handle or its id
    #[arg(long_help = NAMING)]
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
    let mut store = open_cache(cache)?;
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
