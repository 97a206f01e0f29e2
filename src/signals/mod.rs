//! What one account or pair shows, each with its own evidence and never as one score.

mod pair_cautions;
mod profile_twins;
mod retweet_share;
mod single_purpose;

pub use pair_cautions::PairCautions;
pub use profile_twins::ProfileTwins;
pub use retweet_share::{RetweetShare, retweet_share};
pub use single_purpose::{SinglePurpose, single_purpose};
