//! A hub audit as versioned JSON. The README documents the schema. Equal data and parameters give equal bytes.

use serde::Serialize;

use super::{NamedAccount, PublicIds};
use crate::graph::AccountGraph;
use crate::model::{Account, AccountId, LinkParameters};
use crate::signals::{
    Comparison, HubAudit, Kin, Likeness, Match, PairedProportion, Proportion, Retweeter, Spread, Trait, Withheld,
};

const SCHEMA: &str = "bot-tui/audit/3";
const NOTICE: &str = "What accounts have in common is evidence and no verdict: it does not say who is behind them. \
                      Accounts that show nothing of it are not thereby genuine.";

/// The document.
#[derive(Debug, Serialize)]
pub struct AuditDocument {
    schema: &'static str,
    version: &'static str,
    notice: &'static str,
    parameters: LinkParameters,
    hub: Vec<NamedAccount>,
    targets: usize,
    /// Accounts that may belong to the hub, so that figures without them mislead.
    may_belong: Vec<KinOut>,
    activity: ActivityOut,
    /// Every trait, of the retweeters that have a control and of their controls.
    pub comparisons: Vec<ComparisonOut>,
    of_each_other: Proportion,
    /// Everyone who retweeted the hub, ordered as the accounts are in the cache.
    pub retweeters: Vec<RetweeterOut>,
    /// The controls, in the order of their retweeters.
    pub controls: Vec<ControlOut>,
}

/// An account that may belong to the hub.
#[derive(Debug, Serialize)]
struct KinOut {
    #[serde(flatten)]
    account: NamedAccount,
    retweeters: u32,
    because: Vec<&'static str>,
    /// Controls in clusters that retweet it, where these are the reason.
    controls_in_clusters: Option<u32>,
}

/// How many retweets each side made.
#[derive(Debug, Serialize)]
struct ActivityOut {
    matched: SpreadOut,
    controls: SpreadOut,
    unmatched: SpreadOut,
}

#[derive(Debug, Serialize)]
struct SpreadOut {
    accounts: usize,
    /// First quarter, median, third quarter; none of nobody.
    retweets: Option<[f64; 3]>,
}

/// A control, with the traits that it shows.
#[derive(Debug, Serialize)]
pub struct ControlOut {
    /// Its retweeter's id.
    #[serde(rename = "of")]
    retweeter: String,
    of_like_size: bool,
    /// Itself.
    #[serde(flatten)]
    pub control: RetweeterOut,
}

/// One trait.
#[derive(Debug, Serialize)]
pub struct ComparisonOut {
    #[serde(rename = "trait")]
    name: &'static str,
    retweeters: Proportion,
    controls: Proportion,
    pairs: PairedProportion,
    difference: Option<f64>,
    interval_95: Option<(f64, f64)>,
    /// Why a difference has no interval.
    no_interval_because: Option<&'static str>,
}

/// One retweeter.
#[derive(Debug, Serialize)]
pub struct RetweeterOut {
    /// Who it is.
    #[serde(flatten)]
    pub account: NamedAccount,
    retweets: u32,
    of_hub: u32,
    one_author: bool,
    timed: u32,
    within_10_s: u32,
    cluster: Option<usize>,
    profile_twins: Option<u32>,
    /// The traits that it shows.
    pub shows: Vec<&'static str>,
    /// The traits of which the data cannot tell.
    unknown: Vec<&'static str>,
}

/// The document of an audit.
#[must_use]
pub fn audit_document(audit: &HubAudit, accounts: &[Account], graph: &AccountGraph) -> AuditDocument {
    let ids = PublicIds::among(accounts);
    let named = |id: AccountId| NamedAccount::find(id, accounts, graph.order(), ids);
    AuditDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        parameters: graph.parameters().clone(),
        hub: audit.hub.iter().map(|&id| named(id)).collect(),
        targets: audit.targets,
        may_belong: audit.kin.iter().map(|one| kin(one, named(one.account))).collect(),
        activity: activity(audit),
        comparisons: audit.comparisons.iter().map(ComparisonOut::from).collect(),
        of_each_other: audit.of_each_other,
        retweeters: audit.retweeters.iter().map(|one| retweeter(one, named(one.account))).collect(),
        controls: audit.matches.iter().map(|one| control(one, audit, &named)).collect(),
    }
}

fn kin(one: &Kin, account: NamedAccount) -> KinOut {
    let because = one.why.iter().map(|why| match why {
        Likeness::Name => "name",
        Likeness::Picture => "picture",
        Likeness::Handle => "handle",
        Likeness::Controls(_) => "controls_in_clusters",
    });
    let controls = one.why.iter().find_map(|why| match why {
        Likeness::Controls(count) => Some(*count),
        _ => None,
    });
    KinOut { account, retweeters: one.retweeters, because: because.collect(), controls_in_clusters: controls }
}

fn activity(audit: &HubAudit) -> ActivityOut {
    let [matched, controls, unmatched] = audit.activity().map(|spread: Spread| SpreadOut {
        accounts: spread.accounts,
        retweets: (spread.accounts > 0).then_some(spread.quarters),
    });
    ActivityOut { matched, controls, unmatched }
}

fn control(one: &Match, audit: &HubAudit, named: &dyn Fn(AccountId) -> NamedAccount) -> ControlOut {
    let retweeter_id = named(audit.retweeters[one.retweeter].account).id;
    let control = retweeter(&one.control, named(one.control.account));
    ControlOut { retweeter: retweeter_id, of_like_size: one.of_like_size, control }
}

impl From<&Comparison> for ComparisonOut {
    fn from(found: &Comparison) -> Self {
        let difference = found.difference();
        Self {
            name: found.compared.name(),
            retweeters: found.pairs.first(),
            controls: found.pairs.second(),
            pairs: found.pairs,
            difference: difference.map(|(value, _)| value),
            interval_95: difference.and_then(|(_, interval)| interval.ok()),
            no_interval_because: found.withheld.map(Withheld::name),
        }
    }
}

fn retweeter(one: &Retweeter, account: NamedAccount) -> RetweeterOut {
    let names = |wanted: Option<bool>| {
        Trait::ALL.into_iter().filter(|each| each.is_shown(one) == wanted).map(Trait::name).collect::<Vec<_>>()
    };
    RetweeterOut {
        account,
        retweets: one.retweets,
        of_hub: one.of_hub,
        one_author: one.one_author,
        timed: one.timed,
        within_10_s: one.fast,
        cluster: one.cluster,
        profile_twins: one.profile_twins,
        shows: names(Some(true)),
        unknown: names(None),
    }
}
