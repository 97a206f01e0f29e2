//! Benign explanations of a cluster, each tested by itself. That none is left proves nothing.

use rustc_hash::FxHashSet;

use super::strips::{busiest_day, hours, quiet};
use super::{ClusterBasis, LayerCount};
use crate::graph::{Cluster, ClusterTarget};
use crate::model::{Account, AccountId, Timestamp};
use crate::signals::handle_template::{is_assigned, shape};
use crate::text::{date, sanitise_line, some_of, thousands};

/// With fewer shared targets than this, chance alone can make a link.
const FEW: u32 = 5;
/// A target is popular from this share of all accounts on, in percent, and from this many accounts on.
const POPULAR_PERCENT: usize = 10;
const POPULAR_AT_LEAST: usize = 10;
/// So many of ten targets of one author are nearly all of them; of fewer known authors nothing can be said.
const MOSTLY: usize = 8;
const FEWEST_KNOWN: usize = 5;
/// Hours without shares from which on one time zone explains that accounts act at the same hours.
const QUIET: usize = 6;
/// Fewer shares say nothing of hours and days.
const FEWEST_SHARES: u32 = 24;

/// What speaks against reading much into a cluster, in words, the weightiest first. `accounts` are its members.
#[must_use]
pub fn case_against(
    basis: &ClusterBasis<'_>,
    cluster: &Cluster,
    accounts: &[&Account],
    layers: &[LayerCount],
) -> Vec<String> {
    let size = cluster.members.len();
    let none = !layers.iter().any(|layer| layer.independent && layer.agrees(size));
    let alone = none.then(|| "no independent layer agrees: people who follow one cause look like this".to_owned());
    [
        rounded(basis, cluster),
        few_observations(basis, cluster),
        single_target(cluster),
        viral(basis, cluster),
        one_figure(basis, cluster),
        alone,
        declared(accounts),
        default_avatar(basis, accounts),
        assigned_handles(accounts),
        one_day(basis, cluster),
        one_zone(basis, cluster),
        untimed(cluster),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn counted(part: usize, all: usize, noun: &str, verbs: [&str; 2]) -> String {
    some_of(part as u64, all as u64, noun, verbs)
}

fn links_rest(part: usize, all: usize) -> String {
    counted(part, all, "link", ["rests", "rest"])
}

/// Links rest on ids of which one may stand for several.
fn rounded(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let members: FxHashSet<AccountId> = cluster.members.iter().copied().collect();
    let (mut links, mut rounded) = (0, 0);
    for &member in &cluster.members {
        let neighbours = basis.graph.neighbours(member).into_iter();
        // Each is seen from both of its ends.
        let inside = neighbours.filter(|(other, _)| member < *other && members.contains(other));
        for co in inside.filter(|(_, link)| link.co_share_kept).filter_map(|(_, link)| link.co_share) {
            links += 1;
            rounded += usize::from(co.rounded > 0);
        }
    }
    (rounded > 0).then(|| format!("{} on ids that look rounded", links_rest(rounded, links)))
}

/// Half of the links or more rest on a handful of targets.
fn few_observations(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let members: FxHashSet<AccountId> = cluster.members.iter().copied().collect();
    let (mut links, mut few) = (0, 0);
    for &member in &cluster.members {
        for (other, link) in basis.graph.neighbours(member) {
            if members.contains(&other)
                && link.co_share_kept
                && let Some(co) = link.co_share
            {
                // Each is seen from both of its ends.
                links += 1;
                few += usize::from(co.shared < FEW);
            }
        }
    }
    let words = || format!("{} on fewer than {FEW} shared targets", links_rest(few / 2, links / 2));
    (few * 2 >= links && few > 0).then(words)
}

fn single_target(cluster: &Cluster) -> Option<String> {
    let any = cluster.targets.iter().any(|target| target.falls_apart);
    any.then(|| "without one single target it would fall apart".to_owned())
}

fn viral(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let all = basis.accounts.len();
    let popular = |sharers: usize| sharers >= POPULAR_AT_LEAST && sharers * 100 >= all * POPULAR_PERCENT;
    let count = cluster.targets.iter().filter(|target| popular(target.sharers)).count();
    let top = counted(count, cluster.targets.len(), "top target", ["was", "were"]);
    (count > 0).then(|| format!("viral: {top} shared by ≥ {POPULAR_PERCENT} % of all accounts"))
}

/// Nearly all that the members share most is of one account: those who like it share that too.
fn one_figure(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let author = |found: &ClusterTarget| basis.authors.get(&basis.incidence.object(found.target)?).copied();
    let mut authors: Vec<AccountId> = cluster.targets.iter().filter_map(author).collect();
    let known = authors.len();
    authors.sort_unstable();
    let most =
        authors.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).filter(|run| run.len() * 10 >= known * MOSTLY)?;
    let name = basis.accounts.iter().find(|account| account.id == most[0]).map(Account::mention);
    let figure = name.map_or_else(|| "one account".to_owned(), |name| sanitise_line(&name, 40).into_owned());
    let words = || {
        let top = counted(most.len(), known, "top target", ["is", "are"]);
        format!("one figure: {top} by {figure}; whoever follows it may share them too")
    };
    (known >= FEWEST_KNOWN).then(words)
}

fn declared(accounts: &[&Account]) -> Option<String> {
    let count = accounts.iter().filter(|account| account.profile.declared_bot == Some(true)).count();
    let words = || match (count, accounts.len()) {
        (1, all) => format!("1 of {} says openly that it is automated", thousands(all as u64)),
        (count, all) if count == all => format!("all {} say openly that they are automated", thousands(all as u64)),
        (count, all) => {
            let [count, all] = [count, all].map(|number| thousands(number as u64));
            format!("{count} of {all} say openly that they are automated")
        }
    };
    (count > 0).then(words)
}

fn default_avatar(basis: &ClusterBasis<'_>, accounts: &[&Account]) -> Option<String> {
    let pictures = accounts.iter().filter_map(|account| account.avatar);
    let (mut all, mut default) = (0, 0);
    for picture in pictures {
        all += 1;
        default += usize::from(basis.graph.is_default_avatar(picture));
    }
    let are = ["is a default picture, which links nobody", "are default pictures, which link nobody"];
    (default > 0).then(|| counted(default, all, "picture", are))
}

fn assigned_handles(accounts: &[&Account]) -> Option<String> {
    let shapes: Vec<String> =
        accounts.iter().filter_map(|account| Some(shape(account.profile.handle.as_deref()?))).collect();
    let count = shapes.iter().filter(|shape| is_assigned(shape)).count();
    let are = [
        "is letters and then digits, as the platform assigns it",
        "are letters and then digits, as the platform assigns them",
    ];
    (count * 4 >= shapes.len() && count > 0).then(|| counted(count, shapes.len(), "handle", are))
}

fn one_day(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let (count, all, day): (u32, u32, Timestamp) = busiest_day(basis.incidence, &cluster.members)?;
    let words = || {
        let fall = counted(count as usize, all as usize, "share", ["falls", "fall"]);
        format!("{fall} on {}: an event that day may explain them", date(day))
    };
    (count * 2 >= all && all >= FEWEST_SHARES).then(words)
}

fn one_zone(basis: &ClusterBasis<'_>, cluster: &Cluster) -> Option<String> {
    let hours = hours(basis.incidence, &cluster.members);
    let (length, from) = quiet(&hours);
    let words = || {
        let until = (from + length) % 24;
        format!("quiet from {from:02} to {until:02} h UTC: in one time zone people act at the same hours")
    };
    (length >= QUIET && hours.iter().sum::<u32>() >= FEWEST_SHARES).then(words)
}

fn untimed(cluster: &Cluster) -> Option<String> {
    cluster
        .median_gap_ms
        .is_none()
        .then(|| "no times are known, so that nobody can tell how close they acted".to_owned())
}
