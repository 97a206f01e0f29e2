//! Two things read of one state of the cache at once. A connection cannot be shared, so that the other one has its own.

use std::panic::resume_unwind;
use std::thread;

use super::{Store, StoreError};

impl Store {
    /// Does `here` on this connection and `there` on another one at the same time; one after the other where that is not
    /// worth it, where the cache lies in memory, or where the state that this connection holds is not the newest any more.
    pub(super) fn both<A, B: Send>(
        &self,
        worth: bool,
        here: impl FnOnce(&Self) -> Result<A, StoreError>,
        there: impl FnOnce(&Self) -> Result<B, StoreError> + Send,
    ) -> Result<(A, B), StoreError> {
        let other = if worth { self.alike(1).and_then(|mut alike| alike.pop()) } else { None };
        let Some(other) = other else { return Ok((here(self)?, there(self)?)) };
        thread::scope(|scope| {
            let other = scope.spawn(move || there(&other));
            let done = here(self);
            let other = other.join().unwrap_or_else(|panic| resume_unwind(panic));
            Ok((done?, other?))
        })
    }
}
