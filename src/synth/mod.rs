//! Invented data sets with a planted truth: who amplifies, who supports, who just lives.
//!
//! Everything is drawn from a stream cipher keyed by the seed and computed in integers, so that a request gives the
//! same bytes on every machine. Nothing of it is real: the people, the town, the valley and the pictures are invented.
//!
//! Words of this room: *figure*, whose posts are retweeted; *amplifier*, one of many accounts run by one hand; *supporter*, a
//! person who shares the figure's cause; *truth*, which account is what, in a file of its own.

mod avatars;
mod dataset;
mod error;
mod originals;
mod profile;
mod random;
mod records;
mod retweets;
mod schedule;
mod story;
mod truth;
mod twitter_v2;
mod words;
mod write;

#[cfg(test)]
mod tests;

pub use avatars::drawing;
pub use dataset::{Dataset, Event, generate};
pub use error::SynthError;
pub use story::{Language, Role};
pub use write::{SynthFormat, SynthSummary, write, write_as};

/// What is asked of the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SynthRequest {
    /// Accounts in the data set, [`SynthRequest::MIN_ACCOUNTS`] to [`SynthRequest::MAX_ACCOUNTS`].
    pub accounts: u32,
    /// Retweets in the data set, each of another account and another post: at least
    /// [`SynthRequest::MIN_RETWEETS`], at most [`SynthRequest::MAX_RETWEETS_PER_ACCOUNT`] for each account.
    pub retweets: u32,
    /// Equal seeds give equal bytes.
    pub seed: u64,
}

impl SynthRequest {
    /// Fewer cannot carry every role of the story. Below some 300 chance links some supporters to amplifiers.
    pub const MIN_ACCOUNTS: u32 = 100;
    /// More would outgrow the numbers that the ids are made of.
    pub const MAX_ACCOUNTS: u32 = 5_000_000;
    /// Fewer cannot show three amplifier groups.
    pub const MIN_RETWEETS: u32 = 1_000;
    /// More would leave an account nothing new to retweet.
    pub const MAX_RETWEETS_PER_ACCOUNT: u32 = 200;
    /// More would outgrow the numbers that the ids are made of.
    pub const MAX_RETWEETS: u32 = 100_000_000;

    fn check(self) -> Result<(), SynthError> {
        if !(Self::MIN_ACCOUNTS..=Self::MAX_ACCOUNTS).contains(&self.accounts) {
            return Err(SynthError::Accounts { asked: self.accounts });
        }
        let most = self.accounts.saturating_mul(Self::MAX_RETWEETS_PER_ACCOUNT).min(Self::MAX_RETWEETS);
        if !(Self::MIN_RETWEETS..=most).contains(&self.retweets) {
            return Err(SynthError::Retweets { asked: self.retweets, most });
        }
        Ok(())
    }
}
