//! Pairs of rows, found row by row by several threads, brought into one order.

use rayon::prelude::*;

/// Pairs that are held in one piece, so that adding one never moves many.
const PIECE: usize = 1 << 16;

/// The pairs that one thread found: all of a row one after the other.
#[derive(Debug, Default)]
pub(super) struct RowPairs {
    pieces: Vec<Vec<(u32, u32)>>,
    length: usize,
}

impl RowPairs {
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn push(&mut self, row: u32, other: u32) {
        self.length += 1;
        match self.pieces.last_mut() {
            // A row stays in one piece.
            Some(piece) if piece.len() < PIECE || piece.last().is_some_and(|pair| pair.0 == row) => {
                piece.push((row, other));
            }
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push((row, other));
                self.pieces.push(piece);
            }
        }
    }

    /// The pairs of all threads, ascending; a row is one thread's.
    pub fn merge(threads: Vec<Self>) -> Vec<(u32, u32)> {
        let mut pieces: Vec<_> = threads.into_iter().flat_map(|thread| thread.pieces).collect();
        let sorted = pieces.par_iter_mut().map(|piece| {
            let rows = piece.chunk_by_mut(|a, b| a.0 == b.0);
            rows.map(|row| {
                row.sort_unstable_by_key(|pair| pair.1);
                &*row
            })
        });
        let mut rows: Vec<&[(u32, u32)]> = sorted.flat_map_iter(|rows| rows).collect();
        rows.sort_unstable_by_key(|row| row[0].0);
        rows.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_several_threads_come_in_order() {
        let mut threads = [RowPairs::default(), RowPairs::default()];
        for row in (0..300_u32).rev() {
            for other in (row + 1..row + 1_000).rev() {
                threads[row as usize % 2].push(row, other);
            }
        }
        assert_eq!(threads[0].len(), 150 * 999);
        let merged = RowPairs::merge(threads.into());
        assert_eq!(merged.len(), 300 * 999);
        assert!(merged.is_sorted());
    }
}
