//! Progress on standard error while it is a terminal, and Ctrl-C.

use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};

use crate::graph::Task;
use crate::system::Interrupt;

/// Steps of a bar.
pub(super) const STEPS: u64 = 1_000;

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

/// Counts bytes of work whose end is not known.
pub(super) fn spinner(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {bytes}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Does work that is called `what`, with a bar and an ear for Ctrl-C.
pub(super) fn watched<T>(
    what: &'static str,
    interrupt: &Interrupt,
    work: impl FnOnce(&Task<'_>) -> Result<T>,
) -> Result<T> {
    let bar = bar(what, "{msg} {wide_bar} {percent} %", STEPS);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1 of the steps")]
    let progress = |done: f32| bar.set_position((done.clamp(0.0, 1.0) * STEPS as f32) as u64);
    let done = work(&Task { progress: &progress, cancelled: &|| interrupt.is_set() });
    bar.finish_and_clear();
    match done {
        Err(_) if interrupt.is_set() => bail!("{what} was cancelled"),
        done => done,
    }
}
