//! Blobs of an earlier version, which had no heads, brought over one after the other: so little is held at once.

use rusqlite::{Connection, params};

use super::StoreError;
use super::pictures::seal_pictures;
use super::runs::{seal_posts, seal_shares};
use super::sights;

/// Profiles that are held at once.
const BATCH: u32 = 10_000;

/// Seals every blob that lies in a row of an earlier version.
pub(super) fn seal_all(connection: &Connection) -> Result<(), StoreError> {
    seal_posts(connection)?;
    seal_shares(connection)?;
    seal_sights(connection)?;
    seal_pictures(connection)
}

/// Account, import and the times of a profile.
type Row = (u32, u32, Option<Vec<u8>>);

fn seal_sights(connection: &Connection) -> Result<(), StoreError> {
    let mut next = connection.prepare(
        "SELECT account_id, import_id, seen FROM profile WHERE (account_id, import_id) > (?1, ?2) AND seen IS NOT NULL
         ORDER BY account_id, import_id LIMIT ?3",
    )?;
    let mut update = connection.prepare("UPDATE profile SET seen = ?3 WHERE account_id = ?1 AND import_id = ?2")?;
    let mut last = (-1, -1);
    loop {
        let rows = next.query_map(params![last.0, last.1, BATCH], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
        let Some(&(account, import, _)) = rows.last() else { return Ok(()) };
        last = (i64::from(account), i64::from(import));
        for (account, import, seen) in rows {
            let sights = sights::unpack_old(&seen.unwrap_or_default());
            update.execute(params![account, import, sights::pack(&sights, (account, import))])?;
        }
    }
}
