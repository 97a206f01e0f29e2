//! PDQ perceptual hash of pictures. [Meta, ThreatExchange PDQ, 2019]
//!
//! A picture becomes a plane of luminance, is smoothed and reduced to 64×64, and the signs of its 16×16 lowest
//! frequencies against their median are the 256 bits. Small changes of a picture change few bits.

mod dct;
mod luminance;
mod smooth;

use image::RgbImage;

use crate::model::PdqHash;

/// The side of the reduced picture.
const SIDE: usize = 64;

/// Pictures with a shorter side than this say nothing.
const SMALLEST: u32 = 5;

/// The hash of a picture and the quality of the hash, 0 to 100: how much structure the picture has. At 49 and below
/// the reference advises against comparing.
#[must_use]
pub fn hash(pixels: &RgbImage) -> (PdqHash, u8) {
    if pixels.width() < SMALLEST || pixels.height() < SMALLEST {
        return (PdqHash([0; 32]), 0);
    }
    let mut plane = luminance::plane(pixels);
    smooth::smooth(&mut plane);
    let reduced = plane.reduce();
    (dct::hash(&reduced), quality(&reduced))
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
