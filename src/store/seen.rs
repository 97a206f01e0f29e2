//! How far a cache is: what another program did to it shows here.

use super::tag_log::last_number;
use super::{Store, StoreError};

impl Store {
    /// The number of the last action on tags, in the log or beside the cache; 0 where there is none.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn last_action(&self) -> Result<u64, StoreError> {
        let waiting = self.waiting_actions()?;
        let logged = last_number(&self.connection)?;
        Ok(waiting.last().map_or(logged, |last| last.number.max(logged)))
    }
}
