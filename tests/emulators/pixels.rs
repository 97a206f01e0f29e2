//! What can be said of a screenshot by its pixels.

use std::collections::HashMap;
use std::path::Path;

use image::{ImageFormat, RgbImage};

/// Pixels of one side of the squares that pictures are told from text by: a letter never fills one.
const SQUARE: u32 = 12;
/// How much the parts of two colours may differ where they count as equal.
const TOLERANCE: u8 = 24;

/// A part of a screenshot, in percent of its width and height.
#[derive(Clone, Copy)]
pub struct Part {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

pub const ALL: Part = Part { left: 0, top: 0, right: 100, bottom: 100 };

/// What a window shows.
pub struct Shot(RgbImage);

impl Shot {
    /// Reads what ImageMagick's `import` wrote; nothing where the window could not be read.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self(image::load_from_memory_with_format(bytes, ImageFormat::Bmp).ok()?.to_rgb8()))
    }

    /// What is seen before anything is.
    pub fn nothing() -> Self {
        Self(RgbImage::new(1, 1))
    }

    pub fn save(&self, path: &Path) {
        self.0.save_with_format(path, ImageFormat::Png).unwrap();
    }

    pub fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }

    fn bounds(&self, part: Part) -> (u32, u32, u32, u32) {
        let (width, height) = self.size();
        (width * part.left / 100, height * part.top / 100, width * part.right / 100, height * part.bottom / 100)
    }

    /// The colour that most pixels have.
    fn ground(&self) -> [u8; 3] {
        let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
        for pixel in self.0.pixels().step_by(7) {
            *counts.entry(pixel.0).or_default() += 1;
        }
        counts.into_iter().max_by_key(|&(_, count)| count).unwrap().0
    }

    /// The share, from 0 to 1, of the pixels of `part` that are not of the ground's colour.
    pub fn ink(&self, part: Part) -> f64 {
        let ground = self.ground();
        let (left, top, right, bottom) = self.bounds(part);
        let mut inked = 0_u32;
        for (x, y) in (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))) {
            inked += u32::from(!alike(self.0.get_pixel(x, y).0, ground));
        }
        f64::from(inked) / f64::from(((right - left) * (bottom - top)).max(1))
    }

    /// Whether the window shows nothing, or next to nothing.
    pub fn is_blank(&self) -> bool {
        self.ink(ALL) < 0.005
    }

    /// How many squares of `part` are filled from edge to edge with something of many colours, as pictures are and text
    /// and boxes in place of pictures are not; and how many colours these have, in steps of 16.
    pub fn pictures(&self, part: Part) -> (u32, usize) {
        let ground = self.ground();
        let (left, top, right, bottom) = self.bounds(part);
        let mut squares = 0;
        let mut colors: HashMap<[u8; 3], u32> = HashMap::new();
        for (x, y) in steps(top, bottom).flat_map(|y| steps(left, right).map(move |x| (x, y))) {
            let pixels: Vec<[u8; 3]> =
                (y..y + SQUARE).flat_map(|y| (x..x + SQUARE).map(move |x| self.0.get_pixel(x, y).0)).collect();
            let filled = pixels.iter().all(|&pixel| !alike(pixel, ground));
            if filled && pixels.iter().any(|&pixel| !alike(pixel, pixels[0])) {
                squares += 1;
                pixels.iter().for_each(|pixel| *colors.entry(pixel.map(|part| part / 16)).or_default() += 1);
            }
        }
        (squares, colors.len())
    }

    /// How many squares differ between two screenshots, each in a fifth of its pixels or more: less is what an emulator leaves of
    /// letters that stand out over their cells. All of them, where the sizes differ.
    pub fn changed(&self, before: &Self) -> u32 {
        let (width, height) = self.size();
        if self.size() != before.size() {
            return u32::MAX;
        }
        let mut changed = 0;
        for (x, y) in steps(0, height).flat_map(|y| steps(0, width).map(move |x| (x, y))) {
            let differing = (y..y + SQUARE)
                .flat_map(|y| (x..x + SQUARE).map(move |x| (x, y)))
                .filter(|&(x, y)| !alike(self.0.get_pixel(x, y).0, before.0.get_pixel(x, y).0))
                .count();
            changed += u32::from(differing >= 144 / 5);
        }
        changed
    }
}

/// The beginnings of the squares between two places.
fn steps(from: u32, to: u32) -> impl Iterator<Item = u32> {
    (from..to.saturating_sub(SQUARE - 1)).step_by(SQUARE as usize)
}

fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= TOLERANCE)
}
