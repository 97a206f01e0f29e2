//! Ids that a program seems to have taken for numbers and rounded.

/// Digits from which on a number loses some in one program or another.
const LONG: usize = 17;

/// An id that is a long whole number, and what a program may have left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LongId {
    /// How many digits it has.
    pub digits: u8,
    /// How many are left without the zeros at its end. A spreadsheet keeps 15; a program that reckons in doubles keeps up
    /// to 17.
    pub kept: u8,
    /// It is written with a point, as in `1294030472427835392.0`: a program has reckoned with it.
    pub with_point: bool,
    /// A double holds exactly this number: so does every number that went through one, written out in full.
    pub is_double: bool,
}

impl LongId {
    /// An id of 17 digits or more, with or without a point and zeros behind it.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        if id.len() < LONG || !id.as_bytes()[0].is_ascii_digit() {
            return None;
        }
        let (whole, with_point) = match id.split_once('.') {
            Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => (whole, true),
            Some(_) => return None,
            None => (id, false),
        };
        if whole.len() < LONG || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let count = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
        let kept = count(whole.trim_end_matches('0').len());
        Some(Self { digits: count(whole.len()), kept, with_point, is_double: is_double(whole) })
    }

    /// Whether it may be what is left by a program that keeps so many digits.
    #[must_use]
    pub fn fits(self, digits: u8) -> bool {
        self.with_point || self.kept <= digits
    }
}

/// Whether a double holds exactly this number: above 2^53 only every second one, above 2^54 every fourth, and so on.
fn is_double(digits: &str) -> bool {
    let Ok(number) = digits.parse::<u64>() else { return false };
    let bits = u64::BITS - number.leading_zeros();
    number.trailing_zeros() + f64::MANTISSA_DIGITS >= bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_holds_is_told_from_what_it_does_not() {
        for (id, is_double) in [
            ("1294030472427835392", true),
            ("1294030472427835391", false),
            ("9007199254740993", false),
            ("36028797018963969", false),
            ("36028797018963968", true),
            ("99999999999999999999999", false),
        ] {
            assert_eq!(super::is_double(id), is_double, "{id}");
        }
    }

    #[test]
    fn long_numbers_are_known_by_their_digits() {
        let long = |digits, kept, with_point| Some((digits, kept, with_point));
        let parsed = |id| LongId::parse(id).map(|long| (long.digits, long.kept, long.with_point));
        assert_eq!(parsed("1294030472427835392"), long(19, 19, false));
        assert_eq!(parsed("1294030472427830000"), long(19, 15, false));
        assert_eq!(parsed("906000000000000000"), long(18, 3, false));
        assert_eq!(parsed("1294030472427835392.0"), long(19, 19, true));
        for id in
            ["1000000000000000", "a2940304724278300000", "12940304724278300.5", "did:plc:10000000000000000", "", "1.0"]
        {
            assert_eq!(LongId::parse(id), None, "{id}");
        }
    }
}
