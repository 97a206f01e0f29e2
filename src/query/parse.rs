//! From what is typed to conditions.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::condition::{Condition, Range};
use super::field::Kind;
use super::{Field, QueryError, Term};
use crate::model::Timestamp;
use crate::text::fold_for_search;

/// The longest first, so that none is taken for another.
const OPERATORS: [&str; 7] = ["!=", "<=", ">=", ":", "=", "<", ">"];

/// The conditions of a filter.
pub(super) fn terms(typed: &str) -> Result<Vec<Term>, QueryError> {
    words(typed)?.iter().map(|word| term(word)).collect()
}

/// Cuts at blanks that stand outside of quotes.
fn words(typed: &str) -> Result<Vec<String>, QueryError> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for character in typed.chars() {
        match character {
            '"' => quoted = !quoted,
            blank if blank.is_whitespace() && !quoted => words.extend(Some(std::mem::take(&mut word))),
            other => word.push(other),
        }
    }
    if quoted {
        return Err(QueryError::OpenQuote(word));
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    Ok(words)
}

fn term(word: &str) -> Result<Term, QueryError> {
    let bare = word.strip_prefix(['-', '!']).filter(|rest| !rest.is_empty());
    let (text, negated) = (bare.unwrap_or(word), bare.is_some());
    let at = text.find(|character| ":=<>!".contains(character));
    let Some((name, rest)) = at.map(|at| text.split_at(at)).filter(|(name, _)| !name.is_empty()) else {
        return Ok(Term { negated, condition: Condition::Anywhere(fold_for_search(text)) });
    };
    let Some(operator) = OPERATORS.into_iter().find(|operator| rest.starts_with(operator)) else {
        return Ok(Term { negated, condition: Condition::Anywhere(fold_for_search(text)) });
    };
    let name = name.to_lowercase();
    let field = Field::ALL.into_iter().find(|field| field.name() == name);
    let field = field.ok_or(QueryError::UnknownField { name })?;
    let value = &rest[operator.len()..];
    let mut condition = condition(field, operator, value)?;
    // What is not known is neither equal nor unequal; only `-` asks for all that do not match.
    if operator == "!=" && !matches!(condition, Condition::Within(..)) {
        condition = Condition::Differs(field, Box::new(condition));
    }
    Ok(Term { negated, condition })
}

fn condition(field: Field, operator: &'static str, value: &str) -> Result<Condition, QueryError> {
    let equal = [":", "=", "!="].contains(&operator);
    if equal && value == "unknown" {
        return Ok(Condition::Unknown(field));
    }
    let wrong = || QueryError::WrongValue { field, value: value.to_owned() };
    if value.is_empty() {
        return Err(wrong());
    }
    let values = || value.split(',').map(str::trim).filter(|value| !value.is_empty());
    let folded = || values().map(fold_for_search).collect::<Vec<_>>();
    match field.kind() {
        Kind::Text | Kind::Words(_) if !equal => Err(QueryError::WrongOperator { field, operator }),
        Kind::Text if value == "empty" => Ok(Condition::Empty(field)),
        Kind::Text if operator == ":" => Ok(Condition::Holds(field, folded())),
        Kind::Text => Ok(Condition::Is(field, folded())),
        Kind::Words(known) => {
            let word = |value: &str| known.iter().find(|known| **known == value.to_lowercase()).copied();
            Ok(Condition::Has(field, values().map(word).collect::<Option<_>>().ok_or_else(wrong)?))
        }
        Kind::Number => {
            let ranges = values().map(|value| ranges(operator, value)).collect::<Option<Vec<_>>>();
            Ok(Condition::Within(field, ranges.ok_or_else(wrong)?.concat()))
        }
        Kind::Date => {
            let spans = values().map(|value| span(operator, value)).collect::<Option<_>>();
            Ok(Condition::During(field, spans.ok_or_else(wrong)?))
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn ranges(operator: &str, value: &str) -> Option<Vec<Range>> {
    const ALL: f64 = f64::INFINITY;
    let range = |from, to, closed| Range { from, to, closed };
    if let Some((from, to)) = value.split_once("..").filter(|_| [":", "="].contains(&operator)) {
        let end = |text: &str, open| if text.is_empty() { Some(open) } else { number(text) };
        return Some(vec![range(end(from, -ALL)?, end(to, ALL)?, true)]);
    }
    let number = number(value)?;
    Some(match operator {
        "<" => vec![range(-ALL, number, false)],
        "<=" => vec![range(-ALL, number, true)],
        ">" => vec![range(number, ALL, false)],
        ">=" => vec![range(number, ALL, true)],
        "!=" => vec![range(-ALL, number, false), range(number, ALL, false)],
        _ => vec![range(number, number, true)],
    })
}

/// First moment of a year, month or day, and the first one behind it.
fn bounds(text: &str) -> Option<(Timestamp, Timestamp)> {
    let mut parts = text.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next(), parts.next());
    let part = |part: Option<Option<i16>>| part.map_or(Some(1), |part| i8::try_from(part?).ok());
    let first = Date::new(year, part(month)?, part(day)?).ok()?;
    let length = if day.is_some() {
        1.day()
    } else if month.is_some() {
        1.month()
    } else {
        1.year()
    };
    let moment = |date: Date| Some(Timestamp(TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.as_millisecond()));
    Some((moment(first)?, moment(first.checked_add(length).ok()?)?)).filter(|_| parts.next().is_none())
}

fn span(operator: &str, value: &str) -> Option<(Timestamp, Timestamp)> {
    const FIRST: Timestamp = Timestamp(i64::MIN);
    const LAST: Timestamp = Timestamp(i64::MAX);
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() { FIRST } else { bounds(from)?.0 };
        return Some((from, if to.is_empty() { LAST } else { bounds(to)?.1 }));
    }
    let (first, behind) = bounds(value)?;
    Some(match operator {
        "<" => (FIRST, first),
        "<=" => (FIRST, behind),
        ">" => (behind, LAST),
        ">=" => (first, LAST),
        _ => (first, behind),
    })
}
