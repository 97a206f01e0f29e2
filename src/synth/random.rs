//! Random choices that are the same on every machine: ChaCha8 keyed by seed, purpose and index, integers only.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};

/// What a stream of choices is for. Each purpose has its own key, so that changing one leaves the others alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(super) enum Purpose {
    Cast = 1,
    Profile,
    Originals,
    Popularity,
    Retweets,
    Picture,
    PictureCopy,
    PictureChoice,
}

/// A stream of choices.
#[derive(Debug)]
pub(super) struct Random(ChaCha8Rng);

impl Random {
    /// The stream of one thing of one kind.
    pub(super) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
        key[16..24].copy_from_slice(&index.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 to `bound - 1`; 0 where `bound` is 0. The bias of the multiplication is below 2⁻³².
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        u64::try_from((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(high.abs_diff(low) + 1)).unwrap_or_default()
    }

    /// Like [`Self::between`], in the unit of the drawing primitives.
    pub(super) fn pixels(&mut self, low: i32, high: i32) -> i32 {
        i32::try_from(self.between(i64::from(low), i64::from(high))).unwrap_or(low)
    }

    /// An index into something of this length.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// True in `share` of 1000 cases.
    pub(super) fn per_mille(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One of these; the default of an empty list.
    pub(super) fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        items.get(self.index(items.len())).copied().unwrap_or_default()
    }

    /// Brings the items into a random order (Fisher and Yates 1938).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.index(last + 1));
        }
    }

    /// A span of seconds with a heavy tail: `shortest` times up to 2 to the power `doublings`, each doubling as likely.
    pub(super) fn heavy_tailed(&mut self, shortest: i64, doublings: u64) -> i64 {
        let floor = shortest << self.below(doublings);
        self.between(floor, floor * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_pinned_to_the_cipher() {
        let mut random = Random::new(1, Purpose::Cast, 0);
        let first: Vec<u64> = (0..6).map(|_| random.below(1000)).collect();
        assert_eq!(first, [235, 829, 492, 351, 891, 108]);
    }

    #[test]
    fn bounds_are_kept_and_reached() {
        let mut random = Random::new(7, Purpose::Cast, 0);
        let mut seen = [false; 5];
        for _ in 0..200 {
            let value = random.between(-2, 2);
            seen[usize::try_from(value + 2).unwrap()] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), 0);
    }

    #[test]
    fn streams_of_different_things_differ() {
        let draw = |purpose, index| Random::new(1, purpose, index).below(u64::MAX);
        assert_ne!(draw(Purpose::Cast, 0), draw(Purpose::Cast, 1));
        assert_ne!(draw(Purpose::Cast, 0), draw(Purpose::Profile, 0));
    }
}
