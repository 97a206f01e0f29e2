//! Blobs of an earlier version, which had no heads, brought over one after the other: so little is held at once.

use rusqlite::{Connection, params};

use super::StoreError;
use super::last_rows::largest_row;
use super::pictures::seal_pictures;
use super::runs::{seal_posts, seal_shares};
use super::schema::Progress;
use super::sights;

/// Profiles that are held at once.
const BATCH: u32 = 10_000;
/// Chunks that take a second or so.
const LONG: u32 = 1_000;

/// Seals every blob that lies in a row of an earlier version.
pub(super) fn seal_all(connection: &Connection, progress: Progress<'_>) -> Result<(), StoreError> {
    let progress = if takes_long(connection)? { progress } else { &|_| {} };
    // What each takes of the time, about.
    let part = |from: f32, to: f32| move |done: f32| progress(from + (to - from) * done);
    seal_posts(connection, &part(0.0, 0.5))?;
    seal_shares(connection)?;
    seal_sights(connection, &part(0.6, 0.9))?;
    seal_pictures(connection)
}

/// Whether there is so much that somebody would wonder what takes so long.
fn takes_long(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM post_chunk) + (SELECT count(*) FROM share_chunk)";
    let chunks: u32 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(chunks > LONG || largest_row(connection, "account")? > LONG * 100)
}

/// Account, import and the times of a profile.
type Row = (u32, u32, Option<Vec<u8>>);

fn seal_sights(connection: &Connection, progress: Progress<'_>) -> Result<(), StoreError> {
    let accounts = f64::from(largest_row(connection, "account")?).max(1.0);
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
        #[expect(clippy::cast_possible_truncation, reason = "a share is told, no more")]
        progress((f64::from(account) / accounts) as f32);
        for (account, import, seen) in rows {
            let sights = sights::unpack_old(&seen.unwrap_or_default());
            update.execute(params![account, import, sights::pack(&sights, (account, import))])?;
        }
    }
}
