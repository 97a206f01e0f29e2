//! `--rejects FILE`: every line and picture that an import could not read, for whoever wants to mend it.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::say;
use crate::export::Output;
use crate::import::ImportSummary;
use crate::model::SkippedLine;
use crate::store::Store;
use crate::text::{sanitise_line, thousands};

/// Writes `file,line,reason` of all lines and pictures that were skipped: as CSV where the name ends in `.csv`, else as
/// JSON, an object a line. A picture has no line.
pub(super) fn write(store: &Store, summary: &ImportSummary, path: &Path) -> Result<()> {
    let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let mut count = 0;
    let mut failed = None;
    Output::to(path, store)?
        .replace(|out| {
            if csv {
                out.write_all(b"file,line,reason\n")?;
            }
            for file in &summary.files {
                let name = say::name(&file.path);
                let mut write = |line: SkippedLine| {
                    count += 1;
                    write_line(out, csv, &name, Some(line.line), &line.reason)
                };
                match store.for_each_rejected_line(file.import, &mut write) {
                    Ok(written) => written?,
                    Err(error) => {
                        failed = Some(error);
                        return Err(io::Error::other("the cache failed"));
                    }
                }
            }
            for (picture, reason) in &summary.skipped_pictures {
                write_line(out, csv, &say::name(picture), None, reason)?;
            }
            Ok(())
        })
        .map_err(|error| failed.map_or_else(|| error.into(), anyhow::Error::from))?;
    let pictures = match summary.skipped_pictures.len() as u64 {
        0 => String::new(),
        pictures => format!(" and {} skipped pictures", thousands(pictures)),
    };
    writeln!(say::note(), "{} skipped lines{pictures} written to {}", thousands(count), say::name(path))?;
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
    let defused = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{defused}{}\"", text.replace('"', "\"\""))
}
