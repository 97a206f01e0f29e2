//! Real pictures, in terminals that can show them: kitty, sixel, iTerm2. Where the terminal cannot, or a picture is not
//! encoded yet, half blocks are drawn.
//!
//! Drawing only notes which pictures it misses. The loop has them encoded by a thread of their own and puts them here, so
//! that no frame waits for one.

use std::cell::RefCell;

use image::{DynamicImage, RgbImage};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::picker::Picker;
use ratatui_image::protocol::Protocol;
use ratatui_image::{FilterType, Image, Resize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::protocol::{Abilities, PictureProtocol, Surroundings, pick};
use crate::model::{AvatarId, Picture, Thumbnail};

/// Pictures that wait to be encoded; what is missed beyond is noted again by the next frame.
const WAITING: usize = 64;
/// Encoded pictures that are kept beside those that are seen, up to some 300 kB each.
const KEPT: usize = 400;

/// A picture in one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key(AvatarId, u16, u16);

/// A picture that a frame missed.
#[derive(Debug)]
pub struct Wish {
    key: Key,
    pixels: Thumbnail,
}

impl Wish {
    /// What comes of it where it cannot be encoded.
    #[must_use]
    pub fn given_up(&self) -> Encoded {
        Encoded { key: self.key, protocol: None }
    }
}

/// A picture as the terminal takes it; nothing where it cannot be encoded.
pub struct Encoded {
    key: Key,
    protocol: Option<Protocol>,
}

impl std::fmt::Debug for Encoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Encoded").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Turns pictures into what the terminal takes.
#[derive(Debug, Clone)]
pub struct Encoder(Picker);

impl Encoder {
    /// For a terminal of which so much is known; `None` for half blocks.
    #[must_use]
    pub fn new(wanted: PictureProtocol, abilities: &Abilities, around: Surroundings) -> Option<Self> {
        pick(wanted, abilities, around).map(Self)
    }

    /// Encodes one picture.
    #[must_use]
    pub fn encode(&self, wish: Wish) -> Encoded {
        let Wish { key, pixels } = wish;
        let pixels = RgbImage::from_raw(u32::from(pixels.width), u32::from(pixels.height), pixels.rgb);
        let size = Size::new(key.1, key.2);
        let scale = Resize::Scale(Some(FilterType::Triangle));
        let protocol = pixels
            .filter(|pixels| !pixels.is_empty())
            .and_then(|pixels| self.0.new_protocol(DynamicImage::ImageRgb8(pixels), size, scale).ok());
        Encoded { key, protocol }
    }
}

/// The pictures that are encoded, and those that are missed.
#[derive(Default)]
pub struct Graphics {
    encoded: FxHashMap<Key, Option<Protocol>>,
    /// Drawing sees the screen as it is and changes nothing of it; what it notes here is for the loop.
    noted: RefCell<Noted>,
}

#[derive(Debug, Default)]
struct Noted {
    wishes: Vec<Wish>,
    waiting: FxHashSet<Key>,
    /// What the frame draws, be it encoded or not.
    drawn: FxHashSet<Key>,
    /// What the frame before drew.
    seen: FxHashSet<Key>,
}

impl std::fmt::Debug for Graphics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graphics").field("encoded", &self.encoded.len()).finish_non_exhaustive()
    }
}

impl Graphics {
    /// What the frames since the last call missed.
    pub fn take_wishes(&self) -> Vec<Wish> {
        let mut noted = self.noted.borrow_mut();
        noted.seen = std::mem::take(&mut noted.drawn);
        std::mem::take(&mut noted.wishes)
    }

    /// Takes in a picture that was missed.
    pub fn put(&mut self, encoded: Encoded) {
        let noted = self.noted.get_mut();
        noted.waiting.remove(&encoded.key);
        if self.encoded.len() >= KEPT {
            // One that is seen would be missed by the next frame, and so be encoded without end.
            self.encoded.retain(|key, _| noted.seen.contains(key) || noted.drawn.contains(key));
        }
        self.encoded.insert(encoded.key, encoded.protocol);
    }

    /// Forgets what was encoded: the terminal may have lost what it was given, and is given it once.
    pub fn forget(&mut self) {
        self.encoded.clear();
    }

    /// Draws the picture where it is encoded in this size; else notes that it is missed, and tells so.
    pub(super) fn draw(&self, buffer: &mut Buffer, area: Rect, picture: &Picture) -> bool {
        let key = Key(picture.print.id, area.width, area.height);
        self.noted.borrow_mut().drawn.insert(key);
        match self.encoded.get(&key) {
            Some(Some(protocol)) => {
                Image::new(protocol).render(area, buffer);
                true
            }
            Some(None) => false,
            None => {
                let mut noted = self.noted.borrow_mut();
                if noted.waiting.len() < WAITING && noted.waiting.insert(key) {
                    noted.wishes.push(Wish { key, pixels: picture.thumbnail.clone() });
                }
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui_image::picker::ProtocolType;

    use super::*;
    use crate::model::{AvatarPrint, PdqHash};

    fn picture(id: u32) -> Picture {
        let thumbnail = Thumbnail { width: 2, height: 2, rgb: vec![200; 12] };
        let print = AvatarPrint::new(AvatarId(id), PdqHash([0; 32]), 90);
        Picture { print, sha256: [0; 32], width: 2, height: 2, small: thumbnail.clone(), thumbnail }
    }

    fn encoder(protocol: ProtocolType) -> Encoder {
        let mut picker = Picker::halfblocks();
        picker.set_protocol_type(protocol);
        Encoder(picker)
    }

    #[test]
    fn what_is_missed_is_noted_once_and_drawn_when_it_is_there() {
        for (protocol, sign) in
            [(ProtocolType::Kitty, "\u{1b}_G"), (ProtocolType::Sixel, "\u{1b}P"), (ProtocolType::Iterm2, "\u{1b}]1337")]
        {
            let mut graphics = Graphics::default();
            let area = Rect::new(0, 0, 8, 4);
            let mut buffer = Buffer::empty(area);
            assert!(!graphics.draw(&mut buffer, area, &picture(1)));
            assert!(!graphics.draw(&mut buffer, area, &picture(1)));
            let wishes = graphics.take_wishes();
            assert_eq!(wishes.len(), 1);
            assert!(graphics.take_wishes().is_empty());
            let encoder = encoder(protocol);
            wishes.into_iter().for_each(|wish| graphics.put(encoder.encode(wish)));
            assert!(graphics.draw(&mut buffer, area, &picture(1)));
            assert!(buffer[(0, 0)].symbol().contains(sign), "{protocol:?}");
            assert!(!graphics.draw(&mut buffer, Rect::new(0, 0, 4, 2), &picture(1)), "another size is another picture");
        }
    }

    #[test]
    fn what_waits_and_what_is_kept_is_bounded() {
        let mut graphics = Graphics::default();
        let area = Rect::new(0, 0, 2, 1);
        let mut buffer = Buffer::empty(area);
        assert!((0..1_000).all(|id| !graphics.draw(&mut buffer, area, &picture(id))));
        assert_eq!(graphics.take_wishes().len(), WAITING);
        graphics.take_wishes();
        for id in 0..1_000 {
            graphics.put(Encoded { key: Key(AvatarId(id), 2, 1), protocol: None });
        }
        assert!(graphics.encoded.len() <= KEPT);
    }

    #[test]
    fn a_wall_with_more_pictures_than_are_kept_is_encoded_once() {
        let mut graphics = Graphics::default();
        let encoder = encoder(ProtocolType::Halfblocks);
        let area = Rect::new(0, 0, 2, 1);
        let mut buffer = Buffer::empty(area);
        let tiles = 590;
        let mut encoded = 0;
        for _ in 0..2 * tiles / WAITING {
            for id in 0..tiles as u32 {
                graphics.draw(&mut buffer, area, &picture(id));
            }
            for wish in graphics.take_wishes() {
                encoded += 1;
                graphics.put(encoder.encode(wish));
            }
        }
        assert_eq!(encoded, tiles);
        assert!((0..tiles as u32).all(|id| graphics.draw(&mut buffer, area, &picture(id))));
    }
}
