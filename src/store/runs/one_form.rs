//! Links that an earlier version kept in several forms of one address.

use std::collections::hash_map::Entry;
use std::ops::ControlFlow;

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

use super::chunks::{RunPlace, RunWriter};
use super::merge::Run;
use super::old::seal_shares;
use super::shares::{pack_shares, share_runs};
use crate::model::ObjectKind;
use crate::store::StoreError;
use crate::text::canonical_link;

const KIND: ObjectKind = ObjectKind::Link;

/// Gives every link the form that it has now, and makes one of those that are one address: the first of them stays.
pub fn one_form_of_links(connection: &Connection) -> Result<(), StoreError> {
    let (moved, renamed) = forms(connection)?;
    if moved.is_empty() && renamed.is_empty() {
        return Ok(());
    }
    let mut rename = connection.prepare("UPDATE object SET key = ?2 WHERE id = ?1")?;
    for (id, form) in renamed {
        rename.execute(params![id, form])?;
    }
    if !moved.is_empty() {
        seal_shares(connection)?;
        let mut statement =
            connection.prepare("SELECT DISTINCT run, import_id FROM share_chunk WHERE kind = ?1 ORDER BY run")?;
        let runs = statement.query_map([KIND.code()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (run, import) in runs.collect::<Result<Vec<(i64, u32)>, _>>()? {
            move_shares(connection, RunPlace { import, run }, &moved)?;
        }
        let mut delete = connection.prepare("DELETE FROM object WHERE id = ?1")?;
        for id in moved.keys() {
            delete.execute([id])?;
        }
    }
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
    Ok(())
}

/// Where each object goes that is one with an earlier one, and what the others are called that have another form now.
type Forms = (FxHashMap<u32, u32>, Vec<(u32, String)>);

fn forms(connection: &Connection) -> Result<Forms, StoreError> {
    let (mut first, mut moved, mut renamed) = (FxHashMap::default(), FxHashMap::default(), Vec::new());
    let mut statement = connection.prepare("SELECT id, key FROM object WHERE kind = ?1 ORDER BY id")?;
    let mut rows = statement.query([KIND.code()])?;
    while let Some(row) = rows.next()? {
        let (id, key): (u32, String) = (row.get(0)?, row.get(1)?);
        let form = canonical_link(&key).unwrap_or_else(|| key.clone());
        let is_other = form != key;
        match first.entry(form) {
            Entry::Occupied(first) => {
                moved.insert(id, *first.get());
            }
            Entry::Vacant(place) => {
                if is_other {
                    renamed.push((id, place.key().clone()));
                }
                place.insert(id);
            }
        }
    }
    Ok((moved, renamed))
}

/// Packs a run anew, with the objects that its shares go to.
fn move_shares(connection: &Connection, place: RunPlace, moved: &FxHashMap<u32, u32>) -> Result<(), StoreError> {
    let RunPlace { import, run } = place;
    let mut entries = Vec::new();
    let of_run = share_runs(connection, KIND)?.into_iter().find(|shares| shares.chunks().place() == place);
    if let Some(mut shares) = of_run {
        while shares.advance()? {
            let mut entry = *shares.entry();
            entry.object = moved.get(&entry.object).copied().unwrap_or(entry.object);
            entries.push(entry);
        }
    }
    let sql = "DELETE FROM share_chunk WHERE kind = ?1 AND import_id = ?2 AND run = ?3";
    connection.execute(sql, params![KIND.code(), import, run])?;
    let mut written = Ok(());
    let mut writer = RunWriter::new(connection, place);
    let _ = pack_shares(KIND, &mut entries, &mut |chunk| {
        written = writer.write(chunk);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectRecord, PostRecord, ShareRow, Timestamp};
    use crate::store::Store;

    fn share(store: &mut Store, shares: &[(&str, &str, i64)]) {
        let mut session = store.import_session().unwrap();
        for &(author, link, at) in shares {
            let post = PostRecord {
                platform_id: format!("{author}-{at}"),
                author: author.to_owned(),
                created_at: Some(Timestamp(at)),
                ..PostRecord::default()
            };
            let key = link.to_owned();
            let object = ObjectRecord { kind: KIND, key, author: None, created_at: None, text: None, synthetic: false };
            session.post(&post, &[object]);
        }
        session.finish().unwrap();
    }

    fn shares(store: &Store) -> Vec<(String, u32, i64)> {
        let mut rows: Vec<ShareRow> = Vec::new();
        let each = &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        store.for_each_share(KIND, each).unwrap();
        let key = |row: &ShareRow| store.objects(&[row.object]).unwrap().remove(0).key;
        rows.iter().map(|row| (key(row), row.account.0, row.at.unwrap().0)).collect()
    }

    #[test]
    fn links_of_one_address_become_one_with_all_who_shared_them() {
        let mut store = Store::in_memory().unwrap();
        let other = "https://b.example/";
        share(&mut store, &[("a", "http://www.news.example/a/", 10), ("a", other, 11)]);
        share(&mut store, &[("b", "https://news.example/a?smid=x", 20), ("a", "https://news.example/a?smid=x", 5)]);
        let version = store.data_version().unwrap();
        one_form_of_links(&store.connection).unwrap();
        let page = "https://news.example/a".to_owned();
        assert_eq!(shares(&store), [(page.clone(), 1, 5), (page, 2, 20), (other.to_owned(), 1, 11)]);
        assert!(store.data_version().unwrap() > version, "links that were kept are of other data");
        let objects: i64 = store.connection.query_row("SELECT count(*) FROM object", [], |row| row.get(0)).unwrap();
        assert_eq!(objects, 2);
        let version = store.data_version().unwrap();
        one_form_of_links(&store.connection).unwrap();
        assert_eq!(store.data_version().unwrap(), version, "nothing is left to do");
        share(&mut store, &[("c", "https://news.example/a", 30)]);
        assert_eq!(shares(&store).len(), 4);
    }
}
