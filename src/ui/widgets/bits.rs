//! In which of their 256 bits two hashes differ: 16 columns and 8 rows of half blocks, the lowest frequencies at the top
//! left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::PdqHash;
use crate::ui::Screen;

/// Columns and rows that it takes.
pub(in crate::ui) const SIZE: (u16, u16) = (16, 8);

/// Draws a block for each bit that differs, where there is room.
pub(in crate::ui) fn draw(buffer: &mut Buffer, area: Rect, [a, b]: [&PdqHash; 2], screen: &Screen<'_>) {
    if area.width < SIZE.0 || area.height < SIZE.1 || screen.theme.in_lines {
        return;
    }
    // Bit 0 is the last one of the hash.
    let differs = |row: u16, column: u16| {
        let bit = usize::from(row * 16 + column);
        (a.0[31 - bit / 8] ^ b.0[31 - bit / 8]) >> (bit % 8) & 1 == 1
    };
    for row in 0..SIZE.1 {
        for column in 0..SIZE.0 {
            let (symbol, style) = match (differs(2 * row, column), differs(2 * row + 1, column)) {
                (true, true) => ("█", screen.theme.warning()),
                (true, false) => ("▀", screen.theme.warning()),
                (false, true) => ("▄", screen.theme.warning()),
                (false, false) => ("·", screen.theme.muted()),
            };
            if let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) {
                cell.set_symbol(symbol).set_style(style);
            }
        }
    }
}
