//! Times for people, always UTC. What no calendar can hold is `–`.

use jiff::tz::TimeZone;

use crate::model::Timestamp;

fn format(at: Timestamp, pattern: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| "–".to_owned(), |at| at.to_zoned_datetime(TimeZone::UTC).strftime(pattern).to_string())
}

/// `2013-06-02`
#[must_use]
pub fn date(at: Timestamp) -> String {
    format(at, "%Y-%m-%d")
}

/// `2013-06-02 12:00:04`
#[must_use]
pub fn date_time(at: Timestamp) -> String {
    format(at, "%Y-%m-%d %H:%M:%S")
}

/// `06-02`
#[must_use]
pub fn month_day(at: Timestamp) -> String {
    format(at, "%m-%d")
}

/// `12:00:04`
#[must_use]
pub fn clock(at: Timestamp) -> String {
    format(at, "%H:%M:%S")
}

/// `20130602-120004`, for file names on every system.
#[must_use]
pub fn stamp_for_file_name(at: Timestamp) -> String {
    format(at, "%Y%m%d-%H%M%S")
}

/// A stretch of milliseconds in the two units that matter: `0.4 s`, `5 s`, `1 m 20 s`, `3 h 05 m`, `12 d 4 h`.
#[must_use]
pub fn gap(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match seconds {
        0 if milliseconds > 0 => format!("0.{} s", (milliseconds / 100).max(1)),
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{minutes} m {:02} s", seconds % 60),
        3_600..86_400 => format!("{hours} h {:02} m", minutes % 60),
        _ => format!("{days} d {} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_are_written_in_utc() {
        let at = Timestamp(1_370_174_404_123);
        assert_eq!(date_time(at), "2013-06-02 12:00:04");
        assert_eq!((date(at), month_day(at), clock(at)), ("2013-06-02".into(), "06-02".into(), "12:00:04".into()));
        assert_eq!(stamp_for_file_name(at), "20130602-120004");
        assert_eq!(date(Timestamp(i64::MAX)), "–");
        assert_eq!(date(Timestamp(i64::MIN)), "–");
    }

    proptest! {
        #[test]
        fn every_number_is_a_time_or_a_dash(any in any::<i64>(), near in -400_000_000_000_000_i64..400_000_000_000_000) {
            for at in [any, near, i64::MIN, i64::MAX].map(Timestamp) {
                let written = [date(at), date_time(at), month_day(at), clock(at), stamp_for_file_name(at)];
                let none = written.iter().all(|text| text == "–");
                prop_assert!(none || written.iter().all(|text| (5..=22).contains(&text.len())), "{written:?}");
                prop_assert!(gap(at.gap_ms(Timestamp(near))).len() < 24);
            }
        }
    }

    #[test]
    fn gaps_use_two_units_at_most() {
        let expected = [
            (0, "0 s"),
            (40, "0.1 s"),
            (400, "0.4 s"),
            (5_900, "5 s"),
            (80_000, "1 m 20 s"),
            (11_100_000, "3 h 05 m"),
            (1_051_200_000, "12 d 4 h"),
        ];
        for (milliseconds, text) in expected {
            assert_eq!(gap(milliseconds), text);
        }
    }
}
