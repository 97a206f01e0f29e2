//! Pictures: read, fingerprinted and made small, many at once.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

use image::imageops::FilterType;
use image::{DynamicImage, ImageReader, Limits, RgbImage};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{ImportError, ImportProgress, ImportSummary};
use crate::model::{AccountId, AvatarRecord, Thumbnail};
use crate::pdq;
use crate::store::ImportSession;

const LARGEST_FILE: u64 = 20 << 20;
const LARGEST_SIDE: u32 = 8_192;
const LARGEST_MEMORY: u64 = 512 << 20;
/// Pixels across and down of the copy that is drawn.
const THUMBNAIL: u32 = 48;
/// Behind transparent pixels.
const GROUND: u8 = 128;
/// Pictures that are held at once.
const CHUNK: usize = 256;
const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "gif", "webp", "bmp"];

/// An account and the picture that it carries.
pub(super) type Wanted = (AccountId, PathBuf);

/// Reads the pictures and gives them to their accounts. What cannot be read is said in the summary.
pub(super) fn attach(
    session: &mut ImportSession<'_>,
    mut wanted: Vec<Wanted>,
    summary: &mut ImportSummary,
    progress: &dyn ImportProgress,
) -> Result<(), ImportError> {
    // Accounts that name the same file stand together, so that it is read once.
    wanted.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    let groups: Vec<&[Wanted]> = wanted.chunk_by(|a, b| a.1 == b.1).collect();
    for chunk in groups.chunks(CHUNK) {
        if progress.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let records: Vec<_> = chunk.par_iter().map(|group| read(&group[0].1)).collect();
        for (group, record) in chunk.iter().zip(records) {
            match record {
                Ok(record) => {
                    summary.pictures += 1;
                    for (account, _) in *group {
                        session.avatar(*account, &record)?;
                    }
                }
                Err(reason) => summary.skipped_pictures.push((group[0].1.clone(), reason)),
            }
        }
    }
    Ok(())
}

/// The file that a data file in `folder` names. Nothing outside of the folder is ever read.
pub(super) fn resolve(folder: &Path, named: &str) -> Result<PathBuf, String> {
    let relative = Path::new(named);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err("it lies outside of the folder of the data file".to_owned());
    }
    let path = folder.join(relative);
    let real = path.canonicalize().map_err(|error| error.to_string())?;
    let inside = folder.canonicalize().is_ok_and(|folder| real.starts_with(folder));
    if inside { Ok(path) } else { Err("it leads outside of the folder of the data file".to_owned()) }
}

/// The pictures of a folder with the accounts that they are named after, by id or handle.
pub(super) fn find_in_folder(
    session: &mut ImportSession<'_>,
    folder: &Path,
    summary: &mut ImportSummary,
) -> Result<Vec<Wanted>, ImportError> {
    let entries = std::fs::read_dir(folder).map_err(|_| ImportError::NoPictures(folder.to_owned()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && path.is_file()
    });
    files.sort();
    let mut wanted = Vec::new();
    for path in files {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match session.find_account(&stem)? {
            Some(account) => wanted.push((account, path)),
            None => summary.skipped_pictures.push((path, "no account has this id or, alone, this handle".to_owned())),
        }
    }
    Ok(wanted)
}

fn read(path: &Path) -> Result<AvatarRecord, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(format!("it is larger than {} MiB", LARGEST_FILE >> 20));
    }
    let sha256 = Sha256::digest(&bytes).into();
    let picture = decode(bytes)?;
    let pixels = flatten(&picture);
    let pdq::Fingerprint { hash: pdq, quality, .. } = pdq::fingerprint(&pixels);
    let (width, height) = pixels.dimensions();
    Ok(AvatarRecord { sha256, pdq, quality, width, height, thumbnail: thumbnail(pixels) })
}

fn decode(bytes: Vec<u8>) -> Result<DynamicImage, String> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_MEMORY);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| error.to_string())?;
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string())?;
    if picture.width() == 0 || picture.height() == 0 { Err("it has no pixels".to_owned()) } else { Ok(picture) }
}

/// The picture on a grey ground.
fn flatten(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let layers = picture.to_rgba8();
    RgbImage::from_fn(layers.width(), layers.height(), |x, y| {
        let [red, green, blue, alpha] = layers.get_pixel(x, y).0;
        let blend = |value: u8| {
            let sum = u16::from(value) * u16::from(alpha) + u16::from(GROUND) * (255 - u16::from(alpha));
            u8::try_from(sum / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([blend(red), blend(green), blend(blue)])
    })
}

/// The square in the middle, made small.
fn thumbnail(pixels: RgbImage) -> Thumbnail {
    let small = DynamicImage::ImageRgb8(pixels).resize_to_fill(THUMBNAIL, THUMBNAIL, FilterType::Triangle).to_rgb8();
    let side = |pixels: u32| u16::try_from(pixels).unwrap_or(u16::MAX);
    Thumbnail { width: side(small.width()), height: side(small.height()), rgb: small.into_raw() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn transparent_pixels_stand_on_grey_and_copies_are_small() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clear.png");
        image::RgbaImage::from_pixel(200, 100, image::Rgba([255, 0, 0, 0])).save(&path).unwrap();
        let record = read(&path).unwrap();
        assert_eq!((record.width, record.height, record.quality), (200, 100, 0));
        assert_eq!(record.thumbnail.rgb.len(), (48 * 48 * 3) as usize);
        assert!(record.thumbnail.rgb.iter().all(|&value| value == GROUND));
        std::fs::write(&path, b"not a picture at all").unwrap();
        assert!(read(&path).is_err());
    }
}
