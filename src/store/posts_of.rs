//! The posts of one account, without reading those of all.

use std::ops::ControlFlow;

use rusqlite::OptionalExtension;

use super::detail::fuller;
use super::runs::{Damage, PostRun, merge, post_runs_of, targets};
use super::{Store, StoreError};
use crate::model::{AccountId, Post, Timestamp};

impl Store {
    /// The posts of an account, the earliest first and those without a time last, without those that were deleted. One that
    /// several files have counts once; one that files ascribe to several accounts is given for each of them. Only the parts
    /// of the cache are read that have posts of this account.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where what is read is damaged.
    pub fn posts_of(&self, account: AccountId) -> Result<Vec<Post>, StoreError> {
        self.snapshot(|store| store.find_posts_of(account))
    }

    fn find_posts_of(&self, account: AccountId) -> Result<Vec<Post>, StoreError> {
        let gone = self.deleted_posts()?;
        let mut posts: Vec<Post> = Vec::new();
        let mut failed = None;
        merge(post_runs_of(&self.connection, account.0)?, |run| {
            let entry = run.entry();
            if entry.account != account.0 || gone.contains(entry.id) {
                return ControlFlow::Continue(());
            }
            let same = posts.pop_if(|last| last.id == entry.id);
            match self.take_in(same, run) {
                Ok(post) => {
                    posts.push(post);
                    ControlFlow::Continue(())
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        posts.sort_by_key(|post| (post.at.is_none(), post.at));
        Ok(posts)
    }

    /// What an earlier file told of a post, if one did, and what this one tells.
    fn take_in(&self, known: Option<Post>, run: &PostRun<'_>) -> Result<Post, StoreError> {
        let entry = run.entry();
        let mut post = known.unwrap_or_else(|| Post { id: entry.id.to_owned(), ..Post::default() });
        post.at = post.at.into_iter().chain(entry.at.map(Timestamp)).min();
        if let Some(text) = entry.text.filter(|text| fuller(text, post.text.as_deref())) {
            post.text = Some(text.to_owned());
        }
        if post.language.is_none() {
            post.language = self.word(entry.language)?;
        }
        if post.client.is_none() {
            post.client = self.word(entry.client)?;
        }
        post.retweet |= entry.retweet;
        if let Some(packed) = entry.targets {
            let known = post.targets.get_or_insert_default();
            for target in targets(packed).map_err(|Damage| run.chunks().damaged())? {
                if !known.contains(&target) {
                    known.push(target);
                }
            }
        }
        Ok(post)
    }

    /// The word of a row; 0 is none.
    fn word(&self, row: u32) -> Result<Option<String>, StoreError> {
        if row == 0 {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached("SELECT text FROM word WHERE id = ?1")?;
        Ok(statement.query_row([row], |row| row.get(0)).optional()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ObjectId, ObjectKind, ObjectRecord, PostRecord};

    fn record(id: &str, author: &str, at: i64) -> PostRecord {
        PostRecord {
            platform_id: id.to_owned(),
            author: author.to_owned(),
            created_at: Some(Timestamp(at)),
            ..PostRecord::default()
        }
    }

    fn object(kind: ObjectKind, key: &str) -> ObjectRecord {
        ObjectRecord { kind, key: key.to_owned(), author: None, created_at: None, text: None, synthetic: false }
    }

    fn import(store: &mut Store, posts: &[(PostRecord, Vec<ObjectRecord>)]) {
        let mut session = store.import_session().unwrap();
        for (post, objects) in posts {
            session.post(post, objects);
        }
        session.finish().unwrap();
    }

    fn account(store: &Store, id: &str) -> AccountId {
        store.find_account(id).unwrap()[0]
    }

    #[test]
    fn only_the_chunks_that_hold_an_accounts_posts_are_read() {
        let mut store = Store::in_memory().unwrap();
        // 40 chunks of 1,024 posts: `rare` has one post in the 2nd and two in the 31st; `first` one in the 1st.
        let posts = (0..40_000_u32).map(|number| {
            let author = match number {
                0 => "first",
                1_500 | 31_000 | 31_001 => "rare",
                _ => "busy",
            };
            (record(&format!("{number:08}"), author, i64::from(number)), Vec::new())
        });
        import(&mut store, &posts.collect::<Vec<_>>());
        let chunks = |id: &str| {
            let id = account(&store, id);
            let read: usize =
                post_runs_of(&store.connection, id.0).unwrap().iter().map(|run| run.chunks().count()).sum();
            (store.posts_of(id).unwrap().len(), read)
        };
        assert_eq!(chunks("rare"), (3, 2));
        assert_eq!(chunks("first"), (1, 1));
        assert_eq!(chunks("busy"), (40_000 - 4, 40));
        let ids: Vec<String> =
            store.posts_of(account(&store, "rare")).unwrap().into_iter().map(|post| post.id).collect();
        assert_eq!(ids, ["00001500", "00031000", "00031001"]);
        assert!(store.posts_of(AccountId(999)).unwrap().is_empty());
    }

    #[test]
    fn a_post_is_as_all_files_together_tell_of_it() {
        let mut store = Store::in_memory().unwrap();
        let cut = PostRecord {
            text: Some("Trees are".to_owned()),
            client: Some("Garden".to_owned()),
            ..record("1", "a", 50)
        };
        let whole = PostRecord {
            text: Some("Trees are planted #oak".to_owned()),
            language: Some("en".to_owned()),
            client: Some("Other".to_owned()),
            ..record("1", "a", 60)
        };
        let retweet = PostRecord {
            retweet_of: Some(crate::model::PostReference { platform_id: "9".to_owned(), ..Default::default() }),
            ..record("2", "a", 20)
        };
        let others = (record("3", "b", 1), vec![object(ObjectKind::Hashtag, "oak")]);
        let link = object(ObjectKind::Link, "https://trees.example/");
        import(
            &mut store,
            &[(cut.clone(), vec![link.clone()]), (retweet, vec![object(ObjectKind::RetweetedPost, "9")]), others],
        );
        import(&mut store, &[(whole, vec![link, object(ObjectKind::Hashtag, "oak")]), (record("0", "a", 99), vec![])]);
        let posts = store.posts_of(account(&store, "a")).unwrap();
        assert_eq!(posts.iter().map(|post| post.id.as_str()).collect::<Vec<_>>(), ["2", "1", "0"]);
        let [retweet, post, bare] = &posts[..] else { panic!("{posts:?}") };
        assert!(retweet.retweet && !post.retweet);
        assert_eq!((post.at, post.text.as_deref()), (Some(Timestamp(50)), Some("Trees are planted #oak")));
        assert_eq!((post.language.as_deref(), post.client.as_deref()), (Some("en"), Some("Garden")));
        let named = |post: &Post| -> Vec<(ObjectKind, String)> {
            let ids: Vec<ObjectId> = post.targets.iter().flatten().map(|target| target.1).collect();
            store.objects(&ids).unwrap().into_iter().map(|object| (object.kind, object.key)).collect()
        };
        let (link, oak) = ("https://trees.example/".to_owned(), "oak".to_owned());
        assert_eq!(named(post), [(ObjectKind::Link, link), (ObjectKind::Hashtag, oak)]);
        assert_eq!(named(retweet), [(ObjectKind::RetweetedPost, "9".to_owned())]);
        assert_eq!(bare.targets, Some(Vec::new()), "it is known to have shared nothing");
    }

    #[test]
    fn what_one_file_tells_twice_is_one_post_with_all_it_shared() {
        let mut store = Store::in_memory().unwrap();
        let first = (record("1", "a", 1), vec![object(ObjectKind::Hashtag, "x"), object(ObjectKind::Hashtag, "y")]);
        let second =
            (record("1", "a", 1), vec![object(ObjectKind::Hashtag, "y"), object(ObjectKind::RepliedPost, "z")]);
        import(&mut store, &[first, (record("2", "a", 2), vec![]), second]);
        let posts = store.posts_of(account(&store, "a")).unwrap();
        assert_eq!(posts.len(), 2);
        assert_eq!(posts[0].targets.as_ref().unwrap().len(), 3);
    }

    #[test]
    fn posts_that_were_deleted_or_taken_back_are_not_given() {
        let mut store = Store::in_memory().unwrap();
        let posts = [(record("at://1", "a", 1), vec![]), (record("at://2", "a", 2), vec![])];
        import(&mut store, &posts);
        let mut session = store.import_session().unwrap();
        session.delete("at://1");
        session.finish().unwrap();
        let ids: Vec<String> = store.posts_of(account(&store, "a")).unwrap().into_iter().map(|post| post.id).collect();
        assert_eq!(ids, ["at://2"]);
    }
}
