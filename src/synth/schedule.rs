//! When things happen. All times are whole seconds since the start of the data set.

use crate::model::Timestamp;

use super::random::Random;
use super::story::Language;

/// 2025-03-01T00:00:00Z.
const START: i64 = 1_740_787_200;
/// Days in which originals are posted.
const ORIGINAL_DAYS: i64 = 80;
pub(super) const DAY: i64 = 86_400;
/// Where the data set ends: the longest delay of a retweet is below four days.
const END: i64 = (ORIGINAL_DAYS + 4) * DAY;

/// How likely people post in each hour of their day.
const WAKING: [u64; 24] = [4, 2, 1, 0, 0, 1, 4, 12, 18, 16, 13, 13, 17, 16, 12, 12, 14, 18, 22, 25, 28, 26, 18, 9];

/// The moment of a second of the data set.
pub(super) fn moment(second: u32) -> Timestamp {
    Timestamp::from_seconds(START + i64::from(second))
}

/// When the profiles were seen: right after the last post.
pub(super) fn observed() -> Timestamp {
    Timestamp::from_seconds(START + END)
}

/// A moment a number of seconds before the data set starts.
pub(super) fn before_start(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(START - seconds)
}

/// Seconds that a language's speakers are ahead of UTC in this story.
fn offset(language: Language) -> i64 {
    match language {
        Language::English => 0,
        Language::French => 3600,
        Language::Persian => 12_600,
        Language::Arabic => 10_800,
    }
}

fn clamp(second: i64) -> u32 {
    u32::try_from(second.clamp(0, END - 1)).unwrap_or_default()
}

/// A moment on some day at an hour at which people are awake.
pub(super) fn post_time(random: &mut Random, language: Language) -> u32 {
    let mut left = random.below(WAKING.iter().sum());
    let mut hour = 0;
    for (index, weight) in (0..).zip(WAKING) {
        if left < weight {
            hour = index;
            break;
        }
        left -= weight;
    }
    let day = random.between(1, ORIGINAL_DAYS - 1);
    clamp(day * DAY + hour * 3600 + random.between(0, 3599) - offset(language))
}

/// The moment of a post that a machine makes on a day at an hour, a second or two late.
pub(super) fn machine_time(random: &mut Random, day: u32, hour: u32) -> u32 {
    clamp(i64::from(day) * DAY + i64::from(hour) * 3600 + random.between(0, 2))
}

/// When a person comes upon a post: minutes to a day and a half later, and not asleep.
pub(super) fn human_delay(random: &mut Random, original: u32, language: Language) -> u32 {
    let at = i64::from(original) + random.heavy_tailed(60, 10);
    let hour = (at + offset(language)).rem_euclid(DAY) / 3600;
    if (1..7).contains(&hour) && !random.per_mille(80) {
        return clamp(at + (7 - hour) * 3600 + random.between(0, 7200));
    }
    clamp(at)
}

/// When a member of an amplifier group joins a wave: most of them in its first half.
pub(super) fn wave_delay(random: &mut Random, wave: u32, spread: i64) -> u32 {
    let earlier = random.between(0, spread).min(random.between(0, spread));
    clamp(i64::from(wave) + earlier)
}

/// When a group's wave on a post begins.
pub(super) fn wave_start(random: &mut Random, original: u32, (shortest, longest): (i64, i64)) -> u32 {
    clamp(i64::from(original) + random.between(shortest, longest))
}

#[cfg(test)]
mod tests {
    use super::super::random::Purpose;
    use super::*;

    #[test]
    fn people_sleep_and_nothing_precedes_its_original() {
        let mut random = Random::new(3, Purpose::Retweets, 0);
        let mut nights = 0;
        for _ in 0..2000 {
            let original = post_time(&mut random, Language::Persian);
            let at = human_delay(&mut random, original, Language::Persian);
            assert!(at >= original + 60);
            assert!(i64::from(at) < END - 1, "clipped at the end");
            let hour = (i64::from(at) + offset(Language::Persian)) % DAY / 3600;
            nights += u32::from((1..7).contains(&hour));
        }
        assert!(nights < 80, "{nights} of 2000 at night");
    }

    #[test]
    fn a_wave_stays_within_its_spread() {
        let mut random = Random::new(3, Purpose::Retweets, 1);
        for _ in 0..500 {
            let start = wave_start(&mut random, 1000, (3, 40));
            assert!((1003..=1040).contains(&start));
            assert!((start..=start + 45).contains(&wave_delay(&mut random, start, 45)));
        }
    }
}
