//! Reading pictures: who carries which, what they look like to the computer, and small copies to look at.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};
use rusqlite::{Connection, Row, params};

use super::runs::{Damage, Kind, sealed, unseal};
use super::{Store, StoreError};
use crate::model::{AccountId, AvatarId, AvatarPrint, PdqHash, Picture, Thumbnail, Turn};

/// What reads pictures changes now and then; what an earlier one read is read again when it is imported again.
/// Raised whenever hashes or small copies come out otherwise.
pub(super) const VERSION: u32 = 2;

impl Store {
    /// The picture of every account that has one, ordered by id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn account_avatars(&self) -> Result<Vec<(AccountId, AvatarId)>, StoreError> {
        let sql = "SELECT id, avatar_id FROM account WHERE avatar_id IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((AccountId(row.get(0)?), AvatarId(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Calls `each` with every picture and every address that an account which carries it gave for its picture.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn for_each_avatar_address(&self, each: &mut dyn FnMut(AvatarId, &str)) -> Result<(), StoreError> {
        let sql = "SELECT avatar_id, avatar_url FROM account JOIN profile ON account_id = id
                   WHERE avatar_id IS NOT NULL AND avatar_url IS NOT NULL";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(AvatarId(row.get(0)?), row.get_ref(1)?.as_str().unwrap_or_default());
        }
        Ok(())
    }

    /// What linking needs to know of every picture, ordered by id. The hashes of the picture turned over are read only
    /// where they are asked for, since they are seven times as much.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where a hash is damaged.
    pub fn avatar_prints(&self, turned: bool) -> Result<Vec<AvatarPrint>, StoreError> {
        let turned = if turned { "turned" } else { "NULL" };
        let sql = format!("SELECT id, sha256, pdq, quality, {turned} FROM avatar ORDER BY id");
        let mut statement = self.connection.prepare(&sql)?;
        let prints = statement.query_and_then([], print)?;
        prints.collect()
    }

    /// The SHA-256 of every picture's bytes.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where one is damaged.
    pub fn avatar_sha256(&self) -> Result<Vec<(AvatarId, [u8; 32])>, StoreError> {
        let sql = "SELECT id, sha256, pdq, quality, NULL FROM avatar ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_and_then([], |row| Ok((print(row)?.id, row.get(1)?)))?;
        rows.collect()
    }

    /// Whether a picture of these bytes was imported.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where it is not found and may be one that is damaged.
    pub fn has_picture(&self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        let sql = "SELECT id, sha256, pdq, quality, NULL FROM avatar WHERE sha256 = ?1";
        let found = self.connection.prepare_cached(sql)?.query_and_then([sha256], print)?.next().transpose()?;
        if found.is_none() {
            self.avatar_sha256()?;
        }
        Ok(found.is_some())
    }

    /// A picture to look at.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, and where the picture is damaged.
    pub fn picture(&self, id: AvatarId) -> Result<Option<Picture>, StoreError> {
        let sql = format!("SELECT {ALL} FROM avatar WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([id.0])?;
        rows.next()?.map(picture).transpose()
    }
}

/// The columns that `picture` reads; the first ones are those of `print`.
const ALL: &str =
    "id, sha256, pdq, quality, turned, width, height, thumbnail_width, thumbnail_height, thumbnail, version";

/// What is sealed with the hash of a picture.
fn print_place(sha256: &[u8; 32], quality: u8) -> [u8; 33] {
    let mut place = [quality; 33];
    place[..32].copy_from_slice(sha256);
    place
}

/// What is sealed with the small copy of a picture, whose sizes these are: the picture's and its own.
fn thumbnail_place(sha256: &[u8; 32], (width, height): (u32, u32), small: (u16, u16)) -> [u8; 44] {
    let mut place = [0; 44];
    place[..32].copy_from_slice(sha256);
    place[32..36].copy_from_slice(&width.to_le_bytes());
    place[36..40].copy_from_slice(&height.to_le_bytes());
    place[40..42].copy_from_slice(&small.0.to_le_bytes());
    place[42..].copy_from_slice(&small.1.to_le_bytes());
    place
}

/// The blobs of a picture as they are stored: the hash, those of the picture turned over, the small copy.
#[derive(Debug)]
pub(super) struct Blobs {
    pub pdq: Vec<u8>,
    pub turned: Option<Vec<u8>>,
    pub thumbnail: Vec<u8>,
}

/// What is stored of a picture beside its blobs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures<'p> {
    pub sha256: &'p [u8; 32],
    pub quality: u8,
    pub size: (u32, u32),
    pub thumbnail: (u16, u16),
}

impl Blobs {
    /// Seals hashes and a small copy.
    pub fn seal(measures: Measures<'_>, pdq: &[u8], turned: Option<&[u8]>, thumbnail: &[u8]) -> Self {
        let place = thumbnail_place(measures.sha256, measures.size, measures.thumbnail);
        Self {
            pdq: sealed(Kind::PRINT, 1, pdq, &print_place(measures.sha256, measures.quality)),
            turned: turned.map(|turned| sealed(Kind::TURNED, Turn::COUNT, turned, measures.sha256)),
            thumbnail: sealed(Kind::THUMBNAIL, 1, thumbnail, &place),
        }
    }
}

/// The columns id, sha256, pdq, quality, turned.
fn print(row: &Row<'_>) -> Result<AvatarPrint, StoreError> {
    let (sha256, quality): ([u8; 32], u8) = (hash(row, 1)?, row.get(3)?);
    let (_, pdq) = unsealed(row, 2, Kind::PRINT, &print_place(&sha256, quality))?;
    let pdq: [u8; 32] = pdq.try_into().map_err(|_| StoreError::DamagedPicture)?;
    let mut print = AvatarPrint::new(AvatarId(row.get(0)?), PdqHash(pdq), quality);
    if row.get_ref(4)?.as_blob_or_null()?.is_some() {
        let (_, bytes) = unsealed(row, 4, Kind::TURNED, &sha256)?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        let hashes: Vec<PdqHash> = hashes.iter().copied().map(PdqHash).collect();
        let hashes: Option<[PdqHash; Turn::COUNT]> = hashes.try_into().ok().filter(|_| rest.is_empty());
        print.turned = Some(Box::new(hashes.ok_or(StoreError::DamagedPicture)?));
    }
    Ok(print)
}

/// A column of 32 bytes.
fn hash(row: &Row<'_>, column: usize) -> Result<[u8; 32], StoreError> {
    row.get_ref(column)?.as_blob()?.try_into().map_err(|_| StoreError::DamagedPicture)
}

fn unsealed<'r>(row: &'r Row<'_>, column: usize, kind: Kind, place: &[u8]) -> Result<(usize, &'r [u8]), StoreError> {
    let blob = row.get_ref(column)?.as_blob()?;
    unseal(blob, kind, place).map_err(|Damage| StoreError::DamagedPicture)
}

/// The columns `ALL`.
fn picture(row: &Row<'_>) -> Result<Picture, StoreError> {
    let print = print(row)?;
    let (sha256, width, height) = (hash(row, 1)?, row.get(5)?, row.get(6)?);
    let small = (row.get(7)?, row.get(8)?);
    let (_, bytes) = unsealed(row, 9, Kind::THUMBNAIL, &thumbnail_place(&sha256, (width, height), small))?;
    let is_packed = row.get::<_, u32>(10)? > 0;
    let rgb = if is_packed { unpack(bytes, small)? } else { bytes.to_vec() };
    if rgb.len() != usize::from(small.0) * usize::from(small.1) * 3 {
        return Err(StoreError::DamagedPicture);
    }
    let thumbnail = Thumbnail { width: small.0, height: small.1, rgb };
    Ok(Picture { print, sha256, width, height, small: thumbnail.reduced(Picture::SMALL), thumbnail })
}

/// The pixels of a small copy from the JPEG file that it is kept as, which must be of that size.
fn unpack(jpeg: &[u8], (width, height): (u16, u16)) -> Result<Vec<u8>, StoreError> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(width.into()), Some(height.into()));
    let mut reader = ImageReader::with_format(Cursor::new(jpeg), ImageFormat::Jpeg);
    reader.limits(limits);
    let pixels = reader.decode().map_err(|_| StoreError::DamagedPicture)?.into_rgb8();
    if pixels.dimensions() == (width.into(), height.into()) {
        Ok(pixels.into_raw())
    } else {
        Err(StoreError::DamagedPicture)
    }
}

/// The rows of all pictures of which something is damaged, as far as that can be seen without drawing them.
pub(super) fn damaged_pictures(connection: &Connection) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT {ALL} FROM avatar ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut damaged = Vec::new();
    while let Some(row) = rows.next()? {
        let whole = print(row).and_then(|_| {
            let (size, small) = ((row.get(5)?, row.get(6)?), (row.get(7)?, row.get(8)?));
            unsealed(row, 9, Kind::THUMBNAIL, &thumbnail_place(&hash(row, 1)?, size, small)).map(drop)
        });
        match whole {
            Ok(()) => {}
            Err(StoreError::DamagedPicture) => damaged.push(row.get(0)?),
            Err(error) => return Err(error),
        }
    }
    Ok(damaged)
}

/// Seals the blobs of pictures, none of which is.
pub(super) fn seal_pictures(connection: &Connection) -> Result<(), StoreError> {
    let ids: Vec<u32> = {
        let mut statement = connection.prepare("SELECT id FROM avatar")?;
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?
    };
    let mut select = connection.prepare(&format!("SELECT {ALL} FROM avatar WHERE id = ?1"))?;
    let mut update = connection.prepare("UPDATE avatar SET pdq = ?2, turned = ?3, thumbnail = ?4 WHERE id = ?1")?;
    for id in ids {
        let blobs = select.query_row([id], |row| {
            let sha256: [u8; 32] = row.get(1)?;
            let (size, thumbnail) = ((row.get(5)?, row.get(6)?), (row.get(7)?, row.get(8)?));
            let measures = Measures { sha256: &sha256, quality: row.get(3)?, size, thumbnail };
            let blob = |column| row.get_ref(column).and_then(|value| Ok(value.as_blob_or_null()?.unwrap_or_default()));
            let turned = Some(blob(4)?).filter(|turned| !turned.is_empty());
            Ok(Blobs::seal(measures, blob(2)?, turned, blob(9)?))
        })?;
        update.execute(params![id, blobs.pdq, blobs.turned, blobs.thumbnail])?;
    }
    Ok(())
}
