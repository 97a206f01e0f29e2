//! Whether the planted groups can be found again, by a second and slow computation of the cosine.

use std::collections::{HashMap, HashSet};

use crate::synth::{Dataset, Role, SynthRequest, generate};

/// Cosines of all pairs of accounts that share a target, by the project's definition: at least 10 retweets, targets
/// of at least 2 accounts, smooth inverse document frequency.
fn cosines(dataset: &Dataset) -> HashMap<(u32, u32), f64> {
    let mut targets: HashMap<u32, HashSet<u32>> = HashMap::new();
    for event in dataset.events().iter().filter(|event| event.retweet) {
        targets.entry(event.account).or_default().insert(event.post);
    }
    targets.retain(|_, posts| posts.len() >= 10);
    let mut sharers: HashMap<u32, Vec<u32>> = HashMap::new();
    for (account, posts) in &targets {
        for post in posts {
            sharers.entry(*post).or_default().push(*account);
        }
    }
    sharers.retain(|_, accounts| accounts.len() >= 2);
    let n = sharers.values().flatten().collect::<HashSet<_>>().len() as f64;
    let (mut norms, mut dots): (HashMap<u32, f64>, HashMap<(u32, u32), f64>) = Default::default();
    for accounts in sharers.values_mut() {
        accounts.sort_unstable();
        let idf = ((1.0 + n) / (1.0 + accounts.len() as f64)).ln() + 1.0;
        for (place, a) in accounts.iter().enumerate() {
            *norms.entry(*a).or_default() += idf * idf;
            for b in &accounts[place + 1..] {
                *dots.entry((*a, *b)).or_default() += idf * idf;
            }
        }
    }
    dots.into_iter().map(|((a, b), dot)| ((a, b), dot / (norms[&a] * norms[&b]).sqrt())).collect()
}

/// Precision and recall of the accounts that a link of cosine 0.5 or more reaches, and of the links themselves
/// within groups.
fn found_again(request: &SynthRequest) -> [f64; 4] {
    let dataset = generate(request).unwrap();
    let roles: Vec<Role> = dataset.roles().collect();
    let amplifier = |account: u32| matches!(roles[account as usize], Role::Amplifier(_));
    let (mut linked, mut links, mut right) = (HashSet::new(), 0.0, 0.0);
    let mut by_kind: HashMap<String, Vec<f64>> = HashMap::new();
    for ((a, b), cosine) in cosines(&dataset) {
        let (first, second) = (roles[a as usize], roles[b as usize]);
        let within = first == second && amplifier(a);
        if cosine >= 0.5 {
            linked.extend([a, b]);
            links += 1.0;
            right += f64::from(u8::from(within));
        }
        let mut words = [first.word(), second.word()];
        words.sort_unstable();
        let kind = if within { format!("within {first:?}") } else { words.join("–") };
        by_kind.entry(kind).or_default().push(cosine);
    }
    let mut kinds: Vec<_> = by_kind.into_iter().collect();
    kinds.sort_by(|a, b| a.0.cmp(&b.0));
    for (kind, mut values) in kinds {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share) as usize];
        println!(
            "{kind:34} {:>8} pairs  min {:.3}  1% {:.3}  median {:.3}  99% {:.3}  max {:.3}",
            values.len(),
            at(0.0),
            at(0.01),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    let planted = (0..roles.len() as u32).filter(|account| amplifier(*account)).count() as f64;
    let hits = linked.iter().filter(|account| amplifier(**account)).count() as f64;
    let sizes: HashMap<Role, f64> =
        roles.iter().filter(|role| matches!(role, Role::Amplifier(_))).fold(HashMap::new(), |mut sizes, role| {
            *sizes.entry(*role).or_default() += 1.0;
            sizes
        });
    let pairs: f64 = sizes.values().map(|size| size * (size - 1.0) / 2.0).sum();
    let figures = [hits / linked.len() as f64, hits / planted, right / links, right / pairs];
    println!(
        "{request:?}: accounts precision {:.3} recall {:.3}, links precision {:.3} recall {:.3}",
        figures[0], figures[1], figures[2], figures[3]
    );
    figures
}

#[test]
fn the_planted_groups_can_be_found_again_and_nobody_else_is() {
    let mut missed = Vec::new();
    for (accounts, retweets) in [(300, 5000), (900, 16_000), (4000, 40_000)] {
        for seed in [1, 2, 3] {
            let figures = found_again(&SynthRequest { accounts, retweets, seed });
            if figures.iter().any(|figure| *figure < 0.95) {
                missed.push((accounts, seed, figures));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}
