//! Links that were computed before, by parameters and data.

use rusqlite::{Connection, OptionalExtension, params};

use super::packed_links::{CHUNK, pack, unpack};
use super::runs::Damage;
use super::{Store, StoreError};
use crate::model::LinkedPair;

/// Results that are kept; the one that was not used for longest goes first.
const RESULTS: u32 = 8;
/// Links of a result that is kept: some 80 MB.
const LARGEST: usize = 2_000_000;

impl Store {
    /// The links that were computed by `parameters` from data of this version, as they were kept; `None` where none are.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn cached_links(&self, parameters: &str, data_version: i64) -> Result<Option<Vec<LinkedPair>>, StoreError> {
        self.fold_cached_links(parameters, data_version, Vec::with_capacity, Vec::push)
    }

    /// The same, where a million of them shall not be held twice: `take` puts one after the other into what `new` made with
    /// room for about so many. What is kept and damaged is dropped, so that it is made anew; see [`Store::has_lost_links`].
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn fold_cached_links<T>(
        &self,
        parameters: &str,
        data_version: i64,
        new: impl FnOnce(usize) -> T,
        mut take: impl FnMut(&mut T, LinkedPair),
    ) -> Result<Option<T>, StoreError> {
        let sql = "SELECT id, chunks FROM linking WHERE parameters = ?1 AND data_version = ?2";
        let found = self.connection.query_row(sql, (parameters, data_version), |row| Ok((row.get(0)?, row.get(1)?)));
        let Some((id, chunks)) = found.optional()? else { return Ok(None) };
        // How many chunks there are may be damaged.
        let mut links = new(CHUNK.saturating_mul(chunks).min(LARGEST));
        match read_links(&self.connection, id, chunks, &mut |pair| take(&mut links, pair))? {
            Ok(()) => Ok(Some(links)),
            Err(Damage) => {
                self.lost_links.set(true);
                // Where it cannot be dropped now, it is the next time.
                let _ = self.aside(|connection| {
                    connection.execute("DELETE FROM linking WHERE parameters = ?1", [parameters])?;
                    Ok(())
                });
                Ok(None)
            }
        }
    }

    /// Whether links that were kept were found to be damaged, so that they were made anew.
    #[must_use]
    pub fn has_lost_links(&self) -> bool {
        self.lost_links.get()
    }

    /// Whether so many links are worth being kept.
    #[must_use]
    fn keeps_links(count: usize) -> bool {
        count <= LARGEST
    }

    /// Keeps links for the next time. More than two million take more room than they are worth and are left.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn keep_links(
        &self,
        parameters: &str,
        data_version: i64,
        pairs: impl ExactSizeIterator<Item = LinkedPair>,
    ) -> Result<(), StoreError> {
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
    mut pairs: impl ExactSizeIterator<Item = LinkedPair>,
) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    transaction
        .execute("DELETE FROM linking WHERE parameters = ?1 OR data_version <> ?2", (parameters, data_version))?;
    transaction.execute(
        "DELETE FROM linking WHERE id NOT IN (SELECT id FROM linking ORDER BY used DESC LIMIT ?1)",
        [RESULTS - 1],
    )?;
    transaction.execute(
        "INSERT INTO linking (parameters, data_version, used, chunks)
         VALUES (?1, ?2, (SELECT coalesce(max(used), 0) + 1 FROM linking), ?3)",
        (parameters, data_version, pairs.len().div_ceil(CHUNK)),
    )?;
    let id = transaction.last_insert_rowid();
    let mut insert = transaction.prepare("INSERT INTO link_chunk VALUES (?1, ?2, ?3)")?;
    let mut chunk = Vec::with_capacity(CHUNK.min(pairs.len()));
    for place in 0..pairs.len().div_ceil(CHUNK) {
        chunk.clear();
        chunk.extend(pairs.by_ref().take(CHUNK));
        insert.execute(params![id, place, pack((id, place), &chunk)])?;
    }
    drop(insert);
    Ok(transaction.commit()?)
}

/// Calls `each` with the links of a result, from all of its chunks.
pub(super) fn read_links(
    connection: &Connection,
    linking: i64,
    chunks: usize,
    each: &mut dyn FnMut(LinkedPair),
) -> Result<Result<(), Damage>, StoreError> {
    let sql = "SELECT place, bytes FROM link_chunk WHERE linking_id = ?1 ORDER BY place";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([linking])?;
    let (mut pairs, mut next) = (Vec::with_capacity(CHUNK), 0);
    while let Some(row) = rows.next()? {
        let read = unpack((linking, next), row.get_ref(1)?.as_blob()?, &mut pairs);
        if row.get::<_, usize>(0)? != next || read.is_err() {
            return Ok(Err(Damage));
        }
        pairs.drain(..).for_each(&mut *each);
        next += 1;
    }
    Ok(if next == chunks { Ok(()) } else { Err(Damage) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, AvatarMatch, CoShare, Link, PairTest};

    fn pairs() -> Vec<LinkedPair> {
        let co = CoShare {
            shared: 7,
            shared_within: 3,
            cosine: Some(0.1 + 0.2),
            binary_cosine: None,
            median_gap_ms: Some(1_500),
            rounded: 0,
            test: Some(PairTest { p: 1e-300, q: Some(0.25), author_held: None, timing: None }),
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
        store.keep_links("x", 1, pairs().into_iter()).unwrap();
        store.keep_links("none", 1, std::iter::empty()).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), Some(pairs()));
        assert_eq!(store.cached_links("none", 1).unwrap(), Some(Vec::new()));
        let backwards: Vec<LinkedPair> = pairs().into_iter().rev().collect();
        store.keep_links("back", 1, backwards.clone().into_iter()).unwrap();
        assert_eq!(store.cached_links("back", 1).unwrap(), Some(backwards), "in the order in which they were kept");
        store.keep_links("x", 1, pairs().into_iter().take(1)).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), Some(pairs()[..1].to_vec()));
    }

    #[test]
    fn links_of_other_data_are_gone() {
        let store = store();
        store.keep_links("x", 1, pairs().into_iter()).unwrap();
        assert_eq!(store.cached_links("x", 2).unwrap(), None);
        store.keep_links("y", 2, pairs().into_iter()).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), None);
        let rows: u32 = store.connection.query_row("SELECT count(*) FROM link_chunk", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1, "no row stays behind");
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let store = store();
        let names: Vec<String> = (0..=RESULTS).map(|number| number.to_string()).collect();
        for name in &names[..RESULTS as usize] {
            store.keep_links(name, 1, pairs().into_iter()).unwrap();
        }
        store.touch_links("0").unwrap();
        store.keep_links(&names[RESULTS as usize], 1, pairs().into_iter()).unwrap();
        let kept: Vec<bool> = names.iter().map(|name| store.cached_links(name, 1).unwrap().is_some()).collect();
        assert_eq!(kept.iter().filter(|&&kept| kept).count(), RESULTS as usize);
        assert!(kept[0] && !kept[1]);
    }

    #[test]
    fn links_that_are_damaged_are_dropped_and_made_anew() {
        let store = store();
        store.keep_links("x", 1, pairs().into_iter()).unwrap();
        assert!(!store.has_lost_links());
        store.connection.execute("UPDATE link_chunk SET bytes = substr(bytes, 1, 20)", []).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), None);
        assert!(store.has_lost_links());
        store.keep_links("x", 1, pairs().into_iter()).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), Some(pairs()));
        store.connection.execute("DELETE FROM link_chunk", []).unwrap();
        assert_eq!(store.cached_links("x", 1).unwrap(), None, "a chunk that is gone");
    }
}
