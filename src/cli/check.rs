//! `bot-tui check`: whether the cache is whole.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::places::cache_to_read;
use super::say;
use crate::store::{CacheCheck, ImportCheck};
use crate::text::{count_of, sanitise_line, thousands};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<ExitCode> {
    let found = cache_to_read(cache)?.check()?;
    let mut out = say::out();
    if arguments.json {
        writeln!(out, "{}", as_json(&found))?;
    } else {
        print(&mut out, &found)?;
    }
    Ok(if found.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(out: &mut impl Write, found: &CacheCheck) -> io::Result<()> {
    for import in &found.imports {
        print_import(out, import)?;
    }
    if found.pictures > 0 {
        let count = count_of(found.pictures, "picture");
        writeln!(out, "pictures: {count} damaged; import them again, as at first with `--avatars FOLDER`")?;
    }
    if found.kept > 0 {
        writeln!(out, "kept counts and links: {} damaged; they are made anew by themselves", thousands(found.kept))?;
    }
    for problem in &found.file {
        writeln!(out, "file: {}", sanitise_line(problem, 500))?;
    }
    if !found.file.is_empty() {
        writeln!(
            out,
            "the file itself is damaged: put a copy of it back, or import into a new one with --cache and tag there again"
        )?;
    }
    let verdict = if found.is_whole() { "nothing is damaged" } else { "the cache is damaged" };
    writeln!(out, "{verdict}")
}

fn print_import(out: &mut impl Write, found: &ImportCheck) -> io::Result<()> {
    let ImportCheck { import, path, parts, problems } = found;
    let path = path.as_ref().map_or("from an earlier version, or no file".into(), |path| sanitise_line(path, 500));
    let verdict = if problems.is_empty() { "whole" } else { "damaged" };
    writeln!(out, "{import:>4}  {path}: {} looked at, {verdict}", count_of(*parts, "part"))?;
    for (problem, &count) in problems {
        writeln!(out, "      {problem}: {}", thousands(count))?;
    }
    if !problems.is_empty() && found.path.is_some() {
        writeln!(out, "      take it back with `bot-tui imports remove {import}`, then import the file again")?;
    } else if !problems.is_empty() {
        writeln!(out, "      import your files into a new cache with --cache")?;
    }
    Ok(())
}

fn as_json(found: &CacheCheck) -> Value {
    let imports = found.imports.iter().map(|import| {
        let problems: serde_json::Map<String, Value> =
            import.problems.iter().map(|(problem, count)| (problem.to_string(), json!(count))).collect();
        let path = import.path.as_ref().map(|path| sanitise_line(path, 4_096));
        json!({ "id": import.import, "path": path, "parts": import.parts, "problems": problems })
    });
    let file: Vec<_> = found.file.iter().map(|problem| sanitise_line(problem, 500)).collect();
    json!({
        "whole": found.is_whole(), "imports": imports.collect::<Vec<_>>(), "damaged_pictures": found.pictures,
        "damaged_kept": found.kept, "file": file,
    })
}
