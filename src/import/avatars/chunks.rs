//! Chunks of a PNG: those on which its pixels depend, and which way up they are. Others are packed and may unpack to a
//! thousand times their size before anybody asks for them.

use std::borrow::Cow;

const SIGNATURE: usize = 8;
/// Length, name and checksum of a chunk.
const FRAME: usize = 12;
const KEPT: [&[u8; 4]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"];
/// Bytes of EXIF, which says which way up the picture is, that are looked at.
const LONGEST_EXIF: usize = 1 << 16;

/// The same picture without what its pixels do not depend on. What is broken stays broken.
pub(super) fn of_pixels(png: &[u8]) -> Cow<'_, [u8]> {
    let mut kept: Option<Vec<u8>> = None;
    let mut at = SIGNATURE;
    while let Some((name, length)) = chunk(png, at) {
        let end = at.saturating_add(FRAME).saturating_add(length);
        let is_kept = KEPT.contains(&name) && (name != b"eXIf" || length <= LONGEST_EXIF);
        match (&mut kept, png.get(at..end)) {
            // It breaks off here.
            (_, None) if !is_kept => return Cow::Owned(kept.unwrap_or_else(|| png[..at].to_owned())),
            (Some(kept), None) => kept.extend_from_slice(&png[at..]),
            (Some(kept), Some(whole)) if is_kept => kept.extend_from_slice(whole),
            (None, Some(_)) if !is_kept => kept = Some(png[..at].to_owned()),
            _ => {}
        }
        at = end;
    }
    kept.map_or(Cow::Borrowed(png), Cow::Owned)
}

/// The name of a chunk, and how many bytes it says it has.
fn chunk(png: &[u8], at: usize) -> Option<(&[u8; 4], usize)> {
    let (length, rest) = png.get(at..)?.split_first_chunk::<4>()?;
    Some((rest.first_chunk()?, usize::try_from(u32::from_be_bytes(*length)).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(chunks: &[(&[u8; 4], usize)]) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, length) in chunks {
            png.extend(u32::try_from(*length).unwrap().to_be_bytes());
            png.extend(*name);
            png.extend(vec![7; length + 4]);
        }
        png
    }

    #[test]
    fn a_picture_keeps_what_its_pixels_depend_on() {
        let pixels: [(&[u8; 4], usize); 4] = [(b"IHDR", 13), (b"eXIf", 20), (b"IDAT", 50), (b"IEND", 0)];
        let plain = picture(&pixels);
        assert!(matches!(of_pixels(&plain), Cow::Borrowed(same) if same == plain));
        for (place, name) in [b"iCCP", b"zTXt", b"iTXt", b"tEXt", b"acTL"].into_iter().enumerate() {
            let mut chunks = pixels.to_vec();
            chunks.insert(place % 4, (name, 900));
            assert_eq!(of_pixels(&picture(&chunks)), plain, "{name:?}");
        }
        let mut chunks = pixels.to_vec();
        chunks.insert(1, (b"eXIf", LONGEST_EXIF + 1));
        assert_eq!(of_pixels(&picture(&chunks)), plain);
    }

    #[test]
    fn a_picture_that_breaks_off_still_does() {
        let whole = picture(&[(b"IHDR", 13), (b"iCCP", 90), (b"IDAT", 50)]);
        let end = whole.len();
        assert_eq!(of_pixels(&whole[..end - 20]).len(), end - 20 - 102);
        assert_eq!(of_pixels(&whole[..SIGNATURE + 25 + 30]), &whole[..SIGNATURE + 25]);
        for length in 0..end {
            assert!(of_pixels(&whole[..length]).len() <= length);
        }
    }
}
