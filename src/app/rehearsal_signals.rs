//! For tests: the signals of a rehearsed session, read of what its accounts shared and of some invented statements.

use super::rehearsal_world::{NOON, shares};
use crate::analysis::{Links, Roster, SignalSet, found};
use crate::graph::Task;
use crate::model::{ObjectId, Timestamp};
use crate::signals::{Observations, Places, PostTimes, Statements, TimedRetweets, account_signals};

/// Statements of the first accounts, in their own words.
const SAID: [&str; 3] =
    ["we meet at the old mill again", "bring a lamp to the square tonight", "the river is high this spring again"];
/// How many accounts made all of them.
const SPEAKERS: u32 = 6;

/// The signals of the accounts that are asked for.
pub(super) fn signal_set(roster: &Roster, links: &Links) -> SignalSet {
    let accounts = roster.accounts();
    let places = Places::new(accounts);
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
    let clusters = found(links, &Task::UNWATCHED).unwrap();
    let seen =
        Observations { accounts, posts: &posts, retweets: &retweets, statements: &statements, clusters: &clusters };
    SignalSet::new(accounts, account_signals(&seen, &Task::UNWATCHED).unwrap())
}
