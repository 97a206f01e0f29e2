//! Drawing in whole numbers: no float, so that every machine draws the same pixels.

use image::RgbImage;

use crate::synth::random::Random;

/// Pixels across and down of a drawing; the files are smaller copies.
pub(super) const SIDE: i32 = 240;

/// Red, green and blue.
pub(super) type Colour = [u8; 3];
/// Across and down, in pixels from the top left.
pub(super) type Point = (i32, i32);

/// A drawing.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    pixels: Vec<Colour>,
}

fn byte(value: i32) -> u8 {
    u8::try_from(value.clamp(0, 255)).unwrap_or_default()
}

/// A colour of a hue in degrees, and saturation and value from 0 to 255.
pub(super) fn hsv(hue: i32, saturation: i32, value: i32) -> Colour {
    let hue = hue.rem_euclid(360);
    let ramp = |shift: i32| {
        let place = (hue + shift).rem_euclid(360);
        let height = (if place < 180 { place } else { 360 - place } - 60).clamp(0, 60);
        byte(value - value * saturation * (60 - height) / (255 * 60))
    };
    [ramp(180), ramp(60), ramp(300)]
}

/// The colour `part` of 256 on the way from one to the other.
pub(super) fn mix(from: Colour, to: Colour, part: i32) -> Colour {
    let blend = |from: u8, to: u8| byte((i32::from(from) * (256 - part) + i32::from(to) * part) / 256);
    [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])]
}

/// A colour made lighter, or darker where `by` is negative.
pub(super) fn shade(colour: Colour, by: i32) -> Colour {
    colour.map(|part| byte(i32::from(part) + by))
}

/// `3t² − 2t³` for `t` of 256.
fn smooth(t: i32) -> i32 {
    t * t * (768 - 2 * t) / 65_536
}

/// Random heights every `step` pixels, smoothly joined: value noise in one dimension. [Perlin 1985]
pub(super) fn wavy(random: &mut Random, height: i32, step: i32) -> Vec<i32> {
    let knots: Vec<i32> = (0..=SIDE / step + 1).map(|_| random.pixels(-height, height)).collect();
    let at = |index: i32| usize::try_from(index).ok().and_then(|index| knots.get(index)).copied().unwrap_or_default();
    (0..SIDE)
        .map(|x| {
            let (left, right) = (at(x / step), at(x / step + 1));
            left + (right - left) * smooth(x % step * 256 / step) / 256
        })
        .collect()
}

impl Canvas {
    pub(super) fn new(colour: Colour) -> Self {
        Self { pixels: vec![colour; (SIDE * SIDE) as usize] }
    }

    fn spot(&mut self, x: i32, y: i32) -> Option<&mut Colour> {
        let inside = (0..SIDE).contains(&x) && (0..SIDE).contains(&y);
        inside.then(|| self.pixels.get_mut((y * SIDE + x) as usize)).flatten()
    }

    fn span(&mut self, y: i32, from: i32, to: i32, colour: Colour) {
        for x in from.max(0)..to.min(SIDE) {
            if let Some(spot) = self.spot(x, y) {
                *spot = colour;
            }
        }
    }

    /// Fills the rows from `top` to `bottom` with a change from one colour to the other.
    pub(super) fn gradient(&mut self, top: i32, bottom: i32, from: Colour, to: Colour) {
        for y in top.max(0)..bottom.min(SIDE) {
            self.span(y, 0, SIDE, mix(from, to, (y - top) * 256 / (bottom - top).max(1)));
        }
    }

    pub(super) fn rectangle(&mut self, (left, top): Point, (right, bottom): Point, colour: Colour) {
        for y in top.max(0)..bottom.min(SIDE) {
            self.span(y, left, right, colour);
        }
    }

    pub(super) fn disc(&mut self, centre: Point, radius: i32, colour: Colour) {
        self.ellipse(centre, (radius, radius), colour);
    }

    pub(super) fn ellipse(&mut self, (cx, cy): Point, (rx, ry): Point, colour: Colour) {
        let (rx, ry) = (rx.max(1), ry.max(1));
        for y in (cy - ry).max(0)..(cy + ry + 1).min(SIDE) {
            for x in (cx - rx).max(0)..(cx + rx + 1).min(SIDE) {
                let (dx, dy) = (i64::from((x - cx) * ry), i64::from((y - cy) * rx));
                if dx * dx + dy * dy <= i64::from(rx * ry).pow(2) {
                    self.span(y, x, x + 1, colour);
                }
            }
        }
    }

    /// A line with round ends.
    pub(super) fn line(&mut self, from: Point, to: Point, width: i32, colour: Colour) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for step in 0..=steps {
            let centre = (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
            self.disc(centre, width / 2, colour);
        }
    }

    /// A filled polygon, by the even–odd rule.
    pub(super) fn polygon(&mut self, corners: &[Point], colour: Colour) {
        for y in 0..SIDE {
            let mut crossings: Vec<i32> = corners
                .iter()
                .zip(corners.iter().cycle().skip(1))
                .filter(|(a, b)| (a.1 <= y) != (b.1 <= y))
                .map(|(a, b)| a.0 + (y - a.1) * (b.0 - a.0) / (b.1 - a.1))
                .collect();
            crossings.sort_unstable();
            for pair in crossings.chunks_exact(2) {
                if let [from, to] = pair {
                    self.span(y, *from, *to, colour);
                }
            }
        }
    }

    /// Fills what lies below a line of heights, one for each column.
    pub(super) fn below(&mut self, base: i32, heights: &[i32], colour: Colour) {
        for (x, height) in (0..).zip(heights) {
            for y in (base + height).max(0)..SIDE {
                self.span(y, x, x + 1, mix(colour, shade(colour, -40), (y - base - height).min(128)));
            }
        }
    }

    /// Grain of the size `step` between two rows, so that surfaces look like matter.
    pub(super) fn grain(&mut self, random: &mut Random, (top, bottom): (i32, i32), step: i32, strength: i32) {
        let rows = (bottom - top) / step + 2;
        let lattice: Vec<Vec<i32>> = (0..rows.max(2)).map(|_| wavy(random, strength, step)).collect();
        let value = |row: i32, x: i32| {
            let row = usize::try_from(row).ok().and_then(|row| lattice.get(row));
            row.and_then(|row| row.get(usize::try_from(x).ok()?)).copied().unwrap_or_default()
        };
        for y in top.max(0)..bottom.min(SIDE) {
            let (row, part) = ((y - top) / step, smooth((y - top) % step * 256 / step));
            for x in 0..SIDE {
                let by = value(row, x) + (value(row + 1, x) - value(row, x)) * part / 256;
                if let Some(spot) = self.spot(x, y) {
                    *spot = shade(*spot, by);
                }
            }
        }
    }

    /// Left becomes right.
    pub(super) fn mirror(&mut self) {
        for row in self.pixels.chunks_exact_mut(SIDE as usize) {
            row.reverse();
        }
    }

    /// A square part of the drawing at another size and brightness, averaged over areas.
    pub(super) fn copy(&self, (left, top): Point, side: i32, size: i32, brighter: i32) -> RgbImage {
        let edge = |start: i32, index: i32| (start + index * side / size).clamp(0, SIDE);
        let pixels = size.unsigned_abs();
        RgbImage::from_fn(pixels, pixels, |x, y| {
            let (x, y) = (x.cast_signed(), y.cast_signed());
            let (mut sum, mut count) = ([0_i32; 3], 0);
            for row in edge(top, y)..edge(top, y + 1).max(edge(top, y) + 1).min(SIDE) {
                for column in edge(left, x)..edge(left, x + 1).max(edge(left, x) + 1).min(SIDE) {
                    let colour = self.pixels.get((row * SIDE + column) as usize).copied().unwrap_or_default();
                    for (sum, part) in sum.iter_mut().zip(colour) {
                        *sum += i32::from(part);
                    }
                    count += 1;
                }
            }
            image::Rgb(sum.map(|sum| byte(sum / count.max(1) + brighter)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hues_are_where_they_belong() {
        assert_eq!(hsv(0, 255, 255), [255, 0, 0]);
        assert_eq!(hsv(120, 255, 200), [0, 200, 0]);
        assert_eq!(hsv(240, 255, 255), [0, 0, 255]);
        assert_eq!(hsv(77, 0, 90), [90, 90, 90]);
    }

    #[test]
    fn shapes_fill_what_they_cover_and_nothing_outside_breaks() {
        let mut canvas = Canvas::new([0; 3]);
        canvas.disc((120, 120), 30, [255; 3]);
        canvas.disc((-10, 500), 60, [9; 3]);
        canvas.polygon(&[(0, 0), (40, 0), (40, 40), (0, 40)], [200; 3]);
        canvas.line((-50, 10), (400, 300), 5, [1; 3]);
        let picture = canvas.copy((0, 0), SIDE, SIDE, 0);
        assert_eq!(picture.get_pixel(120, 150).0, [255; 3]);
        assert_eq!(picture.get_pixel(120, 151).0, [0; 3]);
        assert_eq!(picture.get_pixel(39, 39).0, [200; 3]);
        assert_eq!(picture.get_pixel(41, 20).0, [0; 3]);
    }

    #[test]
    fn a_copy_averages_and_brightens() {
        let mut canvas = Canvas::new([10; 3]);
        canvas.rectangle((0, 0), (120, SIDE), [30; 3]);
        let picture = canvas.copy((0, 0), SIDE, 2, 5);
        assert_eq!([picture.get_pixel(0, 0).0, picture.get_pixel(1, 1).0], [[35; 3], [15; 3]]);
    }
}
