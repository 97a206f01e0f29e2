//! Room for what terminals measure differently, in a frame that is drawn.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};

use crate::text::widest;

/// A blank that is not the one of an empty cell, so that the frame which empties the cell writes it.
const COVERED: &str = "\u{a0}";

/// Gives every character whose width terminals disagree about the columns it takes at most: they are erased before it is
/// written, and what follows is put in its place by the cursor. So a narrow one leaves nothing old beside it, and a wide
/// one moves nothing.
pub(in crate::ui) fn make(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width);
    for at in 0..buffer.content.len() {
        let cell = &buffer.content[at];
        if cell.diff_option != CellDiffOption::None {
            continue;
        }
        let Some(columns) = widest(cell.symbol()) else { continue };
        let behind = at + 1..at + columns;
        let fits = at % width + columns <= width && buffer.content[behind.clone()].iter().all(is_blank);
        let symbol = cell.symbol().to_owned();
        if let Some(forced) = u16::try_from(columns).ok().and_then(NonZeroU16::new).filter(|_| fits) {
            buffer.content[at]
                .set_symbol(&format!("\u{1b}[{columns}X{symbol}"))
                .set_diff_option(CellDiffOption::ForcedWidth(forced));
            buffer.content[behind].iter_mut().for_each(|cell| {
                cell.set_symbol(COVERED);
            });
        } else {
            buffer.content[at].set_symbol("…");
        }
    }
}

fn is_blank(cell: &ratatui::buffer::Cell) -> bool {
    matches!(cell.symbol(), " " | COVERED)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::text::alike;

    fn row(text: &str) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(0, 0, alike(text), Style::new());
        make(&mut buffer);
        buffer
    }

    #[test]
    fn what_is_measured_differently_is_erased_first_and_what_follows_is_placed() {
        let buffer = row("কাx");
        let written: Vec<_> = Buffer::empty(buffer.area)
            .diff(&buffer)
            .iter()
            .map(|(x, _, cell)| (*x, cell.symbol().to_owned()))
            .collect();
        assert_eq!(written, [(0, "\u{1b}[2Xকা".to_owned()), (2, "x".to_owned())]);
    }

    #[test]
    fn the_next_frame_writes_every_cell_that_it_took() {
        for (before, after) in [("কাx", "a x"), ("कि", "a"), ("☰x", "a x"), ("কা", "")] {
            let (before, after) = (row(before), row(after));
            let written: Vec<u16> = before.diff(&after).iter().map(|(x, ..)| *x).collect();
            assert_eq!(written, [0, 1]);
        }
        assert!(row("কাx").diff(&row("কাx")).is_empty());
    }

    #[test]
    fn where_there_is_no_room_it_says_that_something_is_left_out() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        buffer.set_string(0, 0, "কাxকা", Style::new());
        make(&mut buffer);
        let symbols: Vec<&str> = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(symbols, ["…", "x", "…"]);
    }
}
