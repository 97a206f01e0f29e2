//! When accounts posted, and what they said in their own words.

use std::ops::ControlFlow;

use super::{Store, StoreError};
use crate::model::{AccountId, ObjectId, ObjectKind, Timestamp};

impl Store {
    /// Calls `each` with the author and the time of every post whose time is known, until it breaks. A post that several
    /// files have counts once, at the earliest known time, and is of the first of its authors in the order of
    /// ids. Equal ids of two platforms are two posts.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_post_time(
        &self,
        each: &mut dyn FnMut(AccountId, Timestamp) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.for_each_post(|_, post| match post.at {
            Some(at) => each(AccountId(post.account), Timestamp(at)),
            None => ControlFlow::Continue(()),
        })
    }

    /// Calls `each` with every statement that an account made in its own words, as one of those wrote it who made it, ordered
    /// by object, until it breaks.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_statement(
        &self,
        each: &mut dyn FnMut(ObjectId, &str) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let sql = "SELECT object_id, text FROM detail JOIN object ON id = object_id
                   WHERE kind = ?1 AND text IS NOT NULL ORDER BY object_id, import_id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([ObjectKind::Text.code()])?;
        let mut last = None;
        while let Some(row) = rows.next()? {
            let object = ObjectId(row.get(0)?);
            // Its key is made of the folded text, so that every file says the same.
            if last.replace(object) != Some(object) && each(object, row.get_ref(1)?.as_str()?).is_break() {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectRecord, PostRecord};

    fn import(store: &mut Store, posts: &[(&str, &str, Option<i64>, Option<&str>)]) {
        let mut session = store.import_session().unwrap();
        let start = crate::store::ImportStart {
            path: format!("{posts:?}"),
            head: format!("{posts:?}"),
            sha256: None,
            bytes: 0,
            format: "test".to_owned(),
            platform: Default::default(),
            at: Timestamp(0),
        };
        session.begin(&start).unwrap();
        for &(id, author, at, text) in posts {
            let post = PostRecord {
                platform_id: id.to_owned(),
                author: author.to_owned(),
                created_at: at.map(Timestamp),
                ..PostRecord::default()
            };
            let said = text.map(|text| ObjectRecord {
                kind: ObjectKind::Text,
                key: text.to_owned(),
                author: None,
                created_at: None,
                text: Some(text.to_owned()),
                synthetic: false,
            });
            session.post(&post, &said.into_iter().collect::<Vec<_>>());
        }
        session.finish().unwrap();
    }

    #[test]
    fn a_post_of_several_files_counts_once_at_its_earliest_time() {
        let mut store = Store::in_memory().unwrap();
        import(
            &mut store,
            &[("1", "a", Some(50), Some("one and two")), ("2", "b", None, None), ("3", "b", None, None)],
        );
        import(&mut store, &[("1", "a", Some(40), Some("one and two")), ("2", "b", Some(7), Some("three"))]);
        let mut times = Vec::new();
        let mut note = |account: AccountId, at: Timestamp| {
            times.push((account.0, at.0));
            ControlFlow::Continue(())
        };
        store.for_each_post_time(&mut note).unwrap();
        assert_eq!(times, [(1, 40), (2, 7)]);
        let mut said = Vec::new();
        let mut note = |_, text: &str| {
            said.push(text.to_owned());
            ControlFlow::Continue(())
        };
        store.for_each_statement(&mut note).unwrap();
        assert_eq!(said, ["one and two", "three"]);
        let mut first = 0;
        store
            .for_each_post_time(&mut |_, _| {
                first += 1;
                ControlFlow::Break(())
            })
            .unwrap();
        assert_eq!(first, 1);
    }
}
