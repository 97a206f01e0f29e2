//! How far a cache is: what another program did to it shows here.

use super::tag_log::last_number;
use super::waiting_tags::any_wait;
use super::{Store, StoreError};

impl Store {
    /// The number of the last action on tags, in the log or beside the cache; 0 where there is none.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn last_action(&self) -> Result<u64, StoreError> {
        let logged = last_number(&self.connection)?;
        if !self.path.as_deref().is_some_and(any_wait) {
            return Ok(logged);
        }
        Ok(self.waiting_actions()?.last().map_or(logged, |last| last.number.max(logged)))
    }
}
