//! Values that exports write in more than one way.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use super::time;
use crate::model::Timestamp;

/// An id: text, or a whole number. A float is refused, since it has lost digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id(pub String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BorrowedId::deserialize(deserializer).map(|id| Self(id.0.into_owned()))
    }
}

/// Text that lies in the line, unless something in it is escaped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// An id as it lies in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BorrowedId<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for BorrowedId<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Ids<'a>(PhantomData<&'a str>);
        impl<'de: 'a, 'a> Visitor<'de> for Ids<'a> {
            type Value = BorrowedId<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id, which is text or a whole number")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<BorrowedId<'a>, E> {
                if is_blank(text) { Err(E::custom("an id is empty")) } else { Ok(BorrowedId(Cow::Borrowed(text))) }
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<BorrowedId<'a>, E> {
                if is_blank(text) {
                    Err(E::custom("an id is empty"))
                } else {
                    Ok(BorrowedId(Cow::Owned(text.to_owned())))
                }
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<BorrowedId<'a>, E> {
                Ok(BorrowedId(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<BorrowedId<'a>, E> {
                Ok(BorrowedId(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(Ids(PhantomData))
    }
}

/// Ids in quotes are kept as they are: those that differ stay different.
fn is_blank(id: &str) -> bool {
    id.trim().is_empty()
}

/// A time in any notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment(pub Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Moments;
        impl Visitor<'_> for Moments {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
                let unread = || E::custom(format!("`{}` is no time", text.chars().take(40).collect::<String>()));
                time::parse(text).map(Moment).ok_or_else(unread)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Moment, E> {
                time::from_number(number).map(Moment).ok_or_else(|| E::custom(format!("{number} is no time")))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Moment, E> {
                #[expect(clippy::cast_precision_loss, reason = "no time is so far away that it loses milliseconds")]
                self.visit_f64(number as f64)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Moment, E> {
                #[expect(clippy::cast_precision_loss, reason = "no time is so far away that it loses milliseconds")]
                self.visit_f64(number as f64)
            }
        }
        deserializer.deserialize_any(Moments)
    }
}

/// Takes `null` as blank: for fields where the platform writes so. A field that is missing stays unknown.
pub(super) fn null_is_blank<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::<String>::deserialize(deserializer)?.unwrap_or_default()))
}

/// The text of a post without the three entities that Twitter writes for characters of markup.
pub(super) fn unescape(text: String) -> String {
    unescaped(Cow::Owned(text)).into_owned()
}

/// The same for text that may lie in the line.
pub(super) fn unescaped(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// The name of a program that posts, which some exports write as a link to its page.
pub(super) fn client_name(source: &str) -> String {
    client_in(source).into_owned()
}

/// The same for text that may lie in the line.
pub(super) fn client_in(source: &str) -> Cow<'_, str> {
    let inner = source.strip_suffix("</a>").and_then(|link| Some(link.split_once('>')?.1));
    unescaped(Cow::Borrowed(inner.unwrap_or(source).trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_differ_by_blanks_stay_different() {
        let read = |json| serde_json::from_str::<Id>(json).map(|id| id.0).map_err(|error| error.to_string());
        for (json, id) in [("\"a\"", "a"), ("\"a \"", "a "), ("\"\\ta\"", "\ta"), ("12", "12")] {
            assert_eq!(read(json).as_deref(), Ok(id));
        }
        for blank in ["\"\"", "\" \"", "\"\\n\""] {
            assert!(read(blank).is_err_and(|error| error.contains("an id is empty")), "{blank}");
        }
    }
}
