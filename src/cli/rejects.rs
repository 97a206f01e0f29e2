//! `--rejects FILE`: every line that an import could not read, for whoever wants to mend it.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::export::replace_file;
use crate::import::FileSummary;
use crate::model::SkippedLine;
use crate::store::Store;
use crate::text::{sanitise_line, thousands};

/// Writes `file,line,reason` of all lines that were skipped: as CSV where the name ends in `.csv`, else as JSON, an object a
/// line.
pub(super) fn write(store: &Store, files: &[FileSummary], path: &Path) -> Result<()> {
    let csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let mut count = 0;
    let mut failed = None;
    replace_file(path, |out| {
        if csv {
            out.write_all(b"file,line,reason\n")?;
        }
        for file in files {
            let name = sanitise_line(&file.path.display().to_string(), 4_096).into_owned();
            let mut write = |line: SkippedLine| {
                count += 1;
                write_line(out, csv, &name, &line)
            };
            match store.for_each_rejected_line(file.import, &mut write) {
                Ok(written) => written?,
                Err(error) => {
                    failed = Some(error);
                    return Err(io::Error::other("the cache failed"));
                }
            }
        }
        Ok(())
    })
    .map_err(|error| failed.map_or_else(|| error.into(), anyhow::Error::from))?;
    writeln!(io::stderr(), "{} skipped lines written to {}", thousands(count), path.display())?;
    Ok(())
}

fn write_line(out: &mut dyn Write, csv: bool, file: &str, skipped: &SkippedLine) -> io::Result<()> {
    let reason = sanitise_line(&skipped.reason, 1_000);
    if csv {
        writeln!(out, "{},{},{}", cell(file), skipped.line, cell(&reason))
    } else {
        writeln!(out, "{}", json!({ "file": file, "line": skipped.line, "reason": reason }))
    }
}

/// A cell in quotes; what a spreadsheet would take for a formula is defused.
fn cell(text: &str) -> String {
    let defused = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{defused}{}\"", text.replace('"', "\"\""))
}
