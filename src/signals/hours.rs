//! At which hours of the day an account posts, and how long it is quiet.

use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::{Observations, Outcome, Silence};
use crate::graph::{GraphError, Task};
use crate::model::AccountId;
use crate::text::{count_of, thousands};

/// With fewer posts an hour without one says nothing.
const FEWEST_POSTS: u64 = 24;
const HOUR_MS: i64 = 3_600_000;

/// The hours of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Posts in each hour of the day, in UTC.
    pub posts: [u32; 24],
    /// The longest stretch of hours of the day, across midnight too, in which it never posted.
    pub quiet: u32,
    /// The hour at which that stretch begins; of equally long ones the first.
    pub quiet_from: u32,
}

/// The hours of an account that posted at these times; the value is the length of the longest quiet stretch.
fn quiet_hours(times: &[i64]) -> Outcome<Hours> {
    if (times.len() as u64) < FEWEST_POSTS {
        let has = times.len() as u64;
        return Err(Silence::TooFew { what: "posts with a time", has, needs: FEWEST_POSTS });
    }
    let mut posts = [0; 24];
    for at in times {
        let hour = at.div_euclid(HOUR_MS).rem_euclid(24);
        posts[usize::try_from(hour).unwrap_or_default()] += 1;
    }
    let stretch = |from: usize| (0..24).take_while(|step| posts[(from + step) % 24] == 0).count();
    let longest =
        (0..24).map(|from| (stretch(from), from)).max_by_key(|&(length, from)| (length, std::cmp::Reverse(from)));
    let (quiet, from) = longest.unwrap_or_default();
    let [quiet, quiet_from] = [quiet, from].map(|hours| u32::try_from(hours).unwrap_or_default());
    Ok((f64::from(quiet), Hours { posts, quiet, quiet_from }))
}

impl Evidence for Hours {
    const NAME: &'static str = "hours";
    const MEANING: &'static str =
        "longest stretch of hours of the day (UTC) in which it never posted; from 24 posts on";
    const CANNOT_TELL: &'static str =
        "It shows neither the time zone nor who slept: few posts, shift work and shared accounts look alike.";
    const KNOWN: &'static str = "Ranked a coordinated account above another 6 to 48 % of the time, on eight labelled sets: a long pause is no sign of one.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok((0..seen.accounts.len()).map(|place| quiet_hours(seen.posts.times(place))).collect())
    }

    fn value(value: f64) -> String {
        format!("{value:.0} h")
    }

    fn words(&self, _: &dyn Fn(AccountId) -> String) -> String {
        let posts: u32 = self.posts.iter().sum();
        let until = (self.quiet_from + self.quiet) % 24;
        match self.quiet {
            0 => format!("{} in all 24 hours of the day", count_of(posts.into(), "post")),
            _ => format!("none of {} posts from {:02} to {until:02} h UTC", thousands(posts.into()), self.quiet_from),
        }
    }

    fn json(&self, _: &dyn PublicNames) -> Value {
        json!({ "posts_by_hour_utc": self.posts, "quiet_hours": self.quiet, "quiet_from": self.quiet_from })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at_hours(hours: &[i64]) -> Vec<i64> {
        hours.iter().map(|hour| 1_743_379_200_000 + hour * HOUR_MS + 59_999).collect()
    }

    #[test]
    fn a_night_across_midnight_is_one_stretch() {
        // Awake from 6 to 21, so quiet for the eight hours from 22 on.
        let (value, found) = quiet_hours(&at_hours(&(6..22).chain(6..22).collect::<Vec<_>>())).unwrap();
        assert_eq!((value, found.quiet, found.quiet_from), (8.0, 8, 22));
        assert_eq!((found.posts[6], found.posts[21], found.posts[22]), (2, 2, 0));
    }

    #[test]
    fn round_the_clock_there_is_no_quiet_and_few_posts_say_nothing() {
        let all: Vec<i64> = (0..24).collect();
        assert_eq!(quiet_hours(&at_hours(&all)).unwrap().0, 0.0);
        assert!(quiet_hours(&at_hours(&all[1..])).is_err());
        assert_eq!(quiet_hours(&at_hours(&[3; 24])).unwrap().1.quiet, 23);
        assert_eq!(quiet_hours(&[-1; 24]).unwrap().1.posts[23], 24, "before 1970 too");
    }

    proptest! {
        #[test]
        fn walking_two_days_finds_the_same(hours in prop::collection::vec(0_i64..24, 24..60)) {
            let (value, _) = quiet_hours(&at_hours(&hours)).unwrap();
            let (mut longest, mut run) = (0, 0);
            for hour in 0..48 {
                run = if hours.contains(&(hour % 24)) { 0 } else { run + 1 };
                longest = longest.max(run);
            }
            prop_assert_eq!(value, f64::from(longest));
        }
    }
}
