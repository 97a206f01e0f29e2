//! Pictures of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;

use crate::model::{AccountId, AvatarRecord, PdqHash};
use crate::store::StoreError;
use crate::store::last_rows::keep_last_row;
use crate::store::pictures::{Blobs, Measures, VERSION, damaged_pictures};

/// An earlier version: what it read is read again.
const EARLIER: u32 = VERSION - 1;

/// Sees to it that pictures that are damaged are read again; true where there are any.
pub(super) fn reread_damaged(connection: &Connection) -> Result<bool, StoreError> {
    let damaged = damaged_pictures(connection)?;
    let mut update = connection.prepare("UPDATE avatar SET version = ?2 WHERE id = ?1")?;
    for &id in &damaged {
        update.execute([id, EARLIER])?;
    }
    Ok(!damaged.is_empty())
}

/// Removes what nobody carries any more of pictures that were read by an earlier version, or damaged.
pub(super) fn remove_damaged(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM avatar WHERE version <= ?1
               AND id NOT IN (SELECT avatar_id FROM account WHERE avatar_id IS NOT NULL)";
    connection.execute(sql, [EARLIER])?;
    Ok(())
}

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
    let measures = Measures {
        sha256: &record.sha256,
        quality: record.quality,
        size: (record.width, record.height),
        thumbnail: (record.thumbnail.width, record.thumbnail.height),
    };
    let blobs = Blobs::seal(measures, &record.pdq.0, Some(&turned), &record.thumbnail.jpeg);
    let changed = insert.execute(params![
        record.sha256,
        blobs.pdq,
        record.quality,
        record.width,
        record.height,
        record.thumbnail.width,
        record.thumbnail.height,
        blobs.thumbnail,
        blobs.turned,
        VERSION,
    ])?;
    if changed > 0 {
        keep_last_row(connection, "avatar")?;
    }
    Ok(changed > 0)
}

/// Gives a picture to an account; false where it keeps the one that it has. Of several the one with the smallest SHA-256
/// stays: nobody says when a picture was taken, and whichever came last would hang on the order of files. One that is damaged
/// stays nowhere.
pub(super) fn attach(connection: &Connection, account: AccountId, sha256: &[u8; 32]) -> Result<bool, StoreError> {
    let mut update = connection.prepare_cached(
        "UPDATE account SET avatar_id = picture.id FROM (SELECT id, sha256 FROM avatar WHERE sha256 = ?2) AS picture
         WHERE account.id = ?1 AND NOT EXISTS
             (SELECT 1 FROM avatar AS known
              WHERE known.id = avatar_id AND known.version > ?3 AND known.sha256 <= picture.sha256)",
    )?;
    Ok(update.execute(params![account.0, sha256, EARLIER])? > 0)
}
