//! What a place asks for in the background, and what came of it.

use std::sync::{Arc, Weak};

/// A request and its answer: the latest request counts, and what comes back of an older one does not.
#[derive(Debug)]
pub struct Request<Of, Made> {
    generation: u64,
    asked: Option<Of>,
    /// What came of it last; it stays until the next answer.
    pub made: Option<Made>,
}

impl<Of, Made> Default for Request<Of, Made> {
    fn default() -> Self {
        Self { generation: 0, asked: None, made: None }
    }
}

impl<Of: PartialEq, Made> Request<Of, Made> {
    /// Asks for what comes of `wanted`, unless that was asked for last; says by which number.
    pub fn ask(&mut self, wanted: Of) -> Option<u64> {
        if self.asked.as_ref() == Some(&wanted) {
            return None;
        }
        self.asked = Some(wanted);
        self.generation += 1;
        Some(self.generation)
    }
}

impl<Of, Made> Request<Of, Made> {
    /// The number of the latest request.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Gives up what was asked for: it is asked for again when somebody looks. What is known stays.
    pub fn give_up(&mut self) {
        self.asked = None;
        self.generation += 1;
    }

    /// Gives up what was asked for, and forgets what is known.
    pub fn forget(&mut self) {
        self.give_up();
        self.made = None;
    }
}

/// Something shared that is the same only where it is the very one. It does not keep it: links may be large.
#[derive(Debug, Clone)]
pub struct Same<T>(Weak<T>);

impl<T> Same<T> {
    /// The very one.
    #[must_use]
    pub fn of(shared: &Arc<T>) -> Self {
        Self(Arc::downgrade(shared))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_asked_for_once_and_again_when_it_was_given_up() {
        let mut request: Request<Same<u8>, &str> = Request::default();
        let (one, equal) = (Arc::new(1), Arc::new(1));
        assert_eq!(request.ask(Same::of(&one)), Some(1));
        assert_eq!(request.ask(Same::of(&one)), None);
        assert_eq!(request.ask(Same::of(&equal)), Some(2), "an equal one is not the same");
        request.made = Some("known");
        request.give_up();
        assert_eq!((request.generation(), request.made), (3, Some("known")));
        assert_eq!(request.ask(Same::of(&one)), Some(4));
        request.forget();
        assert_eq!((request.generation(), request.made), (5, None));
        assert_eq!(
            (Arc::strong_count(&one), Arc::strong_count(&equal)),
            (1, 1),
            "nothing is kept for the sake of asking"
        );
    }
}
