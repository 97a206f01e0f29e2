//! `bot-tui personas`: the accounts that use a name on the user's list.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;

use super::places::cache_to_read;
use super::say;
use crate::export::{PublicIds, to_json};
use crate::model::Account;
use crate::signals::{Personas, UsesName};
use crate::text::{count_of, sanitise_line, thousands};

/// A longer list is a mistake.
const LONGEST: u64 = 16 << 20;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Names in any script, one a line; lines that begin with # are passed over
    #[arg(long, required = true, value_name = "FILE")]
    names: PathBuf,

    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Found<'a> {
    id: Cow<'a, str>,
    handle: Option<&'a str>,
    name: Option<&'a str>,
    uses_the_name: String,
    whole_name: bool,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let personas = read(&arguments.names)?;
    let accounts = cache_to_read(cache)?.accounts()?;
    let ids = PublicIds::among(&accounts);
    let found: Vec<Found<'_>> =
        accounts.iter().filter_map(|account| Some(one(account, ids, personas.used_by(account)?))).collect();
    let mut out = say::out();
    if arguments.json {
        say::data().write_all(&to_json(&found)?)?;
        return Ok(());
    }
    for one in &found {
        let word = |text: &str| sanitise_line(text, 80).into_owned();
        let (id, handle) = (word(&one.id), word(one.handle.unwrap_or("–")));
        let how = if one.whole_name { "its whole name" } else { "in its name" };
        writeln!(
            out,
            "{id}\t{handle}\t{}\tuses a name on your list, as {how}: {}",
            word(one.name.unwrap_or("–")),
            word(&one.uses_the_name)
        )?;
    }
    let use_ = if found.len() == 1 { "uses" } else { "use" };
    let (found, names) = (thousands(found.len() as u64), count_of(personas.len() as u64, "name"));
    writeln!(say::note(), "{found} of {} {use_} one of {names}", count_of(accounts.len() as u64, "account"))?;
    Ok(())
}

fn one(account: &Account, ids: PublicIds, uses: UsesName) -> Found<'_> {
    Found {
        id: ids.public_id(account),
        handle: account.profile.handle.as_deref(),
        name: account.profile.name.as_deref(),
        uses_the_name: uses.listed,
        whole_name: uses.whole,
    }
}

/// The names of a file; there is one at least.
pub(super) fn read(path: &Path) -> Result<Personas> {
    let personas = Personas::parse(&read_text(path)?);
    if personas.is_empty() {
        bail!("{} holds no name; write one a line", path.display());
    }
    Ok(personas)
}

fn read_text(path: &Path) -> Result<String> {
    let named = || format!("cannot read the names in {}", path.display());
    let mut text = Vec::new();
    let file = std::fs::File::open(path).with_context(named)?;
    file.take(LONGEST + 1).read_to_end(&mut text).with_context(named)?;
    if text.len() as u64 > LONGEST {
        bail!("{} is larger than {} MiB; a list of names is not", path.display(), LONGEST >> 20);
    }
    String::from_utf8(text).map_err(|_| anyhow::anyhow!("{} is no UTF-8 text; save it as UTF-8", path.display()))
}
