//! Questions that take a while, each with its answer: whoever asks need not know the cache. To add one: its file in this
//! room, and its line in `questions!`.

use super::AnalysisError;
use crate::graph::Task;
use crate::store::Store;

/// A question that takes a while.
pub(super) trait Ask {
    /// What the answer is.
    type Answer;

    /// Answers it from one state of the cache.
    fn answer(&self, store: &Store, task: &Task<'_>) -> Result<Self::Answer, AnalysisError>;

    /// Answers it without the cache, which others may hold for long; `None` where the cache is needed.
    fn answer_from_memory(&self, _: &Task<'_>) -> Option<Result<Self::Answer, AnalysisError>> {
        None
    }
}

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident($question:ty) -> $answer:ty;)*) => {
        /// A question that takes a while.
        #[derive(Debug, Clone)]
        pub enum Question {
            $($(#[$doc])* $name($question),)*
        }

        /// What a question came to.
        #[derive(Debug, Clone)]
        pub enum Answer {
            $($(#[$doc])* $name($answer),)*
        }

        impl Question {
            /// Answers it from one state of the cache.
            ///
            /// # Errors
            /// Fails where the cache cannot be read or the data is too large, and when cancelled.
            pub fn answer(&self, store: &$crate::store::Store, task: &$crate::graph::Task<'_>) -> Result<Answer, AnalysisError> {
                match self { $(Self::$name(question) => question.answer(store, task).map(Answer::$name),)* }
            }

            /// Answers it without the cache, which others may hold for long; `None` where the cache is needed.
            #[must_use]
            pub fn answer_from_memory(&self, task: &$crate::graph::Task<'_>) -> Option<Result<Answer, AnalysisError>> {
                match self {
                    $(Self::$name(question) => {
                        question.answer_from_memory(task).map(|answer| answer.map(Answer::$name))
                    })*
                }
            }
        }
    };
}
pub(super) use questions;

#[cfg(test)]
impl super::Question {
    /// Answers it from what it brings along, with a cache that holds nothing.
    pub(crate) fn answer_with_empty_cache(&self) -> super::Answer {
        self.answer(&Store::in_memory().unwrap(), &Task::UNWATCHED).unwrap()
    }
}
