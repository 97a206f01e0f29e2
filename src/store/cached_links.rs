//! Links that were computed before, by parameters and data.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Store, StoreError};
use crate::model::{AccountId, AvatarMatch, CoShare, Link, LinkedPair, PairTest};

/// Results that are kept; the one that was not used for longest goes first.
const RESULTS: u32 = 8;
/// Links of a result that is kept: larger ones take as long to read as to compute.
const LARGEST: usize = 500_000;

impl Store {
    /// The links that were computed by `parameters` from data of this version, ascending; `None` where none are kept.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn cached_links(&self, parameters: &str, data_version: i64) -> Result<Option<Vec<LinkedPair>>, StoreError> {
        let sql = "SELECT id FROM linking WHERE parameters = ?1 AND data_version = ?2";
        let id: Option<i64> =
            self.connection.query_row(sql, (parameters, data_version), |row| row.get(0)).optional()?;
        let Some(id) = id else { return Ok(None) };
        let mut statement = self.connection.prepare(
            "SELECT a, b, kept, shared, shared_within, cosine, binary_cosine, median_gap_ms, p, q, same_file, distance
             FROM cached_link WHERE linking_id = ?1 ORDER BY a, b",
        )?;
        let pairs = statement.query_map([id], pair)?;
        Ok(Some(pairs.collect::<Result<_, _>>()?))
    }

    /// Whether so many links are worth being kept.
    #[must_use]
    pub fn keeps_links(count: usize) -> bool {
        count <= LARGEST
    }

    /// Keeps links for the next time. More than half a million are not worth it and are left.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn keep_links(&self, parameters: &str, data_version: i64, pairs: &[LinkedPair]) -> Result<(), StoreError> {
        if !Self::keeps_links(pairs.len()) {
            return Ok(());
        }
        self.aside(|connection| write_links(connection, parameters, data_version, pairs))
    }

    /// Notes that kept links were of use, so that others go first.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn touch_links(&self, parameters: &str) -> Result<(), StoreError> {
        let sql = "UPDATE linking SET used = (SELECT max(used) + 1 FROM linking)
                   WHERE parameters = ?1 AND used < (SELECT max(used) FROM linking)";
        self.aside(|connection| {
            connection.execute(sql, [parameters])?;
            Ok(())
        })
    }
}

fn write_links(
    connection: &Connection,
    parameters: &str,
    data_version: i64,
    pairs: &[LinkedPair],
) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    transaction
        .execute("DELETE FROM linking WHERE parameters = ?1 OR data_version <> ?2", (parameters, data_version))?;
    transaction.execute(
        "DELETE FROM linking WHERE id NOT IN (SELECT id FROM linking ORDER BY used DESC LIMIT ?1)",
        [RESULTS - 1],
    )?;
    transaction.execute(
        "INSERT INTO linking (parameters, data_version, used)
         VALUES (?1, ?2, (SELECT coalesce(max(used), 0) + 1 FROM linking))",
        (parameters, data_version),
    )?;
    let id = transaction.last_insert_rowid();
    let mut insert = transaction
        .prepare("INSERT INTO cached_link VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?;
    for LinkedPair { a, b, link } in pairs {
        let co = link.co_share;
        let test = co.and_then(|co| co.test);
        insert.execute(params![
            id,
            a.0,
            b.0,
            link.co_share_kept,
            co.map(|co| co.shared),
            co.map(|co| co.shared_within),
            co.and_then(|co| co.cosine),
            co.and_then(|co| co.binary_cosine),
            co.and_then(|co| co.median_gap_ms),
            test.map(|test| test.p),
            test.map(|test| test.q),
            link.avatar.map(|found| found == AvatarMatch::Same),
            link.avatar.map(AvatarMatch::distance),
        ])?;
    }
    drop(insert);
    Ok(transaction.commit()?)
}

fn pair(row: &Row<'_>) -> rusqlite::Result<LinkedPair> {
    let shared: Option<u32> = row.get(3)?;
    let co_share = match shared {
        None => None,
        Some(shared) => {
            let (p, q): (Option<f64>, Option<f64>) = (row.get(8)?, row.get(9)?);
            Some(CoShare {
                shared,
                shared_within: row.get(4)?,
                cosine: row.get(5)?,
                binary_cosine: row.get(6)?,
                median_gap_ms: row.get(7)?,
                // Who has the data at hand knows it.
                rounded: 0,
                test: p.zip(q).map(|(p, q)| PairTest { p, q }),
            })
        }
    };
    let (same_file, distance): (Option<bool>, Option<u32>) = (row.get(10)?, row.get(11)?);
    let avatar = distance.map(|distance| match same_file {
        Some(true) => AvatarMatch::Same,
        _ => AvatarMatch::Near(distance),
    });
    let link = Link { co_share, co_share_kept: row.get(2)?, avatar };
    Ok(LinkedPair { a: AccountId(row.get(0)?), b: AccountId(row.get(1)?), link })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs() -> Vec<LinkedPair> {
        let co = CoShare {
            shared: 7,
            shared_within: 3,
            cosine: Some(0.1 + 0.2),
            binary_cosine: None,
            median_gap_ms: Some(1_500),
            rounded: 0,
            test: Some(PairTest { p: 1e-300, q: 0.25 }),
        };
        let link = |co_share, co_share_kept, avatar| Link { co_share, co_share_kept, avatar };
        let bare = CoShare { cosine: None, median_gap_ms: None, test: None, ..co };
        [
            (1, 2, link(Some(co), true, None)),
            (1, 3, link(Some(bare), false, Some(AvatarMatch::Near(0)))),
            (2, 3, link(None, false, Some(AvatarMatch::Same))),
        ]
        .map(|(a, b, link)| LinkedPair { a: AccountId(a), b: AccountId(b), link })
        .to_vec()
    }

    fn store() -> Store {
        let store = Store::in_memory().unwrap();
        let sql = "INSERT INTO account (platform_id) VALUES ('a'), ('b'), ('c')";
        store.connection.execute_batch(sql).unwrap();
        store
    }

    #[test]
    fn links_come_back_as_they_were() {
        let store = store();
        assert_eq!(store.cached_links("x", 1).unwrap(), None);
        store.keep_links("x", 1, &pairs()).unwrap();
        store.keep_links("none", 1, &[]).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), Some(pairs()));
        assert_eq!(store.cached_links("none", 1).unwrap(), Some(Vec::new()));
        store.keep_links("x", 1, &pairs()[..1]).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), Some(pairs()[..1].to_vec()));
    }

    #[test]
    fn links_of_other_data_are_gone() {
        let store = store();
        store.keep_links("x", 1, &pairs()).unwrap();
        assert_eq!(store.cached_links("x", 2).unwrap(), None);
        store.keep_links("y", 2, &pairs()).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), None);
        let rows: u32 = store.connection.query_row("SELECT count(*) FROM cached_link", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 3, "no row stays behind");
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let store = store();
        let names: Vec<String> = (0..=RESULTS).map(|number| number.to_string()).collect();
        for name in &names[..RESULTS as usize] {
            store.keep_links(name, 1, &pairs()).unwrap();
        }
        store.touch_links("0").unwrap();
        store.keep_links(&names[RESULTS as usize], 1, &pairs()).unwrap();
        let kept: Vec<bool> = names.iter().map(|name| store.cached_links(name, 1).unwrap().is_some()).collect();
        assert_eq!(kept.iter().filter(|&&kept| kept).count(), RESULTS as usize);
        assert!(kept[0] && !kept[1]);
    }
}
