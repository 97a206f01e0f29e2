use std::io::Cursor;
use std::path::Path;
use std::sync::Mutex;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use rustc_hash::FxHashSet;

use super::decode::{Decoded, GROUND, decode};
use super::read::Reader;
use super::resolve;
use crate::import::{ImportProgress, ImportRequest, NoProgress, import};
use crate::store::Store;

fn decoded(bytes: &[u8]) -> Decoded {
    decode(bytes, &Mutex::default()).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    decode(bytes, &Mutex::default()).err().unwrap()
}

/// Left half red, right half blue, the top row white: nothing that a turn would leave as it is.
fn sample(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x, y) {
        (_, 0..4) => Rgb([255; 3]),
        (x, _) if x < width / 2 => Rgb([200, 20, 20]),
        _ => Rgb([20, 20, 200]),
    })
}

fn encoded(picture: &image::DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(picture).unwrap();
    bytes
}

fn near(a: Rgb<u8>, b: [u8; 3]) -> bool {
    a.0.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12)
}

/// A chunk of a PNG file.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let mut check = flate2::Crc::new();
    check.update(&named);
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), named.as_slice(), &check.sum().to_be_bytes()].concat()
}

/// A PNG file that claims this size and holds next to nothing.
fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let zeros = {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, &vec![0; 900_000]).unwrap();
        packed.finish().unwrap()
    };
    let header = chunk(b"IHDR", &[size.as_slice(), &[8, 6, 0, 0, 0]].concat());
    [b"\x89PNG\r\n\x1a\n".as_slice(), &header, &chunk(b"IDAT", &zeros), &chunk(b"IEND", &[])].concat()
}

/// A GIF file with many frames of one pixel.
fn gif(frames: usize) -> Vec<u8> {
    let header = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00";
    let frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00";
    [header.as_slice(), &frame.repeat(frames), b";"].concat()
}

/// The same JPEG with a note that says how the camera was held.
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let entry = [orientation, 0, 0, 0, 0, 0, 0, 0];
    let tiff = [b"II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00".as_slice(), &entry];
    let body = [b"Exif\x00\x00".as_slice(), &tiff.concat()].concat();
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &body, &jpeg[2..]].concat()
}

#[test]
fn every_format_gives_the_same_pixels() {
    let picture = sample(40, 30);
    let plain = image::DynamicImage::from(picture.clone());
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Bmp] {
        assert_eq!(decoded(&encoded(&plain, format)).pixels, picture, "{format:?}");
    }
    for bytes in [encoded(&plain, ImageFormat::Gif), jpeg(&picture)] {
        let pixels = decoded(&bytes).pixels;
        assert!(near(*pixels.get_pixel(5, 20), [200, 20, 20]) && near(*pixels.get_pixel(35, 20), [20, 20, 200]));
    }
    let deep = image::DynamicImage::from(image::ImageBuffer::<Luma<u16>, Vec<u16>>::from_pixel(6, 6, Luma([0x8001])));
    assert_eq!(decoded(&encoded(&deep, ImageFormat::Png)).pixels.get_pixel(3, 3).0, [128; 3]);
}

#[test]
fn pictures_stand_upright() {
    let stored = jpeg(&sample(40, 24));
    for (orientation, size, top_left) in [
        (1, (40, 24), [200, 20, 20]),
        (3, (40, 24), [20, 20, 200]),
        (6, (24, 40), [200, 20, 20]),
        (8, (24, 40), [20, 20, 200]),
    ] {
        let picture = decoded(&with_orientation(&stored, orientation));
        assert_eq!((picture.width, picture.height), size, "{orientation}");
        assert_eq!(picture.pixels.dimensions(), size, "{orientation}");
        assert!(near(*picture.pixels.get_pixel(6, 8), top_left), "{orientation}");
    }
}

#[test]
fn ink_becomes_light() {
    // Left half cyan, right half half black, as Photoshop and others write it: four channels, upside down.
    let hex = "ffd8ffee000e41646f626500640000000000ffdb0043000302020302020303030304030304050805050404050a070706080c0a0c\
               0c0b0a0b0b0d0e12100d0e110e0b0b1016101113141515150c0f171816141812141514ffc000140800100010044311004d110059\
               11004b1100ffc40016000101010000000000000000000000000009000affc40014100100000000000000000000000000000000ff\
               da000e0443004d0059004b00003f002a8a99532a6d54242a595748ab355090a97fffd9";
    let bytes: Vec<u8> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let pixels = decoded(&bytes).pixels;
    assert!(near(*pixels.get_pixel(2, 2), [0, 255, 255]), "{:?}", pixels.get_pixel(2, 2));
    assert!(near(*pixels.get_pixel(13, 2), [127; 3]), "{:?}", pixels.get_pixel(13, 2));
}

#[test]
fn transparent_pixels_stand_on_grey() {
    let clear = RgbaImage::from_fn(9, 9, |x, _| Rgba([255, 0, 0, if x < 5 { 0 } else { 128 }]));
    let pixels = decoded(&encoded(&clear.into(), ImageFormat::Png)).pixels;
    assert_eq!(pixels.get_pixel(0, 0).0, [GROUND; 3]);
    assert_eq!(pixels.get_pixel(8, 0).0, [192, 64, 64]);
}

#[test]
fn what_cannot_be_a_picture_is_refused_with_its_reason() {
    let bomb = png_bomb(30_000, 30_000);
    assert!(bomb.len() < 1_100, "{}", bomb.len());
    assert!(refused(&bomb).contains("30,000 × 30,000"), "{}", refused(&bomb));
    assert!(refused(&png_bomb(8_000, 8_000)).contains("8,000 × 8,000"));
    assert!(refused(&png_bomb(3_000, 3_000)).contains("enough data"), "{}", refused(&png_bomb(3_000, 3_000)));
    let whole = jpeg(&sample(64, 64));
    for end in [whole.len() / 2, whole.len() - 2] {
        assert!(refused(&whole[..end]).contains("breaks off"), "{}", refused(&whole[..end]));
    }
    let png = encoded(&sample(64, 64).into(), ImageFormat::Png);
    assert!(refused(&png[..png.len() - 40]).contains("breaks off"), "{}", refused(&png[..png.len() - 40]));
    for bytes in [b"a list of names, not a picture".as_slice(), b"%PDF-1.7", b"II*\0\x08\0\0\0", b"<svg/>"] {
        assert!(refused(bytes).contains("no PNG"), "{}", refused(bytes));
    }
}

#[test]
fn of_what_moves_the_first_frame_counts() {
    let bytes = gif(10_000);
    let picture = decoded(&bytes);
    assert!(picture.moves && near(*picture.pixels.get_pixel(0, 0), [255, 0, 0]));
    assert!(!decoded(&gif(1)).moves);
}

#[test]
fn a_large_picture_is_made_smaller_first_and_keeps_its_hash() {
    use crate::pdq::fingerprint;
    let disc = |x: u32, y: u32, side: u32| {
        let (x, y) = (x * 1_000 / side, y * 1_000 / side);
        let value = (x / 90 * 37 + y / 70 * 91 + (x + y) / 210 * 53) % 256;
        Rgb([value as u8, (value / 2) as u8, (255 - value) as u8])
    };
    let picture = RgbImage::from_fn(1_600, 1_600, |x, y| disc(x, y, 1_600));
    let read = decoded(&encoded(&picture.clone().into(), ImageFormat::Bmp));
    assert_eq!((read.width, read.height, read.pixels.dimensions()), (1_600, 1_600, (800, 800)));
    let (small, whole) = (fingerprint(&read.pixels), fingerprint(&picture));
    assert!(whole.quality >= 80, "{}", whole.quality);
    assert!(small.hash.hamming_distance(&whole.hash) <= 10, "{}", small.hash.hamming_distance(&whole.hash));
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.png"), b"x").unwrap();
    assert!(resolve(folder.path(), "a.png").is_ok());
    for named in ["../a.png", "/etc/hosts", "missing.png", "x/../../a.png"] {
        assert!(resolve(folder.path(), named).is_err(), "{named}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hosts", folder.path().join("link.png")).unwrap();
        assert!(resolve(folder.path(), "link.png").unwrap_err().contains("outside"));
    }
}

#[test]
fn equal_contents_are_decoded_once() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two, bad] = ["one.png", "two.jpg", "bad.png"].map(|name| folder.path().join(name));
    let bytes = jpeg(&sample(200, 100));
    [&one, &two].into_iter().for_each(|path| std::fs::write(path, &bytes).unwrap());
    std::fs::write(&bad, b"no picture").unwrap();
    let reader = Reader::new(FxHashSet::default());
    let sha256 = reader.read(&one).unwrap();
    assert_eq!(reader.read(&two), Ok(sha256));
    let record = reader.take(&sha256).unwrap();
    assert_eq!((record.width, record.height, record.thumbnail.width), (200, 100, 96));
    assert!(reader.take(&sha256).is_none(), "and only once");
    let sha256 = reader.read(&bad).unwrap();
    assert!(reader.failure(&sha256).unwrap().contains("no PNG"));
    let known = Reader::new([record.sha256].into_iter().collect());
    assert_eq!(known.read(&one), Ok(record.sha256));
    assert!(known.take(&record.sha256).is_none());
}

/// Counts what it is told of pictures.
struct Seen(Mutex<Vec<(usize, usize)>>);

impl ImportProgress for Seen {
    fn advanced(&self, _: u64, _: u64) {}

    fn pictures(&self, done: usize, total: usize) {
        self.0.lock().unwrap().push((done, total));
    }
}

fn import_folder(store: &mut Store, folder: &Path, progress: &dyn ImportProgress) -> crate::import::ImportSummary {
    let pictures = folder.join("pictures");
    let request =
        ImportRequest { paths: vec![folder.join("a.jsonl")], avatars: Some(pictures), ..ImportRequest::default() };
    import(store, &request, progress).unwrap()
}

#[test]
fn a_folder_of_traps_gives_one_line_each_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join("pictures").join(name), bytes).unwrap();
    std::fs::create_dir(folder.path().join("pictures")).unwrap();
    let accounts: String = (1..=9).map(|id| format!("{{\"type\":\"account\",\"id\":\"{id}\"}}\n")).collect();
    std::fs::write(folder.path().join("a.jsonl"), accounts).unwrap();
    let good = jpeg(&sample(48, 48));
    write("1.png", &png_bomb(30_000, 30_000));
    write("2.gif", &gif(10_000));
    write("3.jpg", &good[..good.len() / 2]);
    write("4.jpg", b"a text file");
    write("6.jpg", &good);
    write("7.jpg", b"");
    write("8.jpg", &good);
    std::fs::create_dir(folder.path().join("pictures/9.jpg")).unwrap();
    let mut expected = vec!["1.png", "3.jpg", "4.jpg", "7.jpg"];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hosts", folder.path().join("pictures/5.jpg")).unwrap();
        expected.push("5.jpg");
    }
    let mut store = Store::in_memory().unwrap();
    let seen = Seen(Mutex::default());
    let summary = import_folder(&mut store, folder.path(), &seen);
    let mut skipped: Vec<&str> =
        summary.skipped_pictures.iter().map(|(path, _)| path.file_name().unwrap().to_str().unwrap()).collect();
    skipped.sort_unstable();
    expected.sort_unstable();
    assert_eq!(skipped, expected);
    for (_, reason) in &summary.skipped_pictures {
        assert!(!reason.contains('\n') && reason.len() < 120, "{reason}");
    }
    assert_eq!((summary.pictures, summary.moving_pictures, summary.after.avatars), (3, 1, 2));
    assert_eq!(seen.0.into_inner().unwrap().last(), Some(&(7, 7)));
    let pictures: Vec<_> = store.accounts().unwrap().iter().filter_map(|account| account.avatar).collect();
    assert_eq!((pictures.len(), pictures[1]), (3, pictures[2]), "equal bytes share a row");
    let version = store.data_version().unwrap();
    assert_eq!(import_folder(&mut store, folder.path(), &NoProgress).pictures, 3);
    assert_eq!(store.data_version().unwrap(), version, "importing again changes nothing");
}

#[test]
fn what_a_picture_says_beside_its_pixels_changes_nothing() {
    let plain = encoded(&sample(64, 64).into(), ImageFormat::Png);
    // Behind the signature and the header.
    let (before, behind) = plain.split_at(8 + 25);
    let profile = [b"x\0\0".as_slice(), b"no profile"].concat();
    for addition in [chunk(b"iCCP", &profile), chunk(b"zTXt", &profile), chunk(b"gAMA", &[0; 4]), chunk(b"acTL", b"?")]
    {
        let more = decoded(&[before, &addition, behind].concat());
        assert_eq!(more.pixels, decoded(&plain).pixels);
    }
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let turned = decoded(&[before, &chunk(b"eXIf", exif), behind].concat());
    assert_ne!(turned.pixels, decoded(&plain).pixels, "which way up it is still counts");
}
