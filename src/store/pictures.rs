//! Reading pictures: who carries which, what they look like to the computer, and small copies to look at.

use rusqlite::{OptionalExtension, Row};

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
    /// Fails where the cache cannot be read.
    pub fn avatar_prints(&self, turned: bool) -> Result<Vec<AvatarPrint>, StoreError> {
        let turned = if turned { "turned" } else { "NULL" };
        let sql = format!("SELECT id, pdq, quality, {turned} FROM avatar ORDER BY id");
        let mut statement = self.connection.prepare(&sql)?;
        let prints = statement.query_map([], print)?;
        Ok(prints.collect::<Result<_, _>>()?)
    }

    /// The SHA-256 of every picture's bytes.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn avatar_sha256(&self) -> Result<Vec<(AvatarId, [u8; 32])>, StoreError> {
        let mut statement = self.connection.prepare("SELECT id, sha256 FROM avatar ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((AvatarId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a picture of these bytes was imported.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn has_picture(&self, sha256: &[u8; 32]) -> Result<bool, StoreError> {
        let found = self.connection.query_row("SELECT 1 FROM avatar WHERE sha256 = ?1", [sha256], |_| Ok(()));
        Ok(found.optional()?.is_some())
    }

    /// A picture to look at.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn picture(&self, id: AvatarId) -> Result<Option<Picture>, StoreError> {
        let sql =
            "SELECT id, pdq, quality, turned, sha256, width, height, thumbnail_width, thumbnail_height, thumbnail,
                          version
                   FROM avatar WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let picture = |row: &Row<'_>| {
            let packed = row.get::<_, u32>(10)? > 0;
            let kept = Thumbnail { width: row.get(7)?, height: row.get(8)?, rgb: row.get(9)? };
            let thumbnail = if packed { unpack(&kept.rgb) } else { kept };
            Ok(Picture {
                print: print(row)?,
                sha256: row.get(4)?,
                width: row.get(5)?,
                height: row.get(6)?,
                small: thumbnail.reduced(Picture::SMALL),
                thumbnail,
            })
        };
        Ok(statement.query_row([id.0], picture).optional()?)
    }
}

/// The columns id, pdq, quality, turned.
fn print(row: &Row<'_>) -> rusqlite::Result<AvatarPrint> {
    let mut print = AvatarPrint::new(AvatarId(row.get(0)?), PdqHash(row.get(1)?), row.get(2)?);
    print.turned = row.get_ref(3)?.as_blob_or_null()?.and_then(|bytes| {
        let hashes = bytes.as_chunks::<32>().0;
        let hashes: [PdqHash; Turn::COUNT] = hashes.iter().copied().map(PdqHash).collect::<Vec<_>>().try_into().ok()?;
        Some(Box::new(hashes))
    });
    Ok(print)
}

/// A small copy from the JPEG file that it is kept as; one that was damaged is drawn as nothing.
fn unpack(jpeg: &[u8]) -> Thumbnail {
    let pixels =
        image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).map(image::DynamicImage::into_rgb8);
    let pixels = pixels.unwrap_or_default();
    let side = |pixels: u32| u16::try_from(pixels).unwrap_or_default();
    Thumbnail { width: side(pixels.width()), height: side(pixels.height()), rgb: pixels.into_raw() }
}
