//! The files of an import: where one begins and ends, and whose accounts it tells of.

use super::{ImportSession, NO_FILE};
use crate::model::{InputFile, Platform};
use crate::store::StoreError;
use crate::store::imports::{self, Ended, ImportStart};

impl ImportSession<'_> {
    /// Whether a file that begins like this and is as long was read to its end before.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn is_likely_known(&self, head: &str, bytes: u64) -> Result<bool, StoreError> {
        imports::is_likely_known(self.connection, head, bytes)
    }

    /// The platform as which a file that begins like this and is as long was read before.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn platform_before(&self, head: &str, bytes: u64) -> Result<Option<Platform>, StoreError> {
        imports::platform_before(self.connection, head, bytes)
    }

    /// The platforms that are known to have accounts.
    #[must_use]
    pub fn platforms(&self) -> Vec<Platform> {
        let mut known: Vec<&str> = self.accounts.platforms().filter(|word| !word.is_empty()).collect();
        known.sort_unstable();
        known.into_iter().map(Platform::named).collect()
    }

    /// Whether the accounts that are there, none of which is of a known platform, will be taken for those of this one.
    #[must_use]
    pub fn takes_over(&self, platform: &Platform) -> bool {
        platform.is_known() && self.accounts.platforms().eq([""])
    }

    /// Begins a file: all that comes now is told by it. A file that was cut off before begins anew under its number.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn begin(&mut self, start: &ImportStart) -> Result<u32, StoreError> {
        self.flush()?;
        self.accounts.end();
        if self.takes_over(&start.platform) {
            imports::take_over(self.connection, &start.platform)?;
            self.accounts.take_over(&start.platform);
            self.objects.take_over(&start.platform);
            self.changed = true;
        }
        self.suspects.clear();
        self.platform = start.platform.clone();
        self.file = imports::begin(self.connection, start)?;
        if self.file.moved {
            self.changed = true;
            self.reload()?;
        }
        self.accounts.settle(&self.platform);
        self.objects.settle(&self.platform);
        Ok(self.file.import)
    }

    /// Ends the file that was begun, which may not be `whole`: then the same bytes are read anew when they come again.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn end(&mut self, file: &InputFile, whole: bool) -> Result<Ended, StoreError> {
        self.flush()?;
        self.accounts.end();
        let begun = std::mem::replace(&mut self.file, NO_FILE);
        let ended = imports::end(self.connection, begun, file, whole)?;
        if ended.removed {
            // What came at earlier checkpoints, or by the other import, is gone again.
            self.changed = true;
            self.reload()?;
        }
        Ok(ended)
    }
}
