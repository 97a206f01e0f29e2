//! Which format a file is written in: the one that is named, else the one that its name ends in.

use std::io::Write;
use std::path::Path;

use super::say;

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
    fn what_is_named_comes_before_the_ending_and_that_before_the_default() {
        let of = |named, file: Option<&str>| {
            let of_ending = |ending: &str| ["csv", "gexf"].into_iter().find(|word| *word == ending);
            chosen(named, file.map(Path::new), of_ending, "csv")
        };
        assert_eq!(of(None, Some("net.gexf")), "gexf");
        assert_eq!(of(None, Some("a/NET.GEXF")), "gexf");
        assert_eq!(of(Some("csv"), Some("net.gexf")), "csv");
        assert_eq!(of(Some("gexf"), None), "gexf");
        for file in [None, Some("net"), Some("net.txt"), Some(".gexf"), Some("gexf")] {
            assert_eq!(of(None, file), "csv");
        }
    }
}
