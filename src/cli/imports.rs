//! `bot-tui imports`: which files the data came from, and taking one back.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::places::{cache_to_read, cache_to_write};
use super::say;
use crate::model::{Import, Timestamp};
use crate::text::{count_of, date_time, sanitise_line};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take back what a file brought and no other one; your tags stay
    Remove {
        /// The number in the list of imports
        #[arg(value_name = "ID")]
        id: u32,
    },
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    if let Some(Action::Remove { id }) = arguments.action {
        return remove(cache, id);
    }
    let imports = cache_to_read(cache)?.imports()?;
    let mut out = say::out();
    for import in &imports {
        if arguments.json {
            writeln!(out, "{}", as_json(import))?;
        } else {
            print(&mut out, import)?;
        }
    }
    if imports.is_empty() && !arguments.json {
        writeln!(out, "nothing is imported yet; `bot-tui import FILE` does")?;
    }
    Ok(())
}

fn remove(cache: Option<PathBuf>, id: u32) -> Result<()> {
    let mut store = cache_to_write(cache)?;
    let path = store.imports()?.into_iter().find(|import| import.id == id).map(|import| import.file.path);
    if !store.remove_import(id)? {
        bail!("there is no import {id}; `bot-tui imports` lists them");
    }
    let path = path.unwrap_or_default();
    writeln!(say::out(), "import {id} taken back: {}; import the file again to undo", sanitise_line(&path, 500))?;
    Ok(())
}

fn print(out: &mut impl Write, import: &Import) -> io::Result<()> {
    let Import { id, finished, map, warnings, file } = import;
    let (path, at) = (sanitise_line(&file.path, 500), date_time(file.imported_at));
    let known = !file.sha256.is_empty();
    if !known {
        return writeln!(out, "{id:>4}  {at}  {path}: not read to its end; import it again to complete it");
    }
    let (records, skipped) = (count_of(file.records, "record"), count_of(file.skipped, "line"));
    writeln!(out, "{id:>4}  {at}  {path}: {}, {records}, {skipped} skipped", file.format)?;
    if let Some(map) = map {
        writeln!(out, "      columns: {}", sanitise_line(map, 500))?;
    }
    if !finished {
        writeln!(out, "      not read to its end; import it again once it is whole, or unpack it first")?;
    }
    warnings.iter().try_for_each(|warning| writeln!(out, "      note: {}", sanitise_line(warning, 500)))
}

fn as_json(import: &Import) -> Value {
    let Import { id, finished, map, warnings, file } = import;
    let warnings: Vec<_> = warnings.iter().map(|warning| sanitise_line(warning, 500)).collect();
    // What is known at the end of the file is not known before.
    let ended = !file.sha256.is_empty();
    let known = |value: Value| if ended { value } else { Value::Null };
    let map = map.as_ref().map(|map| sanitise_line(map, 4_096));
    json!({
        "id": id, "path": sanitise_line(&file.path, 4_096), "format": file.format, "map": map, "finished": finished,
        "imported_at": rfc3339(file.imported_at), "bytes": file.bytes, "sha256": known(json!(file.sha256)),
        "records": known(json!(file.records)), "skipped": known(json!(file.skipped)),
        "warnings": known(json!(warnings)),
    })
}

fn rfc3339(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(at.0).ok().map(|at| at.to_string())
}
