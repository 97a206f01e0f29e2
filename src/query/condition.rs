//! One condition on one field.

use super::field::Value;
use super::{Field, Subject};
use crate::model::Timestamp;
use crate::text::fold_for_search;

/// What has to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// Handle, name or bio holds this, folded.
    Anywhere(String),
    /// The data does not tell the field.
    Unknown(Field),
    /// The field is known and blank.
    Empty(Field),
    /// The text holds one of these, folded.
    Holds(Field, Vec<String>),
    /// The text is one of these, folded.
    Is(Field, Vec<String>),
    /// The field has one of these words.
    Has(Field, Vec<&'static str>),
    /// The number lies in one of these ranges.
    Within(Field, Vec<Range>),
    /// The time lies in one of these spans of milliseconds, whose ends do not belong to them.
    During(Field, Vec<(Timestamp, Timestamp)>),
    /// The field is known, and does not meet this.
    Differs(Field, Box<Condition>),
}

/// Numbers from `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub from: f64,
    pub to: f64,
    /// Whether the ends belong to it.
    pub closed: bool,
}

impl Range {
    fn has(self, number: f64) -> bool {
        if self.closed { self.from <= number && number <= self.to } else { self.from < number && number < self.to }
    }
}

impl Condition {
    pub fn holds(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::Anywhere(wanted) => [Field::Handle, Field::Name, Field::Bio].into_iter().any(|field| {
                matches!(field.value(subject), Value::Text(text) if fold_for_search(text).contains(wanted.as_str()))
            }),
            Self::Unknown(field) => matches!(field.value(subject), Value::Unknown),
            Self::Empty(field) => matches!(field.value(subject), Value::Text(text) if text.trim().is_empty()),
            Self::Holds(field, wanted) => text_is(*field, subject, |text| wanted.iter().any(|part| text.contains(part))),
            Self::Is(field, wanted) => text_is(*field, subject, |text| wanted.iter().any(|whole| text == whole)),
            Self::Has(field, wanted) => {
                matches!(field.value(subject), Value::Words(words) if words.iter().any(|word| wanted.contains(word)))
            }
            Self::Within(field, ranges) => {
                matches!(field.value(subject), Value::Number(number) if ranges.iter().any(|range| range.has(number)))
            }
            Self::Differs(field, from) => !Self::Unknown(*field).holds(subject) && !from.holds(subject),
            Self::During(field, spans) => {
                matches!(field.value(subject), Value::Date(at) if spans.iter().any(|&(from, to)| from <= at && at < to))
            }
        }
    }
}

fn text_is(field: Field, subject: &Subject<'_>, meets: impl FnOnce(&str) -> bool) -> bool {
    matches!(field.value(subject), Value::Text(text) if meets(&fold_for_search(text)))
}
