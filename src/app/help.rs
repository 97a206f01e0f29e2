//! The help: the keys of the place one is in, then those of everywhere; what is typed looks among all of them.

use super::{Action, Place, State};

/// The help, while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpView {
    /// Where it was asked for.
    pub place: Place,
    /// The first line that is seen.
    pub top: usize,
}

/// A line of the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpLine {
    /// The keys of this place follow.
    Heading(Place),
    /// An action.
    Action(Action),
}

/// The lines of the help on `place`, of those only that hold every word of `typed`; `keys` says how an action is called.
#[must_use]
pub fn help_lines(place: Place, typed: &str, keys: impl Fn(Action) -> String) -> Vec<HelpLine> {
    let fits = |action: Action| {
        let said = format!("{} {} {}", action.word().replace('-', " "), action.hint(), action.help()).to_lowercase();
        let keys = keys(action);
        let is_said = |word: &str| said.contains(&word.to_lowercase()) || keys.split(' ').any(|key| key == word);
        typed.split_whitespace().all(is_said)
    };
    let here = [place, Place::Everywhere];
    let inherits = place.inherits();
    let first = here.into_iter().filter(|&one| one == place || inherits);
    let rest = Place::ALL.iter().copied().filter(|one| !(*one == place || (inherits && *one == Place::Everywhere)));
    let mut lines = Vec::new();
    for place in first.chain(rest) {
        let fitting: Vec<Action> =
            Action::ALL.iter().copied().filter(|action| action.place() == place && fits(*action)).collect();
        if !fitting.is_empty() {
            lines.push(HelpLine::Heading(place));
            lines.extend(fitting.into_iter().map(HelpLine::Action));
        }
    }
    lines
}

impl State {
    /// The help, while it is open, and what is typed in it.
    #[must_use]
    pub fn help(&self) -> Option<(&HelpView, String)> {
        let entry = self.entry.as_ref()?;
        match &entry.purpose {
            super::EntryPurpose::Help(view) => Some((view, entry.text())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_one_is_in_comes_first_and_words_narrow() {
        let lines = help_lines(Place::Wall, "", |_| String::new());
        assert_eq!(lines[0], HelpLine::Heading(Place::Wall));
        let second = lines.iter().filter(|line| matches!(line, HelpLine::Heading(_))).nth(1);
        assert_eq!(second, Some(&HelpLine::Heading(Place::Everywhere)));
        let actions = lines.iter().filter(|line| matches!(line, HelpLine::Action(_))).count();
        assert_eq!(actions, Action::ALL.len(), "every action is in the help");
        let found = help_lines(Place::Accounts, "last TAGGING", |_| String::new());
        assert!(found.contains(&HelpLine::Action(Action::Undo)) && !found.contains(&HelpLine::Action(Action::Redo)));
        let by_key = help_lines(Place::Accounts, "ctrl-z", |_| "ctrl-z".to_owned());
        assert!(by_key.contains(&HelpLine::Action(Action::Suspend)));
        assert!(help_lines(Place::Accounts, "zzzz", |_| String::new()).is_empty());
    }
}
