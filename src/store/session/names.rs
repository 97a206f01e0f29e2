//! Names and the numbers that stand for them, close together in memory: an import asks for millions.

use crate::model::dense;

use std::hash::BuildHasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// Where a name lies, and its number.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: usize,
    length: u32,
    id: u32,
}

impl Place {
    fn name(self, text: &[u8]) -> &[u8] {
        &text[self.start..self.start + self.length as usize]
    }
}

#[derive(Debug, Default)]
pub(super) struct Names {
    places: HashTable<Place>,
    text: Vec<u8>,
}

fn hash(name: &[u8]) -> u64 {
    FxBuildHasher.hash_one(name)
}

impl Names {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The number of a name that is known.
    pub fn get(&self, name: &str) -> Option<u32> {
        let found = self.places.find(hash(name.as_bytes()), |place| place.name(&self.text) == name.as_bytes());
        found.map(|place| place.id)
    }

    /// The number of a name, which is `new` where it is not known yet; and whether it is.
    pub fn get_or_insert(&mut self, name: &str, new: u32) -> (u32, bool) {
        let Self { places, text } = self;
        let name = name.as_bytes();
        let known = places.entry(hash(name), |place| place.name(text) == name, |place| hash(place.name(text)));
        match known {
            Entry::Occupied(entry) => (entry.get().id, true),
            Entry::Vacant(entry) => {
                let length = dense(name.len());
                entry.insert(Place { start: text.len(), length, id: new });
                text.extend_from_slice(&name[..length as usize]);
                (new, false)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_one_number() {
        let mut names = Names::default();
        for round in 0..2 {
            for number in 0..5_000 {
                assert_eq!(names.get_or_insert(&format!("n{number}"), number), (number, round == 1));
            }
        }
        assert_eq!((names.get("n77"), names.get("n"), names.get("")), (Some(77), None, None));
        assert_eq!(names.get_or_insert("", 9), (9, false));
    }
}
