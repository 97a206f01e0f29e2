//! Pictures of which it is known which are copies of each other: drawn, altered, imported as any others are, and
//! compared with what linking finds.

mod figures;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bot_tui::import::{ImportRequest, ImportSummary, NoProgress, import};
use bot_tui::store::Store;
use bot_tui::synth::drawing;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, resize};
use image::{DynamicImage, RgbImage};
use rayon::prelude::*;

pub use figures::figures;

const SEED: u64 = 5;
/// Pictures of a group.
pub const COPIES: u32 = 12;
/// The drawings of groups, and of what stands alone; the first ones are those of the sample.
const FIRST_GROUP: u32 = 1_000;
const FIRST_ALONE: u32 = 100_000;

/// How many pictures there are, and how many groups of copies among them.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub pictures: u32,
    pub groups: u32,
}

/// What was done to a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// As it was drawn, JPEG quality 95.
    Untouched,
    /// JPEG quality 60 to 95.
    Encoded,
    /// 48 to 400 pixels a side.
    Resized,
    /// Up to 2 per cent of the width and of the height cut off.
    CroppedLittle,
    /// 2 to 4 per cent of the width and of the height cut off.
    Cropped,
    /// Each channel 10 to 50 of 255 lighter.
    Brightened,
    /// All four, cut by up to 4 per cent.
    Everything,
}

impl Kind {
    /// What is done to a copy of a group: one is untouched, two each have one thing done to them, three have all.
    fn of_copy(copy: u32) -> Self {
        match copy {
            0 => Self::Untouched,
            1 | 2 => Self::Encoded,
            3 | 4 => Self::Resized,
            5 => Self::CroppedLittle,
            6 => Self::Cropped,
            7 | 8 => Self::Brightened,
            _ => Self::Everything,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Encoded => "re-encoded",
            Self::Resized => "resized",
            Self::CroppedLittle => "cropped to 2 %",
            Self::Cropped => "cropped 2 to 4 %",
            Self::Brightened => "brightened",
            Self::Everything => "all four",
        }
    }
}

/// A small generator of numbers, so that every run sees the same pictures.
struct Numbers(u64);

impl Numbers {
    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) % u64::from(high - low + 1)) as u32
    }
}

impl Plan {
    /// The group of a picture, and what was done to it there; one that stands alone is in none.
    pub fn place(self, picture: u32) -> (Option<u32>, Kind) {
        let group = picture / COPIES;
        match group < self.groups {
            true => (Some(group), Kind::of_copy(picture % COPIES)),
            false => (None, Kind::Everything),
        }
    }

    /// Writes a file for each picture and an account that carries it.
    pub fn write(self, folder: &Path) {
        let accounts: String =
            (0..self.pictures).map(|id| format!("{{\"type\":\"account\",\"id\":\"{id}\"}}\n")).collect();
        fs::write(data(folder), accounts).unwrap();
        fs::create_dir(pictures(folder)).unwrap();
        // The copies of a group stand together, so that each drawing is drawn once.
        let drawings: Vec<Range<u32>> = (0..self.groups)
            .map(|group| group * COPIES..(group + 1) * COPIES)
            .chain((self.groups * COPIES..self.pictures).map(|alone| alone..alone + 1))
            .collect();
        drawings.into_par_iter().for_each(|pictures| self.write_copies(folder, pictures));
    }

    fn write_copies(self, folder: &Path, copies: Range<u32>) {
        let (group, _) = self.place(copies.start);
        let drawn = drawing(SEED, group.map_or(FIRST_ALONE + copies.start, |group| FIRST_GROUP + group));
        for picture in copies {
            let mut numbers = Numbers(u64::from(picture).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let jpeg = altered(drawn.clone(), self.place(picture).1, &mut numbers);
            fs::write(pictures(folder).join(format!("{picture}.jpg")), &jpeg).unwrap();
        }
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("accounts.jsonl")
}

fn pictures(folder: &Path) -> PathBuf {
    folder.join("pictures")
}

fn altered(mut picture: RgbImage, kind: Kind, numbers: &mut Numbers) -> Vec<u8> {
    let has = |one: Kind| kind == one || kind == Kind::Everything;
    let cut = match kind {
        Kind::CroppedLittle => Some(10..=20),
        Kind::Cropped => Some(20..=40),
        Kind::Everything => Some(10..=40),
        _ => None,
    };
    if let Some(per_mille) = cut {
        let (width, height) = picture.dimensions();
        let [across, down] =
            [width, height].map(|side| side * numbers.between(*per_mille.start(), *per_mille.end()) / 1_000);
        let (left, top) = (numbers.between(0, across), numbers.between(0, down));
        picture = crop_imm(&picture, left, top, width - across, height - down).to_image();
    }
    if has(Kind::Resized) {
        let side = numbers.between(48, 400);
        picture = resize(&picture, side, side, FilterType::CatmullRom);
    }
    if has(Kind::Brightened) {
        let by = i32::try_from(numbers.between(10, 50)).unwrap();
        picture = DynamicImage::ImageRgb8(picture).brighten(by).into_rgb8();
    }
    let quality = if has(Kind::Encoded) { numbers.between(60, 95) } else { 95 };
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, u8::try_from(quality).unwrap()).encode_image(&picture).unwrap();
    bytes
}

/// Imports what `Plan::write` wrote, as `bot-tui import accounts.jsonl --avatars pictures` does.
pub fn import_all(store: &mut Store, folder: &Path) -> ImportSummary {
    let request =
        ImportRequest { paths: vec![data(folder)], avatars: Some(pictures(folder)), ..ImportRequest::default() };
    import(store, &request, &NoProgress).unwrap()
}
