//! A hub audit as versioned JSON. The README documents the schema. Equal data and parameters give equal bytes.

use serde::Serialize;

use super::{NamedAccount, PublicIds};
use crate::graph::AccountGraph;
use crate::model::{Account, AccountId, LinkParameters};
use crate::signals::{Comparison, HubAudit, Proportion, Retweeter, Trait};

const SCHEMA: &str = "bot-tui/audit/1";
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
    /// Every trait, of the retweeters and of their controls.
    pub comparisons: Vec<ComparisonOut>,
    of_each_other: Proportion,
    /// Everyone who retweeted the hub, ordered as the accounts are in the cache.
    pub retweeters: Vec<RetweeterOut>,
    controls: Vec<NamedAccount>,
}

/// One trait.
#[derive(Debug, Serialize)]
pub struct ComparisonOut {
    #[serde(rename = "trait")]
    name: &'static str,
    retweeters: Proportion,
    controls: Proportion,
    difference: Option<f64>,
    interval_95: Option<(f64, f64)>,
}

/// One retweeter.
#[derive(Debug, Serialize)]
pub struct RetweeterOut {
    /// Who it is.
    #[serde(flatten)]
    pub account: NamedAccount,
    retweets: u32,
    of_hub: u32,
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
        comparisons: audit.comparisons.iter().map(ComparisonOut::from).collect(),
        of_each_other: audit.of_each_other,
        retweeters: audit.retweeters.iter().map(|one| retweeter(one, named(one.account))).collect(),
        controls: audit.controls.iter().map(|one| named(one.account)).collect(),
    }
}

impl From<&Comparison> for ComparisonOut {
    fn from(found: &Comparison) -> Self {
        let above = found.retweeters.above(found.controls);
        Self {
            name: found.of.name(),
            retweeters: found.retweeters,
            controls: found.controls,
            difference: above.map(|(difference, _)| difference),
            interval_95: above.map(|(_, interval)| interval),
        }
    }
}

fn retweeter(one: &Retweeter, account: NamedAccount) -> RetweeterOut {
    let names = |wanted: Option<bool>| {
        Trait::ALL.into_iter().filter(|of| of.is_shown(one) == wanted).map(Trait::name).collect::<Vec<_>>()
    };
    RetweeterOut {
        account,
        retweets: one.retweets,
        of_hub: one.of_hub,
        timed: one.timed,
        within_10_s: one.fast,
        cluster: one.cluster,
        profile_twins: one.profile_twins,
        shows: names(Some(true)),
        unknown: names(None),
    }
}
