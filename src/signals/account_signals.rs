//! Every signal of every account, in one go.

use super::bio_twins::{BioTwins, bio_twins};
use super::creation_burst::{CreationBurst, creation_bursts};
use super::fast_retweets::fast_retweets;
use super::gap_regularity::{GapRegularity, gap_regularity};
use super::handle_template::{HandleTemplate, handle_templates};
use super::hours::{Hours, hours};
use super::observations::{Observations, Places, TimedRetweets};
use super::profile_twins::{SameFigures, same_figures};
use super::reading::{Told, rank};
use super::retweet_share::retweet_shares;
use super::single_purpose::single_purposes;
use super::text_twins::{TextTwins, text_twins};
use super::{RetweetShare, Signal, SinglePurpose};
use crate::graph::{GraphError, Task};
use crate::model::AccountId;

/// Every signal of all accounts, each by the place of the account.
#[derive(Debug)]
pub struct AccountSignals {
    /// Retweets among posts.
    pub retweet_share: Vec<Told<RetweetShare>>,
    /// Retweets of one author.
    pub single_purpose: Vec<Told<SinglePurpose>>,
    /// Retweets within seconds.
    pub fast_retweets: Vec<Told<TimedRetweets>>,
    /// Gaps between posts.
    pub gap_regularity: Vec<Told<GapRegularity>>,
    /// Hours of the day.
    pub hours: Vec<Told<Hours>>,
    /// Created together.
    pub creation_burst: Vec<Told<CreationBurst>>,
    /// The same figures.
    pub profile_twins: Vec<Told<SameFigures>>,
    /// Handles of one shape.
    pub handle_template: Vec<Told<HandleTemplate>>,
    /// Nearly the same bio.
    pub bio_twins: Vec<Told<BioTwins>>,
    /// Nearly the same statements.
    pub text_twins: Vec<Told<TextTwins>>,
}

/// Where each part of the work begins, as a share of it.
const BIOS_FROM: f32 = 0.2;
const TEXTS_FROM: f32 = 0.35;

/// Reads every signal of all accounts.
///
/// # Errors
/// Fails when cancelled.
pub fn account_signals(seen: &Observations<'_>, task: &Task<'_>) -> Result<AccountSignals, GraphError> {
    let accounts = seen.accounts;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let step = |done: f32| {
        (task.progress)(done);
        if (task.cancelled)() { Err(GraphError::Cancelled) } else { Ok(()) }
    };
    let part = |from: f32, to: f32| move |done: f32| (task.progress)(from + (to - from) * done);
    let profile_twins = rank(same_figures(accounts));
    let creation_burst = rank(creation_bursts(accounts));
    let handle_template = rank(handle_templates(accounts, seen.clusters, &Places::of(accounts)));
    step(BIOS_FROM / 2.0)?;
    let gap_regularity = rank(gap_regularity(seen.posts, accounts.len()));
    let hours = rank(hours(seen.posts, accounts.len()));
    step(BIOS_FROM)?;
    let progress = part(BIOS_FROM, TEXTS_FROM);
    let bio_twins = rank(bio_twins(accounts, &Task { progress: &progress, ..*task })?);
    let progress = part(TEXTS_FROM, 1.0);
    let text_twins = rank(text_twins(seen.statements, &ids, &Task { progress: &progress, ..*task })?);
    Ok(AccountSignals {
        retweet_share: rank(retweet_shares(accounts)),
        single_purpose: rank(single_purposes(accounts)),
        fast_retweets: rank(fast_retweets(seen.retweets)),
        gap_regularity,
        hours,
        creation_burst,
        profile_twins,
        handle_template,
        bio_twins,
        text_twins,
    })
}

impl AccountSignals {
    /// Every value of a signal, by the places of the accounts that have one.
    #[must_use]
    pub fn values(&self, signal: Signal) -> Vec<f64> {
        fn of<E>(all: &[Told<E>]) -> Vec<f64> {
            all.iter().flatten().map(|reading| reading.value).collect()
        }
        match signal {
            Signal::RetweetShare => of(&self.retweet_share),
            Signal::SinglePurpose => of(&self.single_purpose),
            Signal::FastRetweets => of(&self.fast_retweets),
            Signal::GapRegularity => of(&self.gap_regularity),
            Signal::Hours => of(&self.hours),
            Signal::CreationBurst => of(&self.creation_burst),
            Signal::ProfileTwins => of(&self.profile_twins),
            Signal::HandleTemplate => of(&self.handle_template),
            Signal::BioTwins => of(&self.bio_twins),
            Signal::TextTwins => of(&self.text_twins),
        }
    }
}
