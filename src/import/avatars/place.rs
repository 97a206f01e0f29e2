//! Where pictures lie. Nothing outside of the folder that the user named is ever read.

use std::path::{Component, Path, PathBuf};

use super::Wanted;
use crate::import::{ImportError, ImportSummary};
use crate::store::ImportSession;

const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "bmp"];

/// The file that a data file in `folder` names.
pub(in crate::import) fn resolve(folder: &Path, named: &str) -> Result<PathBuf, String> {
    let relative = Path::new(named);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err("it lies outside of the folder of the data file".to_owned());
    }
    let path = folder.join(relative);
    if leads_inside(&path, folder)? {
        Ok(path)
    } else {
        Err("it leads outside of the folder of the data file".to_owned())
    }
}

fn leads_inside(path: &Path, folder: &Path) -> Result<bool, String> {
    let real = path.canonicalize().map_err(|error| error.to_string())?;
    Ok(folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)))
}

/// The pictures of a folder with the accounts that they are named after, by id or handle.
pub(in crate::import) fn find_in_folder(
    session: &mut ImportSession<'_>,
    folder: &Path,
    summary: &mut ImportSummary,
) -> Result<Vec<Wanted>, ImportError> {
    let entries = std::fs::read_dir(folder).map_err(|_| ImportError::NoPictures(folder.to_owned()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && !path.is_dir()
    });
    files.sort();
    let mut wanted = Vec::new();
    for path in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match (check(&path, folder), session.find_account(&stem)?) {
            (Err(reason), _) => summary.skipped_pictures.push((path, reason)),
            (Ok(()), Some(account)) => wanted.push((account, path)),
            (Ok(()), None) => {
                summary
                    .skipped_pictures
                    .push((path, "no account has this id or handle, or several have it".to_owned()));
            }
        }
    }
    Ok(wanted)
}

/// A plain file, or a link to one that stays in the folder.
fn check(path: &Path, folder: &Path) -> Result<(), String> {
    let kind = path.symlink_metadata().map_err(|error| error.to_string())?.file_type();
    if kind.is_symlink() && !leads_inside(path, folder)? {
        return Err("it leads outside of the folder".to_owned());
    }
    if path.is_file() { Ok(()) } else { Err("it is no file".to_owned()) }
}
