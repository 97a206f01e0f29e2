//! Posts and shares of all imports together, without those that were deleted.

use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::detail::first_of;
use super::last_rows::last_row;
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

/// A post, as all files together tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LivePost {
    /// Which platform it is of, as a number that tells whether two are the same.
    pub home: u16,
    /// Its author; of several that records name, the first in the order of ids.
    pub account: u32,
    /// When it was posted, where known.
    pub at: Option<i64>,
    /// Whether it is a retweet without a word of its own.
    pub retweet: bool,
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
        let (accounts, objects) = (last_row(&self.connection, "account")?, last_row(&self.connection, "object")?);
        let mut stray = None;
        merge(share_runs(&self.connection, kind)?, |run| {
            let entry = run.entry();
            if entry.account > accounts || entry.object > objects {
                stray = Some(run.chunks().damaged());
                return ControlFlow::Break(());
            }
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
        if let Some(error) = stray {
            return Err(error);
        }
        // Nobody asks whether the last one breaks.
        let _ = waiting.map(each);
        Ok(())
    }

    /// Calls `each` with every post and its id, ordered by id, until it breaks. One that several files have counts once, at
    /// the earliest known time, and is a retweet where one of them says so; of several authors the first in the order of ids
    /// counts, as for objects. Equal ids of two platforms are two posts.
    pub(super) fn for_each_post(
        &self,
        mut each: impl FnMut(&[u8], LivePost) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let gone = self.deleted_posts()?;
        let gone: FxHashSet<&[u8]> = gone.iter().map(String::as_bytes).collect();
        let homes = self.account_homes()?;
        let (mut id, mut waiting) = (Vec::new(), Vec::new());
        let accounts = last_row(&self.connection, "account")?;
        let mut wrong = Ok(());
        merge(post_runs(&self.connection)?, |run| {
            if !gone.is_empty() && gone.contains(run.id()) {
                return ControlFlow::Continue(());
            }
            if id != run.id() {
                waiting.drain(..).try_for_each(|post| each(&id, post))?;
                id.clear();
                id.extend_from_slice(run.id());
            }
            let entry = run.entry();
            if entry.account > accounts {
                wrong = Err(run.chunks().damaged());
                return ControlFlow::Break(());
            }
            let home = homes.get(entry.account);
            let post = LivePost { home, account: entry.account, at: entry.at, retweet: entry.retweet };
            match waiting.iter_mut().find(|other: &&mut LivePost| other.home == home) {
                Some(other) => match first_of(&self.connection, Some(other.account), post.account) {
                    Ok(account) => other.take_in(LivePost { account, ..post }),
                    Err(error) => {
                        wrong = Err(error);
                        return ControlFlow::Break(());
                    }
                },
                None => waiting.push(post),
            }
            ControlFlow::Continue(())
        })?;
        wrong?;
        // Nobody asks whether the last one breaks; whoever broke off left nothing.
        let _ = waiting.drain(..).try_for_each(|post| each(&id, post));
        Ok(())
    }
}

impl LivePost {
    /// Takes in another record, whose author is the one that was chosen of both.
    fn take_in(&mut self, other: Self) {
        self.account = other.account;
        self.at = self.at.into_iter().chain(other.at).min();
        self.retweet |= other.retweet;
    }
}
