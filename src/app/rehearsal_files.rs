//! For tests: the files of the rehearsal, and those that were imported.

use super::rehearsal_world::NOON;
use super::{Candidate, CandidateKind};
use crate::model::{Import, InputFile, Timestamp};

/// Files and folders that completion finds.
const FILES: [(&str, CandidateKind); 5] = [
    ("data/tweets-1.jsonl.gz", CandidateKind::File(28_100_000)),
    ("data/tweets-2.jsonl", CandidateKind::File(812)),
    ("data/my own.csv", CandidateKind::File(1_200)),
    ("data/evil\u{202e}vsc.exe\u{1b}[2J.csv", CandidateKind::File(5)),
    ("data/pictures/", CandidateKind::Folder),
];

pub(super) fn candidates(typed: &str, folders_only: bool) -> Vec<Candidate> {
    let files = FILES.iter().filter(|(_, kind)| !folders_only || *kind == CandidateKind::Folder);
    let candidate = |&(word, kind): &(&str, CandidateKind)| Candidate { word: word.to_owned(), kind };
    files.filter(|(word, _)| word.starts_with(typed)).map(candidate).collect()
}

/// The imports that the cache lists.
pub(crate) fn imports() -> Vec<Import> {
    let import = |id, path: &str, finished, records, skipped| Import {
        id,
        finished,
        map: None,
        warnings: if id == 1 { vec!["half of the times are missing".to_owned()] } else { Vec::new() },
        file: InputFile {
            path: path.to_owned(),
            sha256: String::new(),
            bytes: 28_100_000 / u64::from(id),
            format: "twitter-v2".to_owned(),
            imported_at: Timestamp(NOON.0 + i64::from(id) * 60_000),
            records,
            skipped,
        },
    };
    vec![
        import(1, "data/tweets-1.jsonl.gz", true, 128_000, 3),
        import(2, "data/evil\u{202e}vsc.exe\u{1b}[2J.csv", true, 7, 0),
        import(3, "/somewhere/very/far/away/in/a/tree/of/folders/that/never/ends/data/tweets-3.jsonl", false, 0, 0),
    ]
}
