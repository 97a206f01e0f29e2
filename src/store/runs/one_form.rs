//! Targets that an earlier version kept in several forms of one: addresses, hashtags and statements.

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
use crate::text::{canonical_link, fold_for_search, statement, statement_key};

/// Gives every link the form that it has now, and makes one of those that are one address: the first of them stays.
pub fn one_form_of_links(connection: &Connection) -> Result<(), StoreError> {
    one_form(connection, ObjectKind::Link)
}

/// The same for everything whose form follows from what it says.
pub fn one_form_of_all(connection: &Connection) -> Result<(), StoreError> {
    [ObjectKind::Link, ObjectKind::Hashtag, ObjectKind::Text]
        .into_iter()
        .try_for_each(|kind| one_form(connection, kind))
}

fn one_form(connection: &Connection, kind: ObjectKind) -> Result<(), StoreError> {
    let (moved, renamed) = forms(connection, kind)?;
    if moved.is_empty() && renamed.is_empty() {
        return Ok(());
    }
    if !moved.is_empty() {
        seal_shares(connection)?;
        let mut statement =
            connection.prepare("SELECT DISTINCT run, import_id FROM share_chunk WHERE kind = ?1 ORDER BY run")?;
        let runs = statement.query_map([kind.code()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for (run, import) in runs.collect::<Result<Vec<(i64, u32)>, _>>()? {
            move_shares(connection, kind, RunPlace { import, run }, &moved)?;
        }
        // What several files say of one is the same but for its form.
        let mut keep = connection.prepare("UPDATE OR IGNORE detail SET object_id = ?2 WHERE object_id = ?1")?;
        let mut drop = connection.prepare("DELETE FROM detail WHERE object_id = ?1")?;
        let mut delete = connection.prepare("DELETE FROM object WHERE id = ?1")?;
        for (id, first) in &moved {
            keep.execute([id, first])?;
            drop.execute([id])?;
            delete.execute([id])?;
        }
    }
    let mut rename = connection.prepare("UPDATE object SET key = ?2 WHERE id = ?1")?;
    for (id, form) in renamed {
        rename.execute(params![id, form])?;
    }
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'data_version'", [])?;
    Ok(())
}

/// Where each object goes that is one with an earlier one, and what the others are called that have another form now.
type Forms = (FxHashMap<u32, u32>, Vec<(u32, String)>);

fn forms(connection: &Connection, kind: ObjectKind) -> Result<Forms, StoreError> {
    let (mut first, mut moved, mut renamed) = (FxHashMap::default(), FxHashMap::default(), Vec::new());
    let mut statement = connection.prepare(
        "SELECT id, key, (SELECT text FROM detail WHERE object_id = id AND text IS NOT NULL ORDER BY import_id LIMIT 1)
         FROM object WHERE kind = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([kind.code()])?;
    while let Some(row) = rows.next()? {
        let (id, key): (u32, String) = (row.get(0)?, row.get(1)?);
        let form = form(kind, &key, row.get_ref(2)?.as_str_or_null()?).unwrap_or_else(|| key.clone());
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

/// The key that an object has now; `None` where it stays.
fn form(kind: ObjectKind, key: &str, text: Option<&str>) -> Option<String> {
    match kind {
        ObjectKind::Link => canonical_link(key),
        ObjectKind::Hashtag => Some(fold_for_search(key)),
        // What is in ASCII was never folded in another way.
        ObjectKind::Text => Some(statement_key(&statement(text.filter(|text| !text.is_ascii())?)?)),
        _ => None,
    }
}

/// Packs a run anew, with the objects that its shares go to.
fn move_shares(
    connection: &Connection,
    kind: ObjectKind,
    place: RunPlace,
    moved: &FxHashMap<u32, u32>,
) -> Result<(), StoreError> {
    let RunPlace { import, run } = place;
    let mut entries = Vec::new();
    let of_run = share_runs(connection, kind)?.into_iter().find(|shares| shares.chunks().place() == place);
    if let Some(mut shares) = of_run {
        while shares.advance()? {
            let mut entry = *shares.entry();
            entry.object = moved.get(&entry.object).copied().unwrap_or(entry.object);
            entries.push(entry);
        }
    }
    let sql = "DELETE FROM share_chunk WHERE kind = ?1 AND import_id = ?2 AND run = ?3";
    connection.execute(sql, params![kind.code(), import, run])?;
    let mut written = Ok(());
    let mut writer = RunWriter::new(connection, place);
    let _ = pack_shares(kind, &mut entries, &mut |chunk| {
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

    const KIND: ObjectKind = ObjectKind::Link;

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

    /// What is kept of each target that was shared: its key, and who shared it.
    fn kept(store: &Store, kind: ObjectKind) -> Vec<(String, Option<String>, Vec<u32>)> {
        let mut who = std::collections::BTreeMap::<_, Vec<u32>>::new();
        let each = &mut |row: ShareRow| {
            who.entry(row.object).or_default().push(row.account.0);
            ControlFlow::Continue(())
        };
        store.for_each_share(kind, each).unwrap();
        let named = |(object, who)| {
            let object = store.objects(&[object]).unwrap().remove(0);
            (object.key, object.text, who)
        };
        who.into_iter().map(named).collect()
    }

    #[test]
    fn what_was_folded_in_another_way_becomes_one() {
        let mut store = Store::in_memory().unwrap();
        let said = ["Die Straße ist heute ganz leer", "DIE STRASSE IST HEUTE GANZ LEER"];
        let keys = ["die straße ist heute ganz leer", "die strasse ist heute ganz leer"].map(statement_key);
        for (author, (text, key), tag) in [("a", (said[0], &keys[0]), "straße"), ("b", (said[1], &keys[1]), "strasse")]
        {
            let mut session = store.import_session().unwrap();
            let post =
                PostRecord { platform_id: author.to_owned(), author: author.to_owned(), ..PostRecord::default() };
            let object = |kind, key: &str, text: &str| ObjectRecord {
                kind,
                key: key.to_owned(),
                author: None,
                created_at: None,
                text: Some(text.to_owned()),
                synthetic: false,
            };
            session.post(&post, &[object(ObjectKind::Text, key, text), object(ObjectKind::Hashtag, tag, tag)]);
            session.finish().unwrap();
        }
        let version = store.data_version().unwrap();
        one_form_of_all(&store.connection).unwrap();
        let tag = kept(&store, ObjectKind::Hashtag).remove(0);
        assert_eq!((tag.0.as_str(), tag.2), ("strasse", vec![1, 2]));
        let text = kept(&store, ObjectKind::Text);
        assert_eq!(text.len(), 1);
        assert_eq!((&text[0].0, &text[0].2), (&keys[1], &vec![1, 2]));
        assert!(said.contains(&text[0].1.as_deref().unwrap()), "the words are those of one who said them");
        assert!(store.data_version().unwrap() > version);
        let orphans = "SELECT count(*) FROM detail WHERE object_id NOT IN (SELECT id FROM object)";
        assert_eq!(store.connection.query_row(orphans, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
        let version = store.data_version().unwrap();
        one_form_of_all(&store.connection).unwrap();
        assert_eq!(store.data_version().unwrap(), version, "nothing is left to do");
    }
}
