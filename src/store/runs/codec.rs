//! Whole numbers in as few bytes as they need: seven bits a byte, the lowest first.

use super::seal::Damage;

/// Appends a number.
#[inline]
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        #[expect(clippy::cast_possible_truncation, reason = "the lowest seven bits are wanted")]
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is below 128")]
    out.push(value as u8);
}

/// Takes a number from the front; what is cut off or too large is damage.
#[inline]
pub fn take(bytes: &mut &[u8]) -> Result<u64, Damage> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let Some((&byte, rest)) = bytes.split_first() else { return Err(Damage) };
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(Damage)
}

/// How the times of a chunk are written: from the earliest on, in seconds where all of them are whole ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    first: i64,
    unit: i64,
}

impl Clock {
    /// A clock for these times.
    pub fn new(times: impl Iterator<Item = i64>) -> Self {
        let (mut first, mut unit) = (i64::MAX, 1_000);
        for time in times {
            first = first.min(time);
            if time % 1_000 != 0 {
                unit = 1;
            }
        }
        Self { first, unit }
    }

    /// Writes the clock itself.
    pub fn put(self, out: &mut Vec<u8>) {
        put(out, u64::from(self.unit != 1));
        put(out, self.first.cast_unsigned());
    }

    /// Reads a clock.
    pub fn take(bytes: &mut &[u8]) -> Result<Self, Damage> {
        let unit = if take(bytes)? == 0 { 1 } else { 1_000 };
        Ok(Self { unit, first: take(bytes)?.cast_signed() })
    }

    /// The number that stands for a time.
    #[inline]
    pub fn read(self, time: i64) -> u64 {
        // Whole seconds apart, or any milliseconds: a distance of times fits 64 bits without a sign.
        let distance = time.wrapping_sub(self.first).cast_unsigned();
        if self.unit == 1 { distance } else { distance / 1_000 }
    }

    /// The time that a number stands for.
    #[inline]
    pub fn time(self, number: u64) -> i64 {
        self.first.wrapping_add(number.wrapping_mul(self.unit.cast_unsigned()).cast_signed())
    }
}

/// Takes a number that must fit into 32 bits.
#[inline]
pub fn take_u32(bytes: &mut &[u8]) -> Result<u32, Damage> {
    let Ok(number) = u32::try_from(take(bytes)?) else { return Err(Damage) };
    Ok(number)
}

/// Takes so many bytes.
#[inline]
pub fn take_bytes<'b>(bytes: &mut &'b [u8], length: u64) -> Result<&'b [u8], Damage> {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let Some((taken, rest)) = bytes.split_at_checked(length) else { return Err(Damage) };
    *bytes = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_were() {
        let numbers = [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX - 1, u64::MAX];
        let mut packed = Vec::new();
        for number in numbers {
            put(&mut packed, number);
        }
        let mut rest = packed.as_slice();
        assert_eq!(numbers.map(|_| take(&mut rest).unwrap()), numbers);
        assert!(rest.is_empty() && take(&mut rest).is_err());
    }

    #[test]
    fn times_come_back_as_they_were() {
        for times in [vec![5_000, 2_000, -9_000], vec![1, i64::MIN, i64::MAX], vec![7]] {
            let mut packed = Vec::new();
            Clock::new(times.iter().copied()).put(&mut packed);
            let clock = Clock::take(&mut packed.as_slice()).unwrap();
            let back: Vec<i64> = times.iter().map(|&time| clock.time(clock.read(time))).collect();
            assert_eq!(back, times);
        }
        assert_eq!(Clock::new([9_000, 4_000].into_iter()).read(9_000), 5);
    }

    #[test]
    fn damage_is_an_error() {
        assert!(take(&mut [0x80_u8; 20].as_slice()).is_err());
        assert!(take_bytes(&mut [1_u8, 2].as_slice(), 3).is_err());
        assert!(take_u32(&mut [0xff_u8, 0xff, 0xff, 0xff, 0x7f].as_slice()).is_err());
    }
}
