//! For tests: the signals of a rehearsed session, read of what its accounts shared and of some invented statements.

use std::sync::Arc;

use super::rehearsal::{NOON, Rehearsal, shares};
use super::{Message, SignalsRequest};
use crate::analysis::{SignalSet, found};
use crate::graph::Task;
use crate::model::{ObjectId, Timestamp};
use crate::signals::{Observations, Places, PostTimes, Statements, TimedRetweets, account_signals};

/// Statements of the first accounts, in their own words.
const SAID: [&str; 3] =
    ["we meet at the old mill again", "bring a lamp to the square tonight", "the river is high this spring again"];
/// How many accounts made all of them.
const SPEAKERS: u32 = 6;

impl Rehearsal {
    /// Answers a request for signals.
    pub(super) fn read_signals(&mut self, request: &SignalsRequest) {
        let set = Arc::new(signal_set(request));
        self.receive(Message::SignalsRead { generation: request.generation, read: Ok(set) });
    }
}

/// The signals of the accounts that are asked for.
pub(super) fn signal_set(request: &SignalsRequest) -> SignalSet {
    let accounts = request.roster.accounts();
    let places = Places::of(accounts);
    let (mut times, mut retweets) = (Vec::new(), vec![TimedRetweets::default(); accounts.len()]);
    for share in shares() {
        let (Some(place), Some(at)) = (places.place(share.account), share.at) else { continue };
        times.push((place as u32, at));
        retweets[place].note(at, Timestamp(NOON.0 + i64::from(share.object.0 - 1) * 3_600_000));
    }
    let mut statements = Statements::default();
    for (number, said) in (0_u32..).zip(SAID) {
        let set = statements.words.add(said.split(' '), 5).unwrap();
        statements.objects.push(ObjectId(900 + number));
        statements.said.extend((0..SPEAKERS).map(|place| (place, set)));
    }
    let posts = PostTimes::new(times, accounts.len());
    let clusters = found(&request.links, &Task::UNWATCHED).unwrap();
    let seen =
        Observations { accounts, posts: &posts, retweets: &retweets, statements: &statements, clusters: &clusters };
    SignalSet::new(accounts, account_signals(&seen, &Task::UNWATCHED).unwrap())
}
