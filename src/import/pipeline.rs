//! From files to the cache: what parsers read is written batch by batch.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::avatars::{self, Wanted};
use super::batch::Batch;
use super::format::{self, Format};
use super::home::Home;
use super::parsing::parse;
use super::paths::{Named, expand};
use super::source::{Fingerprint, Source};
use super::warnings::Watch;
use super::{FileSummary, ImportError, ImportProgress, ImportRequest, ImportSummary, REASONS};
use crate::model::{AccountRecord, InputFile, Platform};
use crate::store::{ImportSession, ImportStart, Store, StoreError};
use crate::system::now;

/// Imports files into the cache. A file that cannot be imported at all is an error in the summary, and the others
/// are imported all the same.
///
/// # Errors
/// Fails where the request names no format that there is, where the cache fails, and when cancelled. What was
/// imported before stays.
///
/// ```
/// use bot_tui::import::{ImportRequest, NoProgress, import};
/// use bot_tui::store::Store;
///
/// let mut store = Store::in_memory()?;
/// let request = ImportRequest { paths: vec!["sample-data".into()], ..ImportRequest::default() };
/// let summary = import(&mut store, &request, &NoProgress)?;
/// assert!(summary.errors.is_empty());
/// assert_eq!(store.account_count()?, 900);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn import(
    store: &mut Store,
    request: &ImportRequest,
    progress: &dyn ImportProgress,
) -> Result<ImportSummary, ImportError> {
    let mut summary = ImportSummary::default();
    import_into(store, request, progress, &mut summary)?;
    Ok(summary)
}

/// The same, for whoever wants to know what was read and skipped before it failed or was cancelled: the last file of
/// `summary` is then one that was not read to its end.
///
/// # Errors
/// As `import`.
pub fn import_into(
    store: &mut Store,
    request: &ImportRequest,
    progress: &dyn ImportProgress,
    summary: &mut ImportSummary,
) -> Result<(), ImportError> {
    let forced: Option<&dyn Format> = match (&request.map, &request.format) {
        (Some(map), _) => Some(map),
        (None, Some(name)) => {
            Some(format::by_name(name).ok_or_else(|| ImportError::NoSuchFormat { name: name.clone() })?)
        }
        (None, None) => None,
    };
    summary.before = store.counts()?;
    let mut files = Vec::new();
    for path in &request.paths {
        match expand(path) {
            Ok(found) => files.extend(found),
            Err(error) => summary.errors.push(error),
        }
    }
    let total = files.iter().filter_map(|file| std::fs::metadata(&file.path).ok()).map(|file| file.len()).sum();
    import_files(store, request, files, Start { forced, summary, progress, total })?;
    summary.after = store.counts()?;
    Ok(())
}

struct Start<'a> {
    forced: Option<&'a dyn Format>,
    summary: &'a mut ImportSummary,
    progress: &'a dyn ImportProgress,
    total: u64,
}

fn import_files(
    store: &mut Store,
    request: &ImportRequest,
    files: Vec<Named>,
    start: Start<'_>,
) -> Result<(), ImportError> {
    let Start { forced, summary, progress, total } = start;
    let mut wait_on = || {
        progress.waits();
        !progress.is_cancelled()
    };
    let session = match store.import_session_while(&mut wait_on) {
        Err(StoreError::Busy) if progress.is_cancelled() => return Err(ImportError::Cancelled),
        session => session?,
    };
    progress.advanced(0, total);
    let done = Arc::new(AtomicU64::new(0));
    let platform = request.platform.as_ref();
    let mut importer = Importer { session, forced, platform, summary, progress, total, done, records: 0 };
    for file in files {
        importer.file(file)?;
    }
    if let Some(folder) = &request.avatars {
        importer.pictures_of(folder)?;
    }
    Ok(importer.session.finish()?)
}

struct Importer<'a> {
    session: ImportSession<'a>,
    forced: Option<&'a dyn Format>,
    platform: Option<&'a Platform>,
    summary: &'a mut ImportSummary,
    progress: &'a dyn ImportProgress,
    total: u64,
    done: Arc<AtomicU64>,
    records: u64,
}

impl Importer<'_> {
    fn file(&mut self, file: Named) -> Result<(), ImportError> {
        let before = self.done.load(Ordering::Relaxed);
        match self.read_file(&file.path, before) {
            Ok(()) => Ok(()),
            Err(ImportError::UnknownFormat { path, .. }) if file.in_folder => {
                self.summary.left_alone.push(path);
                Ok(())
            }
            Err(error @ (ImportError::Store(_) | ImportError::Cancelled | ImportError::Thread(_))) => Err(error),
            Err(error) => {
                self.summary.errors.push(error);
                Ok(())
            }
        }
    }

    fn read_file(&mut self, path: &Path, bytes_before: u64) -> Result<(), ImportError> {
        let source = Source::open(path, Arc::clone(&self.done))?;
        let unknown = || ImportError::unknown_format(path, source.head());
        let format = self.forced.or_else(|| format::detect(source.head())).ok_or_else(unknown)?;
        let wrong = |reason| ImportError::WrongHeading { path: path.to_owned(), format: format.name(), reason };
        format::check(format, source.head()).map_err(wrong)?;
        let home = Home::find(&self.session, (path, &source), format, self.platform)?;
        let import = self.begin(path, &source, format, home.platform)?;
        let mut reading = Reading::new(path, format.name(), import);
        reading.summary.warnings = home.assumed;
        let read = parse(source, format, |batch, more| self.write(batch, more, &mut reading));
        let ended = read.and_then(|found| self.finish_file(&mut reading, found, bytes_before));
        reading.summary.unfinished |= ended.is_err();
        self.summary.files.push(reading.summary);
        ended
    }

    fn begin(
        &mut self,
        path: &Path,
        source: &Source,
        format: &dyn Format,
        platform: Platform,
    ) -> Result<u32, ImportError> {
        let (head, bytes) = (source.head_hash(), source.size());
        // Reading the file twice pays only where it may be one that is known.
        let known = self.session.is_likely_known(&head, bytes)?;
        let sha256 = if known { super::source::hash_file(path) } else { None };
        Ok(self.session.begin(&ImportStart {
            path: path.display().to_string(),
            head,
            sha256,
            bytes,
            format: format.how(),
            platform,
            at: now(),
        })?)
    }

    fn write(&mut self, batch: Batch, more_waits: bool, reading: &mut Reading) -> Result<(), ImportError> {
        self.take(batch, reading)?;
        self.progress.advanced(self.done.load(Ordering::Relaxed), self.total);
        self.progress.counted(self.records);
        if self.progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        if self.session.is_full() {
            self.session.checkpoint()?;
        } else if !more_waits {
            self.session.write_names()?;
        }
        Ok(())
    }

    fn take(&mut self, mut batch: Batch, reading: &mut Reading) -> Result<(), ImportError> {
        reading.summary.records += batch.records();
        self.records += batch.records();
        reading.summary.messages += batch.messages;
        reading.summary.skipped += batch.skipped();
        reading.summary.unfinished |= batch.ends_early;
        reading.summary.deletions += batch.deleted.len() as u64;
        reading.watch.posts(&batch.watch);
        reading.watch.ids(std::mem::take(&mut batch.ids), std::mem::take(&mut batch.left_out));
        self.summary.self_retweets += batch.watch.self_retweets;
        batch.for_each_post(|post, objects| self.session.post_ref(post, objects));
        for record in batch.accounts {
            self.take_account(&record, reading)?;
        }
        for platform_id in batch.deleted {
            self.session.delete(&platform_id);
        }
        for line in batch.skipped {
            if reading.summary.reasons.len() < REASONS {
                reading.summary.reasons.push(line.clone());
                self.session.reject(line);
            }
        }
        Ok(())
    }

    fn take_account(&mut self, record: &AccountRecord, reading: &mut Reading) -> Result<(), ImportError> {
        reading.watch.account(record);
        let account = self.session.account(record)?;
        if let Some(named) = &record.avatar_file {
            match avatars::resolve(&reading.folder, named) {
                Ok(path) => reading.pictures.push((account, path)),
                Err(reason) => self.summary.skipped_pictures.push((PathBuf::from(named), reason)),
            }
        }
        Ok(())
    }

    fn finish_file(&mut self, reading: &mut Reading, found: Fingerprint, before: u64) -> Result<(), ImportError> {
        let pictures = std::mem::take(&mut reading.pictures);
        avatars::attach(&mut self.session, pictures, self.summary, self.progress)?;
        let file = &mut reading.summary;
        file.warnings.extend(reading.watch.warnings());
        let input = InputFile {
            path: file.path.display().to_string(),
            sha256: found.sha256,
            bytes: found.bytes - before,
            format: file.format.to_owned(),
            imported_at: now(),
            records: file.records,
            skipped: file.skipped,
        };
        self.session.warn(&file.warnings)?;
        self.session.mark_rounded(&reading.watch.rounded())?;
        let ended = self.session.end(&input, !file.unfinished)?;
        file.known_before = ended.known.is_some();
        file.import = ended.known.unwrap_or(file.import);
        file.replaced = ended.replaced;
        Ok(self.session.checkpoint()?)
    }

    fn pictures_of(&mut self, folder: &Path) -> Result<(), ImportError> {
        match avatars::find_in_folder(&mut self.session, folder, self.summary) {
            Ok(wanted) => avatars::attach(&mut self.session, wanted, self.summary, self.progress),
            Err(error @ ImportError::NoPictures(_)) => {
                self.summary.errors.push(error);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// A file that is being read.
struct Reading {
    summary: FileSummary,
    /// Where the pictures that it names lie.
    folder: PathBuf,
    pictures: Vec<Wanted>,
    watch: Watch,
}

impl Reading {
    fn new(path: &Path, format: &'static str, import: u32) -> Self {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Self {
            folder: folder.to_owned(),
            pictures: Vec::new(),
            watch: Watch::default(),
            summary: FileSummary { import, path: path.to_owned(), format, ..FileSummary::default() },
        }
    }
}
