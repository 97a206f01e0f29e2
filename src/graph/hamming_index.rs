//! Multi-index hashing: all pairs of 256-bit hashes within a small Hamming distance. Sixteen slots of 16 bits: two
//! hashes at distance 31 or less differ by at most one bit in some slot, so 17 probes a slot find every candidate,
//! and each candidate is then measured. [Norouzi, Punjani & Fleet 2012]

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::model::PdqHash;

/// The largest distance for which one differing bit a slot is enough.
pub(super) const FARTHEST: u32 = 31;
const SLOTS: usize = 16;

fn slot(hash: &PdqHash, index: usize) -> u16 {
    u16::from_be_bytes([hash.0[2 * index], hash.0[2 * index + 1]])
}

/// Every pair `i < j` of `hashes` at a distance of at most `farthest` (itself at most 31), with its distance,
/// ascending.
pub(super) fn near_pairs(hashes: &[PdqHash], farthest: u32) -> Vec<(usize, usize, u32)> {
    let mut buckets: FxHashMap<(usize, u16), Vec<usize>> = FxHashMap::default();
    for (index, hash) in hashes.iter().enumerate() {
        for place in 0..SLOTS {
            buckets.entry((place, slot(hash, place))).or_default().push(index);
        }
    }
    let near = |(index, hash): (usize, &PdqHash)| {
        let mut candidates: Vec<usize> = Vec::new();
        for place in 0..SLOTS {
            let value = slot(hash, place);
            let probes = (0..16).map(|bit| value ^ (1 << bit)).chain([value]);
            let found = probes.filter_map(|probe| buckets.get(&(place, probe)));
            candidates.extend(found.flatten().filter(|&&other| other > index));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let measured = candidates.into_iter().map(|other| (index, other, hash.hamming_distance(&hashes[other])));
        measured.filter(|&(.., distance)| distance <= farthest.min(FARTHEST)).collect::<Vec<_>>()
    };
    hashes.par_iter().enumerate().flat_map_iter(near).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flipped(mut hash: [u8; 32], bits: &[usize]) -> PdqHash {
        for &bit in bits {
            hash[bit / 8] ^= 1 << (bit % 8);
        }
        PdqHash(hash)
    }

    proptest! {
        #[test]
        fn agrees_with_measuring_every_pair(
            seeds in prop::collection::vec(prop::array::uniform32(any::<u8>()), 1..4),
            changes in prop::collection::vec((0_usize..4, prop::collection::vec(0_usize..256, 0..40)), 2..30),
            farthest in 0_u32..=31,
        ) {
            let hashes: Vec<PdqHash> =
                changes.iter().map(|(seed, bits)| flipped(seeds[seed % seeds.len()], bits)).collect();
            let mut expected = Vec::new();
            for i in 0..hashes.len() {
                for j in i + 1..hashes.len() {
                    let distance = hashes[i].hamming_distance(&hashes[j]);
                    if distance <= farthest {
                        expected.push((i, j, distance));
                    }
                }
            }
            prop_assert_eq!(near_pairs(&hashes, farthest), expected);
        }
    }
}
