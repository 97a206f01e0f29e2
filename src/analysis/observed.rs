//! What signals look at, read from the cache.

use std::ops::ControlFlow;

use super::AnalysisError;
use crate::graph::{Cluster, GraphError, Task};
use crate::model::{Account, ObjectId, ObjectKind, Timestamp};
use crate::signals::{FEWEST_WORDS, Observations, Places, PostTimes, Statements, TimedRetweets};
use crate::store::Store;
use crate::text::{statement, statement_words};

/// Rows between two looks at whether to stop.
const STEP: u64 = 1 << 12;
/// Where each part of reading ends, as a share of it.
const POSTS_TO: f32 = 0.3;
const RETWEETS_TO: f32 = 0.5;

/// What accounts did and said.
#[derive(Debug, Default)]
pub struct Observed {
    posts: PostTimes,
    retweets: Vec<TimedRetweets>,
    statements: Statements,
}

impl Observed {
    /// Reads what `accounts` did and said.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and when cancelled.
    pub fn read(store: &Store, accounts: &[Account], task: &Task<'_>) -> Result<Self, AnalysisError> {
        let reading = Reading { store, places: Places::new(accounts), task };
        let posts = PostTimes::new(reading.post_times()?, accounts.len());
        (task.progress)(POSTS_TO);
        let retweets = reading.retweets(accounts.len())?;
        (task.progress)(RETWEETS_TO);
        let statements = reading.statements()?;
        (task.progress)(1.0);
        Ok(Self { posts, retweets, statements })
    }

    /// Together with the accounts and their clusters, as signals take them.
    #[must_use]
    pub fn observations<'a>(&'a self, accounts: &'a [Account], clusters: &'a [Cluster]) -> Observations<'a> {
        let Self { posts, retweets, statements } = self;
        Observations { accounts, posts, retweets, statements, clusters }
    }
}

struct Reading<'a> {
    store: &'a Store,
    places: Places,
    task: &'a Task<'a>,
}

impl Reading<'_> {
    /// Counts rows, and breaks off where the user cancelled.
    fn next(&self, rows: &mut u64) -> ControlFlow<()> {
        *rows += 1;
        let stop = rows.is_multiple_of(STEP) && (self.task.cancelled)();
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn ended(&self) -> Result<(), AnalysisError> {
        if (self.task.cancelled)() { Err(GraphError::Cancelled.into()) } else { Ok(()) }
    }

    fn post_times(&self) -> Result<Vec<(u32, Timestamp)>, AnalysisError> {
        let (mut times, mut rows) = (Vec::new(), 0);
        self.store.for_each_post_time(&mut |account, at| {
            let place = self.places.place(account).and_then(|place| u32::try_from(place).ok());
            times.extend(place.map(|place| (place, at)));
            self.next(&mut rows)
        })?;
        self.ended()?;
        Ok(times)
    }

    fn retweets(&self, accounts: usize) -> Result<Vec<TimedRetweets>, AnalysisError> {
        let origins = self.store.origins()?;
        let (mut retweets, mut rows) = (vec![TimedRetweets::default(); accounts], 0);
        self.store.for_each_share(ObjectKind::RetweetedPost, &mut |share| {
            let times = share.at.zip(origins.created_at(share.object)).filter(|_| !share.own);
            if let (Some((at, made_at)), Some(place)) = (times, self.places.place(share.account)) {
                retweets[place].note(at, made_at);
            }
            self.next(&mut rows)
        })?;
        self.ended()?;
        Ok(retweets)
    }

    fn statements(&self) -> Result<Statements, AnalysisError> {
        let keys = self.store.object_places(ObjectKind::Text)?;
        let place = |object: ObjectId| keys.get(object.index()).copied().unwrap_or(u32::MAX);
        let mut all = Statements::default();
        // Which set of words each object is, by its id.
        let mut sets: Vec<Option<u32>> = Vec::new();
        let mut rows = 0;
        self.store.for_each_statement(&mut |object: ObjectId, text| {
            // An earlier version kept what it folded, of which nothing may be left to fold.
            let said = statement(text);
            if let Some(set) = all.words.add(statement_words(said.as_deref().unwrap_or(text)), FEWEST_WORDS) {
                sets.resize(sets.len().max(object.index() + 1), None);
                sets[object.index()] = Some(set);
                match all.objects.get_mut(set as usize) {
                    None => all.objects.push(object),
                    Some(first) if place(object) < place(*first) => *first = object,
                    Some(_) => {}
                }
            }
            self.next(&mut rows)
        })?;
        self.ended()?;
        self.store.for_each_share(ObjectKind::Text, &mut |share| {
            let set = sets.get(share.object.index()).copied().flatten();
            let place = self.places.place(share.account).and_then(|place| u32::try_from(place).ok());
            all.said.extend(place.zip(set));
            self.next(&mut rows)
        })?;
        self.ended()?;
        Ok(all.in_order(&keys))
    }
}
