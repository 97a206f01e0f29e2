//! Pictures of an import.

use rusqlite::{Connection, params};

use crate::model::{AccountId, AvatarRecord};
use crate::store::StoreError;

/// Stores a picture, equal bytes once, and gives it to the account; false where nothing changed.
pub(super) fn attach(connection: &Connection, account: AccountId, record: &AvatarRecord) -> Result<bool, StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO avatar (sha256, pdq, quality, width, height, thumbnail_width, thumbnail_height, thumbnail)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    )?;
    let new = insert.execute(params![
        record.sha256,
        record.pdq.0,
        record.quality,
        record.width,
        record.height,
        record.thumbnail.width,
        record.thumbnail.height,
        record.thumbnail.rgb
    ])?;
    let mut update = connection.prepare_cached(
        "UPDATE account SET avatar_id = picture.id FROM (SELECT id FROM avatar WHERE sha256 = ?2) AS picture
         WHERE account.id = ?1 AND avatar_id IS NOT picture.id",
    )?;
    let attached = update.execute(params![account.0, record.sha256])?;
    Ok(new + attached > 0)
}
