//! A picture as a plane of brightness.

use image::RgbImage;

use super::SIDE;

/// Brightness, 0 to 255, row by row.
pub(super) struct Plane {
    pub values: Vec<f32>,
    pub width: usize,
    pub height: usize,
}

/// Brightness of each pixel, weighted as the eye does. [ITU-R BT.601]
pub(super) fn plane(pixels: &RgbImage) -> Plane {
    let brightness = |pixel: &image::Rgb<u8>| {
        let [red, green, blue] = pixel.0.map(f32::from);
        0.299 * red + 0.587 * green + 0.114 * blue
    };
    Plane {
        values: pixels.pixels().map(brightness).collect(),
        width: pixels.width() as usize,
        height: pixels.height() as usize,
    }
}

impl Plane {
    /// One pixel in the middle of each of 64×64 fields.
    pub fn reduce(&self) -> [[f32; SIDE]; SIDE] {
        let middle = |index: usize, length: usize| (2 * index + 1) * length / (2 * SIDE);
        let mut reduced = [[0.0; SIDE]; SIDE];
        for (row, values) in reduced.iter_mut().enumerate() {
            let start = middle(row, self.height) * self.width;
            for (column, value) in values.iter_mut().enumerate() {
                *value = self.values[start + middle(column, self.width)];
            }
        }
        reduced
    }
}
