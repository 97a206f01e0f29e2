//! How long the name of an account is. Invented, to show what a signal takes.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::words::whole;
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::{Account, AccountId};

#[derive(Debug)]
pub(super) struct NameLength {
    letters: u32,
}

impl Evidence for NameLength {
    const NAME: &'static str = "name_length";
    const MEANING: &'static str = "letters of its name";
    const CANNOT_TELL: &'static str = "Names are as long as people like them.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        let one = |account: &Account| {
            let name = account.profile.name.as_deref().ok_or(Silence::Unknown("no name in the data"))?;
            let letters = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
            Ok((f64::from(letters), Self { letters }))
        };
        Ok(seen.accounts.iter().map(one).collect())
    }

    fn value(value: f64) -> String {
        whole(value)
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        format!("its name has {} letters", self.letters)
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        json!({ "letters": self.letters })
    }
}
