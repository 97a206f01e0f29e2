//! Accounts whose bios say nearly the same. Proverbs, party lines and jokes are many people's; that is why the bio is shown.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::token_sets::TokenSets;
use super::words::{named, whole};
use super::{FEWEST_WORDS, Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId, dense};
use crate::text::{statement, statement_words, thousands};

/// Others that are named.
const NAMED: usize = 5;

/// The other accounts whose bios are nearly alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BioTwins {
    /// How many there are.
    pub others: u32,
    /// How many of them use the very same words.
    pub same_words: u32,
    /// Some of them, those with the same words first.
    pub examples: Vec<AccountId>,
}

/// The bio twins of each account; the value is how many there are.
fn bio_twins(accounts: &[Account], task: &Task<'_>) -> Result<Vec<Outcome<BioTwins>>, GraphError> {
    let mut sets = TokenSets::default();
    let read = |account: &Account| {
        let bio = account.profile.bio.as_deref().ok_or(Silence::Unknown("no bio in the data"))?;
        let said = statement(bio).unwrap_or_default();
        let set = sets.add(statement_words(&said), FEWEST_WORDS);
        set.ok_or(Silence::Unknown("a bio of fewer than 5 different words, without mentions and links"))
    };
    let bios: Vec<Result<u32, Silence>> = accounts.iter().map(read).collect();
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); sets.len()];
    for (place, set) in (0..).zip(&bios) {
        if let Ok(set) = set {
            members[*set as usize].push(place);
        }
    }
    let near: Vec<AtomicU32> = members.iter().map(|_| AtomicU32::new(0)).collect();
    let nearest: Vec<AtomicU32> = members.iter().map(|_| AtomicU32::new(u32::MAX)).collect();
    sets.for_each_near_pair(task, |a, b| {
        for (one, other) in [(a as usize, b as usize), (b as usize, a as usize)] {
            near[one].fetch_add(dense(members[other].len()), Ordering::Relaxed);
            // The first in the order of accounts, so that it is the same in every run.
            nearest[one].fetch_min(members[other].first().copied().unwrap_or(u32::MAX), Ordering::Relaxed);
        }
    })?;
    let one = |(own, set): (u32, Result<u32, Silence>)| {
        let set = set? as usize;
        let same_words = dense(members[set].len()) - 1;
        let others = same_words + near[set].load(Ordering::Relaxed);
        let alike = members[set].iter().copied().filter(|&place| place != own);
        let similar = Some(nearest[set].load(Ordering::Relaxed)).filter(|&place| place != u32::MAX);
        let examples = alike.take(NAMED - 1).chain(similar).map(|place| accounts[place as usize].id).collect();
        Ok((f64::from(others), BioTwins { others, same_words, examples }))
    };
    Ok((0..).zip(bios).map(one).collect())
}

impl Evidence for BioTwins {
    const NAME: &'static str = "bio_twins";
    const MEANING: &'static str = "other accounts whose bio has nearly the same words (Jaccard 0.8 or more)";
    const CANNOT_TELL: &'static str = "Proverbs, slogans and party lines are many people's.";
    const WORK: f32 = 6.0;

    fn read(seen: &Observations<'_>, task: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        bio_twins(seen.accounts, task)
    }

    fn value(value: f64) -> String {
        whole(value)
    }

    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String {
        let others = named(", ", &self.examples, self.others, name);
        format!("{} with the same words{others}", thousands(self.same_words.into()))
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        let Self { others, same_words, examples } = self;
        json!({ "others": others, "same_words": same_words, "examples": names.accounts(examples) })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Activity, Profile};

    fn with_bios(bios: &[Option<String>]) -> Vec<Account> {
        let account = |(id, bio): (u32, &Option<String>)| Account {
            id: AccountId(id),
            platform: Default::default(),
            platform_id: id.to_string(),
            profile: Profile { bio: bio.clone(), ..Profile::default() },
            avatar: None,
            activity: Activity::default(),
        };
        (1..).zip(bios).map(account).collect()
    }

    fn twins(bios: &[&str]) -> Vec<Outcome<BioTwins>> {
        let bios: Vec<Option<String>> = bios.iter().map(|bio| Some((*bio).to_owned())).collect();
        bio_twins(&with_bios(&bios), &Task::UNWATCHED).unwrap()
    }

    #[test]
    fn keyboards_mentions_and_order_do_not_matter() {
        let found = twins(&[
            "کتاب فروش کنار رود و عاشق باران",
            "كتاب فروش كنار رود و عاشق باران @rose https://x.example",
            "Кошки, книги, чай и дождь за окном",
            "Чай и дождь за окном... КОШКИ книги",
            "cats, books, tea and rain outside, always",
            "cats, books, tea and rain outside",
            "nothing of the kind is said in here",
            "short",
        ]);
        let counts: Vec<Option<u32>> =
            found.iter().map(|one| one.as_ref().ok().map(|(_, twins)| twins.others)).collect();
        assert_eq!(counts, [Some(1), Some(1), Some(1), Some(1), Some(1), Some(1), Some(0), None]);
        let evidence = |place: usize| found[place].as_ref().unwrap().1.clone();
        assert_eq!((evidence(0).same_words, evidence(0).examples), (1, vec![AccountId(2)]));
        assert_eq!((evidence(4).same_words, evidence(4).examples), (0, vec![AccountId(6)]));
        assert!(found[7].as_ref().unwrap_err().to_string().contains("fewer than 5"));
        let unknown = bio_twins(&with_bios(&[None]), &Task::UNWATCHED).unwrap();
        assert_eq!(unknown[0].as_ref().unwrap_err().to_string(), "no bio in the data");
    }

    proptest! {
        #[test]
        fn comparing_all_with_all_finds_the_same(bios in prop::collection::vec("([a-h] ){3,12}", 1..40)) {
            let texts: Vec<&str> = bios.iter().map(String::as_str).collect();
            let sets: Vec<BTreeSet<&str>> = texts.iter().map(|bio| bio.split_whitespace().collect()).collect();
            for (place, found) in twins(&texts).into_iter().enumerate() {
                let own = &sets[place];
                let Ok((value, evidence)) = found else {
                    prop_assert!(own.len() < 5);
                    continue;
                };
                let near = |other: &BTreeSet<&str>| 5 * own.intersection(other).count() >= 4 * own.union(other).count();
                let others = sets.iter().filter(|other| other.len() >= 5 && near(other)).count() - 1;
                prop_assert_eq!(value, others as f64);
                prop_assert_eq!(evidence.same_words as usize, sets.iter().filter(|other| *other == own).count() - 1);
                prop_assert_eq!(evidence.examples.is_empty(), others == 0);
            }
        }
    }
}
