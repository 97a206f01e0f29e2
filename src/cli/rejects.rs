//! `--rejects FILE`: every line and picture that an import could not read, for whoever wants to mend it.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::say;
use crate::export::Output;
use crate::import::ImportSummary;
use crate::store::Store;
use crate::text::{defused, sanitise_line, thousands};

/// Writes `file,line,reason` of lines and pictures that were skipped, and of files that could not be read at all: as CSV
/// where the name ends in `.csv`, else as JSON, an object a line. Pictures and files have no line, and neither has the
/// count of the lines of a file whose reasons are not kept.
pub(super) fn write(store: &Store, summary: &ImportSummary, path: &Path) -> Result<()> {
    let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let mut count = 0;
    Output::to(path, store)?.replace(|out| {
        if csv {
            out.write_all(b"file,line,reason\n")?;
        }
        for file in &summary.files {
            let name = say::name(&file.path);
            for line in &file.reasons {
                write_line(out, csv, &name, Some(line.line), &line.reason)?;
            }
            let more = file.skipped.saturating_sub(file.reasons.len() as u64);
            if more > 0 {
                let reason = format!("and {} more lines, counted only", thousands(more));
                write_line(out, csv, &name, None, &reason)?;
            }
            count += file.skipped;
        }
        for error in &summary.errors {
            let file = error.path().map(say::name).unwrap_or_default();
            write_line(out, csv, &file, None, &error.to_string())?;
        }
        for (picture, reason) in &summary.skipped_pictures {
            write_line(out, csv, &say::name(picture), None, reason)?;
        }
        Ok(())
    })?;
    let pictures = match summary.skipped_pictures.len() as u64 {
        0 => String::new(),
        pictures => format!(" and {} skipped pictures", thousands(pictures)),
    };
    let _ = writeln!(say::note(), "{} skipped lines{pictures} written to {}", thousands(count), say::name(path));
    Ok(())
}

fn write_line(out: &mut dyn Write, csv: bool, file: &str, line: Option<u64>, reason: &str) -> io::Result<()> {
    let reason = sanitise_line(reason, 1_000);
    if csv {
        let line = line.map_or_else(String::new, |line| line.to_string());
        writeln!(out, "{},{line},{}", cell(file), cell(&reason))
    } else {
        writeln!(out, "{}", json!({ "file": file, "line": line, "reason": reason }))
    }
}

/// A cell in quotes; what a spreadsheet would take for a formula is defused.
fn cell(text: &str) -> String {
    format!("\"{}\"", defused(text).replace('"', "\"\""))
}
