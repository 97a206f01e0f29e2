//! What earlier versions kept without a head: sealed as it is, so that what cannot be read stays to be said.

use rusqlite::{Connection, params};

use super::authors::{Authors, SPAN};
use super::chunks::{Chunks, Content, RunPlace, write_authors};
use super::merge::Run;
use super::posts::PostRun;
use super::seal::{Kind, begin, has_head, seal};
use crate::model::ObjectKind;
use crate::store::StoreError;

/// Seals every chunk of shares that is not.
pub fn seal_shares(connection: &Connection) -> Result<(), StoreError> {
    let old: Vec<(i64, i64)> = {
        let mut statement = connection.prepare("SELECT id, kind FROM share_chunk")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?
    };
    for (id, code) in old {
        let kind = ObjectKind::ALL.into_iter().find(|kind| kind.code() == code);
        if let Some(kind) = kind {
            seal_chunk(connection, "share_chunk", Kind::shares(kind), id, &[])?;
        }
    }
    Ok(())
}

/// Seals every chunk of posts that is not, and notes in which of them whose posts are.
pub fn seal_posts(connection: &Connection, progress: &dyn Fn(f32)) -> Result<(), StoreError> {
    let chunks: Vec<(RunPlace, i64)> = {
        let mut statement = connection.prepare("SELECT run, import_id, id FROM post_chunk ORDER BY run, id")?;
        let chunks =
            statement.query_map([], |row| Ok((RunPlace { run: row.get(0)?, import: row.get(1)? }, row.get(2)?)))?;
        chunks.collect::<Result<_, _>>()?
    };
    for (place, &(_, id)) in chunks.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share is told, no more")]
        progress(place as f32 / chunks.len() as f32);
        // An earlier version did not say what a post shared.
        seal_chunk(connection, "post_chunk", Kind::POSTS, id, &[0])?;
    }
    for run in chunks.chunk_by(|a, b| a.0 == b.0) {
        run.chunks(SPAN).try_for_each(|chunks| note_authors(connection, chunks))?;
    }
    Ok(())
}

/// Puts a head before a chunk, and what its content did not begin with then.
fn seal_chunk(connection: &Connection, table: &str, kind: Kind, id: i64, beginning: &[u8]) -> Result<(), StoreError> {
    let sql = format!("SELECT import_id, run, entries, bytes FROM {table} WHERE id = ?1");
    let sealed = connection.prepare_cached(&sql)?.query_row([id], |row| {
        let place = RunPlace { import: row.get(0)?, run: row.get(1)? };
        let (entries, content): (usize, _) = (row.get(2)?, row.get_ref(3)?.as_blob()?);
        if has_head(content) {
            return Ok(None);
        }
        let mut bytes = begin(kind, entries, beginning.len() + content.len());
        bytes.extend_from_slice(beginning);
        bytes.extend_from_slice(content);
        seal(&mut bytes, &place.bytes());
        Ok(Some(bytes))
    })?;
    if let Some(bytes) = sealed {
        let sql = format!("UPDATE {table} SET bytes = ?2 WHERE id = ?1");
        connection.prepare_cached(&sql)?.execute(params![id, bytes])?;
    }
    Ok(())
}

/// Notes whose posts are in these chunks of a run, which lie one behind the other. Of one that cannot be read nobody
/// knows: a blank note that is of every account says so to whoever asks for one.
fn note_authors(connection: &Connection, chunks: &[(RunPlace, i64)]) -> Result<(), StoreError> {
    let Some(&(place, first)) = chunks.first() else { return Ok(()) };
    let mut authors = Authors::default();
    for &(_, id) in chunks {
        let chunk = u32::try_from(id - first).map_err(|_| StoreError::TooLarge(id - first))?;
        let mut run = PostRun::new(0, Chunks::of_post_rows(connection, place, vec![id]));
        let noted = loop {
            match run.advance() {
                Ok(true) => authors.note(run.entry().account, chunk),
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        match noted {
            Err(StoreError::Damaged | StoreError::DamagedImport { .. }) => {
                write_authors(connection, place, ((0, u32::MAX), id), 0, Vec::new())?;
            }
            noted => noted?,
        }
    }
    let mut written = Ok(());
    let _ = authors.pack(0, &mut |chunk| {
        if let Content::Authors { first: account, last, .. } = chunk.content {
            written = write_authors(connection, place, ((account, last), first), chunk.entries, chunk.bytes);
        }
        if written.is_ok() { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
    });
    written
}
