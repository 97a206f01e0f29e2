//! The filter language for lists of accounts: `tag:none followers=86 bio:empty retweet-share>0.9 -verified:yes`.
//! Every condition has to hold. What is not known meets no condition but `unknown`.
//!
//! Words of this room: *field*, what a condition looks at; *condition*, a field, a comparison and a value; *subject*, the account
//! that conditions are held against.

mod complete;
mod condition;
mod error;
mod field;
mod parse;
mod recognise;
mod subject;

#[cfg(test)]
mod tests;

pub use complete::completions;
pub use error::QueryError;
pub use field::Field;
pub use recognise::is_filter;
pub use subject::Subject;

use condition::Condition;

/// A filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One condition, or its opposite.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    negated: bool,
    condition: Condition,
}

impl Query {
    /// Reads a filter as it is typed.
    ///
    /// # Errors
    /// Says which word is no condition, and what could be meant.
    ///
    /// ```
    /// use bot_tui::query::Query;
    ///
    /// assert!(Query::parse("followers=86 bio:empty -verified:yes").is_ok());
    /// let error = Query::parse("folowers=86").unwrap_err();
    /// assert!(error.to_string().contains("followers"));
    /// ```
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        Ok(Self { terms: parse::terms(typed)? })
    }

    /// Whether every condition holds for an account.
    #[must_use]
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        self.terms.iter().all(|term| term.condition.holds(subject) != term.negated)
    }
}
