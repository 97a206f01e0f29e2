//! Links for commands that print, and their parameters.

use std::io::Write;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::say;
use super::watched::watched;
use crate::analysis::{KeptView, Links};
use crate::graph::Task;
use crate::model::{Account, KeepRule, LinkParameters, NullModelKind, ObjectKind, Setting};
use crate::signals::why_nothing;
use crate::store::Store;
use crate::system::Interrupt;
use crate::text::{is_short_link, sanitise_line, some_of};

/// Characters of a name that are repeated in an error.
const LONGEST: usize = 200;

/// What the links depend on. An option counts for this run, before what is kept with the cache, which goes before
/// config.toml.
#[derive(Debug, Args)]
#[command(next_help_heading = "What links accounts (else as kept with the cache, else config.toml, else as built in)")]
pub(super) struct Parameters {
    /// Seconds, inclusive, within which a shared target counts as shared within the window [built in: 60]
    #[arg(long, value_name = "SECONDS")]
    window: Option<u32>,

    /// Leave out accounts with fewer targets from the cosine and its rules [built in: 10]
    #[arg(long, value_name = "N")]
    min_retweets: Option<u32>,

    /// Then leave out targets of fewer accounts [built in: 2]
    #[arg(long, value_name = "N")]
    min_accounts: Option<u32>,

    /// Leave out targets that more accounts of the data shared
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_accounts: Option<u32>,

    /// Leave out this target and no other, as `clusters --json` names it; can be given several times
    #[arg(long, value_name = "TARGET")]
    mute: Vec<String>,

    /// Which pairs to keep: all, percentile:P, cosine:T, shared:N, shared-within:N, significant:Q, coordinated:P, author-held:P or timing:P [built in: cosine:0.5]
    #[arg(long, value_name = "RULE")]
    keep: Option<KeepRule>,

    /// The chance that overlaps are held against where pairs are tested: sdsm knows activity and popularity,
    /// hypergeometric only activity [built in: sdsm]
    #[arg(long, value_name = "MODEL")]
    null_model: Option<NullModelKind>,

    /// Of these, only those among the K strongest of one of their accounts
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,

    #[command(flatten)]
    avatars: AvatarParameters,
}

/// Which pictures are alike.
#[derive(Debug, Args)]
#[command(next_help_heading = "What links accounts (else as kept with the cache, else config.toml, else as built in)")]
pub(super) struct AvatarParameters {
    /// Bits of 256 in which pictures that are alike may differ, 0 to 31 [built in: 31]
    #[arg(long, value_name = "BITS",
          value_parser = clap::value_parser!(u32).range(..=i64::from(LinkParameters::FARTHEST_AVATAR)))]
    avatar_distance: Option<u32>,

    /// Pictures mirrored or rotated are alike too
    #[arg(long)]
    mirrored: bool,

    /// A picture of more than this share of the accounts that have one is a default picture and links nobody [built in: 0.1]
    #[arg(long, value_name = "SHARE")]
    default_share: Option<f64>,

    /// Begin with config.toml, and not with what is kept with the cache
    #[arg(long)]
    defaults: bool,
}

/// Sets what was given.
fn set<T>(value: &mut T, given: Option<T>) -> bool {
    let is_given = given.is_some();
    given.into_iter().for_each(|given| *value = given);
    is_given
}

impl AvatarParameters {
    /// As the library takes them, beside what shared targets depend on, which this command does not look at.
    ///
    /// # Errors
    /// Fails where the cache or `config.toml` cannot be read.
    pub(super) fn link_parameters(&self, store: &Store) -> Result<LinkParameters> {
        let start = Start::read(store, self.defaults)?;
        let mut parameters = start.parameters.clone();
        let given = self.give(&mut parameters);
        start.say(&given);
        Ok(parameters)
    }

    /// Sets what was given, and names it.
    fn give(&self, parameters: &mut LinkParameters) -> Vec<Setting> {
        let given = [
            (Setting::AvatarDistance, set(&mut parameters.max_avatar_distance, self.avatar_distance)),
            (Setting::Mirrored, set(&mut parameters.mirrored, self.mirrored.then_some(true))),
            (Setting::DefaultShare, set(&mut parameters.default_avatar_share, self.default_share)),
        ];
        given.into_iter().filter(|&(_, is_given)| is_given).map(|(setting, _)| setting).collect()
    }
}

/// What the links of one layer depend on.
#[derive(Debug, Args)]
pub(super) struct OneLayer {
    /// What accounts share [built in: co-retweet]
    #[arg(long, value_parser = layer_parser())]
    layer: Option<ObjectKind>,

    #[command(flatten)]
    parameters: Parameters,
}

impl OneLayer {
    /// As the library takes them; what of that is not built in and not given is said.
    ///
    /// # Errors
    /// Fails where a target that is to be left out is none, and where the cache or `config.toml` cannot be read.
    pub(super) fn link_parameters(&self, store: &Store) -> Result<LinkParameters> {
        let start = self.parameters.start(store)?;
        let layer = self.layer.unwrap_or(start.parameters.layer);
        self.parameters.check_muted(store, &[layer])?;
        self.parameters.say(&start, self.layer.is_some(), layer, MadeOf::Both);
        Ok(self.parameters.over(&start, layer))
    }

    /// The same, without a word of where they come from.
    pub(super) fn quietly(&self, store: &Store) -> Result<LinkParameters> {
        let start = self.parameters.start(store)?;
        let layer = self.layer.unwrap_or(start.parameters.layer);
        self.parameters.check_muted(store, &[layer])?;
        Ok(self.parameters.over(&start, layer))
    }
}

/// What a command makes links of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MadeOf {
    /// What accounts share, and nothing else.
    Targets,
    /// Pictures, and nothing else.
    Pictures,
    Both,
}

impl MadeOf {
    /// What alone is looked at where `setting` decides nothing.
    const fn instead_of(self, setting: Setting) -> Option<&'static str> {
        match self {
            Self::Targets if setting.is_of_pictures() => Some("shared targets"),
            Self::Pictures if !setting.is_of_pictures() => Some("pictures"),
            _ => None,
        }
    }
}

/// What holds before any option.
#[derive(Debug)]
pub(super) struct Start {
    /// The parameters.
    pub(super) parameters: LinkParameters,
    from: Option<&'static str>,
}

impl Start {
    /// What is kept with the cache, else what `config.toml` says; `defaults` passes over the cache.
    fn read(store: &Store, defaults: bool) -> Result<Self> {
        let kept = if defaults { KeptView::default() } else { KeptView::read(store)? };
        if kept.unreadable {
            let words = "a later version kept parameters with this cache that this one cannot read; they do not count";
            let _ = writeln!(say::note(), "{words}");
        }
        let (parameters, from) = match kept.parameters {
            Some(parameters) => (parameters, "as kept with the cache; --defaults passes over that"),
            None => (super::config::links()?, "as config.toml says"),
        };
        let from = Some(from).filter(|_| parameters != LinkParameters::default());
        Ok(Self { parameters, from })
    }

    /// Says where the parameters come from, unless they are built in.
    fn say(&self, given: &[Setting]) {
        let Some(from) = self.from else { return };
        let but: Vec<String> = given.iter().map(|setting| format!("--{}", setting.name())).collect();
        let but = if but.is_empty() { String::new() } else { format!(", but for {}", but.join(", ")) };
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "links: {} ({from}){but}", self.parameters);
    }
}

impl Parameters {
    /// What holds before any option.
    ///
    /// # Errors
    /// Fails where the cache or `config.toml` cannot be read.
    pub(super) fn start(&self, store: &Store) -> Result<Start> {
        Start::read(store, self.avatars.defaults)
    }

    /// As the library takes them, for one layer.
    pub(super) fn over(&self, start: &Start, layer: ObjectKind) -> LinkParameters {
        self.given(start, layer).0
    }

    /// The parameters, and which of them were given.
    fn given(&self, start: &Start, layer: ObjectKind) -> (LinkParameters, Vec<Setting>) {
        let mut parameters = start.parameters.clone();
        if parameters.layer != layer {
            // Keys of one layer mean nothing in another.
            parameters.muted.clear();
        }
        parameters.layer = layer;
        if !self.mute.is_empty() {
            parameters.muted = self.mute.iter().cloned().collect();
        }
        let given = [
            (Setting::Keep, set(&mut parameters.keep, self.keep)),
            (Setting::Window, set(&mut parameters.window_seconds, self.window)),
            (Setting::MinRetweets, set(&mut parameters.min_retweets, self.min_retweets)),
            (Setting::MinAccounts, set(&mut parameters.min_accounts, self.min_accounts)),
            (Setting::MaxAccounts, set(&mut parameters.max_accounts, self.max_accounts.map(Some))),
            (Setting::NullModel, set(&mut parameters.null_model, self.null_model)),
            (Setting::Top, set(&mut parameters.top, self.top.map(Some))),
        ];
        let mut given: Vec<Setting> = given.into_iter().filter(|given| given.1).map(|given| given.0).collect();
        given.extend(self.avatars.give(&mut parameters));
        (parameters, given)
    }

    /// Says where parameters come from that are not built in, and which of those that were given decide nothing.
    pub(super) fn say(&self, start: &Start, layer_is_given: bool, layer: ObjectKind, made_of: MadeOf) {
        let (parameters, given) = self.given(start, layer);
        let layer = layer_is_given.then_some(Setting::Layer);
        start.say(&layer.into_iter().chain(given.iter().copied()).collect::<Vec<_>>());
        if let Some(limits) = parameters.keep.limits().filter(|_| made_of != MadeOf::Pictures) {
            let _ = writeln!(say::note(), "{}: {limits}", parameters.keep);
        }
        if made_of == MadeOf::Pictures && !self.mute.is_empty() {
            let _ = writeln!(say::note(), "--mute decides no link: this layer looks at pictures alone");
        }
        for setting in given {
            if let Some(alone) = made_of.instead_of(setting) {
                let name = setting.name();
                let _ = writeln!(say::note(), "--{name} decides no link: this layer looks at {alone} alone");
                continue;
            }
            if let Some(why) = setting.unused_by(parameters.keep) {
                let _ = writeln!(say::note(), "--{} decides no link by {}: it {why}", setting.name(), parameters.keep);
            }
        }
    }

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

/// Links the accounts of the cache as it is looked at where nothing else is asked for.
pub(super) fn links(store: &Store, accounts: &[Account]) -> Result<Links> {
    let start = Start::read(store, false)?;
    start.say(&[]);
    let parameters = start.parameters;
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
        let said = some_of(short, all, "link", ["is a short one", "are short ones"]);
        let note = format!("co-link: {said}, not resolved: two of one page count as two");
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
    if store.has_lost_links() {
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "the links that were kept in the cache were damaged; they are made anew");
    }
    say_crowded(links.graph.left_out().crowded_avatars);
    if let Some(unread) = links.unread() {
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "{unread}");
    }
    if parameters.layer == ObjectKind::Link {
        say_short_links(store)?;
    }
    if let Some(why) = why_nothing(&links.graph) {
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "{why}");
    }
    // Links that cannot be kept are as good as others.
    let _ = links.keep(store);
    Ok(links)
}
