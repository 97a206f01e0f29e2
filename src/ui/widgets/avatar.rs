//! A picture in half blocks: the upper pixel is the colour of the letter, the lower one that of its ground.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use crate::model::{Picture, Thumbnail};
use crate::ui::{ColorDepth, Screen};

const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// Draws `picture` as large as fits into `area`: as a real picture where the terminal shows them and it is encoded, else
/// with two pixels a cell.
pub(in crate::ui) fn draw(buffer: &mut Buffer, area: Rect, picture: &Picture, screen: &Screen<'_>) {
    if screen.theme.in_lines {
        return;
    }
    let side = area.width.min(area.height * 2);
    let square = Rect { width: side, height: side / 2, ..area };
    if screen.graphics.is_some_and(|graphics| !square.is_empty() && graphics.draw(buffer, square, picture)) {
        return;
    }
    let copy = if side <= Picture::SMALL { &picture.small } else { &picture.thumbnail };
    half_blocks(buffer, area, copy, screen.theme.colors());
}

/// Draws the place of a picture that is still being read.
pub(in crate::ui) fn draw_placeholder(buffer: &mut Buffer, area: Rect, screen: &Screen<'_>) {
    let side = area.width.min(area.height * 2);
    let place = Rect { width: side, height: side / 2, ..area };
    for position in place.intersection(buffer.area).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.set_symbol("·").set_style(screen.theme.muted());
        }
    }
}

fn half_blocks(buffer: &mut Buffer, area: Rect, picture: &Thumbnail, colors: ColorDepth) {
    let side = area.width.min(area.height * 2);
    for row in 0..side / 2 {
        for column in 0..side {
            let upper = picture.mean(column, row * 2, side);
            let lower = picture.mean(column, row * 2 + 1, side);
            let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) else { continue };
            if colors == ColorDepth::None {
                let light = (luminance(upper) + luminance(lower)) / 2;
                cell.set_symbol(SHADES[(light * SHADES.len() / 256).min(SHADES.len() - 1)]);
            } else {
                cell.set_symbol("▀");
                cell.set_style(Style::new().fg(color(upper, colors)).bg(color(lower, colors)));
            }
        }
    }
}

fn luminance([red, green, blue]: [u8; 3]) -> usize {
    (usize::from(red) * 299 + usize::from(green) * 587 + usize::from(blue) * 114) / 1000
}

fn color([red, green, blue]: [u8; 3], colors: ColorDepth) -> Color {
    if colors == ColorDepth::True {
        return Color::Rgb(red, green, blue);
    }
    // The 6×6×6 cube of the indexed colours begins at 16.
    let level = |value: u8| (u16::from(value) * 5 + 127) / 255;
    let index = 16 + 36 * level(red) + 6 * level(green) + level(blue);
    Color::Indexed(u8::try_from(index).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left half black, right half white.
    fn halves() -> Thumbnail {
        let row: Vec<u8> = (0..8).flat_map(|x| [if x < 4 { 0 } else { 255 }; 3]).collect();
        Thumbnail { width: 8, height: 8, rgb: row.repeat(8) }
    }

    #[test]
    fn two_pixels_a_cell_in_color() {
        let area = Rect::new(0, 0, 4, 2);
        let mut buffer = Buffer::empty(area);
        half_blocks(&mut buffer, area, &halves(), ColorDepth::True);
        assert_eq!(buffer[(0, 0)].symbol(), "▀");
        assert_eq!(buffer[(0, 0)].fg, Color::Rgb(0, 0, 0));
        assert_eq!(buffer[(3, 1)].bg, Color::Rgb(255, 255, 255));
        half_blocks(&mut buffer, area, &halves(), ColorDepth::Indexed);
        assert_eq!(buffer[(3, 1)].bg, Color::Indexed(231));
    }

    #[test]
    fn shades_without_color_and_nothing_outside_the_picture() {
        let area = Rect::new(0, 0, 4, 2);
        let mut buffer = Buffer::empty(area);
        half_blocks(&mut buffer, area, &halves(), ColorDepth::None);
        assert_eq!(buffer[(0, 0)].symbol(), " ");
        assert_eq!(buffer[(3, 0)].symbol(), "█");
        let torn = Thumbnail { width: 8, height: 8, rgb: vec![9; 5] };
        half_blocks(&mut buffer, area, &torn, ColorDepth::True);
        assert_eq!(buffer[(3, 1)].bg, Color::Rgb(0, 0, 0));
    }

    #[test]
    fn the_place_of_a_picture_that_is_still_read_is_kept() {
        let (keys, theme) = (crate::keys::KeyMap::load(None).unwrap(), crate::ui::Theme::new(ColorDepth::True));
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 3));
        let screen = Screen { keys: &keys, theme: &theme, graphics: None };
        draw_placeholder(&mut buffer, Rect::new(1, 0, 9, 2), &screen);
        let row = |y: u16| (0..6).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        assert_eq!([row(0), row(1), row(2)], [" ···· ", " ···· ", "      "]);
    }
}
