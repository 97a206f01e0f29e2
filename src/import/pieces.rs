//! Pieces of lines that come word for word again and again, as an account comes with every page that names it: what was
//! read of such a piece before need not be read once more.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Bytes by which a piece is looked up. Pieces that are shorter are not kept.
const SIGHT: usize = 128;
/// Pieces that begin alike and are kept, so that no file makes looking up slow.
const ALIKE: usize = 8;

/// Where a piece lies, and what is known of it.
#[derive(Debug)]
struct Piece<T> {
    start: usize,
    length: usize,
    known: T,
}

/// Pieces that were read whole, in bounded room: when it is used up, all begins anew.
#[derive(Debug)]
pub(super) struct Pieces<T> {
    room: usize,
    text: String,
    pieces: Vec<Piece<T>>,
    /// Numbers of pieces.
    places: HashTable<u32>,
}

fn hash(sight: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(sight);
    hasher.finish()
}

impl<T> Pieces<T> {
    /// Room for so many bytes.
    pub fn with_room(room: usize) -> Self {
        Self { room, text: String::new(), pieces: Vec::new(), places: HashTable::new() }
    }

    /// The piece with which `text` begins: its number and its length.
    pub fn find(&self, text: &str) -> Option<(u32, usize)> {
        let sight = text.as_bytes().get(..SIGHT)?;
        let mut alike = 0;
        let number = *self.places.find(hash(sight), |&number| {
            alike += 1;
            alike <= ALIKE && self.piece(number).is_some_and(|(piece, _)| text.starts_with(piece))
        })?;
        Some((number, self.pieces.get(number as usize)?.length))
    }

    /// A piece, and what is known of it.
    pub fn piece(&self, number: u32) -> Option<(&str, &T)> {
        let piece = self.pieces.get(number as usize)?;
        Some((self.text.get(piece.start..piece.start + piece.length)?, &piece.known))
    }

    /// What is known of a piece.
    pub fn known(&self, number: u32) -> Option<&T> {
        self.pieces.get(number as usize).map(|piece| &piece.known)
    }

    /// The same, to be changed.
    pub fn known_mut(&mut self, number: u32) -> Option<&mut T> {
        self.pieces.get_mut(number as usize).map(|piece| &mut piece.known)
    }

    /// Whether there is room for another piece as long as this one.
    pub fn has_room(&self, piece: &str) -> bool {
        self.text.len() + piece.len() <= self.room
    }

    /// Keeps a piece, which must be a whole value, where that is worth it.
    pub fn keep(&mut self, piece: &str, known: T) {
        let Some(sight) = piece.as_bytes().get(..SIGHT) else { return };
        if !self.has_room(piece) || self.find(piece).is_some() {
            return;
        }
        let Self { text, pieces, places, .. } = self;
        let hash_of = |number: u32| {
            let start = pieces.get(number as usize).map_or(0, |piece: &Piece<T>| piece.start);
            hash(text.as_bytes().get(start..start + SIGHT).unwrap_or_default())
        };
        let key = hash(sight);
        if places.iter_hash(key).take(ALIKE).count() == ALIKE {
            return;
        }
        let Ok(number) = u32::try_from(pieces.len()) else { return };
        places.insert_unique(key, number, |&number| hash_of(number));
        let start = text.len();
        text.push_str(piece);
        pieces.push(Piece { start, length: piece.len(), known });
    }

    /// Every piece.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        (0..).map_while(|number| self.piece(number))
    }

    /// Begins anew.
    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.places.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(begin: &str, length: usize) -> String {
        format!("{begin:x<length$}")
    }

    #[test]
    fn a_piece_is_found_where_every_byte_is_the_same() {
        let mut pieces = Pieces::with_room(10_000);
        let (rose, dove, short) = (piece("rose", 300), piece("dove", 200), piece("elm", SIGHT - 1));
        for (number, text) in [&rose, &dove, &short].into_iter().enumerate() {
            pieces.keep(text, number);
        }
        assert_eq!(pieces.find(&format!("{dove}, and more")), Some((1, 200)));
        assert_eq!(pieces.find(&rose), Some((0, 300)));
        for other in [&rose[..299], &format!("{}y", &rose[..299]), &short, "", &format!("{short} and more")] {
            assert_eq!(pieces.find(other), None, "{other}");
        }
        assert_eq!(pieces.iter().map(|(text, &known)| (text.len(), known)).collect::<Vec<_>>(), [(300, 0), (200, 1)]);
    }

    #[test]
    fn room_and_pieces_that_begin_alike_are_bounded() {
        let mut pieces = Pieces::with_room(10_000);
        let texts: Vec<String> = (0..20).map(|number| format!("{}{number:03}", piece("alike", SIGHT))).collect();
        texts.iter().for_each(|text| pieces.keep(text, ()));
        assert_eq!(texts.iter().filter(|text| pieces.find(text).is_some()).count(), ALIKE);
        let other = piece("other", 10_000 - 20 * SIGHT + 1_600);
        assert!(!pieces.has_room(&other));
        pieces.keep(&other, ());
        assert_eq!(pieces.find(&other), None);
        pieces.clear();
        pieces.keep(&other, ());
        assert_eq!(pieces.find(&other), Some((0, other.len())));
    }
}
