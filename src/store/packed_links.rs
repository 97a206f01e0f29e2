//! Links as they are kept.
//!
//! An entry is what is known of it (the bits below), its accounts (the first as the distance from the one before, the second
//! too where the first is the same), and, each where it is known: both counts of shared objects, cosine, binary cosine and
//! up to four figures of the test with eight bytes each, the median gap, and the distance of the pictures. Distances are
//! taken modulo 2^32, so that links may come in any order.

use super::runs::{Damage, Kind, begin, put, seal, take, take_bytes, take_u32, unseal};
use crate::model::{AccountId, AvatarMatch, CoShare, Link, LinkedPair, PairTest};

/// Links of a chunk: some 200 KB.
pub(super) const CHUNK: usize = 4_096;

const KEPT: u64 = 1;
const CO_SHARE: u64 = 2;
const COSINE: u64 = 4;
const BINARY: u64 = 8;
const GAP: u64 = 16;
const TEST: u64 = 32;
const NEAR: u64 = 64;
const SAME: u64 = 128;
/// A test that has a chance alone, and the parts of it that have something to go by.
const CHANCE: u64 = 256;
const HELD: u64 = 512;
const TIMING: u64 = 1_024;

fn flags(link: &Link) -> u64 {
    let flag = |set, flag| if set { flag } else { 0 };
    let co = link.co_share;
    flag(link.co_share_kept, KEPT)
        | flag(co.is_some(), CO_SHARE)
        | flag(co.is_some_and(|co| co.cosine.is_some()), COSINE)
        | flag(co.is_some_and(|co| co.binary_cosine.is_some()), BINARY)
        | flag(co.is_some_and(|co| co.median_gap_ms.is_some()), GAP)
        | match co.and_then(|co| co.test) {
            None => 0,
            Some(PairTest { q: Some(_), .. }) => TEST,
            Some(test) => CHANCE | flag(test.author_held.is_some(), HELD) | flag(test.timing.is_some(), TIMING),
        }
        | flag(matches!(link.avatar, Some(AvatarMatch::Near(_))), NEAR)
        | flag(link.avatar == Some(AvatarMatch::Same), SAME)
}

/// The result and the place of a chunk in it.
type Place = (i64, usize);

fn place_bytes((linking, place): Place) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&linking.to_le_bytes());
    bytes[8..].copy_from_slice(&(place as u64).to_le_bytes());
    bytes
}

/// Packs links as a chunk.
pub(super) fn pack(place: Place, pairs: &[LinkedPair]) -> Vec<u8> {
    let mut out = begin(Kind::LINKS, pairs.len(), pairs.len() * 40);
    let (mut a, mut b) = (0, 0);
    for LinkedPair { a: AccountId(first), b: AccountId(second), link } in pairs {
        put(&mut out, flags(link));
        put(&mut out, u64::from(first.wrapping_sub(a)));
        b = if *first == a { b } else { 0 };
        put(&mut out, u64::from(second.wrapping_sub(b)));
        (a, b) = (*first, *second);
        if let Some(co) = link.co_share {
            put(&mut out, u64::from(co.shared));
            put(&mut out, u64::from(co.shared_within));
            let test = co.test.map(|test| [Some(test.p), test.q, test.author_held, test.timing]);
            for number in [co.cosine, co.binary_cosine].into_iter().chain(test.into_iter().flatten()).flatten() {
                out.extend(number.to_le_bytes());
            }
            if let Some(gap) = co.median_gap_ms {
                put(&mut out, gap);
            }
        }
        if let Some(AvatarMatch::Near(distance)) = link.avatar {
            put(&mut out, u64::from(distance));
        }
    }
    seal(&mut out, &place_bytes(place));
    out
}

/// Takes the links of a chunk.
pub(super) fn unpack(place: Place, blob: &[u8], pairs: &mut Vec<LinkedPair>) -> Result<(), Damage> {
    let (entries, mut rest) = unseal(blob, Kind::LINKS, &place_bytes(place))?;
    let (mut a, mut b) = (0_u32, 0_u32);
    for _ in 0..entries {
        let flags = take(&mut rest)?;
        let first = take_u32(&mut rest)?;
        b = if first == 0 { b } else { 0 };
        a = a.wrapping_add(first);
        b = b.wrapping_add(take_u32(&mut rest)?);
        let co_share = if flags & CO_SHARE == 0 { None } else { Some(take_co_share(&mut rest, flags)?) };
        let avatar = match flags & (NEAR | SAME) {
            0 => None,
            NEAR => Some(AvatarMatch::Near(take_u32(&mut rest)?)),
            _ => Some(AvatarMatch::Same),
        };
        let link = Link { co_share, co_share_kept: flags & KEPT != 0, avatar };
        pairs.push(LinkedPair { a: AccountId(a), b: AccountId(b), link });
    }
    if rest.is_empty() { Ok(()) } else { Err(Damage) }
}

fn take_co_share(rest: &mut &[u8], flags: u64) -> Result<CoShare, Damage> {
    let (shared, shared_within) = (take_u32(rest)?, take_u32(rest)?);
    let mut number = |flag| -> Result<Option<f64>, Damage> {
        if flags & flag == 0 {
            return Ok(None);
        }
        let bytes = take_bytes(rest, 8)?.first_chunk().ok_or(Damage)?;
        Ok(Some(f64::from_le_bytes(*bytes)))
    };
    let (cosine, binary_cosine, p, q) = (number(COSINE)?, number(BINARY)?, number(TEST | CHANCE)?, number(TEST)?);
    let (author_held, timing) = (number(HELD)?, number(TIMING)?);
    let median_gap_ms = if flags & GAP == 0 { None } else { Some(take(rest)?) };
    let test = p.map(|p| PairTest { p, q, author_held, timing });
    // Who has the data at hand knows how many ids are rounded.
    Ok(CoShare { shared, shared_within, cosine, binary_cosine, median_gap_ms, rounded: 0, test })
}
