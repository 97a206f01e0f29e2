//! Pictures: their fingerprints and their small copies.

use super::AvatarId;

/// A PDQ perceptual hash: 256 bits, most significant word first, as the reference prints it in hexadecimal.
/// [Meta, ThreatExchange PDQ, 2019]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PdqHash(pub [u8; 32]);

impl PdqHash {
    /// Number of bits in which two hashes differ, 0 to 256.
    #[must_use]
    pub fn hamming_distance(&self, other: &Self) -> u32 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a ^ b).count_ones()).sum()
    }

    /// The hash as 64 hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// One of the seven ways to turn a square over so that it lies in its place again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn {
    /// Rows become columns, before anything else.
    pub transposed: bool,
    /// The top becomes the bottom.
    pub upside_down: bool,
    /// Left becomes right.
    pub mirrored: bool,
    /// How it is called.
    pub word: &'static str,
}

impl Turn {
    /// How many there are.
    pub const COUNT: usize = 7;

    /// Every turn, in the order in which the reference prints them: three rotations, then four flips.
    pub const ALL: [Self; Self::COUNT] = [
        Self { transposed: true, upside_down: true, mirrored: false, word: "rotated by 90°" },
        Self { transposed: false, upside_down: true, mirrored: true, word: "rotated by 180°" },
        Self { transposed: true, upside_down: false, mirrored: true, word: "rotated by 270°" },
        Self { transposed: false, upside_down: true, mirrored: false, word: "upside down" },
        Self { transposed: false, upside_down: false, mirrored: true, word: "mirrored" },
        Self { transposed: true, upside_down: false, mirrored: false, word: "transposed" },
        Self { transposed: true, upside_down: true, mirrored: true, word: "transposed and rotated by 180°" },
    ];
}

/// A small copy of a picture for drawing: 8-bit RGB, row by row, `width * height * 3` bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Red, green and blue of each pixel.
    pub rgb: Vec<u8>,
}

impl Thumbnail {
    /// The mean colour of the part of the picture that one of `side` × `side` pixels stands for.
    #[must_use]
    pub fn mean(&self, x: u16, y: u16, side: u16) -> [u8; 3] {
        let range = |at: u16, size: u16| {
            let start = usize::from(at) * usize::from(size) / usize::from(side.max(1));
            let end = (usize::from(at) + 1) * usize::from(size) / usize::from(side.max(1));
            start..end.max(start + 1)
        };
        let columns = range(x, self.width);
        let mut sum = [0_usize; 3];
        let mut count = 0;
        for row in range(y, self.height) {
            let place = |column: usize| (row * usize::from(self.width) + column) * 3;
            let part = place(columns.start)..place(columns.end).min(self.rgb.len());
            let pixels = self.rgb.get(part).unwrap_or_default().as_chunks::<3>().0;
            for pixel in pixels {
                for (total, &value) in sum.iter_mut().zip(pixel) {
                    *total += usize::from(value);
                }
            }
            count += pixels.len();
        }
        sum.map(|total| u8::try_from(total / count.max(1)).unwrap_or(u8::MAX))
    }

    /// A copy of at most `side` × `side` pixels.
    #[must_use]
    pub fn reduced(&self, side: u16) -> Self {
        if self.width.max(self.height) <= side {
            return self.clone();
        }
        let pixels = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
        Self { width: side, height: side, rgb: pixels.flat_map(|(x, y)| self.mean(x, y, side)).collect() }
    }
}

/// A small copy as it is kept, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedThumbnail {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// A JPEG file.
    pub jpeg: Vec<u8>,
}

/// A picture as an importer hands it to the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvatarRecord {
    /// SHA-256 of the file's bytes.
    pub sha256: [u8; 32],
    /// Perceptual hash.
    pub pdq: PdqHash,
    /// PDQ's own quality figure, 0 to 100; at 49 and below the hash says too little to compare.
    pub quality: u8,
    /// The hashes of the picture turned over, in the order of [`Turn::ALL`].
    pub turned: [PdqHash; Turn::COUNT],
    /// Pixels across, of the file, upright.
    pub width: u32,
    /// Pixels down, of the file, upright.
    pub height: u32,
    /// The copy that is drawn.
    pub thumbnail: PackedThumbnail,
}

/// What linking needs to know of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvatarPrint {
    /// Row in the cache.
    pub id: AvatarId,
    /// Perceptual hash.
    pub pdq: PdqHash,
    /// PDQ's quality figure, 0 to 100.
    pub quality: u8,
    /// The hashes of the picture turned over, in the order of [`Turn::ALL`]; `None` where nobody asked for them, or an
    /// earlier version imported the picture.
    pub turned: Option<Box<[PdqHash; Turn::COUNT]>>,
    /// Whether the addresses under which accounts carry it are those of a platform's default pictures.
    pub default_address: bool,
}

/// A picture to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What it looks like to the computer.
    pub print: AvatarPrint,
    /// SHA-256 of the file's bytes.
    pub sha256: [u8; 32],
    /// Pixels across, of the file.
    pub width: u32,
    /// Pixels down, of the file.
    pub height: u32,
    /// The copy that is drawn.
    pub thumbnail: Thumbnail,
    /// A still smaller one, at most [`Picture::SMALL`] pixels across and down, for where many are drawn at once.
    pub small: Thumbnail,
}

impl Picture {
    /// Pixels across and down of the smaller copy.
    pub const SMALL: u16 = 24;
}

impl AvatarPrint {
    /// Hashes of this quality and below are not compared. [Meta, ThreatExchange PDQ, 2019]
    pub const POOR_QUALITY: u8 = 49;

    /// A picture of which nothing else is known.
    #[must_use]
    pub fn new(id: AvatarId, pdq: PdqHash, quality: u8) -> Self {
        Self { id, pdq, quality, turned: None, default_address: false }
    }

    /// The distance to another picture and, where `turned` is asked for and one of the two turned over is nearer to the
    /// other, that turn.
    #[must_use]
    pub fn nearest(&self, other: &Self, turned: bool) -> (u32, Option<Turn>) {
        let upright = (self.pdq.hamming_distance(&other.pdq), None);
        let over = |a: &Self, b: &Self| {
            let hashes = a.turned.as_ref().filter(|_| turned).map(|hashes| **hashes);
            let distance = |hash: PdqHash| hash.hamming_distance(&b.pdq);
            let turns = hashes.into_iter().flat_map(move |hashes| hashes.into_iter().zip(Turn::ALL));
            turns.map(|(hash, turn)| (distance(hash), Some(turn))).min_by_key(|&(distance, _)| distance)
        };
        let nearest =
            [over(self, other), over(other, self)].into_iter().flatten().min_by_key(|&(distance, _)| distance);
        nearest.filter(|&(distance, _)| distance < upright.0).unwrap_or(upright)
    }

    /// Whether its hash says enough to be compared.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.quality > Self::POOR_QUALITY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_told_where_it_is_nearer() {
        let print = |byte: u8| AvatarPrint::new(AvatarId(1), PdqHash([byte; 32]), 90);
        let (mut one, other) = (print(0), print(0xff));
        let mut turned = [PdqHash([0; 32]); Turn::COUNT];
        turned[4] = PdqHash([0x7f; 32]);
        one.turned = Some(Box::new(turned));
        assert_eq!(one.nearest(&other, false), (256, None));
        for (distance, turn) in [one.nearest(&other, true), other.nearest(&one, true)] {
            assert_eq!((distance, turn.unwrap().word), (32, "mirrored"));
        }
        assert_eq!(one.nearest(&one.clone(), true), (0, None));
    }

    #[test]
    fn distance_counts_differing_bits() {
        let zero = PdqHash([0; 32]);
        let mut three = [0; 32];
        three[0] = 0b1000_0001;
        three[31] = 1;
        assert_eq!(zero.hamming_distance(&PdqHash(three)), 3);
        assert_eq!(zero.hamming_distance(&PdqHash([0xff; 32])), 256);
    }
}
