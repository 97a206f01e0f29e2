//! Which format a file is written in: the one that is named, else the one that its name ends in.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::say;

/// Endings that promise a certain format to whoever opens the file.
const PROMISES: [&str; 15] = [
    "aria2", "csv", "gexf", "gml", "graphml", "html", "json", "jsonl", "ndjson", "ods", "parquet", "tsv", "xls",
    "xlsx", "xml",
];
/// Endings of what is packed.
const PACKED: [&str; 6] = ["bz2", "gz", "xz", "zip", "zst", "7z"];

/// Makes sure that a file is not given a name that promises what is not in it; `can` are the endings of what the command
/// writes. Where a format is named, the ending need not be one of them.
///
/// # Errors
/// Fails where the name promises something else, and where it promises a packed file.
pub(super) fn check(output: Option<&Path>, is_named: bool, can: &[&str]) -> Result<()> {
    let Some(output) = output else { return Ok(()) };
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let ending = ending.as_str();
    let name = say::name(output);
    let endings = can.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    if PACKED.contains(&ending) {
        bail!(
            "{name}: nothing is packed here; leave `.{ending}` off and pack the file afterwards (endings: {endings})"
        );
    }
    if !is_named && PROMISES.contains(&ending) && !can.contains(&ending) {
        bail!("{name}: .{ending} cannot be written here; end the name in one of these: {endings}");
    }
    Ok(())
}

/// The format that is `named`, else that of the ending of `output`, else `default`. Where the two differ, the named one
/// wins, and that is said.
pub(super) fn chosen<F: PartialEq>(
    named: Option<F>,
    output: Option<&Path>,
    of_ending: impl Fn(&str) -> Option<F>,
    default: F,
) -> F {
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let meant = ending.as_deref().and_then(of_ending);
    match (named, meant) {
        (Some(named), Some(meant)) if named != meant => {
            let name = output.map(say::name).unwrap_or_default();
            // Whoever closed standard error wants the file all the same.
            let _ = writeln!(say::note(), "{name} is written as --format says, not as its name ends");
            named
        }
        (Some(named), _) => named,
        (None, meant) => meant.unwrap_or(default),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_promises_what_is_in_the_file() {
        let refused = |file: &str, is_named, can: &[&str]| {
            check(Some(Path::new(file)), is_named, can).err().map(|error| error.to_string())
        };
        for file in ["a.csv", "a.TSV", "x/a.gexf", "a.ndjson", "a.json.gz", "a.csv.zip"] {
            assert!(refused(file, false, &["json"]).is_some_and(|why| why.contains(".json")), "{file}");
        }
        for file in ["a.json", "a.JSON", "a", "a.out", ".csv", "csv"] {
            assert_eq!(refused(file, false, &["json"]), None);
        }
        assert_eq!(refused("a.tsv", true, &["csv"]), None, "a format that is named is what the user wants");
        assert!(refused("a.csv.gz", true, &["csv"]).is_some_and(|why| why.contains("leave `.gz` off")));
        assert!(check(None, false, &["json"]).is_ok());
    }

    #[test]
    fn what_is_named_comes_before_the_ending_and_that_before_the_default() {
        let picked = |named, file: Option<&str>| {
            let of_ending = |ending: &str| ["csv", "gexf"].into_iter().find(|word| *word == ending);
            chosen(named, file.map(Path::new), of_ending, "csv")
        };
        assert_eq!(picked(None, Some("net.gexf")), "gexf");
        assert_eq!(picked(None, Some("a/NET.GEXF")), "gexf");
        assert_eq!(picked(Some("csv"), Some("net.gexf")), "csv");
        assert_eq!(picked(Some("gexf"), None), "gexf");
        for file in [None, Some("net"), Some("net.txt"), Some(".gexf"), Some("gexf")] {
            assert_eq!(picked(None, file), "csv");
        }
    }
}
