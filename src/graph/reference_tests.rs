//! The real sample, against the answers of other people's programs. Skipped where `BOT_TUI_REAL_DATA` is not set.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use super::tests::{build, incidence};
use super::*;
use crate::model::{KeepRule, LinkParameters, LinkedPair};

struct Sample {
    folder: PathBuf,
    incidence: Incidence,
    accounts: Vec<String>,
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn sample() -> Option<Sample> {
    let Some(folder) = std::env::var_os("BOT_TUI_REAL_DATA") else {
        println!("skipped: BOT_TUI_REAL_DATA is not set");
        return None;
    };
    let folder = PathBuf::from(folder).join("co_retweet");
    let (mut accounts, mut objects) = (Numbers::default(), Numbers::default());
    let shares: Vec<_> = rows(&folder.join("retweets.csv"))
        .iter()
        .map(|row| (accounts.number(&row[1]), objects.number(&row[0]), Some(row[3].parse::<i64>().unwrap() * 1000)))
        .collect();
    Some(Sample { folder, incidence: incidence(&shares), accounts: accounts.names })
}

#[derive(Default)]
struct Numbers {
    known: HashMap<String, u32>,
    names: Vec<String>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> u32 {
        *self.known.entry(name.to_owned()).or_insert_with(|| {
            self.names.push(name.to_owned());
            self.names.len() as u32
        })
    }
}

impl Sample {
    fn name(&self, account: crate::model::AccountId) -> &str {
        &self.accounts[account.index() - 1]
    }

    /// The two ends in the order of the reference files.
    fn ends(&self, pair: &LinkedPair) -> (String, String) {
        let (a, b) = (self.name(pair.a), self.name(pair.b));
        (a.min(b).to_owned(), a.max(b).to_owned())
    }

    fn within(&self, window_seconds: u32) -> BTreeMap<(String, String), u32> {
        let keep = KeepRule::SharedWithin(1);
        let pairs = build(&self.incidence, &LinkParameters { keep, window_seconds, ..LinkParameters::default() });
        pairs.iter().map(|pair| (self.ends(pair), pair.link.co_share.unwrap().shared_within)).collect()
    }
}

fn histogram(weights: impl Iterator<Item = u32>) -> BTreeMap<u32, u64> {
    let mut counts = BTreeMap::new();
    weights.for_each(|weight| *counts.entry(weight).or_default() += 1);
    counts
}

#[test]
fn windows_agree_edge_for_edge() {
    let Some(sample) = sample() else { return };
    for (window, edges) in [(10, 1_083), (60, 6_193)] {
        let expected: BTreeMap<_, u32> = rows(&sample.folder.join(format!("edges_window_{window}s.csv")))
            .into_iter()
            .map(|row| ((row[0].clone(), row[1].clone()), row[2].parse().unwrap()))
            .collect();
        assert_eq!(expected.len(), edges);
        assert!(sample.within(window) == expected, "window {window}");
    }
}

#[test]
fn histograms_agree_in_wide_windows_and_without_one() {
    let Some(sample) = sample() else { return };
    let summary: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(sample.folder.join("summary.json")).unwrap()).unwrap();
    let expected = |window: &str| -> BTreeMap<u32, u64> {
        serde_json::from_value(summary["windows"][window]["weight_histogram"].clone()).unwrap()
    };
    assert_eq!(histogram(sample.within(3_600).into_values()), expected("3600"));
    let parameters = LinkParameters { keep: KeepRule::Shared(1), ..LinkParameters::default() };
    let pairs = build(&sample.incidence, &parameters);
    assert_eq!(pairs.len(), 1_781_462);
    let shared = pairs.iter().map(|pair| pair.link.co_share.unwrap().shared);
    assert_eq!(histogram(shared), expected("unbounded"));
}

#[test]
fn cosines_agree_to_nine_decimals() {
    let Some(sample) = sample() else { return };
    let all = build(&sample.incidence, &LinkParameters { keep: KeepRule::All, ..LinkParameters::default() });
    assert_eq!(all.len(), 132_499);
    let sum: f64 = all.iter().map(|pair| pair.link.co_share.unwrap().cosine.unwrap()).sum();
    assert!((sum - 7_900.250_066).abs() < 1e-5, "{sum}");

    let parameters = LinkParameters { keep: KeepRule::Percentile(99.5), ..LinkParameters::default() };
    let found: BTreeMap<_, f64> = build(&sample.incidence, &parameters)
        .iter()
        .map(|pair| (sample.ends(pair), pair.link.co_share.unwrap().cosine.unwrap()))
        .collect();
    let expected = rows(&sample.folder.join("tfidf_cosine_top_0_5_percent.csv"));
    assert_eq!((found.len(), expected.len()), (663, 663));
    for row in expected {
        let cosine = found[&(row[0].clone(), row[1].clone())];
        assert!((cosine - row[2].parse::<f64>().unwrap()).abs() < 1.5e-9, "{row:?}: {cosine}");
    }
}
