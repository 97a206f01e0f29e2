//! What one account or pair shows, each with its own evidence and never as one score.

mod hub_audit;
mod pair_cautions;
mod personas;
mod profile_twins;
mod proportion;
mod retweet_share;
mod single_purpose;

pub use hub_audit::{AuditBasis, Comparison, FAST_MS, FEWEST_TIMED, HubAudit, Retweeter, Trait, hub_audit};
pub use pair_cautions::PairCautions;
pub use personas::{Personas, UsesName};
pub use profile_twins::ProfileTwins;
pub use proportion::Proportion;
pub use retweet_share::{RetweetShare, retweet_share};
pub use single_purpose::{SinglePurpose, single_purpose};
