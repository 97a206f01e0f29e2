//! Accounts whose display name is one of a list that the user brings, such as victims, public figures or stock names.
//! It says that an account uses a name on the list, not that it is that person or pretends to be.

use rustc_hash::FxHashMap;

use crate::model::{Account, AccountId};
use crate::text::fold;

/// Words of a display name that are looked at; no name has more.
const MOST_WORDS: usize = 64;

/// Names in any script, compared without case, marks and the differences of Arabic and Persian keyboards.
#[derive(Debug, Default)]
pub struct Personas {
    names: Vec<String>,
    /// The folded words of each name behind its first word, and the name, by that first word.
    by_first: FxHashMap<String, Vec<(Vec<String>, usize)>>,
}

/// An account that uses a name on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsesName {
    /// Which account.
    pub account: AccountId,
    /// The name as the list has it.
    pub listed: String,
    /// Whether the display name says nothing else; else the name is a part of it.
    pub whole: bool,
}

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(str::to_owned).collect()
}

impl Personas {
    /// Reads a list: a name a line; blank lines and those that begin with `#` are passed over.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        let mut personas = Self::default();
        for line in list.lines().map(|line| line.trim_start_matches('\u{feff}').trim()) {
            let mut words = words(line);
            if line.starts_with('#') || words.is_empty() {
                continue;
            }
            let first = words.remove(0);
            let name = personas.names.len();
            personas.names.push(line.to_owned());
            personas.by_first.entry(first).or_default().push((words, name));
        }
        personas
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name that an account's display name is, or holds as whole words: the longest, of equally long ones the one
    /// that stands first in the list.
    #[must_use]
    pub fn used_by(&self, account: &Account) -> Option<UsesName> {
        let shown = words(account.profile.name.as_deref()?);
        let mut best: Option<(usize, usize)> = None;
        for start in 0..shown.len() {
            for (rest, name) in self.by_first.get(&shown[start]).into_iter().flatten() {
                let better = best.is_none_or(|(length, first)| {
                    rest.len() + 1 > length || (rest.len() + 1 == length && *name < first)
                });
                if better && shown[start + 1..].starts_with(rest) {
                    best = Some((rest.len() + 1, *name));
                }
            }
        }
        let (length, name) = best?;
        Some(UsesName { account: account.id, listed: self.names[name].clone(), whole: length == shown.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activity, Profile};

    fn used(list: &str, name: &str) -> Option<(String, bool)> {
        let profile = Profile { name: Some(name.to_owned()), ..Profile::default() };
        let activity = Activity::default();
        let account = Account {
            id: AccountId(1),
            platform: Default::default(),
            platform_id: String::new(),
            profile,
            avatar: None,
            activity,
        };
        Personas::parse(list).used_by(&account).map(|found| (found.listed, found.whole))
    }

    #[test]
    fn a_name_is_found_whatever_the_keyboard() {
        let list = "\u{feff}# stock names\nTavin Orel\n\nكاوه نادری\nÉlodie\n";
        assert_eq!(used(list, "TAVIN  Orel"), Some(("Tavin Orel".to_owned(), true)));
        assert_eq!(used(list, "🕯 In memory of Tavin-Orel 🕯"), Some(("Tavin Orel".to_owned(), false)));
        assert_eq!(used(list, "کاوه نادري"), Some(("كاوه نادری".to_owned(), true)));
        assert_eq!(used(list, "elodie"), Some(("Élodie".to_owned(), true)));
    }

    #[test]
    fn only_whole_words_in_their_order_count() {
        assert_eq!(used("Tavin Orel", "Tavin Orella"), None);
        assert_eq!(used("Tavin Orel", "Orel Tavin"), None);
        assert_eq!(used("Tavin Orel", "Tavin"), None);
        assert_eq!(used("Tavin\nTavin Orel", "tavin orel 7"), Some(("Tavin Orel".to_owned(), false)));
        assert_eq!(used("#Tavin\n!!\n", "Tavin"), None);
    }
}
