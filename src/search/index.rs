//! What search compares of every account, packed so that looking at all of it costs little.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::query::mask;
use crate::model::{Account, AccountId, dense};
use crate::text::fold_for_search;

/// Keys of a pack: as many as are looked at between two questions whether the search is still wanted.
pub(super) const PACK: usize = 4_096;
/// Stands between fields: no word of a query holds it.
const BETWEEN: char = '\n';

/// What search compares of one account, folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchKey<'k> {
    /// Whose key it is.
    pub account: AccountId,
    /// Handle, name and bio, with a line break between them.
    pub text: &'k str,
    /// Handle, or the platform id where there is none.
    pub handle: &'k str,
    /// Display name.
    pub name: &'k str,
    /// Bio.
    pub bio: &'k str,
    pub(super) masks: Masks,
}

/// Which characters occur in each field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Masks {
    pub handle: u64,
    pub name: u64,
    pub bio: u64,
}

impl Masks {
    pub fn all(self) -> u64 {
        self.handle | self.name | self.bio
    }
}

/// Where the fields of a key lie in the text of its pack, which is far shorter than 4 GB: a field has 2,000 characters at
/// the most.
#[derive(Debug, Clone, Copy)]
struct Place {
    account: AccountId,
    start: u32,
    handle: u16,
    name: u16,
    bio: u16,
    masks: Masks,
}

/// Keys that lie side by side.
#[derive(Debug, Default)]
pub struct SearchPack {
    text: String,
    places: Vec<Place>,
    /// Which characters occur in each key, and in its handle and name; apart from the rest, since most keys are told by them
    /// alone.
    masks: Vec<[u64; 2]>,
}

impl SearchPack {
    /// The key of something that is found by its words: what it is looked up by first, what describes it last.
    pub fn push(&mut self, account: AccountId, [handle, name, bio]: [&str; 3]) {
        let start = self.text.len();
        let mut put = |field: &str| {
            let folded = fold_for_search(field);
            // A break within a field is a blank like any other.
            self.text.extend(folded.chars().map(|character| if character == BETWEEN { ' ' } else { character }));
            self.text.push(BETWEEN);
            (u16::try_from(folded.len()).unwrap_or(u16::MAX), mask(&folded))
        };
        let [(handle, handle_mask), (name, name_mask), (bio, bio_mask)] = [put(handle), put(name), put(bio)];
        let masks = Masks { handle: handle_mask, name: name_mask, bio: bio_mask };
        self.places.push(Place { account, start: dense(start), handle, name, bio, masks });
        self.masks.push([masks.all(), masks.handle | masks.name]);
    }

    fn from_accounts(accounts: &[Account]) -> Self {
        let mut pack = Self::default();
        pack.places.reserve_exact(accounts.len());
        pack.masks.reserve_exact(accounts.len());
        for account in accounts {
            let profile = &account.profile;
            let handle = profile.handle.as_deref().unwrap_or(&account.platform_id);
            let [name, bio] = [&profile.name, &profile.bio].map(|text| text.as_deref().unwrap_or_default());
            pack.push(account.id, [handle, name, bio]);
        }
        pack.text.shrink_to_fit();
        pack
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Which characters occur in a key, and which in its handle and name.
    pub(super) fn masks(&self, number: usize) -> Option<[u64; 2]> {
        self.masks.get(number).copied()
    }

    /// The numbers of the keys in which a word stands, ascending: one look at the text of all of them, which takes far less
    /// time than one at each.
    pub(super) fn with_word(&self, finder: &Finder<'_>) -> impl Iterator<Item = usize> {
        let (mut number, mut from) = (0, 0);
        std::iter::from_fn(move || {
            let at = from + finder.find(self.text.as_bytes().get(from..)?)?;
            let behind = |place: &Place| place.start as usize > at;
            let rest = self.places.get(number..)?;
            let next = number + rest.iter().position(behind).unwrap_or(rest.len());
            from = self.places.get(next).map_or(self.text.len(), |place| place.start as usize);
            number = next;
            Some(next - 1)
        })
    }

    /// A key.
    #[must_use]
    pub fn key(&self, number: usize) -> Option<SearchKey<'_>> {
        let place = self.places.get(number)?;
        let rest = self.text.get(place.start as usize..)?;
        let [handle, name, bio] = [place.handle, place.name, place.bio].map(usize::from);
        let between = BETWEEN.len_utf8();
        let (name_at, bio_at) = (handle + between, handle + name + 2 * between);
        Some(SearchKey {
            account: place.account,
            text: rest.get(..bio_at + bio)?,
            handle: rest.get(..handle)?,
            name: rest.get(name_at..name_at + name)?,
            bio: rest.get(bio_at..bio_at + bio)?,
            masks: place.masks,
        })
    }
}

/// Keys of every account.
#[derive(Debug, Default)]
pub struct SearchIndex {
    pub(super) packs: Vec<SearchPack>,
}

impl SearchIndex {
    /// Folds the keys of `accounts`.
    #[must_use]
    pub fn build(accounts: &[Account]) -> Self {
        Self { packs: accounts.par_chunks(PACK).map(SearchPack::from_accounts).collect() }
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = SearchKey<'_>> {
        self.packs.iter().flat_map(|pack| (0..pack.len()).filter_map(|number| pack.key(number)))
    }
}
