//! Posts and shares of all imports together, without those that were deleted.

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::platforms::Repeats;
use super::runs::{merge, post_runs, share_runs};
use super::session::post_key;
use super::{Store, StoreError};
use crate::model::ObjectKind;

/// An account that shared an object, at the earliest known time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shared {
    pub object: u32,
    pub account: u32,
    pub at: Option<i64>,
}

impl Store {
    pub(super) fn deleted_posts(&self) -> Result<FxHashSet<String>, StoreError> {
        let mut statement = self.connection.prepare("SELECT platform_id FROM deletion")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Calls `each` with every account and object of a kind that it shared, ordered by object and account, until it
    /// breaks.
    pub(super) fn for_each_shared(
        &self,
        kind: ObjectKind,
        mut each: impl FnMut(Shared) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut gone: FxHashSet<u64> = self.deleted_posts()?.iter().map(|id| post_key(id)).collect();
        // A post without a key of its own has 0 in common with all others.
        gone.remove(&0);
        let mut waiting: Option<Shared> = None;
        merge(share_runs(&self.connection, kind)?, |run| {
            let entry = run.entry();
            if !gone.is_empty() && gone.contains(&entry.post) {
                return ControlFlow::Continue(());
            }
            let at = entry.at.known();
            match &mut waiting {
                Some(last) if (last.object, last.account) == (entry.object, entry.account) => {
                    last.at = last.at.into_iter().chain(at).min();
                    ControlFlow::Continue(())
                }
                _ => {
                    let next = Shared { object: entry.object, account: entry.account, at };
                    waiting.replace(next).map_or(ControlFlow::Continue(()), &mut each)
                }
            }
        })?;
        // Nobody asks whether the last one breaks.
        let _ = waiting.map(each);
        Ok(())
    }

    /// Calls `each` with the author of every post; one that several files have counts once, and is of whom the first of
    /// them says. Equal ids of two platforms are two posts.
    pub(super) fn for_each_author(&self, mut each: impl FnMut(u32)) -> Result<(), StoreError> {
        let gone = self.deleted_posts()?;
        let gone: FxHashSet<&[u8]> = gone.iter().map(String::as_bytes).collect();
        let homes = self.account_homes()?;
        let runs = post_runs(&self.connection)?;
        let several = runs.len() > 1;
        let mut repeats = Repeats::default();
        merge(runs, |run| {
            let is_new = !several || repeats.is_new(run.id(), homes.of(run.account()));
            if is_new && (gone.is_empty() || !gone.contains(run.id())) {
                each(run.account());
            }
            ControlFlow::Continue(())
        })
    }
}
