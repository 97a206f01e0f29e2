//! The lowest frequencies of the reduced picture, and the bits made of them.

use std::f32::consts::PI;

use super::SIDE;
use crate::model::{PdqHash, Turn};

/// Frequencies in each direction, beginning above the constant one.
const FREQUENCIES: usize = 16;

type Waves = [[f32; SIDE]; FREQUENCIES];
type Frequencies = [[f32; FREQUENCIES]; FREQUENCIES];

/// Cosine waves 1 to 16, sampled at the middles of 64 pixels. [Ahmed, Natarajan & Rao 1974, DCT-II]
fn waves() -> Waves {
    let mut waves = [[0.0; SIDE]; FREQUENCIES];
    for (frequency, wave) in (1_u16..).zip(&mut waves) {
        for (position, value) in (0_u16..).zip(wave) {
            let angle = PI / 128.0 * f32::from(frequency) * f32::from(2 * position + 1);
            *value = (2.0_f32 / 64.0).sqrt() * angle.cos();
        }
    }
    waves
}

fn transform(picture: &[[f32; SIDE]; SIDE]) -> Frequencies {
    let waves = waves();
    let mut down = [[0.0; SIDE]; FREQUENCIES];
    for (wave, out) in waves.iter().zip(&mut down) {
        for (&weight, row) in wave.iter().zip(picture) {
            for (sum, &value) in out.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
    }
    let mut both = [[0.0; FREQUENCIES]; FREQUENCIES];
    for (row, out) in down.iter().zip(&mut both) {
        for (wave, value) in waves.iter().zip(out) {
            *value = row.iter().zip(wave).map(|(a, b)| a * b).sum();
        }
    }
    both
}

/// One bit for each frequency that is above the median. The reference numbers bits row by row and prints the
/// highest word first, so bit 0 is the last of the hash.
fn bits(frequencies: &Frequencies) -> PdqHash {
    let mut sorted = frequencies.concat();
    sorted.sort_by(f32::total_cmp);
    let median = sorted[sorted.len() / 2 - 1];
    let mut bytes = [0_u8; 32];
    for (bit, &value) in frequencies.as_flattened().iter().enumerate() {
        if value > median {
            bytes[31 - bit / 8] |= 1 << (bit % 8);
        }
    }
    PdqHash(bytes)
}

/// The frequencies of the picture turned over: transposed where asked for, then with the odd waves of a direction
/// upside down where that direction is mirrored. Even waves look the same in a mirror.
fn turned(frequencies: &Frequencies, Turn { transposed, upside_down, mirrored, .. }: Turn) -> Frequencies {
    let mut out = [[0.0; FREQUENCIES]; FREQUENCIES];
    for (row, values) in out.iter_mut().enumerate() {
        for (column, value) in values.iter_mut().enumerate() {
            let from = if transposed { frequencies[column][row] } else { frequencies[row][column] };
            // Index 0 is wave 1, which is odd.
            let flips = usize::from(upside_down && row % 2 == 0) + usize::from(mirrored && column % 2 == 0);
            *value = if flips == 1 { -from } else { from };
        }
    }
    out
}

/// The hash of the reduced picture, and those of the picture turned over, without another transform.
pub(super) fn hashes(picture: &[[f32; SIDE]; SIDE]) -> (PdqHash, [PdqHash; Turn::COUNT]) {
    let frequencies = transform(picture);
    (bits(&frequencies), Turn::ALL.map(|turn| bits(&turned(&frequencies, turn))))
}
