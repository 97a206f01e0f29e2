//! A cursor in a list of any length, and the window around it that is drawn.

/// Which row is chosen and which one is drawn first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chosen row.
    pub row: usize,
    /// The first row of the window.
    pub top: usize,
}

impl Cursor {
    /// Moves by `rows` (negative is up) within a list of `length` rows.
    pub fn move_by(&mut self, rows: isize, length: usize) {
        self.row = self.row.saturating_add_signed(rows).min(length.saturating_sub(1));
    }

    /// Keeps row and window inside a list of `length` rows of which `height` are seen.
    pub fn follow(&mut self, length: usize, height: usize) {
        let height = height.max(1);
        self.row = self.row.min(length.saturating_sub(1));
        self.top = self.top.min(self.row).min(length.saturating_sub(height));
        if self.row >= self.top + height {
            self.top = self.row + 1 - height;
        }
    }

    /// The rows that are seen.
    #[must_use]
    pub fn window(&self, length: usize, height: usize) -> std::ops::Range<usize> {
        let start = self.top.min(length);
        start..(start + height).min(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_follows_the_row() {
        let mut cursor = Cursor::default();
        cursor.move_by(25, 100);
        cursor.follow(100, 10);
        assert_eq!((cursor.row, cursor.top), (25, 16));
        cursor.move_by(-20, 100);
        cursor.follow(100, 10);
        assert_eq!((cursor.row, cursor.top), (5, 5));
        cursor.move_by(isize::MAX, 100);
        cursor.follow(100, 10);
        assert_eq!(cursor.window(100, 10), 90..100);
    }

    #[test]
    fn a_shrinking_list_pulls_the_cursor_in() {
        let mut cursor = Cursor { row: 50, top: 45 };
        cursor.follow(3, 10);
        assert_eq!((cursor.row, cursor.top), (2, 0));
        cursor.follow(0, 10);
        assert_eq!((cursor.row, cursor.top), (0, 0));
        cursor.move_by(1, 0);
        assert_eq!(cursor.row, 0);
    }
}
