//! Why nobody is linked, or one account is not: what hides everything must not look like an answer.

use crate::graph::{AccountGraph, Incidence, LeftOut};
use crate::model::{AccountId, KeepRule, LinkParameters};
use crate::text::{count_of, thousands};

/// Whether the rule looks only at what the minimum filters leave.
fn is_filtered(rule: KeepRule) -> bool {
    !rule.looks_at_all()
}

/// The rule, with the window where that counts.
fn rule_words(parameters: &LinkParameters) -> String {
    match parameters.keep {
        KeepRule::SharedWithin(_) => format!("{} (`window` {} s)", parameters.keep, parameters.window_seconds),
        rule => rule.to_string(),
    }
}

/// Why what accounts share links nobody, in one line; `None` where it links some.
#[must_use]
pub fn why_nothing(graph: &AccountGraph) -> Option<String> {
    if graph.is_linked_by_shares() {
        return None;
    }
    let why = why_nothing_by_shares(graph.left_out(), graph.parameters());
    Some(match graph.link_count() as u64 {
        0 => format!("0 links: {why}"),
        pictures => {
            format!("0 links by {}, {} by pictures alone: {why}", graph.parameters().layer.layer(), thousands(pictures))
        }
    })
}

/// What hides all pairs of a layer, by what was left out before.
#[must_use]
pub fn why_nothing_by_shares(left_out: LeftOut, parameters: &LinkParameters) -> String {
    let layer = parameters.layer.layer();
    let mut facts = Vec::new();
    if left_out.targets == 0 && left_out.muted_targets == 0 {
        facts.push(format!("nobody shares anything of the layer {layer}"));
    } else if !is_filtered(parameters.keep) {
        facts.push(format!("no pair is kept by {}", rule_words(parameters)));
    } else if left_out.pairs_left > 0 {
        let pairs = count_of(left_out.pairs_left, "pair");
        facts.push(format!("{} keeps none of {pairs}", rule_words(parameters)));
    }
    let accounts = left_out.accounts_below_min_retweets as u64;
    if is_filtered(parameters.keep) && accounts > 0 {
        let (have, least) = (if accounts == 1 { "has" } else { "have" }, u64::from(parameters.min_retweets));
        let accounts = count_of(accounts, "account");
        facts.push(format!("{accounts} {have} fewer than {} (`min-retweets`)", count_of(least, "target")));
    }
    let targets = left_out.targets_below_min_accounts as u64;
    // What only one account shares links nobody anyhow.
    if is_filtered(parameters.keep) && parameters.min_accounts > 2 && targets > 0 {
        let (have, least) = (if targets == 1 { "has" } else { "have" }, thousands(u64::from(parameters.min_accounts)));
        let targets = count_of(targets, "target");
        facts.push(format!("{targets} {have} fewer than {least} of the accounts left (`min-accounts`)"));
    }
    if left_out.muted_targets > 0 {
        facts.push(format!("{} muted", count_of(left_out.muted_targets as u64, "target")));
    }
    facts.join("; ")
}

/// Why an account is linked with nobody, in one line.
#[must_use]
pub fn why_unlinked(graph: &AccountGraph, incidence: &Incidence, account: AccountId) -> String {
    let parameters = graph.parameters();
    if graph.link_count() == 0 {
        return format!("0 links: {}", why_nothing_by_shares(graph.left_out(), parameters));
    }
    let targets = incidence.targets_of(account).len();
    let few = is_filtered(parameters.keep) && targets < parameters.min_retweets as usize;
    match targets {
        0 => format!("It shares nothing of the layer {}.", parameters.layer.layer()),
        targets if few => {
            let (targets, least) = (count_of(targets as u64, "target"), parameters.min_retweets);
            format!("It has {targets}, fewer than {} (`min-retweets`).", thousands(u64::from(least)))
        }
        _ => format!("No account is linked with this one by {}.", rule_words(parameters)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{IncidenceBuilder, Task};
    use crate::model::{ObjectId, ShareRow};

    /// Account 1 and 2 share targets 1 to 3, account 3 shares a fourth.
    fn graph(parameters: &LinkParameters) -> (AccountGraph, Incidence) {
        let mut builder = IncidenceBuilder::default();
        for (account, object) in [(1, 1), (2, 1), (1, 2), (2, 2), (1, 3), (2, 3), (3, 4)] {
            let (account, object) = (AccountId(account), ObjectId(object));
            builder.push(ShareRow { object, account, at: None, own: false });
        }
        let incidence = builder.finish();
        (AccountGraph::build(&incidence, &[], &[], parameters, &Task::UNWATCHED).unwrap(), incidence)
    }

    fn nothing(parameters: &LinkParameters) -> String {
        let (graph, _) = graph(parameters);
        assert_eq!(graph.link_count(), 0);
        why_nothing(&graph).unwrap()
    }

    #[test]
    fn what_hides_everything_is_said() {
        let usual = LinkParameters::default();
        assert_eq!(nothing(&usual), "0 links: 3 accounts have fewer than 10 targets (`min-retweets`)");
        let few = LinkParameters { min_retweets: 2, min_accounts: 3, ..usual.clone() };
        let said = "0 links: 1 account has fewer than 2 targets (`min-retweets`); \
                    4 targets have fewer than 3 of the accounts left (`min-accounts`)";
        assert_eq!(nothing(&few), said);
        let shared = LinkParameters { keep: KeepRule::Shared(4), ..usual.clone() };
        assert_eq!(nothing(&shared), "0 links: no pair is kept by shared:4", "the minimums hide nothing of it");
        let within = LinkParameters { keep: KeepRule::SharedWithin(1), ..usual.clone() };
        assert_eq!(nothing(&within), "0 links: no pair is kept by shared-within:1 (`window` 60 s)");
        let significant = LinkParameters { keep: KeepRule::Significant(0.0), min_retweets: 3, ..usual.clone() };
        let said = "0 links: significant:0 keeps none of 1 pair; 1 account has fewer than 3 targets (`min-retweets`)";
        assert_eq!(nothing(&significant), said);
        let nobody = LeftOut::default();
        assert_eq!(why_nothing_by_shares(nobody, &usual), "nobody shares anything of the layer co-retweet");
        let muted = LeftOut { muted_targets: 2, ..nobody };
        assert_eq!(why_nothing_by_shares(muted, &usual), "2 targets muted");
    }

    #[test]
    fn why_one_account_is_linked_with_nobody_is_said() {
        let parameters = LinkParameters { min_retweets: 2, ..LinkParameters::default() };
        let (linked, incidence) = graph(&parameters);
        assert_eq!((linked.link_count(), why_nothing(&linked)), (1, None));
        let why = |account| why_unlinked(&linked, &incidence, AccountId(account));
        assert_eq!(why(3), "It has 1 target, fewer than 2 (`min-retweets`).");
        assert_eq!(why(9), "It shares nothing of the layer co-retweet.");
        let (linked, incidence) = graph(&LinkParameters { keep: KeepRule::Shared(2), ..parameters });
        let why = why_unlinked(&linked, &incidence, AccountId(3));
        assert_eq!(why, "No account is linked with this one by shared:2.");
    }
}
