//! What is wrong with a filter.

use super::Field;

/// Why a filter cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No field has this name.
    #[error("`{name}` is no field{}; the fields are {}", guess(.name), Field::names().join(", "))]
    UnknownField {
        /// What was typed.
        name: String,
    },
    /// The field has no such value.
    #[error("`{value}` is no value of {}; write {}", .field.name(), .field.expected())]
    WrongValue {
        /// Which field.
        field: Field,
        /// What was typed.
        value: String,
    },
    /// The field cannot be compared like this.
    #[error("{} cannot be compared with `{operator}`; write {}", .field.name(), .field.expected())]
    WrongOperator {
        /// Which field.
        field: Field,
        /// What was typed.
        operator: &'static str,
    },
    /// A quote is not closed.
    #[error("the quote before `{0}` is not closed")]
    OpenQuote(String),
}

/// The field that may be meant.
fn guess(name: &str) -> String {
    let near = Field::ALL.into_iter().map(|field| (strsim::damerau_levenshtein(field.name(), name), field)).min();
    match near {
        Some((distance, field)) if distance <= 2 => format!(", perhaps {} is meant", field.name()),
        _ => String::new(),
    }
}
