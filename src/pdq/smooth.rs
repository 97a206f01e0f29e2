//! Smoothing: two passes of a box filter over rows and columns, which come near a tent.

use super::SIDE;
use super::luminance::Plane;

const PASSES: usize = 2;
/// Rows and columns that are turned at a time, so that both sides stay near the processor.
const TILE: usize = 16;

pub(super) fn smooth(plane: &mut Plane) {
    let (width, height) = (plane.width, plane.height);
    let mut other = vec![0.0; plane.values.len()];
    for _ in 0..PASSES {
        // Columns go side by side, many at a time, so the rows are made columns for their turn.
        turn(&plane.values, width, &mut other);
        mean(&other, height, window(width), &mut plane.values);
        turn(&plane.values, height, &mut other);
        mean(&other, width, window(height), &mut plane.values);
    }
}

/// Makes rows of `width` values columns.
fn turn(from: &[f32], width: usize, to: &mut [f32]) {
    let height = from.len() / width;
    for (top, rows) in (0..).step_by(TILE).zip(from.chunks(TILE * width)) {
        for left in (0..width).step_by(TILE) {
            for column in left..(left + TILE).min(width) {
                for (row, values) in rows.chunks_exact(width).enumerate() {
                    to[column * height + top + row] = values[column];
                }
            }
        }
    }
}

/// Half of what one pixel of the reduced picture stands for, rounded up.
fn window(length: usize) -> usize {
    length.div_ceil(2 * SIDE)
}

/// In every column of rows of `width` values, the mean of the window around each value; at the ends the window is
/// cut off.
fn mean(from: &[f32], width: usize, window: usize, to: &mut [f32]) {
    let ahead = window / 2;
    let behind = window - ahead - 1;
    let height = from.len() / width;
    let row = |index: usize| &from[index * width..(index + 1) * width];
    let mut sums = vec![0.0_f32; width];
    let mut inside = 0_u16;
    let enter = |sums: &mut [f32], inside: &mut u16, index: usize| {
        if index < height {
            sums.iter_mut().zip(row(index)).for_each(|(sum, value)| *sum += value);
            *inside += 1;
        }
    };
    for index in 0..ahead {
        enter(&mut sums, &mut inside, index);
    }
    for (index, out) in to.chunks_exact_mut(width).enumerate() {
        enter(&mut sums, &mut inside, index + ahead);
        if index > behind {
            sums.iter_mut().zip(row(index - behind - 1)).for_each(|(sum, value)| *sum -= value);
            inside -= 1;
        }
        out.iter_mut().zip(&sums).for_each(|(out, sum)| *out = sum / f32::from(inside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_taken_over_what_the_window_holds() {
        // Two columns, the second ten times the first.
        let columns = [3.0, 30.0, 6.0, 60.0, 9.0, 90.0, 12.0, 120.0];
        let smoothed = |window| {
            let mut out = [0.0; 8];
            mean(&columns, 2, window, &mut out);
            assert!(out.chunks(2).all(|row| row[1] == row[0] * 10.0), "{out:?}");
            [out[0], out[2], out[4], out[6]]
        };
        assert_eq!(smoothed(1), [3.0, 6.0, 9.0, 12.0]);
        assert_eq!(smoothed(2), [4.5, 7.5, 10.5, 12.0]);
        assert_eq!(smoothed(3), [4.5, 6.0, 9.0, 10.5]);
        assert_eq!(smoothed(9), [7.5; 4]);
    }

    #[test]
    fn rows_become_columns() {
        let from: Vec<f32> = (0_u8..21 * 9).map(f32::from).collect();
        let (mut turned, mut back) = (vec![0.0; from.len()], vec![0.0; from.len()]);
        turn(&from, 21, &mut turned);
        assert_eq!(turned[..3], [0.0, 21.0, 42.0]);
        turn(&turned, 9, &mut back);
        assert_eq!(back, from);
    }
}
