//! Links for commands that print: with a progress bar on standard error while it is a terminal.

use std::time::Duration;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::Links;
use crate::model::{Account, LinkParameters};
use crate::store::Store;

const STEPS: u64 = 1_000;

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

/// Links the accounts of the cache with the default parameters.
pub(super) fn links(store: &Store, accounts: &[Account]) -> Result<Links> {
    let bar = bar("linking", "{msg} {wide_bar} {percent} %", STEPS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1 of the steps")]
    let progress = |done: f32| bar.set_position((done.clamp(0.0, 1.0) * STEPS as f32) as u64);
    let links = Links::build(store, accounts, &LinkParameters::default(), &progress, &|| false)?;
    bar.finish_and_clear();
    Ok(links)
}
