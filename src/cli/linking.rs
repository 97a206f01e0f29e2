//! Links for commands that print: their parameters, a progress bar on standard error while it is a terminal, and
//! Ctrl-C.

use std::io::Write;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};

use super::say;
use crate::app::Links;
use crate::graph::Task;
use crate::model::{Account, KeepRule, LinkParameters, NullModelKind, ObjectKind};
use crate::store::Store;
use crate::system::Interrupt;
use crate::text::{is_short_link, sanitise_line, thousands};

const STEPS: u64 = 1_000;
/// Characters of a name that are repeated in an error.
const LONGEST: usize = 200;

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

    /// Leave out targets that more accounts of the data shared
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_accounts: Option<u32>,

    /// Leave out this target, as `clusters --json` names it; can be given several times
    #[arg(long, value_name = "TARGET")]
    mute: Vec<String>,

    /// Which pairs to keep: all, percentile:P, cosine:T, shared:N, shared-within:N or significant:Q
    #[arg(long, value_name = "RULE", default_value_t = LinkParameters::default().keep)]
    keep: KeepRule,

    /// The chance that overlaps are held against where pairs are tested: sdsm knows activity and popularity,
    /// hypergeometric only activity
    #[arg(long, value_name = "MODEL", default_value_t = NullModelKind::Sdsm)]
    null_model: NullModelKind,

    /// Of these, only those among the K strongest of one of their accounts
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,

    #[command(flatten)]
    avatars: AvatarParameters,
}

/// Which pictures are alike.
#[derive(Debug, Args)]
pub(super) struct AvatarParameters {
    /// Bits of 256 in which pictures that are alike may differ, 0 to 31
    #[arg(long, value_name = "BITS", default_value_t = LinkParameters::FARTHEST_AVATAR,
          value_parser = clap::value_parser!(u32).range(..=i64::from(LinkParameters::FARTHEST_AVATAR)))]
    avatar_distance: u32,

    /// Pictures mirrored or rotated are alike too
    #[arg(long)]
    mirrored: bool,

    /// A picture of more than this share of the accounts that have one is a default picture and links nobody
    #[arg(long, value_name = "SHARE", default_value_t = LinkParameters::default().default_avatar_share)]
    default_share: f64,
}

impl AvatarParameters {
    /// As the library takes them, beside what shared targets depend on.
    pub(super) fn with(&self, others: LinkParameters) -> LinkParameters {
        LinkParameters {
            max_avatar_distance: self.avatar_distance,
            mirrored: self.mirrored,
            default_avatar_share: self.default_share,
            ..others
        }
    }
}

/// What the links of one layer depend on.
#[derive(Debug, Args)]
pub(super) struct OneLayer {
    /// What accounts share
    #[arg(long, default_value = "co-retweet", value_parser = layer_parser())]
    layer: ObjectKind,

    #[command(flatten)]
    parameters: Parameters,
}

impl OneLayer {
    /// As the library takes them.
    ///
    /// # Errors
    /// Fails where a target that is to be left out is none.
    pub(super) fn link_parameters(&self, store: &Store) -> Result<LinkParameters> {
        self.parameters.check_muted(store, &[self.layer])?;
        Ok(self.parameters.of_layer(self.layer))
    }
}

impl Parameters {
    /// As the library takes them, for one layer.
    pub(super) fn of_layer(&self, layer: ObjectKind) -> LinkParameters {
        self.avatars.with(LinkParameters {
            layer,
            max_accounts: self.max_accounts,
            muted: self.mute.iter().cloned().collect(),
            window_seconds: self.window,
            min_retweets: self.min_retweets,
            min_accounts: self.min_accounts,
            keep: self.keep,
            null_model: self.null_model,
            top: self.top,
            ..LinkParameters::default()
        })
    }
}

impl Parameters {
    /// Makes sure that every target to be left out is one: a slip of the keyboard must not change what is counted.
    ///
    /// # Errors
    /// Fails where none of `layers` has a target of that name.
    pub(super) fn check_muted(&self, store: &Store, layers: &[ObjectKind]) -> Result<()> {
        let mut unknown: Vec<&str> = self.mute.iter().map(String::as_str).collect();
        for &layer in layers {
            let (_, missing) = store.object_ids(layer, &self.mute)?;
            unknown.retain(|key| missing.contains(key));
        }
        if let Some(first) = unknown.first() {
            let key = sanitise_line(first, LONGEST);
            bail!("no target is called `{key}`; `bot-tui clusters --json` names the targets of each cluster");
        }
        Ok(())
    }
}

/// Reads the name of a layer of shared objects.
fn layer_parser() -> impl TypedValueParser<Value = ObjectKind> {
    PossibleValuesParser::new(ObjectKind::ALL.map(ObjectKind::layer)).try_map(|word| word.parse())
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
    done
}

/// Links the accounts of the cache with the default parameters.
pub(super) fn links(store: &Store, accounts: &[Account]) -> Result<Links> {
    let parameters = LinkParameters::default();
    watched("linking", &Interrupt::watch(), |task| linked(store, accounts, &parameters, task))
}

/// Says how many pictures link nobody since too many accounts carry them: whoever reads the links would not see it.
pub(super) fn say_crowded(pictures: usize) {
    if pictures > 0 {
        let (noun, verb) = if pictures == 1 { ("picture", "links") } else { ("pictures", "link") };
        let note = format!(
            "{pictures} {noun} of more accounts than can be linked each with each {verb} nobody; `avatars` lists them"
        );
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "{note}");
    }
}

/// Links of the cache, and how many of them are short ones.
///
/// # Errors
/// Fails where the cache cannot be read.
pub(super) fn short_links(store: &Store) -> Result<(u64, u64)> {
    let (mut short, mut all) = (0, 0);
    store.for_each_key(ObjectKind::Link, |key| {
        all += 1;
        short += u64::from(is_short_link(key));
    })?;
    Ok((short, all))
}

/// Says how many links lead elsewhere, so that two of one page count as two.
pub(super) fn say_short_links(store: &Store) -> Result<()> {
    let (short, all) = short_links(store)?;
    if short > 0 {
        let (short, all) = (thousands(short), thousands(all));
        let note =
            format!("co-link: {short} of {all} links are short ones, not resolved: two of one page count as two");
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "{note}");
    }
    Ok(())
}

/// Links accounts, and keeps the links for the next time where the cache can be written.
pub(super) fn linked(
    store: &Store,
    accounts: &[Account],
    parameters: &LinkParameters,
    task: &Task<'_>,
) -> Result<Links> {
    let links = Links::build(store, accounts, parameters, task)?;
    say_crowded(links.graph.left_out().crowded_avatars);
    if parameters.layer == ObjectKind::Link {
        say_short_links(store)?;
    }
    // Links that cannot be kept are as good as others.
    let _ = links.keep(store);
    Ok(links)
}
