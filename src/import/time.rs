//! Times as the exports of collection tools write them.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::model::Timestamp;

/// As the first versions of Twitter's interface write it: `Wed Oct 10 20:19:24 +0000 2018`.
const TWITTER: &str = "%a %b %d %H:%M:%S %z %Y";
/// A whole number from here on counts milliseconds: as seconds it would lie beyond the year 5000.
const MILLISECONDS_FROM: f64 = 1e11;
/// Times beyond the year 9999 in either direction are no times.
const FARTHEST: f64 = 253_402_300_800_000.0;

/// The moment that `text` names: RFC 3339, Twitter's form, a date with or without a time (UTC), seconds (whole or
/// with a fraction) or milliseconds since 1970.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let could_be_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && text.bytes().all(is_numeric);
    if let Some(number) = could_be_number.then(|| text.parse().ok()).flatten() {
        return from_number(number);
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(time.as_millisecond()));
    }
    if let Ok(time) = jiff::Timestamp::strptime(TWITTER, text) {
        return Some(Timestamp(time.as_millisecond()));
    }
    // Without a zone it is taken as UTC.
    let plain: DateTime = text.parse().ok()?;
    Some(Timestamp(TimeZone::UTC.to_timestamp(plain).ok()?.as_millisecond()))
}

fn is_numeric(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.' || byte == b'-'
}

/// The moment that a number of seconds or milliseconds names.
pub(super) fn from_number(number: f64) -> Option<Timestamp> {
    let milliseconds = if number.abs() >= MILLISECONDS_FROM { number } else { number * 1_000.0 };
    #[expect(clippy::cast_possible_truncation, reason = "bounded in the line above")]
    let whole = milliseconds.round() as i64;
    (milliseconds.is_finite() && milliseconds.abs() < FARTHEST).then_some(Timestamp(whole))
}

/// Milliseconds from 1970 to the beginning of the time in Twitter's ids.
const ID_EPOCH: u64 = 1_288_834_974_657;
/// Ids below this one were given before they held a time.
const FIRST_ID_WITH_TIME: u64 = 29_700_859_247;

/// The time in an id of Twitter: the bits above the lowest 22 count milliseconds.
pub(super) fn of_twitter_id(id: &str) -> Option<Timestamp> {
    let id: u64 = id.parse().ok().filter(|&id| id >= FIRST_ID_WITH_TIME)?;
    i64::try_from((id >> 22) + ID_EPOCH).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_names_the_same_moment() {
        let moment = Some(Timestamp(1_539_202_764_000));
        for text in [
            "2018-10-10T20:19:24Z",
            "2018-10-10T22:19:24+02:00",
            "2018-10-10T20:19:24.000Z",
            "Wed Oct 10 20:19:24 +0000 2018",
            "2018-10-10 20:19:24",
            "2018-10-10T20:19:24",
            "2018-10-10 20:19:24+00:00",
            "2018-10-10T20:19:24.000000",
            "2018-10-10T20:19:24+0000",
            "1539202764",
            "1539202764.0",
            " 1539202764000 ",
        ] {
            assert_eq!(parse(text), moment, "{text}");
        }
        assert_eq!(parse("2018-10-10 20:19"), Some(Timestamp(1_539_202_740_000)));
        assert_eq!(parse("2018-10-10"), Some(Timestamp(1_539_129_600_000)));
        assert_eq!(parse("1539202764.25"), Some(Timestamp(1_539_202_764_250)));
        assert_eq!(parse("-5"), Some(Timestamp(-5_000)));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "soon",
            "20:19",
            "2018-10",
            "2018-13-10 20:19:24",
            "1e400",
            "--5",
            "1.2.3",
            "99999999999999999999",
            "NaN",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn ids_of_twitter_hold_their_time() {
        assert_eq!(of_twitter_id("4194304000000"), Some(Timestamp(1_288_835_974_657)));
        assert_eq!(of_twitter_id("12345"), None);
        assert_eq!(of_twitter_id("abc"), None);
    }
}
