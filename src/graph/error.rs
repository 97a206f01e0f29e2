//! What can stop the work on links, and how the work is watched.

/// Why no graph was built.
#[derive(Debug, thiserror::Error)]
pub enum GraphError {
    /// The user cancelled.
    #[error("the work was cancelled")]
    Cancelled,
    /// More pairs than memory should be spent on.
    #[error("more than {limit} pairs of accounts would be linked; {advice}")]
    TooManyLinks {
        /// The bound.
        limit: usize,
        /// What to try.
        advice: &'static str,
    },
    /// As before, told before the work is done.
    #[error(
        "about {} pairs of accounts would be linked, which takes {} of memory, and there is room for {}; {advice}",
        rounded(*pairs),
        memory_in_words(*memory),
        rounded(*limit as u64)
    )]
    WouldNotFit {
        /// How many pairs, about.
        pairs: u64,
        /// Bytes for them.
        memory: u64,
        /// How many pairs fit.
        limit: usize,
        /// What would fit.
        advice: String,
    },
}

/// A number with two digits and its magnitude.
fn rounded(count: u64) -> String {
    match count {
        0..10_000 => count.to_string(),
        10_000..1_000_000 => format!("{} thousand", count / 1_000),
        1_000_000..10_000_000 => format!("{}.{} million", count / 1_000_000, count / 100_000 % 10),
        _ => format!("{} million", count / 1_000_000),
    }
}

fn memory_in_words(bytes: u64) -> String {
    if bytes < 1_000_000_000 {
        format!("{} MB", bytes / 1_000_000)
    } else {
        format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10)
    }
}

/// How work is watched: progress from 0 to 1, and whether it is still wanted.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// Is told how far the work is.
    pub progress: &'a (dyn Fn(f32) + Sync),
    /// Says whether to stop.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl Task<'static> {
    /// Work that nobody watches.
    pub const UNWATCHED: Self = Self { progress: &|_| {}, cancelled: &|| false };
}

impl<'a> Task<'a> {
    /// The same work, of which nothing is told.
    #[must_use]
    pub fn unreported(&self) -> Task<'a> {
        Task { progress: &|_| {}, ..*self }
    }

    /// Does a part of the work, which begins and ends at these shares of the whole, 0 to 1.
    pub fn part<T>(&self, from: f32, to: f32, work: impl FnOnce(&Task<'_>) -> T) -> T {
        let progress = |done: f32| (self.progress)(from + (to - from) * done);
        work(&Task { progress: &progress, cancelled: self.cancelled })
    }
}

impl Task<'_> {
    /// Stops cancelled work.
    ///
    /// # Errors
    /// Fails where the user cancelled.
    pub fn check(&self) -> Result<(), GraphError> {
        if (self.cancelled)() { Err(GraphError::Cancelled) } else { Ok(()) }
    }

    /// Tells that `done` of `total` steps are made.
    pub fn report(&self, done: usize, total: usize) {
        #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
        (self.progress)(done as f32 / total.max(1) as f32);
    }
}

impl std::fmt::Debug for Task<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Task")
    }
}
