//! Whose avatar is a copy of which drawing, and the files.
//!
//! Words of this room: *drawing*, a picture of nobody, made from seed and number; *copy*, a file of a drawing, mostly with
//! another crop and light; *gallery*, which drawings belong to whom; *portrait*, a drawn face; *scenery*, land, water, animals,
//! flowers or patterns, as from a stock library.

mod canvas;
mod portrait;
mod scenery;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use rayon::prelude::*;

use super::SynthError;
use super::dataset::{Dataset, Member};
use super::random::{Purpose, Random};
use super::story::Role;
use canvas::{Canvas, SIDE};

/// The folder of the pictures inside the data set's.
pub(super) const FOLDER: &str = "avatars";

/// Copies of one drawing: number 0 is carried by many, the others differ by crop, light, size and quality.
const COPIES: u64 = 6;
const FIGURE: u32 = 1;
const POPULAR: u32 = 2;
const FIRST_GROUP: u32 = 3;

/// A picture: a copy of a drawing. Drawing 0 is the platform's default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Picture {
    drawing: u32,
    copy: u32,
}

impl Picture {
    /// The name of the drawing in the truth file.
    pub(super) fn label(self) -> String {
        if self.drawing == 0 { "default".to_owned() } else { format!("drawing-{}", self.drawing) }
    }
}

/// A drawing of nobody and nothing that there is, 240 pixels a side; equal seeds and numbers give equal pixels.
#[must_use]
pub fn drawing(seed: u64, number: u32) -> image::RgbImage {
    draw(seed, number).copy((0, 0), SIDE, SIDE, 0)
}

fn draw(seed: u64, drawing: u32) -> Canvas {
    let mut random = Random::new(seed, Purpose::Picture, u64::from(drawing));
    match drawing {
        0 => portrait::default_picture(),
        FIGURE => portrait::draw(&mut random),
        POPULAR => scenery::draw(&mut random),
        _ if random.per_mille(520) => scenery::draw(&mut random),
        _ => portrait::draw(&mut random),
    }
}

/// Which drawings belong to whom.
#[derive(Debug)]
pub(super) struct Gallery {
    seed: u64,
    /// First drawing and number of drawings of each amplifier group.
    groups: Vec<(u32, u32)>,
    /// First drawing of supporters, declared bots and ordinary people, and how many of each have one at most.
    supporters: (u32, u32),
    declared_bots: (u32, u32),
    ordinary: (u32, u32),
}

impl Gallery {
    /// Shares out the drawings. Their number is bounded however large the data set is.
    pub(super) fn new(dataset: &Dataset) -> Self {
        let plan = &dataset.plan;
        let mut next = FIRST_GROUP;
        let mut reserve = |count: u32| {
            next += count;
            (next - count, count)
        };
        let groups = plan.groups.iter().map(|size| reserve((size / 7).clamp(2, 24))).collect();
        let supporters = reserve(plan.supporters.min(150));
        let declared_bots = reserve(plan.declared_bots);
        let ordinary = reserve((plan.ordinary / 5).min(500));
        Self { seed: dataset.seed, groups, supporters, declared_bots, ordinary }
    }

    /// The picture that an account carries, where the data set has it.
    pub(super) fn picture(&self, account: u32, member: Member) -> Option<Picture> {
        let mut random = Random::new(self.seed, Purpose::PictureChoice, u64::from(account));
        let own = |(first, count): (u32, u32)| {
            (member.ordinal < count).then_some(Picture { drawing: first + member.ordinal, copy: 0 })
        };
        match member.role {
            Role::Figure(language) => Some(Picture { drawing: FIGURE, copy: language as u32 }),
            Role::Amplifier(group) => {
                let (first, count) = self.groups.get(usize::from(group)).copied()?;
                let drawing = first + u32::try_from(random.below(u64::from(count))).ok()?;
                let copy = if random.per_mille(350) { 0 } else { random.below(COPIES) };
                random.per_mille(880).then_some(Picture { drawing, copy: u32::try_from(copy).ok()? })
            }
            Role::Supporter => own(self.supporters).filter(|_| random.per_mille(800)),
            Role::DeclaredBot => own(self.declared_bots),
            Role::Ordinary => match random.below(1000) {
                // The account of which nothing is known has no picture either.
                _ if member.ordinal == 15 => None,
                0..170 => Some(Picture { drawing: 0, copy: 0 }),
                170..182 => Some(Picture { drawing: POPULAR, copy: u32::from(random.per_mille(400)) }),
                _ => own(self.ordinary).filter(|_| random.per_mille(850)),
            },
        }
    }

    /// The file of an account's picture, without its folder.
    pub(super) fn file(&self, account: u32, member: Member) -> Option<String> {
        self.picture(account, member).map(|picture| self.file_name(picture))
    }

    /// A name that says nothing of what the picture is a copy of: an odd factor makes it one-to-one.
    fn file_name(&self, picture: Picture) -> String {
        let number = picture.drawing * 8 + picture.copy;
        let salt = Random::new(self.seed, Purpose::PictureChoice, 1 << 40).below(1 << 32);
        format!("{:08x}.jpg", (u64::from(number.wrapping_mul(0x9e37_79b1)) ^ salt) & 0xffff_ffff)
    }

    /// Draws and writes every picture that some account carries, and counts the files.
    pub(super) fn write(&self, out: &Path, dataset: &Dataset, progress: &dyn Fn(f32)) -> Result<u32, SynthError> {
        let folder = out.join(FOLDER);
        fs::create_dir_all(&folder).map_err(|source| SynthError::Write { path: folder.clone(), source })?;
        let mut wanted: BTreeMap<u32, Vec<Picture>> = BTreeMap::new();
        for (account, member) in (0..).zip(&dataset.members) {
            let Some(picture) = self.picture(account, *member) else { continue };
            let copies = wanted.entry(picture.drawing).or_default();
            if !copies.contains(&picture) {
                copies.push(picture);
            }
        }
        let drawings: Vec<(u32, Vec<Picture>)> = wanted.into_iter().collect();
        let mut done = 0;
        for part in drawings.chunks(32) {
            part.par_iter().try_for_each(|(drawing, copies)| self.write_copies(&folder, *drawing, copies))?;
            done += part.len();
            progress(done as f32 / drawings.len() as f32);
        }
        Ok(drawings.iter().map(|(_, copies)| u32::try_from(copies.len()).unwrap_or_default()).sum())
    }

    fn write_copies(&self, folder: &Path, drawing: u32, copies: &[Picture]) -> Result<(), SynthError> {
        let canvas = draw(self.seed, drawing);
        for picture in copies {
            let path = folder.join(self.file_name(*picture));
            let bytes =
                self.encode(&canvas, *picture).map_err(|source| SynthError::Picture { path: path.clone(), source })?;
            fs::write(&path, bytes).map_err(|source| SynthError::Write { path, source })?;
        }
        Ok(())
    }

    /// A JPEG file of a copy: up to 1.7 per cent of its width and height cropped away, a little lighter or darker, at
    /// another size and quality.
    fn encode(&self, canvas: &Canvas, picture: Picture) -> Result<Vec<u8>, image::ImageError> {
        let number = u64::from(picture.drawing) * COPIES + u64::from(picture.copy);
        let mut random = Random::new(self.seed, Purpose::PictureCopy, number);
        let crop = random.pixels(0, i32::try_from(picture.copy).unwrap_or_default() * 4 / 5);
        let corner = (random.pixels(0, crop), random.pixels(0, crop));
        let size = random.pick(&[96, 104, 112, 120, 128]);
        let picture = canvas.copy(corner, SIDE - crop, size, random.pixels(-12, 12));
        let quality = u8::try_from(random.below(26)).unwrap_or_default() + 60;
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&picture)?;
        Ok(bytes)
    }
}
