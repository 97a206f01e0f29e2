//! When each field of a profile was seen, as it is stored: seldom at more than one time.
//!
//! An entry is which fields were seen at a time, as a bit each from the lowest on, and that time: its sign in the lowest bit.

use super::runs::{Damage, Kind, put, sealed, take, unseal};

/// Fields of a profile that have a time of their own.
pub(super) const FIELDS: usize = 11;
/// An unknown time of sight is older than any.
pub(super) const UNKNOWN: i64 = i64::MIN;

/// When each field was seen.
pub(super) type Sights = [i64; FIELDS];

/// The blob that stands for these times beside the profile of an account; none where no time is known.
pub(super) fn pack(sights: &Sights, place: (u32, u32)) -> Option<Vec<u8>> {
    let (mut content, mut entries, mut packed) = (Vec::with_capacity(16), 0, 0_u64);
    for (field, &at) in sights.iter().enumerate() {
        if at == UNKNOWN || packed >> field & 1 == 1 {
            continue;
        }
        let fields = (field..FIELDS).filter(|&other| sights[other] == at).fold(0, |fields, other| fields | 1 << other);
        put(&mut content, fields);
        put(&mut content, (at << 1 ^ at >> 63).cast_unsigned());
        packed |= fields;
        entries += 1;
    }
    (entries > 0).then(|| sealed(Kind::SIGHTS, entries, &content, &place_bytes(place)))
}

/// The times that a blob stands for.
pub(super) fn unpack(blob: Option<&[u8]>, place: (u32, u32)) -> Result<Sights, Damage> {
    let mut sights = [UNKNOWN; FIELDS];
    let Some(blob) = blob else { return Ok(sights) };
    let (entries, mut rest) = unseal(blob, Kind::SIGHTS, &place_bytes(place))?;
    for _ in 0..entries {
        let (fields, at) = (take(&mut rest)?, take(&mut rest)?);
        let at = (at >> 1).cast_signed() ^ -(at & 1).cast_signed();
        for (field, sight) in sights.iter_mut().enumerate() {
            if fields >> field & 1 == 1 {
                *sight = at;
            }
        }
    }
    if rest.is_empty() { Ok(sights) } else { Err(Damage) }
}

/// Times as an earlier version kept them: eight bytes each.
pub(super) fn unpack_old(bytes: &[u8]) -> Sights {
    let mut sights = [UNKNOWN; FIELDS];
    for (sight, bytes) in sights.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *sight = i64::from_le_bytes(*bytes);
    }
    sights
}

/// Account and import of the profile.
fn place_bytes((account, import): (u32, u32)) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&account.to_le_bytes());
    bytes[4..].copy_from_slice(&import.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back_as_they_were() {
        let mut each = [UNKNOWN; FIELDS];
        for (place, at) in each.iter_mut().enumerate() {
            *at = i64::try_from(place).unwrap() * 1_000 - 3_000;
        }
        let mut one = [1_748_044_800_000; FIELDS];
        one[10] = UNKNOWN;
        let extremes = [0, -1, 1, i64::MAX, i64::MIN + 1, 5, 5, UNKNOWN, 0, 0, -1];
        for sights in [each, one, extremes] {
            let blob = pack(&sights, (3, 4)).unwrap();
            assert_eq!(unpack(Some(&blob), (3, 4)), Ok(sights));
            assert_eq!(unpack(Some(&blob), (4, 4)), Err(Damage), "it is another account's");
        }
        assert_eq!(pack(&one, (3, 4)).unwrap().len(), 17, "the usual case is short");
        assert_eq!(pack(&[UNKNOWN; FIELDS], (3, 4)), None);
        assert_eq!(unpack(None, (3, 4)), Ok([UNKNOWN; FIELDS]));
    }
}
