//! `bot-tui import`: files into the cache.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use clap::Args;
use indicatif::ProgressBar;

use super::places::cache_to_import;
use super::rejects;
use super::say;
use super::watched::bar;
use crate::export::Output;
use crate::import::{
    ColumnMap, FileSummary, ImportProgress, ImportRequest, ImportSummary, REASONS, format_names, import_into, is_data,
};
use crate::model::{Counts, Platform};
use crate::store::Store;
use crate::system::Interrupt;
use crate::text::{count_of, sanitise_line, thousands};

/// Skipped lines that are printed of one file.
const LINES: usize = 20;
/// Skipped pictures that are printed.
const PICTURES: usize = 5;
const IMPORTING: &str = "importing";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders, or - for standard input; plain, .gz or .zst
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Read everything as this format rather than looking at the content
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(format_names()))]
    format: Option<String>,

    /// Read everything as tables whose columns these are, by name or number: account=COL,target=COL,time=COL[,…]
    #[arg(long, value_name = "MAP", conflicts_with = "format")]
    map: Option<ColumnMap>,

    /// Whose accounts and posts a table or a native file holds, such as x or mastodon; by default the only one in the cache
    #[arg(long, value_name = "NAME")]
    platform: Option<Platform>,

    /// A folder of pictures whose names are account ids or handles
    #[arg(long, value_name = "DIR")]
    avatars: Option<PathBuf>,

    /// Write the lines that cannot be read to FILE as file, line and reason, of each file the first thousand and how many
    /// more there are: CSV where it ends in .csv, else JSON lines
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

const WAITING: &str = "waiting for another program that writes to the cache";

struct Bar(ProgressBar, Interrupt, AtomicBool);

impl ImportProgress for Bar {
    fn advanced(&self, done: u64, total: u64) {
        if self.2.swap(false, Ordering::Relaxed) {
            self.0.set_message(IMPORTING);
        }
        self.0.set_length(total.max(done));
        self.0.set_position(done);
    }

    fn waits(&self) {
        if self.2.swap(true, Ordering::Relaxed) {
            return;
        }
        self.0.set_message(WAITING);
        if self.0.is_hidden() {
            // Where nobody can be told, the import goes on all the same.
            let _ = writeln!(say::note(), "{WAITING}");
        }
    }

    fn pictures(&self, done: usize, total: usize) {
        let message = if done < total { format!("pictures {done} of {total}") } else { IMPORTING.to_owned() };
        self.0.set_message(message);
    }

    fn is_cancelled(&self) -> bool {
        self.1.is_set()
    }
}

pub(super) fn run(cache: Option<PathBuf>, arguments: Arguments) -> Result<ExitCode> {
    let mut store = cache_to_import(cache)?;
    if let Some(path) = &arguments.rejects {
        check_rejects(path, &arguments, &store)?;
    }
    let bar =
        Bar(bar(IMPORTING, "{msg} {wide_bar} {bytes} of {total_bytes}", 0), Interrupt::watch(), AtomicBool::default());
    let Arguments { paths, format, map, platform, avatars, rejects: rejected } = arguments;
    let request = ImportRequest { paths, format, map, platform, avatars };
    let mut summary = ImportSummary::default();
    let imported = import_into(&mut store, &request, &bar, &mut summary);
    bar.0.finish_and_clear();
    // What was skipped is of use however the import ended, and whoever reads standard output.
    let rejected = rejected.map_or(Ok(()), |path| rejects::write(&store, &summary, &path));
    imported?;
    store.check_in_place()?;
    let printed = print(&summary);
    for error in &summary.errors {
        say::error(error);
    }
    rejected?;
    if summary.errors.is_empty() && is_nothing(&summary) {
        say::error(&"nothing was read: no record is in what was named, or none that can be read");
        return Ok(ExitCode::FAILURE);
    }
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ if summary.errors.is_empty() => Ok(ExitCode::SUCCESS),
        _ => Ok(ExitCode::FAILURE),
    }
}

fn is_nothing(summary: &ImportSummary) -> bool {
    summary.pictures == 0 && summary.files.iter().all(|file| file.records + file.messages + file.deletions == 0)
}

/// Makes sure, before anything is read, that what is skipped is not written over what is imported.
fn check_rejects(path: &Path, arguments: &Arguments, store: &Store) -> Result<()> {
    let output = Output::to(path, store)?.apart_from(arguments.paths.iter().map(PathBuf::as_path))?;
    let in_pictures = |folder: &PathBuf| {
        let [file, folder] = [path, folder].map(|path| path.canonicalize().ok());
        file.zip(folder).is_some_and(|(file, folder)| file.starts_with(folder))
    };
    // Data files among the pictures are no pictures; they may be the skipped lines of last time.
    if arguments.avatars.as_ref().is_some_and(in_pictures) && !is_data(path) {
        output.apart_from([path])?;
    }
    Ok(())
}

fn print(summary: &ImportSummary) -> io::Result<()> {
    let mut out = say::out();
    for file in &summary.files {
        print_file(&mut out, file)?;
    }
    for path in &summary.left_alone {
        writeln!(out, "{}: left alone, in no known format", say::name(path))?;
    }
    print_pictures(&mut out, summary)?;
    if summary.self_retweets > 0 {
        writeln!(out, "{} of own posts: kept, but they link nobody", count_of(summary.self_retweets, "retweet"))?;
    }
    print_counts(&mut out, &summary.before, &summary.after)
}

fn print_file(out: &mut impl Write, file: &FileSummary) -> io::Result<()> {
    let path = say::name(&file.path);
    writeln!(
        out,
        "{path}: {}, {}, {} skipped",
        file.format,
        count_of(file.records, "record"),
        count_of(file.skipped, "line")
    )?;
    if file.messages > 0 {
        writeln!(out, "  {} of the stream: no records", count_of(file.messages, "message"))?;
    }
    if file.known_before {
        writeln!(out, "  the same bytes were imported before as number {}: nothing changed", file.import)?;
    }
    if let Some(before) = &file.replaced {
        let before = before.replacen(':', " ", 1);
        let before = sanitise_line(&before, 300);
        writeln!(out, "  this replaces what was read of the same bytes as {before} before")?;
    }
    if file.unfinished {
        writeln!(out, "  not read to its end: what was read is kept, and the same file is read anew the next time")?;
    }
    for warning in &file.warnings {
        writeln!(out, "  note: {}", sanitise_line(warning, 500))?;
    }
    for line in file.reasons.iter().take(LINES) {
        writeln!(out, "  {path}:{}: {}", line.line, sanitise_line(&line.reason, 300))?;
    }
    let more = file.skipped.saturating_sub(file.reasons.len().min(LINES) as u64);
    if more > 0 {
        let written = if file.skipped > REASONS as u64 { "the first thousand" } else { "all of them" };
        writeln!(out, "  and {} more; `--rejects FILE` writes {written}", thousands(more))?;
    }
    Ok(())
}

fn print_pictures(out: &mut impl Write, summary: &ImportSummary) -> io::Result<()> {
    let skipped = &summary.skipped_pictures;
    if summary.pictures > 0 || !skipped.is_empty() {
        let count = thousands(skipped.len() as u64);
        writeln!(out, "{} read, {count} skipped", count_of(summary.pictures, "picture"))?;
    }
    if summary.moving_pictures > 0 {
        writeln!(out, "  {} of them move: the first frame counts", thousands(summary.moving_pictures))?;
    }
    for (path, reason) in skipped.iter().take(PICTURES) {
        let path = say::name(path);
        writeln!(out, "  {path}: {}", sanitise_line(reason, 300))?;
    }
    let more = skipped.len().saturating_sub(PICTURES) as u64;
    if more > 0 {
        writeln!(out, "  and {} more; `--rejects FILE` writes all of them", thousands(more))?;
    }
    Ok(())
}

fn print_counts(out: &mut impl Write, before: &Counts, after: &Counts) -> io::Result<()> {
    let rows = [
        ("accounts", before.accounts, after.accounts),
        ("posts", before.posts, after.posts),
        ("retweets", before.retweets, after.retweets),
        ("targets", before.targets, after.targets),
        ("avatars", before.avatars, after.avatars),
    ];
    if after.synthetic_targets > 0 {
        let targets = count_of(after.synthetic_targets, "target");
        writeln!(out, "{targets} known by author and words only; what rests on them is less certain")?;
    }
    if after.rounded_ids > 0 {
        let count = count_of(after.rounded_ids, "id");
        let look = if after.rounded_ids == 1 { "looks" } else { "look" };
        writeln!(out, "{count} of accounts and posts in the cache {look} rounded; links that rest on them are marked")?;
    }
    for (name, before, after) in rows {
        let new = thousands(after.saturating_sub(before));
        writeln!(out, "{name:<10}{:>14} in the cache, {new} of them new", thousands(after))?;
    }
    Ok(())
}
