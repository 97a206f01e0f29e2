//! Pictures of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use crate::model::{AccountId, AvatarRecord, PdqHash};
use crate::store::StoreError;
use crate::store::last_rows::keep_last_row;
use crate::store::pictures::VERSION;

/// The SHA-256 of every picture that need not be decoded again.
pub(super) fn known(connection: &Connection) -> Result<FxHashSet<[u8; 32]>, StoreError> {
    let mut statement = connection.prepare("SELECT sha256 FROM avatar WHERE version = ?1")?;
    let rows = statement.query_map([VERSION], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores a picture, equal bytes once; false where nothing changed.
pub(super) fn put(connection: &Connection, record: &AvatarRecord) -> Result<bool, StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO avatar (id, sha256, pdq, quality, width, height, thumbnail_width, thumbnail_height, thumbnail, turned,
                             version)
         SELECT 1 + value, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM meta WHERE name = 'last_avatar'
         ON CONFLICT (sha256) DO UPDATE SET pdq = ?2, quality = ?3, width = ?4, height = ?5, thumbnail_width = ?6,
             thumbnail_height = ?7, thumbnail = ?8, turned = ?9, version = ?10
         WHERE version <> ?10",
    )?;
    let turned: Vec<u8> = record.turned.iter().flat_map(|PdqHash(bytes)| *bytes).collect();
    let changed = insert.execute(params![
        record.sha256,
        record.pdq.0,
        record.quality,
        record.width,
        record.height,
        record.thumbnail.width,
        record.thumbnail.height,
        record.thumbnail.jpeg,
        turned,
        VERSION,
    ])?;
    if changed > 0 {
        keep_last_row(connection, "avatar")?;
    }
    Ok(changed > 0)
}

/// Gives a picture to an account; false where it keeps the one that it has. Of several the one with the smallest SHA-256
/// stays: nobody says when a picture was taken, and whichever came last would hang on the order of files.
pub(super) fn attach(connection: &Connection, account: AccountId, sha256: &[u8; 32]) -> Result<bool, StoreError> {
    let mut update = connection.prepare_cached(
        "UPDATE account SET avatar_id = picture.id FROM (SELECT id, sha256 FROM avatar WHERE sha256 = ?2) AS picture
         WHERE account.id = ?1 AND NOT EXISTS
             (SELECT 1 FROM avatar AS known WHERE known.id = avatar_id AND known.sha256 <= picture.sha256)",
    )?;
    Ok(update.execute(params![account.0, sha256])? > 0)
}
