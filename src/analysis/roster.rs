//! Every account of the cache, held in memory for lists and search.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use super::AnalysisError;
use crate::graph::Task;
use crate::model::{Account, AccountId, Counts};
use crate::search::SearchIndex;
use crate::signals::{Places, ProfileTwins};
use crate::store::Store;

/// The accounts and the keys that search looks at.
#[derive(Debug)]
pub struct Roster {
    accounts: Vec<Account>,
    places: Places,
    /// Whether they are of several platforms.
    pub several_platforms: bool,
    /// Keys for search.
    pub index: SearchIndex,
    /// Accounts whose profiles show the same figures.
    pub twins: ProfileTwins,
    /// Counts of the whole cache.
    pub counts: Counts,
    /// The version of the data that it was read of.
    pub data_version: i64,
}

impl Roster {
    /// Reads every account of the cache. The task is told the share that was read, 0 to 1.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn load(store: &Store, task: &Task<'_>) -> Result<Self, AnalysisError> {
        task.check()?;
        let (total, done) = (store.account_count()?, AtomicU64::new(0));
        let add_read = |more: usize| {
            let done = done.fetch_add(more as u64, Ordering::Relaxed) + more as u64;
            #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
            (task.progress)(done as f32 / total.max(1) as f32);
            if (task.cancelled)() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        store.snapshot(|store| {
            let data_version = store.data_version()?;
            let accounts = store.accounts_with_progress(&add_read)?;
            // What was read of them may not be all.
            task.check()?;
            Ok(Self { data_version, ..Self::new(accounts, store.counts()?) })
        })
    }

    /// A roster of `accounts`, which stand in the order of platforms and of ids there.
    #[must_use]
    pub fn new(accounts: Vec<Account>, counts: Counts) -> Self {
        let (index, twins) = (SearchIndex::build(&accounts), ProfileTwins::count(&accounts));
        let several_platforms = accounts.iter().any(|account| account.platform != accounts[0].platform);
        let places = Places::new(&accounts);
        Self { index, twins, several_platforms, places, accounts, counts, data_version: 0 }
    }

    /// Every account, in the order of platforms and of ids there.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// One account.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(self.places.place(id)?)
    }

    /// Where an account stands among all.
    #[must_use]
    pub fn place(&self, id: AccountId) -> Option<usize> {
        self.places.place(id)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::graph::GraphError;
    use crate::model::AccountRecord;

    fn store_of(accounts: u32) -> Store {
        let mut store = Store::in_memory().unwrap();
        let mut session = store.import_session().unwrap();
        for number in 0..accounts {
            let mut record = AccountRecord { platform_id: number.to_string(), ..AccountRecord::default() };
            record.profile.handle = Some(format!("dove_{number}"));
            session.account(&record).unwrap();
        }
        session.finish().unwrap();
        store
    }

    #[test]
    fn reading_tells_how_far_it_is() {
        let store = store_of(40_000);
        let reported = Mutex::new(Vec::new());
        let task = Task { progress: &|done| reported.lock().unwrap().push(done), ..Task::UNWATCHED };
        let roster = Roster::load(&store, &task).unwrap();
        assert_eq!(roster.accounts().len(), 40_000);
        let reported = reported.into_inner().unwrap();
        assert!(reported.is_sorted() && reported.iter().all(|done| (0.0..=1.0).contains(done)), "{reported:?}");
        assert!(reported.last().is_some_and(|&done| done > 0.7), "{reported:?}");
    }

    #[test]
    fn reading_ends_soon_when_it_is_cancelled() {
        let store = store_of(60_000);
        let looks = AtomicU64::new(0);
        // Cancelled at the beginning, and at the second step of many.
        for looked_before in [0, 2] {
            looks.store(0, Ordering::Relaxed);
            let steps = AtomicU64::new(0);
            let progress = |_: f32| {
                steps.fetch_add(1, Ordering::Relaxed);
            };
            let cancelled = || looks.fetch_add(1, Ordering::Relaxed) >= looked_before;
            let read = Roster::load(&store, &Task { progress: &progress, cancelled: &cancelled });
            assert!(matches!(read, Err(AnalysisError::Graph(GraphError::Cancelled))), "{:?}", read.err());
            assert_eq!(steps.into_inner(), looked_before, "reading goes on for nobody");
        }
    }
}
