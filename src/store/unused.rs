//! What nothing mentions any more, once an import is taken back.

use std::ops::ControlFlow;

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::StoreError;
use super::runs::{merge, post_runs, share_runs};
use crate::model::ObjectKind;

/// Rows that something mentions.
#[derive(Debug, Default)]
struct Used {
    accounts: FxHashSet<u32>,
    objects: FxHashSet<u32>,
    words: FxHashSet<u32>,
}

/// Deletes accounts, objects, pictures and words that nothing mentions. Where what another import brought is damaged, nobody
/// knows what that mentions: then accounts, objects and words stay until it is mended.
pub(super) fn remove_unused(connection: &Connection) -> Result<(), StoreError> {
    match used(connection) {
        Ok(used) => remove_others(connection, &used)?,
        Err(StoreError::Damaged | StoreError::DamagedImport { .. }) => {}
        Err(error) => return Err(error),
    }
    let pictures = "DELETE FROM avatar WHERE id NOT IN (SELECT avatar_id FROM account WHERE avatar_id IS NOT NULL)";
    connection.execute(pictures, [])?;
    Ok(())
}

fn used(connection: &Connection) -> Result<Used, StoreError> {
    let mut used = Used::default();
    merge(post_runs(connection)?, |run| {
        let post = run.entry();
        used.accounts.insert(post.account);
        used.words.extend([post.language, post.client]);
        ControlFlow::Continue(())
    })?;
    for kind in ObjectKind::ALL {
        merge(share_runs(connection, kind)?, |run| {
            used.accounts.insert(run.entry().account);
            used.objects.insert(run.entry().object);
            ControlFlow::Continue(())
        })?;
    }
    let accounts = "SELECT account_id FROM profile UNION SELECT account_id FROM tag_event
                    UNION SELECT author_id FROM detail WHERE author_id IS NOT NULL";
    used.accounts.extend(ids(connection, accounts)?);
    used.objects.extend(ids(connection, "SELECT object_id FROM detail")?);
    Ok(used)
}

fn remove_others(connection: &Connection, used: &Used) -> Result<(), StoreError> {
    for (table, used) in [("object", &used.objects), ("account", &used.accounts), ("word", &used.words)] {
        let mut delete = connection.prepare(&format!("DELETE FROM {table} WHERE id = ?1"))?;
        for id in ids(connection, &format!("SELECT id FROM {table}"))?.into_iter().filter(|id| !used.contains(id)) {
            delete.execute([id])?;
        }
    }
    Ok(())
}

fn ids(connection: &Connection, sql: &str) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare(sql)?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
