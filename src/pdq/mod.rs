//! PDQ perceptual hash of pictures. [Meta, ThreatExchange PDQ, 2019]
//!
//! A picture becomes a plane of luminance, is smoothed and reduced to 64×64, and the signs of its 16×16 lowest
//! frequencies against their median are the 256 bits. Small changes of a picture change few bits.
//!
//! Words of this room: *plane*, the brightness of every pixel; *reduced*, made smaller, 64 pixels a side; *turned*, rotated or
//! mirrored; *quality*, how much structure a picture has; *fingerprint*, hash, quality and the hashes of the picture turned.

mod dct;
mod luminance;
mod smooth;

use image::RgbImage;

use crate::model::{PdqHash, Turn};

/// The side of the reduced picture.
const SIDE: usize = 64;

/// Pictures with a shorter side than this say nothing.
const SMALLEST: u32 = 5;

/// What PDQ says of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// The hash.
    pub hash: PdqHash,
    /// 0 to 100: how much structure the picture has. At 49 and below the reference advises against comparing.
    pub quality: u8,
    /// The hashes of the picture turned over, in the order of [`Turn::ALL`].
    pub turned: [PdqHash; Turn::COUNT],
}

/// The hashes of a picture and their quality.
///
/// ```
/// use bot_tui::pdq::fingerprint;
/// use image::{Rgb, RgbImage};
///
/// let bright = |lift: u8| RgbImage::from_fn(96, 96, |x, y| Rgb([(x * y % 97) as u8 + lift; 3]));
/// let (picture, brighter) = (fingerprint(&bright(0)), fingerprint(&bright(40)));
/// assert!(picture.hash.hamming_distance(&brighter.hash) <= 31);
/// ```
#[must_use]
pub fn fingerprint(pixels: &RgbImage) -> Fingerprint {
    if pixels.width() < SMALLEST || pixels.height() < SMALLEST {
        let nothing = PdqHash([0; 32]);
        return Fingerprint { hash: nothing, quality: 0, turned: [nothing; Turn::COUNT] };
    }
    let mut plane = luminance::plane(pixels);
    smooth::smooth(&mut plane);
    let reduced = plane.reduce();
    let (hash, turned) = dct::hashes(&reduced);
    Fingerprint { hash, quality: quality(&reduced), turned }
}

/// The sum of steps between neighbouring pixels, each in whole percent of the range, over 90.
fn quality(reduced: &[[f32; SIDE]; SIDE]) -> u8 {
    #[expect(clippy::cast_possible_truncation, reason = "the reference drops the fraction of a percent")]
    let step = |a: f32, b: f32| ((a - b) * 100.0 / 255.0).abs() as u32;
    let down = reduced.windows(2).flat_map(|rows| rows[0].iter().zip(&rows[1]).map(|(&a, &b)| step(a, b)));
    let across = reduced.iter().flat_map(|row| row.windows(2).map(|pair| step(pair[0], pair[1])));
    let sum: u32 = down.chain(across).sum();
    u8::try_from((sum / 90).min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests;
