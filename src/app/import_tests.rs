//! Importing from inside: what the keys do to a session.

use std::sync::Arc;

use super::rehearsal::{FIGURE, Rehearsal};
use super::{
    Action, Advance, EntryPurpose, FileReport, ImportOrder, ImportOutcome, ImportReport, Job, Made, Message,
    NoticeKind, Place, ReadSoFar,
};
use crate::analysis::Roster;
use crate::model::{AccountId, Counts, SkippedLine};

fn line(session: &Rehearsal) -> String {
    session.state.entry.as_ref().unwrap().text()
}

fn shown(session: &Rehearsal) -> Vec<&str> {
    session.state.completion.iter().flat_map(|all| &all.candidates).map(|candidate| candidate.word.as_str()).collect()
}

fn ended(session: &mut Rehearsal, outcome: ImportOutcome, roster: Option<Arc<Roster>>) {
    session.receive(Message::made(0, Made::Import { outcome, roster }));
}

fn report(records: u64) -> ImportReport {
    let reasons = vec![SkippedLine { line: 7, reason: "no id".to_owned() }];
    let file =
        FileReport { import: 1, path: "a.csv".to_owned(), records, skipped: 1, reasons, ..FileReport::default() };
    ImportReport { files: vec![file], ..ImportReport::default() }
}

/// The roster of a session without the accounts behind `last`.
fn roster_up_to(session: &Rehearsal, last: u32) -> Arc<Roster> {
    let accounts = session.state.roster.as_ref().unwrap().accounts();
    let left = accounts.iter().filter(|account| account.id.0 <= last).cloned().collect();
    Arc::new(Roster::new(left, Counts::default()))
}

#[test]
fn a_path_is_completed_as_it_is_typed() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]);
    assert_eq!(shown(&session).len(), 5, "what lies there is shown at once");
    session.type_text("d").act(&[Action::CompleteNext]);
    assert_eq!(line(&session), "data/", "as far as all agree");
    session.type_text("t").act(&[Action::CompleteNext]);
    assert_eq!(line(&session), "data/tweets-");
    session.act(&[Action::CompleteNext]);
    assert_eq!(line(&session), "data/tweets-1.jsonl.gz");
    session.act(&[Action::CompleteNext]);
    assert_eq!(line(&session), "data/tweets-2.jsonl");
    session.act(&[Action::CompletePrevious, Action::CompletePrevious]);
    assert_eq!(line(&session), "data/tweets-2.jsonl", "it goes round");
    session.type_text(" data/my").act(&[Action::CompleteNext]);
    assert_eq!(line(&session), "data/tweets-2.jsonl 'data/my own.csv'", "blanks are held together");
    session.type_text(" --av").act(&[Action::CompleteNext]).type_text("data").act(&[Action::CompleteNext]);
    session.type_text(" --format tw").act(&[Action::CompleteNext, Action::EntryDown]);
    session.act(&[Action::Accept]);
    let order = ImportOrder {
        line: "data/tweets-2.jsonl 'data/my own.csv' --avatars data/pictures/ --format twitter-v1".to_owned(),
        paths: vec!["data/tweets-2.jsonl".into(), "data/my own.csv".into()],
        format: Some("twitter-v1".to_owned()),
        map: None,
        platform: None,
        avatars: Some("data/pictures/".into()),
    };
    assert_eq!(session.ordered, [order]);
    assert!(session.state.completion.is_none() && session.state.jobs.runs(Job::Importing));
}

#[test]
fn a_hostile_name_goes_into_the_order_as_it_is() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("data/e").act(&[Action::CompleteNext, Action::Accept]);
    assert_eq!(session.ordered[0].paths, [std::path::PathBuf::from("data/evil\u{202e}vsc.exe\u{1b}[2J.csv")]);
}

#[test]
fn what_was_found_for_other_letters_is_not_taken() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("data/tweets-2");
    let before = shown(&session).len();
    let number = session.state.completing;
    session.receive(Message::Completed { number: number - 1, candidates: Vec::new() });
    assert_eq!((before, shown(&session).len()), (1, 1));
    session.act(&[Action::Abandon]);
    session.receive(Message::Completed { number, candidates: Vec::new() });
    assert!(session.state.completion.is_none() && session.ordered.is_empty());
}

#[test]
fn a_file_that_is_dropped_is_what_to_import() {
    let mut session = Rehearsal::new();
    session.paste("'/data/my own.csv' \n");
    assert_eq!(line(&session), "'/data/my own.csv'");
    session.type_text(" ").paste("/data/b.csv\r\n/data/c.csv\n").act(&[Action::Accept]);
    assert_eq!(session.ordered[0].paths.len(), 3);
    let mut session = Rehearsal::new();
    session.paste("no path, so nothing happens");
    assert!(session.state.entry.is_none());
    session.act(&[Action::Search]).paste("/lamp");
    assert_eq!(session.state.accounts.query, "/lamp", "an open line takes what is pasted");
}

#[test]
fn a_wrong_line_is_answered_and_comes_back_to_be_mended() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("data/tweets-2.jsonl --format xls").act(&[Action::Accept]);
    assert!(session.notice().contains("`xls` is no format; use one of native"), "{}", session.notice());
    session.act(&[Action::Import]);
    assert_eq!(line(&session), "data/tweets-2.jsonl --format xls");
    session.act(&[Action::DeleteLine, Action::Accept]);
    assert!(session.notice().starts_with("Nothing was imported"), "{}", session.notice());
    assert!(session.ordered.is_empty() && !session.state.jobs.runs(Job::Importing));
}

#[test]
fn an_import_that_waits_for_another_program_says_so_until_it_begins() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept]);
    let waits = Advance { what: Some("waiting for another program"), ..Advance::default() };
    session.receive(Message::advanced(Job::Importing, 0, waits));
    let importing = |session: &Rehearsal| session.state.jobs.get(Job::Importing).map(|work| (work.what, work.read));
    assert_eq!(importing(&session), Some(("waiting for another program", None)));
    let read = ReadSoFar { bytes: 0, of_bytes: 9, records: 0 };
    session.receive(Message::advanced(Job::Importing, 0, read));
    assert_eq!(importing(&session), Some(("importing", Some(read))));
}

#[test]
fn a_report_of_the_past_tells_the_warnings_that_the_cache_keeps() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Imports]).receive(Message::Imports(crate::app::rehearsal_files::imports()));
    session.receive(Message::Rejected { import: 1, lines: Vec::new() });
    let report =
        session.state.stack.has(Place::Report).then(|| session.state.places.report.report.files[0].warnings.clone());
    assert_eq!(report, Some(vec!["half of the times are missing".to_owned()]));
}

#[test]
fn an_import_keeps_what_was_chosen_and_marked_and_links_anew() {
    let mut session = Rehearsal::new();
    let all = Arc::clone(session.state.roster.as_ref().unwrap());
    let few = roster_up_to(&session, 10);
    session.state.roster = None;
    session.receive(Message::made(0, Made::Roster(few)));
    session.act(&[Action::Down, Action::Mark, Action::Down, Action::TagUnsure, Action::Mark, Action::Up]);
    let (chosen, marks) = (session.state.chosen(), session.state.marks.clone());
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept]);
    let read = ReadSoFar { bytes: 50, of_bytes: 100, records: 9 };
    session.receive(Message::advanced(Job::Importing, 0, read));
    assert_eq!(session.state.jobs.get(Job::Importing).unwrap().read, Some(read));
    ended(&mut session, ImportOutcome::Imported(Box::new(report(9))), Some(all));
    assert_eq!(session.listed().len(), 20);
    assert_eq!((session.state.chosen(), &session.state.marks, session.state.tags.labelled()), (chosen, &marks, 1));
    let notice =
        "Imported 9 records of 1 file; 1 line could not be read · 66 links by co-retweet cosine:0.5: 0 new, 0 gone";
    assert_eq!(session.notice(), notice);
    assert_eq!(session.state.place(), Place::Report, "the report opens");
    session.act(&[Action::ReportClose]);
    assert!(!session.state.jobs.runs(Job::Importing) && session.state.import_line.is_empty());
    session.act(&[Action::Import]);
    assert_eq!(line(&session), "", "what was done need not be mended");
}

#[test]
fn the_first_import_begins_at_the_head_of_the_list() {
    let mut session = Rehearsal::new();
    let all = Arc::clone(session.state.roster.as_ref().unwrap());
    let nobody = roster_up_to(&session, 0);
    session.state.roster = None;
    session.receive(Message::made(0, Made::Roster(nobody)));
    assert!(session.state.is_empty());
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept]);
    ended(&mut session, ImportOutcome::Imported(Box::new(report(9))), Some(all));
    assert_eq!((session.state.accounts.cursor.row, session.chosen().as_str()), (0, "@lamp_01"));
    assert_eq!(session.notice(), "Imported 9 records of 1 file; 1 line could not be read");
}

#[test]
fn accounts_that_are_gone_are_neither_marked_nor_jumped_to() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Last, Action::Mark, Action::First, Action::OpenNeighbours, Action::Last, Action::Jump]);
    assert_eq!(session.state.jumps.depth(), 1);
    session.act(&[Action::Imports, Action::TakeBack]);
    assert!(session.taken_back.is_empty(), "the first key only says what will be gone");
    session.act(&[Action::TakeBack]);
    assert_eq!(session.taken_back, [3], "the latest file stands first");
    let few = roster_up_to(&session, 0);
    ended(&mut session, ImportOutcome::TakenBack("a.csv".to_owned()), Some(few));
    assert!(session.state.marks.is_empty() && session.state.jumps.depth() == 0 && session.listed().is_empty());
    assert!(session.state.account(FIGURE).is_none());
}

#[test]
fn another_key_leaves_the_file_that_was_about_to_be_taken_back() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Imports, Action::TakeBack, Action::ImportsClose]);
    assert!(session.state.stack.has(Place::Imports), "leaving it is all that this key did");
    session.act(&[Action::TakeBack, Action::ImportsDown, Action::TakeBack, Action::ImportsUp, Action::TakeBack]);
    assert!(session.taken_back.is_empty());
    session.act(&[Action::ImportsClose, Action::ImportsClose]);
    assert!(!session.state.stack.has(Place::Imports));
}

#[test]
fn the_list_shows_what_was_read_of_a_file_in_an_earlier_session() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Imports, Action::ImportsDown, Action::ImportsDown, Action::ImportsDown]);
    session.act(&[Action::ImportsReport]);
    let file = &session.state.places.report.report.files[0];
    assert_eq!((file.import, file.records, file.reasons.len()), (1, 128_000, 3));
    session.act(&[Action::ReportFormat]);
    assert_eq!(session.notice(), "Every file here was read in a format that is known.");
    session.act(&[Action::ReportClose, Action::ImportsAdd]);
    assert_eq!(session.state.entry.as_ref().unwrap().purpose, EntryPurpose::Import);
}

#[test]
fn a_format_that_was_not_recognised_can_be_named() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("'my own.txt'").act(&[Action::Accept]);
    let errors = vec!["my own.txt is in no format that is known".to_owned()];
    let unknown = vec!["my own.txt".to_owned()];
    ended(
        &mut session,
        ImportOutcome::Imported(Box::new(ImportReport { errors, unknown, ..ImportReport::default() })),
        None,
    );
    assert_eq!(session.notice(), "Nothing was imported: my own.txt is in no format that is known");
    let errors = vec!["one".to_owned(), "two".to_owned()];
    let neither = ImportReport { errors, unknown: vec!["my own.txt".to_owned()], ..ImportReport::default() };
    ended(&mut session, ImportOutcome::Imported(Box::new(neither)), None);
    assert_eq!(session.notice(), "Nothing was imported; the report says why.");
    session.act(&[Action::ReportFormat]);
    assert_eq!(line(&session), "'my own.txt' --format ");
    assert_eq!(shown(&session), ["native", "twitter-v1", "twitter-v2"]);
    session.act(&[Action::Abandon, Action::ReportClose, Action::Import]);
    assert_eq!(line(&session), "'my own.txt' --format ");
}

#[test]
fn escape_stops_an_import_and_then_linking() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept, Action::Import]);
    assert!(session.state.entry.is_none() && session.notice().contains("under way"), "{}", session.notice());
    session.receive(Message::advanced(Job::Links, 0, 0.5));
    session.act(&[Action::Escape]);
    assert!(
        session.stopped == 1
            && session.state.can_cancel()
            && !session.state.jobs.get(Job::Importing).unwrap().can_cancel
    );
    session.act(&[Action::Escape]);
    assert!(session.stopped == 1 && !session.state.can_cancel());
    ended(
        &mut session,
        ImportOutcome::Imported(Box::new(ImportReport { cancelled: true, ..ImportReport::default() })),
        None,
    );
    assert!(session.notice().starts_with("The import was cancelled"), "{}", session.notice());
    assert!(!session.state.jobs.runs(Job::Importing));
}

#[test]
fn what_cannot_be_imported_is_said_with_what_to_do() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept]);
    ended(&mut session, ImportOutcome::Failed("another program writes to the cache".to_owned()), None);
    let notice = session.state.notice.clone().unwrap();
    assert_eq!((notice.kind, notice.text.as_str()), (NoticeKind::Error, "another program writes to the cache"));
    session.act(&[Action::Import]);
    assert_eq!(line(&session), "a.csv");
}

#[test]
fn whoever_types_is_not_interrupted_by_a_report() {
    let mut session = Rehearsal::new();
    session.act(&[Action::Import]).type_text("a.csv").act(&[Action::Accept, Action::Note]).type_text("half a no");
    ended(&mut session, ImportOutcome::Imported(Box::new(report(9))), None);
    assert_eq!((session.state.place(), line(&session).as_str()), (Place::Entry, "half a no"));
    assert!(!session.state.stack.has(Place::Report) && session.state.last_report.is_some());
    session.type_text("te").act(&[Action::Accept]);
    assert_eq!(session.state.tags.note(AccountId(1)), Some("half a note"));
}
