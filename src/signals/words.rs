//! What signals read, in words.

use crate::model::AccountId;

/// A reading in words. Names in it are hostile until sanitised.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingWords {
    /// The value.
    pub value: String,
    /// Where it stands in the data, 0 to 100.
    pub percentile: f64,
    /// What it rests on.
    pub evidence: String,
}

/// A value that is a count.
pub(super) fn whole(value: f64) -> String {
    format!("{value:.0}")
}

/// A value without a unit.
pub(super) fn number(value: f64) -> String {
    format!("{value:.2}")
}

/// Some of `all` accounts by their names, behind `before`; nothing where none is an example.
pub(super) fn named(before: &str, examples: &[AccountId], all: u32, name: &dyn Fn(AccountId) -> String) -> String {
    if examples.is_empty() {
        return String::new();
    }
    let names: Vec<String> = examples.iter().map(|&id| name(id)).collect();
    let more = if all as usize > examples.len() { ", …" } else { "" };
    format!("{before}{}{more}", names.join(" "))
}
