//! Links for commands that print: their parameters, a progress bar on standard error while it is a terminal, and
//! Ctrl-C.

use std::time::Duration;

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::interrupt::Interrupt;
use crate::app::Links;
use crate::graph::Task;
use crate::model::{Account, KeepRule, LinkParameters};
use crate::store::Store;

const STEPS: u64 = 1_000;

/// What the links depend on.
#[derive(Debug, Args)]
pub(super) struct Parameters {
    /// Seconds, inclusive, within which a shared target counts as shared within the window
    #[arg(long, value_name = "SECONDS", default_value_t = LinkParameters::default().window_seconds)]
    window: u32,

    /// Leave out accounts with fewer targets from the cosine and its rules
    #[arg(long, value_name = "N", default_value_t = LinkParameters::default().min_retweets)]
    min_retweets: u32,

    /// Then leave out targets of fewer accounts
    #[arg(long, value_name = "N", default_value_t = LinkParameters::default().min_accounts)]
    min_accounts: u32,

    /// Which pairs to keep: all, percentile:P, cosine:T, shared:N, shared-within:N or significant:Q
    #[arg(long, value_name = "RULE", default_value_t = LinkParameters::default().keep)]
    keep: KeepRule,

    /// Of these, only those among the K strongest of one of their accounts
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
}

impl Parameters {
    /// As the library takes them.
    pub(super) fn link_parameters(&self) -> LinkParameters {
        LinkParameters {
            window_seconds: self.window,
            min_retweets: self.min_retweets,
            min_accounts: self.min_accounts,
            keep: self.keep,
            top: self.top,
            ..LinkParameters::default()
        }
    }
}

/// A bar that hides itself where standard error is no terminal.
pub(super) fn bar(what: &'static str, template: &str, length: u64) -> ProgressBar {
    let bar = ProgressBar::new(length);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Does work that links accounts, with a bar and an ear for Ctrl-C.
pub(super) fn watched<T>(interrupt: &Interrupt, work: impl FnOnce(&Task<'_>) -> Result<T>) -> Result<T> {
    let bar = bar("linking", "{msg} {wide_bar} {percent} %", STEPS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1 of the steps")]
    let progress = |done: f32| bar.set_position((done.clamp(0.0, 1.0) * STEPS as f32) as u64);
    let done = work(&Task { progress: &progress, cancelled: &|| interrupt.is_set() });
    bar.finish_and_clear();
    done
}

/// Links the accounts of the cache with the default parameters.
pub(super) fn links(store: &Store, accounts: &[Account]) -> Result<Links> {
    let parameters = LinkParameters::default();
    watched(&Interrupt::watch(), |task| Ok(Links::build(store, accounts, &parameters, task.progress, task.cancelled)?))
}
