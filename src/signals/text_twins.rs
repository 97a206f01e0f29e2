//! How much of what an account says in its own words others say nearly alike. Slogans, prayers, petitions and share buttons
//! give many people the same words.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames, Quote};
use super::observations::Statements;
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{AccountId, Csr, ObjectId, dense};
use crate::text::{percent, thousands};

/// With fewer statements a share of them says nothing.
const FEWEST_STATEMENTS: u32 = 3;

/// What an account said that others said too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextTwins {
    /// Its statements with different words.
    pub statements: u32,
    /// Those that another account said nearly alike.
    pub twinned: u32,
    /// The one of them that was said most often by others; `None` where there is none.
    pub example: Option<TwinStatement>,
}

/// A statement that others said nearly alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwinStatement {
    /// The statement.
    pub statement: ObjectId,
    /// How many times others said it: each account counts once for each of its wordings.
    pub said_by_others: u32,
    /// One of these others,
    pub other: AccountId,
    /// and what it said.
    pub other_statement: ObjectId,
}

/// Who said what, by set of words.
struct Said {
    /// Places of the accounts that said each set, ascending.
    places: Csr<u32>,
    /// How many times accounts said what is nearly alike, by set,
    near: Vec<AtomicU32>,
    /// how many of these times it was the account itself, beside `places`,
    own: Vec<AtomicU32>,
    /// and the smallest set nearly alike that somebody else said, where one account alone said a set.
    partner: Vec<AtomicU32>,
}

const NONE: u32 = u32::MAX;

impl Said {
    fn new(statements: &Statements) -> Self {
        let mut said: Vec<(u32, u32)> = statements.said.iter().map(|&(place, set)| (set, place)).collect();
        said.sort_unstable();
        said.dedup();
        let sets = statements.words.len();
        let counters = |length: usize, at: u32| (0..length).map(|_| AtomicU32::new(at)).collect();
        Self {
            near: counters(sets, 0),
            own: counters(said.len(), 0),
            partner: counters(sets, NONE),
            places: Csr::from_pairs(sets, said.into_iter()),
        }
    }

    fn by(&self, set: u32) -> &[u32] {
        self.places.row(set as usize)
    }

    /// Takes in that two sets are nearly alike.
    fn note(&self, a: u32, b: u32) {
        for (set, other) in [(a, b), (b, a)] {
            let others = self.by(other);
            self.near[set as usize].fetch_add(dense(others.len()), Ordering::Relaxed);
            for (slot, place) in self.places.places(set as usize).zip(self.by(set)) {
                if others.binary_search(place).is_ok() {
                    self.own[slot].fetch_add(1, Ordering::Relaxed);
                }
            }
            if let [alone] = self.by(set)
                && others.iter().any(|place| place != alone)
            {
                // The smallest, so that it is the same in every run.
                self.partner[set as usize].fetch_min(other, Ordering::Relaxed);
            }
        }
    }

    /// How many times others said nearly what the account in this slot said.
    fn by_others(&self, set: u32, slot: usize) -> u32 {
        let same = dense(self.by(set).len() - 1);
        let near = self.near[set as usize].load(Ordering::Relaxed) - self.own[slot].load(Ordering::Relaxed);
        same.saturating_add(near)
    }

    /// Somebody else who said it, and the set that they said.
    fn another(&self, set: u32, place: u32) -> Option<(u32, u32)> {
        let other_than = |set: u32| self.by(set).iter().find(|&&other| other != place).map(|&other| (other, set));
        let partner = self.partner[set as usize].load(Ordering::Relaxed);
        other_than(set).or_else(|| if partner == NONE { None } else { other_than(partner) })
    }
}

/// The text twins of each account; the value is the share of its statements that others said nearly alike. `ids` are the
/// accounts by place.
fn text_twins(
    statements: &Statements,
    ids: &[AccountId],
    task: &Task<'_>,
) -> Result<Vec<Outcome<TextTwins>>, GraphError> {
    let said = Said::new(statements);
    statements.words.for_each_near_pair(task, |a, b| said.note(a, b))?;
    let mut counts = vec![Count::default(); ids.len()];
    for set in 0..dense(statements.words.len()) {
        for (slot, &place) in said.places.places(set as usize).zip(said.by(set)) {
            let Some(count) = counts.get_mut(place as usize) else { continue };
            let others = said.by_others(set, slot);
            count.statements += 1;
            count.twinned += u32::from(others > 0);
            if others > count.best.map_or(0, |(most, _)| most) {
                count.best = Some((others, set));
            }
        }
    }
    let outcome = |(place, Count { statements: has, twinned, best }): (u32, Count)| {
        if has < FEWEST_STATEMENTS {
            let (has, needs) = (u64::from(has), u64::from(FEWEST_STATEMENTS));
            return Err(Silence::TooFew { what: "statements of its own, of 5 different words or more", has, needs });
        }
        let example = best.and_then(|(said_by_others, set)| {
            let (other, other_set) = said.another(set, place)?;
            Some(TwinStatement {
                statement: *statements.objects.get(set as usize)?,
                said_by_others,
                other: *ids.get(other as usize)?,
                other_statement: *statements.objects.get(other_set as usize)?,
            })
        });
        Ok((f64::from(twinned) / f64::from(has), TextTwins { statements: has, twinned, example }))
    };
    Ok((0..).zip(counts).map(outcome).collect())
}

/// What was counted of an account.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    statements: u32,
    twinned: u32,
    /// The statement that others said most often: how often, and its set of words.
    best: Option<(u32, u32)>,
}

impl Evidence for TextTwins {
    const NAME: &'static str = "text_twins";
    const MEANING: &'static str = "share of its own statements that others made with nearly the same words; from 3 on";
    const CANNOT_TELL: &'static str = "Slogans, prayers, petitions and share buttons give many people the same words.";
    const WORK: f32 = 26.0;

    fn read(seen: &Observations<'_>, task: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        let ids: Vec<AccountId> = seen.accounts.iter().map(|account| account.id).collect();
        text_twins(seen.statements, &ids, task)
    }

    fn value(value: f64) -> String {
        percent(value)
    }

    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String {
        let (twinned, statements) = (thousands(self.twinned.into()), thousands(self.statements.into()));
        let most = self.example.map_or_else(String::new, |example| {
            let times = match example.said_by_others {
                1 => "once".to_owned(),
                times => format!("{} times", thousands(times.into())),
            };
            format!(", one of them {times}, as by {}", name(example.other))
        });
        let were = if self.twinned == 1 { "was" } else { "were" };
        format!("{twinned} of {statements} statements {were} made by others too{most}")
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        let example = self.example.map(|one| {
            json!({ "statement": names.statement(one.statement), "said_by_others": one.said_by_others,
                    "other": names.account(one.other), "other_statement": names.statement(one.other_statement) })
        });
        json!({ "statements": self.statements, "twinned": self.twinned, "example": example })
    }

    fn quotes(&self) -> Vec<Quote> {
        let Some(example) = self.example else { return Vec::new() };
        let own = Quote { who: "it said", statement: example.statement };
        let other = Quote { who: "they said", statement: example.other_statement };
        if own.statement == other.statement { vec![own] } else { vec![own, other] }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::signals::FEWEST_WORDS;

    fn statements(said: &[(u32, &str)]) -> Statements {
        let mut all = Statements::default();
        for (number, &(place, text)) in (0..).zip(said) {
            let Some(set) = all.words.add(text.split_whitespace(), FEWEST_WORDS) else { continue };
            if set as usize == all.objects.len() {
                all.objects.push(ObjectId(number));
            }
            all.said.push((place, set));
        }
        all
    }

    fn twins(said: &[(u32, &str)], accounts: u32) -> Vec<Outcome<TextTwins>> {
        let ids: Vec<AccountId> = (1..=accounts).map(AccountId).collect();
        text_twins(&statements(said), &ids, &Task::UNWATCHED).unwrap()
    }

    #[test]
    fn only_what_others_said_counts() {
        let found = twins(
            &[
                // The first repeats itself with one word more, and shares one statement with the second and the third.
                (0, "we meet in the square tonight at nine"),
                (0, "we meet in the square tonight at nine sharp"),
                (0, "bring a lamp and a friend with you"),
                (0, "the sea is far away from here"),
                (1, "with you a friend and bring a lamp"),
                (1, "bring a lamp and a friend with you all"),
                (2, "bring a lamp and a friend with you"),
                (2, "nothing like any of the others said"),
                (2, "some more words that nobody else says"),
                (2, "bring a lamp and a friend with us you"),
            ],
            4,
        );
        let at = |place: usize| found[place].as_ref().map(|(value, twins)| (*value, twins.clone())).unwrap();
        let (value, first) = at(0);
        assert_eq!((value, first.statements, first.twinned), (0.25, 4, 1));
        // The same words by two others, and one wording more by each of them.
        let example = first.example.unwrap();
        assert_eq!((example.statement, example.said_by_others, example.other), (ObjectId(2), 4, AccountId(2)));
        assert_eq!((at(2).0, at(2).1.twinned), (0.5, 2));
        assert!(found[1].as_ref().unwrap_err().to_string().ends_with("2, it takes 3") && found[3].is_err());
    }

    proptest! {
        #[test]
        fn comparing_all_with_all_finds_the_same(
            said in prop::collection::vec((0_u32..5, "([a-g] ){5,9}"), 0..40),
        ) {
            let said: Vec<(u32, &str)> = said.iter().map(|(place, text)| (*place, text.as_str())).collect();
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
            let sayings: BTreeSet<(u32, BTreeSet<String>)> =
                said.iter().map(|&(place, text)| (place, words(text))).filter(|(_, set)| set.len() >= 5).collect();
            let near = |a: &BTreeSet<String>, b: &BTreeSet<String>| 5 * a.intersection(b).count() >= 4 * a.union(b).count();
            for (place, found) in (0_u32..).zip(twins(&said, 5)) {
                let own: Vec<_> = sayings.iter().filter(|saying| saying.0 == place).collect();
                let others = |set: &BTreeSet<String>| sayings.iter().filter(|s| s.0 != place && near(&s.1, set)).count();
                let twinned = own.iter().filter(|saying| others(&saying.1) > 0).count();
                let Ok((value, evidence)) = found else {
                    prop_assert!(own.len() < 3);
                    continue;
                };
                prop_assert!((value - twinned as f64 / own.len() as f64).abs() < 1e-12);
                let most = own.iter().map(|saying| others(&saying.1)).max().unwrap();
                prop_assert_eq!(evidence.example.map_or(0, |example| example.said_by_others as usize), most);
                prop_assert!(evidence.example.is_none_or(|example| example.other.0 != place + 1));
            }
        }
    }
}
