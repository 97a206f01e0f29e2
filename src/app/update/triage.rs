//! Go from one untagged account to the next, or from one cluster with untagged members to the next, where most evidence
//! speaks first.

use super::{Effect, State, clusters, jump};
use crate::analysis::ClusterSet;
use crate::app::{Action, Notice, NoticeKind, Pane};
use crate::model::AccountId;
use crate::signals::ClusterPortrait;
use crate::text::thousands;

/// Goes to the next untagged account of the queue, behind the one that is chosen; at the end it begins anew. Tags are
/// kept, so that another session goes on where this one was.
pub(in crate::app) fn next(state: &mut State) -> Vec<Effect> {
    let Some(set) = state.cluster_set().cloned() else {
        let why = not_yet(state, "the first account comes when that is done");
        state.places.clusters.wanted = why.kind == NoticeKind::Info;
        state.notice = Some(why);
        return Vec::new();
    };
    let here = state.chosen().and_then(|id| set.queue.iter().position(|&other| other == id));
    let start = here.map_or(0, |place| place + 1);
    let is_untagged = |id: &&AccountId| state.tags.label(**id).is_none() && state.account(**id).is_some();
    let found = set.queue[start..].iter().chain(&set.queue[..start]).find(is_untagged).copied();
    let Some(account) = found else {
        let what = if set.queue.is_empty() { "No account is linked" } else { "Every linked account is tagged" };
        state.notice = Some(Notice::info(format!("{what}: the queue is empty.")));
        return Vec::new();
    };
    state.stack.uncover();
    let effects = jump::to(state, account);
    state.focus = Pane::Accounts;
    state.notice = Some(Notice::info(why(state, &set, account)));
    effects
}

/// Goes to the next cluster with untagged members, behind the chosen one, and to the first of these; at the end it begins
/// anew. What is seen of a cluster, its members or the raster, stays seen.
pub(in crate::app) fn next_cluster(state: &mut State) {
    let Some(set) = state.cluster_set().cloned() else {
        state.notice = Some(not_yet(state, "go on when that is done"));
        return;
    };
    let untagged = |portrait: &ClusterPortrait| {
        portrait.cluster.members.iter().position(|&id| state.tags.label(id).is_none() && state.account(id).is_some())
    };
    let open: Vec<(usize, usize)> =
        set.portraits.iter().enumerate().filter_map(|(place, one)| Some((place, untagged(one)?))).collect();
    let here = state.places.clusters.cursor.row;
    let behind = open.iter().find(|&&(place, _)| place > here).or_else(|| open.first());
    let Some(&(place, member)) = behind else {
        let what = if set.portraits.is_empty() { "There is no cluster" } else { "Every member of a cluster is tagged" };
        state.notice = Some(Notice::info(format!("{what}: the queue is empty.")));
        return;
    };
    clusters::choose(state, place, member);
    let left = match open.len() {
        1 => "the only one with untagged members".to_owned(),
        count => format!("{} with untagged members left", thousands(count as u64)),
    };
    state.notice = Some(Notice::info(format!("{} · {left}", of_cluster(state, place, &set.portraits[place]))));
}

/// Why there are no clusters yet, and `then` what to do; an error where none are to come.
fn not_yet(state: &State, then: &str) -> Notice {
    match &state.unlinked {
        Some(why) => Notice::error(format!("{why}, so there is no queue.")).then(Action::Parameters),
        None if state.links.is_some() && state.wanted.is_none() => {
            Notice::info(format!("Looking for clusters; {then}."))
        }
        None => Notice::info(format!("Accounts are being linked; {then}.")),
    }
}

/// Waits no more for the first account: who has pressed another key since means whom that one speaks of.
pub(in crate::app) fn forget(state: &mut State) {
    state.places.clusters.wanted = false;
}

/// On what an account stands in the queue.
fn why(state: &State, set: &ClusterSet, account: AccountId) -> String {
    let name = state.name_of(account);
    let cluster = set.portraits.iter().enumerate().find(|(_, one)| one.cluster.members.contains(&account));
    let Some((place, portrait)) = cluster else {
        let links = thousands(set.links.graph.degree(account) as u64);
        return format!("{name}: in no cluster, linked with {links}");
    };
    format!("{name}: {}", of_cluster(state, place, portrait))
}

/// On what a cluster stands in the queue, and how much of it is done.
fn of_cluster(state: &State, place: usize, portrait: &ClusterPortrait) -> String {
    let members = &portrait.cluster.members;
    let tagged = members.iter().filter(|&&id| state.tags.label(id).is_some()).count();
    let agreeing = |independent: bool| {
        let layers = portrait.layers.iter().filter(|layer| layer.independent == independent);
        let agree = layers.filter(|layer| layer.agrees(members.len())).map(|layer| layer.layer.name());
        agree.collect::<Vec<_>>().join(", ")
    };
    let independent = match agreeing(true) {
        none if none.is_empty() => "no independent layer agrees".to_owned(),
        layers => format!("agree: {layers}"),
    };
    let layers = match agreeing(false) {
        none if none.is_empty() => independent,
        layers => format!("{independent}; by the same targets: {layers}"),
    };
    let [place, tagged, size] = [place + 1, tagged, members.len()].map(|count| thousands(count as u64));
    format!("cluster {place} · {layers} · {tagged} of {size} tagged")
}
