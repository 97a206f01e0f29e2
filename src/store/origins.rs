//! Who made an object, and when, from whatever record tells: the one that shared it, a reply to it, a quote of it, or the
//! post itself. Looked up when it is read, so that the order of import makes no difference.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::detail::first_of;
use super::last_rows::largest_row;
use super::{Store, StoreError};
use crate::model::{AccountId, ObjectId, ObjectKind, Origins, Timestamp};

/// What is known of an object.
#[derive(Debug, Clone, Copy, Default)]
struct Origin {
    /// The row of its author, 0 where nobody tells.
    author: u32,
    at: Option<i64>,
}

/// Posts of which something is lacking, by their ids: the platform of each, as a number, and its object.
type Lacking = FxHashMap<Vec<u8>, Vec<(u16, usize)>>;

impl Store {
    /// Author and time of every object; of what several files say the earliest time, as everywhere, and the author that is
    /// the first in the order of ids.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn origins(&self) -> Result<Origins, StoreError> {
        let known = self.known_origins(|kind, origin| {
            origin.author == 0 || (kind == ObjectKind::RetweetedPost && origin.at.is_none())
        })?;
        let mut origins = Origins::default();
        for (id, Origin { author, at }) in (0..).zip(known).filter(|(_, known)| known.author != 0 || known.at.is_some())
        {
            let author = Some(AccountId(author)).filter(|author| author.0 != 0);
            origins.note(ObjectId(id), author, at.map(Timestamp));
        }
        Ok(origins)
    }

    /// The author of each object, by object id; 0 where it is not known.
    pub(super) fn authors(&self) -> Result<Vec<u32>, StoreError> {
        let known = self.known_origins(|_, origin| origin.author == 0)?;
        Ok(known.into_iter().map(|origin| origin.author).collect())
    }

    /// What is known of each object, by object id. Posts of which something is lacking that counts are looked up.
    fn known_origins(&self, lacks: impl Fn(ObjectKind, &Origin) -> bool) -> Result<Vec<Origin>, StoreError> {
        let mut known = self.recorded_origins()?;
        let lacking = self.lacking(&known, lacks)?;
        if !lacking.is_empty() {
            self.look_up(&lacking, &mut known)?;
        }
        Ok(known)
    }

    /// What the records say that shared the objects.
    fn recorded_origins(&self) -> Result<Vec<Origin>, StoreError> {
        let mut known = vec![Origin::default(); largest_row(&self.connection, "object")? as usize + 1];
        let mut statement = self.connection.prepare("SELECT object_id, author_id, created_at FROM detail")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(origin) = known.get_mut(row.get::<_, usize>(0)?) else { continue };
            let (author, at): (Option<u32>, Option<i64>) = (row.get(1)?, row.get(2)?);
            origin.author = self.first_author(origin.author, author.unwrap_or_default())?;
            origin.at = origin.at.into_iter().chain(at).min();
        }
        Ok(known)
    }

    /// Of two authors that are told of one post, the first in the order of ids; 0 is nobody.
    fn first_author(&self, known: u32, other: u32) -> Result<u32, StoreError> {
        match (known, other) {
            (known, 0) => Ok(known),
            (0, other) => Ok(other),
            (known, other) => first_of(&self.connection, Some(known), other),
        }
    }

    fn lacking(&self, known: &[Origin], lacks: impl Fn(ObjectKind, &Origin) -> bool) -> Result<Lacking, StoreError> {
        let mut lacking = Lacking::default();
        self.for_each_post_object(|kind, object, home, key| {
            if known.get(object).is_some_and(|origin| lacks(kind, origin)) {
                match lacking.get_mut(key) {
                    Some(objects) => objects.push((home, object)),
                    None => drop(lacking.insert(key.to_owned(), vec![(home, object)])),
                }
            }
        })?;
        Ok(lacking)
    }

    /// Calls `each` with the kind, the row, the platform and the key of every object that is a post.
    fn for_each_post_object(&self, mut each: impl FnMut(ObjectKind, usize, u16, &[u8])) -> Result<(), StoreError> {
        let words = self.platform_words()?;
        let home = |word: &str| {
            let place = words.binary_search_by(|platform| platform.word().cmp(word)).ok();
            // Where all accounts are of one platform, so is every post.
            if words.len() < 2 { Some(0) } else { place.and_then(|place| u16::try_from(place).ok()) }
        };
        for kind in ObjectKind::ALL.into_iter().filter(|kind| kind.is_post()) {
            let mut statement =
                self.connection.prepare("SELECT id, platform, key FROM object WHERE kind = ?1 AND NOT synthetic")?;
            let mut rows = statement.query([kind.code()])?;
            while let Some(row) = rows.next()? {
                if let Some(home) = home(row.get_ref(1)?.as_str()?) {
                    each(kind, row.get(0)?, home, row.get_ref(2)?.as_str()?.as_bytes());
                }
            }
        }
        Ok(())
    }

    /// Looks posts up among those that are in the data, and among those that others reply to, quote or retweet. The post
    /// itself knows best, unless it is a retweet, whose words are somebody else's.
    fn look_up(&self, lacking: &Lacking, known: &mut [Origin]) -> Result<(), StoreError> {
        let before = known.to_vec();
        self.for_each_post(|id, post| {
            if post.retweet {
                return ControlFlow::Continue(());
            }
            for &(_, object) in lacking.get(id).into_iter().flatten().filter(|&&(home, _)| home == post.home) {
                fill(&mut known[object], post.account, post.at);
            }
            ControlFlow::Continue(())
        })?;
        let mut named: FxHashMap<usize, (Vec<u32>, Option<i64>)> = FxHashMap::default();
        self.for_each_post_object(|_, other, home, key| {
            let Some(&Origin { author, at }) = before.get(other) else { return };
            for &(_, object) in lacking.get(key).into_iter().flatten().filter(|&&(object_home, _)| object_home == home)
            {
                let (authors, earliest) = named.entry(object).or_default();
                if author != 0 && !authors.contains(&author) {
                    authors.push(author);
                }
                *earliest = (*earliest).into_iter().chain(at).min();
            }
        })?;
        for (object, (authors, at)) in named {
            let first = authors.into_iter().try_fold(0, |known, other| self.first_author(known, other))?;
            fill(&mut known[object], first, at);
        }
        Ok(())
    }
}

/// Takes in what is not known yet.
fn fill(known: &mut Origin, author: u32, at: Option<i64>) {
    if known.author == 0 {
        known.author = author;
    }
    known.at = known.at.or(at);
}
