//! What lies over the panes: the place that was opened last lies on top.

use super::Place;

/// The places that are open, from below to the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stack(Vec<Place>);

impl Stack {
    /// Opens a place on top of all others of its kind: windows lie over what covers the panes.
    pub fn open(&mut self, place: Place) {
        self.close(place);
        let windows = self.0.iter().position(|other| !other.covers()).filter(|_| place.covers());
        self.0.insert(windows.unwrap_or(self.0.len()), place);
    }

    /// Closes a place, wherever it lies.
    pub fn close(&mut self, place: Place) {
        self.0.retain(|&other| other != place);
    }

    /// Closes every place that hides the panes.
    pub fn uncover(&mut self) {
        self.0.retain(|place| !place.covers());
    }

    /// Opens a place in place of all others that hide the panes; closes it where it lies on top.
    pub fn toggle_alone(&mut self, place: Place) {
        let opens = self.top() != Some(place);
        self.uncover();
        if opens {
            self.open(place);
        }
    }

    /// The places that are open, from below to the top.
    pub fn open_places(&self) -> impl Iterator<Item = Place> {
        self.0.iter().copied()
    }

    /// Whether a place is open, be it on top or not.
    #[must_use]
    pub fn has(&self, place: Place) -> bool {
        self.0.contains(&place)
    }

    /// The place on top.
    #[must_use]
    pub fn top(&self) -> Option<Place> {
        self.0.last().copied()
    }

    /// The place that is seen in place of the panes.
    #[must_use]
    pub fn covering(&self) -> Option<Place> {
        self.0.iter().rev().copied().find(|place| place.covers())
    }

    /// The windows that lie over what is seen, from below to the top.
    pub fn windows(&self) -> impl Iterator<Item = Place> {
        self.0.iter().copied().filter(|place| !place.covers())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_last_lies_on_top_and_what_closes_shows_what_lay_below() {
        let mut stack = Stack::default();
        assert_eq!((stack.top(), stack.covering()), (None, None));
        for place in [Place::Wall, Place::Signals, Place::Imports, Place::Report] {
            stack.open(place);
        }
        assert_eq!((stack.top(), stack.covering()), (Some(Place::Report), Some(Place::Signals)));
        assert_eq!(stack.windows().collect::<Vec<_>>(), [Place::Imports, Place::Report]);
        stack.open(Place::Wall);
        assert_eq!(stack.covering(), Some(Place::Wall), "an open place comes to the top of those that cover the panes");
        assert_eq!(stack.top(), Some(Place::Report), "windows keep the keys");
        stack.open(Place::Imports);
        assert_eq!(stack.top(), Some(Place::Imports));
        stack.close(Place::Imports);
        stack.close(Place::Wall);
        assert!(!stack.has(Place::Wall) && stack.top() == Some(Place::Report));
        stack.uncover();
        assert_eq!((stack.covering(), stack.top()), (None, Some(Place::Report)));
    }
}
