//! Smoothing: two passes of a box filter over rows and columns, which come near a tent.

use super::SIDE;
use super::luminance::Plane;

const PASSES: usize = 2;

pub(super) fn smooth(plane: &mut Plane) {
    let (across, down) = (window(plane.width), window(plane.height));
    let mut line = Vec::with_capacity(plane.width.max(plane.height));
    for _ in 0..PASSES {
        for row in plane.values.chunks_exact_mut(plane.width) {
            line.clear();
            line.extend_from_slice(row);
            mean(&line, across, |index, value| row[index] = value);
        }
        for column in 0..plane.width {
            line.clear();
            line.extend(plane.values.iter().skip(column).step_by(plane.width));
            mean(&line, down, |index, value| plane.values[index * plane.width + column] = value);
        }
    }
}

/// Half of what one pixel of the reduced picture stands for, rounded up.
fn window(length: usize) -> usize {
    length.div_ceil(2 * SIDE)
}

/// The mean of the window around each value; at the ends the window is cut off.
fn mean(line: &[f32], window: usize, mut put: impl FnMut(usize, f32)) {
    let ahead = window / 2;
    let behind = window - ahead - 1;
    let mut sum = 0.0;
    let mut inside = 0_u16;
    for &value in line.iter().take(ahead) {
        sum += value;
        inside += 1;
    }
    for index in 0..line.len() {
        if let Some(value) = line.get(index + ahead) {
            sum += value;
            inside += 1;
        }
        if index > behind {
            sum -= line[index - behind - 1];
            inside -= 1;
        }
        put(index, sum / f32::from(inside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_taken_over_what_the_window_holds() {
        let line = [3.0, 6.0, 9.0, 12.0];
        let smoothed = |window| {
            let mut out = [0.0; 4];
            mean(&line, window, |index, value| out[index] = value);
            out
        };
        assert_eq!(smoothed(1), line);
        assert_eq!(smoothed(2), [4.5, 7.5, 10.5, 12.0]);
        assert_eq!(smoothed(3), [4.5, 6.0, 9.0, 10.5]);
        assert_eq!(smoothed(9), [7.5; 4]);
    }
}
