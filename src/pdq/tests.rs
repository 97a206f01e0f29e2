use std::collections::HashMap;
use std::path::PathBuf;

use image::{Rgb, RgbImage};

use super::*;

fn hash(pixels: &RgbImage) -> (PdqHash, u8) {
    let Fingerprint { hash, quality, .. } = fingerprint(pixels);
    (hash, quality)
}

fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("BOT_TUI_REAL_DATA").map(|folder| PathBuf::from(folder).join("pdq"));
    if folder.is_none() {
        println!("skipped: BOT_TUI_REAL_DATA is not set");
    }
    folder
}

fn from_hex(hex: &str) -> PdqHash {
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).unwrap();
    }
    PdqHash(bytes)
}

/// File, reference hash and reference quality of each picture.
fn references(folder: &std::path::Path) -> Vec<(String, PdqHash, u8)> {
    let text = std::fs::read_to_string(folder.join("pdq_reference.csv")).unwrap();
    let fields = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    fields.map(|row| (row[0].to_owned(), from_hex(row[1]), row[2].parse().unwrap())).collect()
}

#[test]
fn hashes_agree_with_the_reference() {
    let Some(folder) = real_data() else { return };
    let references = references(&folder);
    assert!(!references.is_empty());
    let mut hashes = HashMap::new();
    for (file, reference, quality) in &references {
        let (hash, our_quality) = hash(&image::open(folder.join(file)).unwrap().to_rgb8());
        let distance = hash.hamming_distance(reference);
        println!("{file}: {distance} bits from the reference, quality {our_quality} and {quality}");
        if *quality >= 80 {
            assert!(distance <= 10, "{file}: {distance}");
            assert!(our_quality.abs_diff(*quality) <= 5, "{file}: quality {our_quality}, not {quality}");
        }
        hashes.insert(file.as_str(), hash);
    }
    let original = hashes["bridge-1-original.jpg"];
    let small = [
        "aaa-orig",
        "blur-a-little",
        "blur-a-lot",
        "sharpen-a-little",
        "sharpen-a-lot",
        "shrink-a-little",
        "shrink-a-lot",
        "high-contrast",
        "high-saturation",
    ];
    for name in small {
        let distance = original.hamming_distance(&hashes[format!("{name}.jpg").as_str()]);
        assert!(distance <= 31, "{name}: {distance}");
    }
    assert!(original.hamming_distance(&hashes["bridge-3-rotate-180.jpg"]) > 31);
}

/// Our hash of the original picture, then of it turned over, beside the reference's and the nearest real file.
#[test]
fn turned_hashes_agree_with_the_reference() {
    let Some(folder) = real_data() else { return };
    let open = |file: &str| fingerprint(&image::open(folder.join(file)).unwrap().to_rgb8());
    let original = open("bridge-1-original.jpg");
    let ours: Vec<PdqHash> = [original.hash].into_iter().chain(original.turned).collect();
    let text = std::fs::read_to_string(folder.join("pdq_dihedral_reference.csv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), ours.len());
    for (hash, row) in ours.iter().zip(&rows) {
        let (file, reference) = (row[1], from_hex(row[3]));
        let to_reference = hash.hamming_distance(&reference);
        let to_file = hash.hamming_distance(&open(file).hash);
        println!("{file}: {to_reference} bits from the reference's, {to_file} from the file's");
        assert!(to_reference <= 10 && to_file <= 10, "{file}: {to_reference} and {to_file}");
    }
}

#[test]
fn a_picture_that_is_turned_over_has_the_hash_that_was_foretold() {
    // Of this size the windows and the pixels that are taken lie evenly, so that nothing else differs.
    let picture = textured(320, 320, 3);
    let original = fingerprint(&picture);
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180};
    for (turn, foretold) in Turn::ALL.into_iter().zip(original.turned) {
        let mut copy = picture.clone();
        if turn.transposed {
            copy = flip_horizontal(&rotate90(&copy));
        }
        copy = match (turn.upside_down, turn.mirrored) {
            (true, true) => rotate180(&copy),
            (true, false) => flip_vertical(&copy),
            (false, true) => flip_horizontal(&copy),
            (false, false) => copy,
        };
        let distance = hash(&copy).0.hamming_distance(&foretold);
        assert!(distance <= 4, "{}: {distance}", turn.word);
        assert!(original.hash.hamming_distance(&foretold) > 31, "{}", turn.word);
    }
}

/// Discs of many sizes and colours, placed by a fixed sequence: structure at many scales.
fn textured(width: u32, height: u32, seed: u32) -> RgbImage {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let discs: Vec<[u32; 6]> =
        (0..60).map(|_| [next(1_000), next(1_000), 20 + next(180), next(256), next(256), next(256)]).collect();
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x * 1_000 / width, y * 1_000 / height);
        let covers = |disc: &&[u32; 6]| disc[0].abs_diff(x).pow(2) + disc[1].abs_diff(y).pow(2) < disc[2].pow(2);
        let color = discs.iter().rev().find(covers).map_or([90, 120, 160], |disc| [disc[3], disc[4], disc[5]]);
        Rgb(color.map(|value| value as u8))
    })
}

#[test]
fn small_changes_change_few_bits_and_other_pictures_half_of_them() {
    let picture = textured(128, 128, 1);
    let (original, quality) = hash(&picture);
    assert!(quality > 49, "{quality}");
    let cropped = image::imageops::crop_imm(&picture, 1, 1, 126, 126).to_image();
    let small = image::imageops::resize(&picture, 96, 96, image::imageops::FilterType::Triangle);
    let mut bright = picture.clone();
    bright.pixels_mut().for_each(|pixel| pixel.0.iter_mut().for_each(|value| *value = value.saturating_add(12)));
    for (name, changed) in [("cropped", cropped), ("small", small), ("bright", bright)] {
        let distance = original.hamming_distance(&hash(&changed).0);
        assert!(distance <= 31, "{name}: {distance}");
    }
    let other = original.hamming_distance(&hash(&textured(128, 128, 2)).0);
    assert!(other > 60, "{other}");
}

#[test]
fn a_flat_picture_has_no_quality() {
    assert_eq!(hash(&RgbImage::from_pixel(100, 100, Rgb([90, 90, 90]))).1, 0);
}

#[test]
fn no_size_is_a_problem() {
    for (width, height) in [(1, 1), (4, 300), (300, 4), (5, 5), (63, 65), (700, 6), (2_000, 1_100)] {
        let (_, quality) = hash(&textured(width, height, 1));
        assert!(quality == 0 || width.min(height) >= SMALLEST);
    }
}
