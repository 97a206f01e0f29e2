//! Values of a page, of which one that is not as it should be costs only itself, and is told with the page's line.

use std::fmt;
use std::marker::PhantomData;
use std::ops::ControlFlow;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::import::format::{Item, Out};
use crate::model::SkippedLine;

/// Elements of a list that are read. A line is too short for more of them than this that say anything.
const LONGEST_LIST: usize = 1 << 18;

/// A value, or why it is not as it should be.
pub(super) struct Lenient<T>(pub Result<T, String>);

impl<T> Lenient<T> {
    fn from_result(read: serde_json::Result<T>) -> Self {
        Self(read.map_err(|error| {
            let reason = error.to_string();
            // Where in the value that is says nothing about the line.
            reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned()
        }))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = <&RawValue>::deserialize(deserializer)?;
        Ok(Self::from_result(serde_json::from_str(written.get())))
    }
}

/// The elements of a list, or what stands where a list might. One that is not as it should be makes a `STRICT` list fail,
/// which is read in little more than half of the time.
pub(super) struct Elements<T, const STRICT: bool> {
    first: Vec<Result<T, String>>,
    /// How many more there are than are read.
    more: u64,
}

impl<T, const STRICT: bool> Elements<T, STRICT> {
    /// Those that are as they should be.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().flatten()
    }

    /// Sends why the others are not read; `name` is the list's and `line` the page's.
    pub fn send_refused(&self, name: &str, line: u64, out: &mut Out<'_>) -> ControlFlow<()> {
        for reason in self.first.iter().filter_map(|element| element.as_ref().err()) {
            send_refused(name, reason, line, out)?;
        }
        (0..self.more).try_for_each(|_| {
            let reason = format!("`{name}` of the page has more than {LONGEST_LIST} elements");
            out(Item::Skipped(SkippedLine { line, reason }))
        })
    }
}

/// Sends why a value of a page is not read.
pub(super) fn send_refused(name: &str, reason: &str, line: u64, out: &mut Out<'_>) -> ControlFlow<()> {
    out(Item::Skipped(SkippedLine { line, reason: format!("in `{name}` of the page: {reason}") }))
}

impl<'de, T: Deserialize<'de>, const STRICT: bool> Deserialize<'de> for Elements<T, STRICT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T, const STRICT: bool>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const STRICT: bool> Visitor<'de> for List<T, STRICT> {
            type Value = Elements<T, STRICT>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or a single object")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let (mut first, mut more) = (Vec::new(), 0);
                while first.len() < LONGEST_LIST {
                    let element = if STRICT {
                        list.next_element()?.map(Ok)
                    } else {
                        list.next_element::<Lenient<T>>()?.map(|element| element.0)
                    };
                    let Some(element) = element else { break };
                    first.push(element);
                }
                while first.len() == LONGEST_LIST && list.next_element::<IgnoredAny>()?.is_some() {
                    more += 1;
                }
                Ok(Elements { first, more })
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
                let object = Value::deserialize(MapAccessDeserializer::new(object))?;
                Ok(Elements { first: vec![Lenient::from_result(T::deserialize(object)).0], more: 0 })
            }
        }
        deserializer.deserialize_any(List::<T, STRICT>(PhantomData))
    }
}
