//! How long an account's bio is.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::words::whole;
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId};

/// The length of a bio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongBio {
    letters: u32,
}

impl Evidence for LongBio {
    const NAME: &'static str = "long_bio";
    const MEANING: &'static str = "letters of its bio";
    const CANNOT_TELL: &'static str = "Some like to tell of themselves.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        let letters = |account: &Account| {
            let bio = account.profile.bio.as_deref().ok_or(Silence::Unknown("its bio is not known"))?;
            let letters = bio.chars().fold(0, |count: u32, _| count.saturating_add(1));
            Ok((f64::from(letters), Self { letters }))
        };
        Ok(seen.accounts.iter().map(letters).collect())
    }

    fn value(value: f64) -> String {
        whole(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        format!("{} letters", self.letters)
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        json!({ "letters": self.letters })
    }
}
