//! What the line of the import says: paths, and the options that the command line has too.

use std::path::PathBuf;

use crate::model::{Platform, WrongPlatform};
use crate::text::{sanitise_line, words};

/// Characters of a word that are repeated in an error.
const LONGEST: usize = 60;

/// The options of the line, each with a word behind it.
pub const IMPORT_OPTIONS: [&str; 4] = ["--avatars", "--format", "--map", "--platform"];

/// What to import, as the user wrote it. Paths may begin with `~`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOrder {
    /// The whole line: a file with blanks in its name may have been dropped without quotes.
    pub line: String,
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Read everything as this format.
    pub format: Option<String>,
    /// Read everything as tables whose columns are these, as the command line writes them.
    pub map: Option<String>,
    /// Whose accounts and posts are those of files that do not tell.
    pub platform: Option<Platform>,
    /// A folder of pictures named by account id or handle.
    pub avatars: Option<PathBuf>,
}

/// What is wrong with a line, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongOrder {
    /// Nothing is named.
    #[error("Nothing was imported: write the path of a file or a folder.")]
    Nothing,
    /// An option that there is none of.
    #[error("`{0}` is no option here; --avatars FOLDER, --format NAME, --map COLUMNS and --platform NAME are.")]
    NoOption(String),
    /// An option at the end of the line.
    #[error("{0} needs a word behind it.")]
    Alone(&'static str),
    /// A format and columns.
    #[error("--map tells the columns of a table, and --format another format: leave one of them out.")]
    Both,
    /// A word that names no platform.
    #[error("{0}.")]
    NoPlatform(WrongPlatform),
    /// A format that there is none of.
    #[error("`{0}` is no format; use one of {1}.")]
    NoFormat(String, String),
}

impl ImportOrder {
    /// Reads a line; `formats` are the names that there are.
    ///
    /// # Errors
    /// Fails where the line names nothing to import, or something that there is not.
    pub fn read(line: &str, formats: &[&str]) -> Result<Self, WrongOrder> {
        let mut order = Self { line: line.trim().to_owned(), ..Self::default() };
        let mut rest = words(line).into_iter().map(|word| word.text);
        while let Some(word) = rest.next() {
            match word.as_str() {
                "--avatars" => order.avatars = Some(rest.next().ok_or(WrongOrder::Alone("--avatars"))?.into()),
                "--format" => order.format = Some(rest.next().ok_or(WrongOrder::Alone("--format"))?),
                "--map" => order.map = Some(rest.next().ok_or(WrongOrder::Alone("--map"))?),
                "--platform" => {
                    let named = repeated(&rest.next().ok_or(WrongOrder::Alone("--platform"))?);
                    order.platform = Some(named.parse().map_err(WrongOrder::NoPlatform)?);
                }
                _ if word.starts_with("--") => return Err(WrongOrder::NoOption(repeated(&word))),
                _ => order.paths.push(word.into()),
            }
        }
        if order.format.is_some() && order.map.is_some() {
            return Err(WrongOrder::Both);
        }
        if let Some(name) = order.format.as_deref().filter(|name| !formats.contains(name)) {
            return Err(WrongOrder::NoFormat(repeated(name), formats.join(", ")));
        }
        if order.paths.is_empty() && order.avatars.is_none() { Err(WrongOrder::Nothing) } else { Ok(order) }
    }
}

fn repeated(word: &str) -> String {
    sanitise_line(word, LONGEST).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<ImportOrder, WrongOrder> {
        ImportOrder::read(line, &["native", "coortweet"])
    }

    #[test]
    fn a_line_is_read_as_the_command_line_would() {
        let order = read(" a.csv 'b c.jsonl' --avatars ~/pictures --format native ").unwrap();
        assert_eq!(read("a --map account=who").unwrap().map.as_deref(), Some("account=who"));
        assert_eq!(read("a --platform Twitter").unwrap().platform, Some(Platform::named("x")));
        assert_eq!(order.paths, [PathBuf::from("a.csv"), PathBuf::from("b c.jsonl")]);
        assert_eq!((order.format.as_deref(), order.avatars), (Some("native"), Some("~/pictures".into())));
        assert!(read("--avatars pictures").unwrap().paths.is_empty(), "pictures alone are something to import");
    }

    #[test]
    fn what_is_wrong_says_what_to_write() {
        for (line, part) in [
            ("  ", "write the path"),
            ("--avatars", "needs a word"),
            ("a.csv --format", "needs a word"),
            ("a.csv --platform", "needs a word"),
            ("a.csv --platform a:b", "`a:b` names no platform; write a word"),
            ("a.csv --format xls", "use one of native, coortweet"),
            ("a.csv --format native --map account=1", "leave one of them out"),
            ("a.csv --quick", "--format NAME"),
        ] {
            let error = read(line).unwrap_err().to_string();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
