//! The palette: every action that can be called where one is, found by typing some of its words.

use std::cmp::Reverse;

use super::{Action, Cursor, Place};
use crate::model::AccountId;
use crate::search::{Fit, FuzzyWords, Matcher, Query, SearchPack};

/// The actions that fit what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    place: Place,
    /// The actions, those that fit best first; while nothing is typed, in the order of the catalogue.
    pub fits: Vec<Action>,
    /// The chosen one.
    pub cursor: Cursor,
}

impl Palette {
    /// Actions that are seen at the most.
    pub const SEEN: usize = 12;

    /// Every action that can be called in `place`.
    #[must_use]
    pub fn new(place: Place) -> Self {
        let mut palette = Self { place, fits: Vec::new(), cursor: Cursor::default() };
        palette.narrow("");
        palette
    }

    /// Keeps the actions that fit what is typed, and chooses the best.
    pub fn narrow(&mut self, typed: &str) {
        let query = Query::parse(typed);
        let matcher = FuzzyWords::new(&query);
        let own = Action::ALL.iter().filter(|action| action.place() == self.place);
        let shared = Action::ALL.iter().filter(|action| self.place.inherits() && action.place() == Place::Everywhere);
        let callable = own.chain(shared).copied().filter(|&action| action != Action::Palette);
        self.cursor = Cursor::default();
        if query.words.is_empty() {
            self.fits = callable.collect();
            return;
        }
        let score = |action: Action| {
            let mut pack = SearchPack::default();
            pack.push(AccountId(0), [&action.word().replace('-', " "), action.hint(), action.help()]);
            match matcher.fit(&pack.key(0)?) {
                Fit::Score(score) => Some((score, action)),
                Fit::NotYet | Fit::Never => None,
            }
        };
        let mut fits: Vec<(i64, Action)> = callable.filter_map(score).collect();
        fits.sort_by_key(|&(score, _)| Reverse(score));
        self.fits = fits.into_iter().map(|(_, action)| action).collect();
    }

    /// The action that would be called.
    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.fits.get(self.cursor.row).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(place: Place, typed: &str) -> Vec<Action> {
        let mut palette = Palette::new(place);
        palette.narrow(typed);
        palette.fits
    }

    #[test]
    fn some_words_of_an_action_find_it() {
        assert_eq!(fits(Place::Accounts, "audit").first(), Some(&Action::Audit));
        assert_eq!(fits(Place::Accounts, "suspected").first(), Some(&Action::TagSuspectedBot));
        assert_eq!(fits(Place::Accounts, "next unt").first(), Some(&Action::NextUntagged));
        assert!(fits(Place::Accounts, "zzzz").is_empty());
    }

    #[test]
    fn only_what_can_be_called_here_is_offered() {
        let here = fits(Place::Accounts, "");
        assert_eq!(here.first(), Some(&Action::OpenNeighbours), "what belongs to the place comes first");
        assert!(
            here.contains(&Action::Undo) && !here.contains(&Action::WallLarger) && !here.contains(&Action::Palette)
        );
        assert!(fits(Place::Wall, "larger").contains(&Action::WallLarger));
    }
}
