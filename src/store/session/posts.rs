//! Posts and shares of an import.

use rusqlite::{Connection, params};

use crate::model::{AccountId, ObjectId, ObjectKind, PostRecord, Timestamp};
use crate::store::StoreError;

#[derive(Debug)]
struct Post {
    platform_id: String,
    account: u32,
    created_at: Option<i64>,
    text: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Posts {
    posts: Vec<Post>,
    /// Kind, object, account, time.
    shares: Vec<(i64, u32, u32, Option<i64>)>,
}

impl Posts {
    pub fn waiting(&self) -> usize {
        self.posts.len()
    }

    pub fn post(&mut self, record: &PostRecord, author: AccountId) {
        self.posts.push(Post {
            platform_id: record.platform_id.clone(),
            account: author.0,
            created_at: record.created_at.map(|at| at.0),
            text: record.text.clone(),
        });
    }

    pub fn share(&mut self, kind: ObjectKind, object: ObjectId, account: AccountId, at: Option<Timestamp>) {
        self.shares.push((kind.code(), object.0, account.0, at.map(|at| at.0)));
    }

    pub fn flush(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        Ok(self.flush_posts(connection)? | self.flush_shares(connection)?)
    }

    fn flush_posts(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        // The author of a post is who was seen first; other fields are filled in and extended.
        let mut upsert = connection.prepare_cached(
            "INSERT INTO post (platform_id, account_id, created_at, text) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (platform_id) DO UPDATE SET
                 created_at = min(coalesce(created_at, excluded.created_at), coalesce(excluded.created_at, created_at)),
                 text = CASE WHEN excluded.text IS NULL
                        OR (text IS NOT NULL AND (length(text), text) >= (length(excluded.text), excluded.text))
                        THEN text ELSE excluded.text END
             WHERE (excluded.created_at IS NOT NULL AND (created_at IS NULL OR created_at > excluded.created_at))
                OR (excluded.text IS NOT NULL
                    AND (text IS NULL OR (length(text), text) < (length(excluded.text), excluded.text)))",
        )?;
        let mut changed = 0;
        self.posts.sort_by(|a, b| a.platform_id.cmp(&b.platform_id));
        for post in self.posts.drain(..) {
            changed += upsert.execute(params![post.platform_id, post.account, post.created_at, post.text])?;
        }
        Ok(changed > 0)
    }

    fn flush_shares(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO share (kind, object_id, account_id, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET at = excluded.at
             WHERE excluded.at IS NOT NULL AND (at IS NULL OR at > excluded.at)",
        )?;
        let mut changed = 0;
        self.shares.sort_unstable();
        for (kind, object, account, at) in self.shares.drain(..) {
            changed += upsert.execute(params![kind, object, account, at])?;
        }
        Ok(changed > 0)
    }
}
