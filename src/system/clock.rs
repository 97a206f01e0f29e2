//! The clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::model::Timestamp;

/// Milliseconds to the first and the last moment that a calendar here can hold, some hours inside of the years -9999 and
/// 9999, so that no time zone leads out of them.
const FIRST: i64 = -377_705_023_201_000;
const LAST: i64 = 253_402_207_200_000;

/// What the clock says. A clock that is off by thousands of years says the first or the last moment that can be written
/// as a date.
#[must_use]
pub fn now() -> Timestamp {
    moment(SystemTime::now())
}

fn moment(clock: SystemTime) -> Timestamp {
    let milliseconds = |span: std::time::Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    let since = match clock.duration_since(UNIX_EPOCH) {
        Ok(after) => milliseconds(after),
        Err(before) => -milliseconds(before.duration()),
    };
    Timestamp(since.clamp(FIRST, LAST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_beyond_every_calendar_names_its_first_or_last_day() {
        let year = Duration::from_secs(31_556_952);
        assert_eq!(moment(UNIX_EPOCH + Duration::from_millis(5)), Timestamp(5));
        assert_eq!(moment(UNIX_EPOCH - Duration::from_millis(5)), Timestamp(-5));
        for (clock, written) in [
            (UNIX_EPOCH + year * 9_000, "9999-12-30T22:00:00Z"),
            (UNIX_EPOCH + year * 200_000, "9999-12-30T22:00:00Z"),
            (UNIX_EPOCH - year * 13_000, "-009999-01-02T01:59:59Z"),
            (UNIX_EPOCH - year * 200_000, "-009999-01-02T01:59:59Z"),
        ] {
            let at = jiff::Timestamp::from_millisecond(moment(clock).0).unwrap();
            assert_eq!(at.to_string(), written);
        }
    }

    #[test]
    fn the_clock_is_read_in_one_place() {
        let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else if !path.ends_with("system/clock.rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                assert!(!text.contains("Timestamp::now()") && !text.contains("SystemTime::now"), "{}", path.display());
            }
        }
    }
}
