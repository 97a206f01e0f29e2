//! What one account or pair shows, each with its own evidence and never as one score.
//!
//! Words of this room: *signal*, what one account shows, with its value, its evidence and what it cannot tell; *silence*, why there is
//! no value; *caution*, what speaks against reading much into something; *twin*, an account that shows the same; *hub*, the
//! accounts that are audited; *control*, an account as active as a retweeter, which did not retweet them; *kin*, accounts that may
//! belong to the hub.

mod account_cautions;
mod account_signals;
mod bio_twins;
mod catalogue;
mod clusters;
mod creation_burst;
mod fast_retweets;
mod gap_regularity;
mod handle_template;
mod hours;
mod hub_audit;
mod negative_binomial;
mod observations;
mod pair_cautions;
mod personas;
mod profile_twins;
mod proportion;
mod reading;
mod retweet_share;
mod single_purpose;
mod text_twins;
mod token_sets;
mod why_nothing;
mod words;

pub use account_cautions::account_cautions;
pub use account_signals::{AccountSignals, account_signals};
use catalogue::{Listed, signal};
pub use catalogue::{PublicNames, Quote, Signal};
pub use clusters::{
    Agreeing, CREATION_BINS, ClusterBasis, ClusterLayer, ClusterPortrait, CreationStrip, HandleShape, LayerCount,
    SIGNIFICANT, case_against, cluster_portraits,
};
use creation_burst::{CreationBurst, creation_bursts};
pub use hub_audit::{
    AuditBasis, Comparison, FAST_MS, FEWEST_TIMED, HubAudit, Kin, Likeness, Match, Retweeter, Spread, Trait, Withheld,
    hub_audit,
};
pub use observations::{Observations, Places, PostTimes, Statements, TimedRetweets};
pub use pair_cautions::PairCautions;
pub use personas::{Personas, UsesName};
pub use profile_twins::ProfileTwins;
pub use proportion::{PairedProportion, Proportion};
use reading::Outcome;
pub use reading::Silence;
pub use retweet_share::{RetweetShare, retweet_share};
pub use single_purpose::{SinglePurpose, single_purpose};
pub use token_sets::TokenSets;
pub use why_nothing::{why_nothing, why_nothing_by_shares, why_unlinked};
pub use words::ReadingWords;

/// Every signal of an account, in the order in which they are shown: first those that told coordinated accounts from others on
/// labelled data, then those that nobody measured, then those that told nothing. Each by its evidence, whose file tells all of it.
const SIGNALS: &[&dyn Listed] = &[
    signal::<CreationBurst>(),
    signal::<profile_twins::SameFigures>(),
    signal::<handle_template::HandleTemplate>(),
    signal::<bio_twins::BioTwins>(),
    signal::<text_twins::TextTwins>(),
    signal::<RetweetShare>(),
    signal::<TimedRetweets>(),
    signal::<SinglePurpose>(),
    signal::<gap_regularity::GapRegularity>(),
    signal::<hours::Hours>(),
];

/// Texts of fewer different words are too short to be compared.
pub const FEWEST_WORDS: usize = 5;
