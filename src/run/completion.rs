//! How a path can go on: what lies in the folder that is typed so far.

use std::fs;
use std::path::{Path, PathBuf};

use crate::app::{Candidate, CandidateKind, CompletionRequest};
use crate::import::is_data;

/// Entries of a folder that are looked at; nobody goes through more.
const LOOKED_AT: usize = 100_000;
/// Candidates that are told.
const MOST: usize = 500;

/// `~` at the beginning of a path is the home folder.
pub(super) fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// The data files and folders that begin as typed, files first. Where none does, letters of either case count. Who cancels gets
/// what was found so far.
pub(super) fn candidates(request: &CompletionRequest, cancelled: &dyn Fn() -> bool) -> Vec<Candidate> {
    let typed = request.typed.as_str();
    let (folder, begins) = typed.rsplit_once('/').map_or(("", typed), |(folder, _)| {
        let folder = &typed[..=folder.len()];
        (folder, &typed[folder.len()..])
    });
    if typed == "~" || begins == ".." {
        return vec![Candidate { word: format!("{typed}/"), kind: CandidateKind::Folder }];
    }
    let place = if folder.is_empty() { PathBuf::from(".") } else { at_home(Path::new(folder)) };
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let names = entries.take(LOOKED_AT).take_while(|_| !cancelled()).filter_map(|entry| {
        let entry = entry.ok()?;
        // A name that is no text cannot be typed.
        Some((entry.file_name().into_string().ok()?, entry.path()))
    });
    let mut fitting: Vec<(String, PathBuf)> = names
        .filter(|(name, _)| begins.starts_with('.') || !name.starts_with('.'))
        .filter(|(name, _)| name.to_lowercase().starts_with(&begins.to_lowercase()))
        .collect();
    if fitting.iter().any(|(name, _)| name.starts_with(begins)) {
        fitting.retain(|(name, _)| name.starts_with(begins));
    }
    fitting.sort();
    let kind_of = |path: &Path| {
        let data = fs::metadata(path).ok()?;
        let is_file = !request.folders_only && data.is_file() && is_data(path);
        data.is_dir().then_some(CandidateKind::Folder).or(is_file.then_some(CandidateKind::File(data.len())))
    };
    let candidate = |(name, path): (String, PathBuf)| {
        let kind = kind_of(&path)?;
        let end = if kind == CandidateKind::Folder { "/" } else { "" };
        Some(Candidate { word: format!("{folder}{name}{end}"), kind })
    };
    let found = fitting.into_iter().take_while(|_| !cancelled()).filter_map(candidate);
    let (files, folders): (Vec<_>, Vec<_>) = found.partition(|found| matches!(found.kind, CandidateKind::File(_)));
    files.into_iter().chain(folders).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_and_folders_that_begin_as_typed() {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().to_str().unwrap();
        for name in ["tweets.jsonl", "Table.CSV", "notes.txt", ".hidden.csv", "two words.csv.gz", "تویت.csv"] {
            fs::write(place.path().join(name), "x").unwrap();
        }
        for name in ["tables", "pictures", ".git"] {
            fs::create_dir(place.path().join(name)).unwrap();
        }
        let found = |begins: &str, folders_only| {
            let request = CompletionRequest { number: 0, typed: format!("{root}/{begins}"), folders_only };
            let words = candidates(&request, &|| false).into_iter().map(|found| found.word);
            words.map(|word| word.strip_prefix(&format!("{root}/")).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("t", false), ["tweets.jsonl", "two words.csv.gz", "tables/"]);
        assert_eq!(found("TW", false), ["tweets.jsonl", "two words.csv.gz"]);
        assert_eq!(found("T", false), ["Table.CSV"], "letters as they were typed go first");
        assert_eq!(found("", true), ["pictures/", "tables/"]);
        assert_eq!(found("تو", false), ["تویت.csv"]);
        assert_eq!(found(".", false), [".hidden.csv", ".git/"]);
        assert_eq!(found("..", false), ["../"]);
        assert!(found("nothing", false).is_empty());
        let lost = CompletionRequest { number: 0, typed: format!("{root}/no/such/"), folders_only: false };
        assert!(candidates(&lost, &|| false).is_empty());
    }

    #[test]
    fn a_tilde_is_the_home_folder() {
        assert_eq!(at_home(Path::new("a/~")), Path::new("a/~"));
        assert_eq!(at_home(Path::new("~x/a")), Path::new("~x/a"));
        let home = std::env::home_dir().unwrap();
        assert_eq!((at_home(Path::new("~")), at_home(Path::new("~/a b"))), (home.join(""), home.join("a b")));
        let request = CompletionRequest { number: 0, typed: "~".to_owned(), folders_only: true };
        assert_eq!(candidates(&request, &|| false)[0].word, "~/");
    }

    #[test]
    fn who_leaves_does_not_wait_for_a_large_folder() {
        let place = tempfile::tempdir().unwrap();
        for name in ["a.csv", "b.csv", "c.csv"] {
            fs::write(place.path().join(name), "x").unwrap();
        }
        let request =
            CompletionRequest { number: 0, typed: format!("{}/", place.path().display()), folders_only: false };
        let found_until = |looks: usize| {
            let looked = std::cell::Cell::new(0);
            candidates(&request, &|| looked.replace(looked.get() + 1) >= looks).len()
        };
        assert_eq!(found_until(0), 0, "no name is read");
        assert_eq!(found_until(5), 2, "three names were read, and two files looked at");
        assert_eq!(found_until(usize::MAX), 3);
    }
}
