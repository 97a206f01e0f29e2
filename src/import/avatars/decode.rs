//! From bytes to pixels, within bounds that are checked before anything is decoded.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use image::codecs::gif::GifDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

use super::chunks::of_pixels;
use crate::text::thousands;

const LARGEST_SIDE: u32 = 8_192;
const LARGEST_AREA: u64 = 25_000_000;
/// Bytes that a decoder may ask for: the pixels at 16 bits a channel, and as much again.
const LARGEST_MEMORY: u64 = 400 << 20;
/// From this area on pictures are decoded one at a time, and made smaller before they are looked at.
const LARGE_AREA: u64 = 2 << 20;
/// Pixels across or down of what is made of large ones, at the most.
const REDUCED: u32 = 1_024;
/// Behind transparent pixels.
pub(super) const GROUND: u8 = 128;

/// A picture as its fingerprint is taken: upright, without transparency, 8 bits a channel.
pub(super) struct Decoded {
    pub pixels: RgbImage,
    /// Pixels across and down in the file, upright.
    pub width: u32,
    pub height: u32,
    /// Whether it is the first of several frames.
    pub moves: bool,
}

/// Decodes a picture, or tells why it cannot be. Large ones wait for `one_at_a_time`.
pub(super) fn decode(bytes: &[u8], one_at_a_time: &Mutex<()>) -> Result<Decoded, String> {
    let Some(format) = image::guess_format(bytes).ok().filter(|&format| is_known(format)) else {
        return Err("it is no PNG, JPEG, WebP, GIF or BMP picture".to_owned());
    };
    let bytes = &*if format == ImageFormat::Png { of_pixels(bytes) } else { Cow::Borrowed(bytes) };
    if format == ImageFormat::Jpeg && !is_whole_jpeg(bytes) {
        return Err("it breaks off in the middle".to_owned());
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(words)?;
    let (width, height) = decoder.dimensions();
    let area = check_size(width, height)?;
    let upright = decoder.orientation().map_err(words)?;
    let _alone = (area >= LARGE_AREA).then(|| one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(words)?;
    if area >= LARGE_AREA {
        // By a whole number, so that each new pixel is the mean of as many old ones.
        let factor = width.max(height).div_ceil(REDUCED);
        picture = picture.thumbnail_exact((width / factor).max(1), (height / factor).max(1));
    }
    picture.apply_orientation(upright);
    let (width, height) = if lies_down(upright) { (height, width) } else { (width, height) };
    let moves = format == ImageFormat::Gif && moves(bytes);
    Ok(Decoded { pixels: flatten(picture), width, height, moves })
}

/// Whether what is stored as rows are columns of the upright picture.
fn lies_down(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)
}

fn is_known(format: ImageFormat) -> bool {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    matches!(format, Png | Jpeg | WebP | Gif | Bmp)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST_MEMORY);
    limits
}

fn check_size(width: u32, height: u32) -> Result<u64, String> {
    let area = u64::from(width) * u64::from(height);
    if area == 0 {
        return Err("it has no pixels".to_owned());
    }
    if width.max(height) > LARGEST_SIDE || area > LARGEST_AREA {
        let [width, height, side] = [width, height, LARGEST_SIDE].map(|value| thousands(u64::from(value)));
        let most = thousands(LARGEST_AREA);
        return Err(format!(
            "it claims {width} × {height} pixels; the most that is read is {side} a side and {most} in all"
        ));
    }
    Ok(area)
}

/// The decoder fills what is missing of a JPEG with grey, which would have a hash like any other.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xff, marker]);
    match (last(0xda), last(0xd9)) {
        (Some(scan), Some(end)) => end > scan,
        _ => false,
    }
}

/// Whether a GIF has a second frame. A frame that is broken is none.
fn moves(bytes: &[u8]) -> bool {
    let Ok(mut decoder) = GifDecoder::new(Cursor::new(bytes)) else { return false };
    if decoder.set_limits(limits()).is_err() {
        return false;
    }
    decoder.into_frames().take(2).filter(Result::is_ok).count() == 2
}

/// The picture on a grey ground, 8 bits a channel.
fn flatten(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let layers = picture.into_rgba8();
    RgbImage::from_fn(layers.width(), layers.height(), |x, y| {
        let [red, green, blue, alpha] = layers.get_pixel(x, y).0;
        let blend = |value: u8| {
            let sum = u16::from(value) * u16::from(alpha) + u16::from(GROUND) * (255 - u16::from(alpha));
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([blend(red), blend(green), blend(blue)])
    })
}

fn words(error: ImageError) -> String {
    match error {
        ImageError::Limits(_) => "it asks for more memory than a picture may have".to_owned(),
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "it breaks off in the middle".to_owned()
        }
        error => {
            let text = error.to_string();
            format!("it is damaged: {}", text.lines().next().unwrap_or_default().trim())
        }
    }
}
