//! Posts and shares of an import.

use rusqlite::{Connection, params};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::words::Words;
use crate::model::{AccountId, ObjectId, ObjectKind, PostRecord, Timestamp};
use crate::store::StoreError;

#[derive(Debug)]
struct Post {
    platform_id: String,
    account: u32,
    created_at: Option<i64>,
    text: Option<String>,
    language: Option<u32>,
    client: Option<u32>,
}

/// A share as it is stored: kind, object, account, post.
type ShareKey = (i64, u32, u32, i64);

#[derive(Debug, Default)]
pub(super) struct Posts {
    posts: Vec<Post>,
    /// With their times.
    shares: Vec<(ShareKey, Option<i64>)>,
    /// Posts that were deleted, in this import or before.
    deleted: FxHashSet<String>,
    /// Those of them that are not written yet.
    new_deletions: Vec<String>,
}

/// What tells the shares of a post apart from others of the same account and object, so that they go with it: a hash, 0
/// where the platform's exports never tell of deletions.
fn post_key(platform_id: &str) -> i64 {
    if !platform_id.starts_with("at://") {
        return 0;
    }
    let digest = Sha256::digest(platform_id.as_bytes());
    digest.first_chunk().map_or(1, |bytes| i64::from_le_bytes(*bytes))
}

impl Posts {
    pub fn load_deletions(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut statement = connection.prepare("SELECT platform_id FROM deletion")?;
        let deleted = statement.query_map([], |row| row.get(0))?;
        self.deleted = deleted.collect::<Result<_, _>>()?;
        Ok(())
    }

    pub fn waiting(&self) -> usize {
        self.posts.len()
    }

    pub fn is_deleted(&self, record: &PostRecord) -> bool {
        !self.deleted.is_empty() && self.deleted.contains(&record.platform_id)
    }

    pub fn post(&mut self, record: &PostRecord, author: AccountId, words: &mut Words) {
        self.posts.push(Post {
            platform_id: record.platform_id.clone(),
            account: author.0,
            created_at: record.created_at.map(|at| at.0),
            text: record.text.clone(),
            language: words.id(record.language.as_deref()),
            client: words.id(record.client.as_deref()),
        });
    }

    pub fn share(&mut self, record: &PostRecord, kind: ObjectKind, object: ObjectId, account: AccountId) {
        let key = (kind.code(), object.0, account.0, post_key(&record.platform_id));
        self.shares.push((key, record.created_at.map(|at: Timestamp| at.0)));
    }

    pub fn delete(&mut self, platform_id: &str) {
        if self.deleted.insert(platform_id.to_owned()) {
            self.new_deletions.push(platform_id.to_owned());
        }
    }

    pub fn flush(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let deleted = self.flush_deletions(connection, import)?;
        Ok(self.flush_posts(connection, import)? | self.flush_shares(connection, import)? | deleted)
    }

    fn flush_deletions(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        if self.new_deletions.is_empty() {
            return Ok(false);
        }
        let mut gone: FxHashSet<i64> = FxHashSet::default();
        let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO deletion VALUES (?1, ?2)")?;
        let mut delete = connection.prepare_cached("DELETE FROM post WHERE platform_id = ?1")?;
        for platform_id in self.new_deletions.drain(..) {
            insert.execute(params![platform_id, import])?;
            delete.execute([&platform_id])?;
            gone.insert(post_key(&platform_id));
        }
        // A post without a key of its own shares 0 with all others.
        gone.remove(&0);
        self.posts.retain(|post| !self.deleted.contains(&post.platform_id));
        self.shares.retain(|((.., post), _)| !gone.contains(post));
        let keys: Vec<String> = gone.iter().map(i64::to_string).collect();
        // One walk over all shares, however many posts are gone.
        connection.execute(&format!("DELETE FROM share WHERE post IN ({})", keys.join(",")), [])?;
        Ok(true)
    }

    fn flush_posts(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        // The author of a post is who was seen first; other fields are filled in and extended.
        let mut upsert = connection.prepare_cached(
            "INSERT INTO post (platform_id, import_id, account_id, created_at, text, language_id, client_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET
                 created_at = min(coalesce(created_at, excluded.created_at), coalesce(excluded.created_at, created_at)),
                 text = CASE WHEN excluded.text IS NULL
                        OR (text IS NOT NULL AND (length(text), text) >= (length(excluded.text), excluded.text))
                        THEN text ELSE excluded.text END,
                 language_id = coalesce(language_id, excluded.language_id),
                 client_id = coalesce(client_id, excluded.client_id)
             WHERE (excluded.created_at IS NOT NULL AND (created_at IS NULL OR created_at > excluded.created_at))
                OR (excluded.text IS NOT NULL
                    AND (text IS NULL OR (length(text), text) < (length(excluded.text), excluded.text)))
                OR (language_id IS NULL AND excluded.language_id IS NOT NULL)
                OR (client_id IS NULL AND excluded.client_id IS NOT NULL)",
        )?;
        let mut changed = 0;
        self.posts.sort_by(|a, b| a.platform_id.cmp(&b.platform_id));
        for post in self.posts.drain(..) {
            let Post { platform_id, account, created_at, text, language, client } = post;
            changed += upsert.execute(params![platform_id, import, account, created_at, text, language, client])?;
        }
        Ok(changed > 0)
    }

    fn flush_shares(&mut self, connection: &Connection, import: u32) -> Result<bool, StoreError> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO share (kind, object_id, account_id, import_id, post, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET at = excluded.at
             WHERE excluded.at IS NOT NULL AND (at IS NULL OR at > excluded.at)",
        )?;
        let mut changed = 0;
        self.shares.sort_unstable();
        for ((kind, object, account, post), at) in self.shares.drain(..) {
            changed += upsert.execute(params![kind, object, account, import, post, at])?;
        }
        Ok(changed > 0)
    }
}
