//! The order of platform ids: rows of the cache follow the order of imports, which nothing that is computed may hang on.

use std::collections::BTreeSet;

use rayon::slice::ParallelSliceMut;

use super::{Store, StoreError};
use crate::model::{Account, AccountId, AccountOrder, ObjectKind, Platform, dense};

/// The first bytes as a number that sorts like them, which decides most comparisons without a look at the text.
fn prefix(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte);
    u128::from_be_bytes(bytes)
}

/// The accounts by platform and by their ids there.
pub(super) fn in_order(accounts: Vec<Account>) -> Vec<Account> {
    let precedes = |a: &Account, b: &Account| (&a.platform, &a.platform_id) <= (&b.platform, &b.platform_id);
    if accounts.is_sorted_by(precedes) {
        return accounts;
    }
    let platforms: BTreeSet<&Platform> = accounts.iter().map(|account| &account.platform).collect();
    let home = |account: &Account| platforms.iter().take_while(|&&platform| *platform < account.platform).count();
    // Accounts are large: to look at them for every comparison would take most of the time.
    let key = |(place, account): (u32, &Account)| (home(account), prefix(&account.platform_id), place);
    let mut order: Vec<(usize, u128, u32)> = (0..).zip(&accounts).map(key).collect();
    order.par_sort_unstable_by(|a, b| {
        let id = |place: u32| &accounts[place as usize].platform_id;
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| id(a.2).cmp(id(b.2)))
    });
    let mut accounts: Vec<Option<Account>> = accounts.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(.., place)| accounts[place as usize].take()).collect()
}

/// Texts with the row and the home of each, that can be brought into the order of homes and texts.
#[derive(Debug, Default)]
struct Texts {
    /// One after the other.
    text: String,
    rows: Vec<Row>,
    homes: Vec<String>,
}

#[derive(Debug)]
struct Row {
    prefix: u128,
    start: usize,
    end: usize,
    home: u32,
    id: u32,
}

impl Texts {
    fn push(&mut self, id: u32, home: &str, text: &str) {
        // Nearly all rows are at home where the one before is.
        if self.rows.last().is_none_or(|last| self.homes[last.home as usize] != home) {
            let known = self.homes.iter().position(|known| known == home);
            let place = known.unwrap_or_else(|| {
                self.homes.push(home.to_owned());
                self.homes.len() - 1
            });
            self.rows.push(Row::new(id, place, self.text.len(), text));
        } else {
            let home = self.rows.last().map_or(0, |last| last.home as usize);
            self.rows.push(Row::new(id, home, self.text.len(), text));
        }
        self.text.push_str(text);
    }

    /// The rows in order.
    fn sorted(self) -> Vec<u32> {
        let Self { text, mut rows, homes } = self;
        rows.par_sort_unstable_by(|a, b| {
            let home = if a.home == b.home {
                std::cmp::Ordering::Equal
            } else {
                homes[a.home as usize].cmp(&homes[b.home as usize])
            };
            home.then_with(|| a.prefix.cmp(&b.prefix)).then_with(|| text[a.start..a.end].cmp(&text[b.start..b.end]))
        });
        rows.into_iter().map(|row| row.id).collect()
    }
}

impl Row {
    fn new(id: u32, home: usize, start: usize, text: &str) -> Self {
        let home = dense(home);
        Self { prefix: prefix(text), start, end: start + text.len(), home, id }
    }
}

impl Store {
    /// The accounts by platform and by their ids there.
    pub(super) fn account_order(&self) -> Result<AccountOrder, StoreError> {
        let rows = self.texts("SELECT id, platform, platform_id FROM account ORDER BY id", [])?.sorted();
        Ok(AccountOrder::listed(rows.into_iter().map(AccountId).collect()))
    }

    /// The place of each object of a kind by platform and key, by object id.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn object_places(&self, kind: ObjectKind) -> Result<Vec<u32>, StoreError> {
        let sorted = self.texts("SELECT id, platform, key FROM object WHERE kind = ?1", [kind.code()])?.sorted();
        let largest = sorted.iter().max().map_or(0, |&id| id as usize);
        let mut places = vec![u32::MAX; largest + 1];
        for (place, id) in (0..).zip(sorted) {
            places[id as usize] = place;
        }
        Ok(places)
    }

    fn texts(&self, sql: &str, given: impl rusqlite::Params) -> Result<Texts, StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(given)?;
        let mut texts = Texts::default();
        while let Some(row) = rows.next()? {
            texts.push(row.get(0)?, row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activity, Profile};

    #[test]
    fn accounts_stand_by_platform_and_by_id_as_text() {
        let account = |(id, (platform, platform_id)): (u32, (&str, &str))| Account {
            id: AccountId(id),
            platform: Platform::named(platform),
            platform_id: platform_id.to_owned(),
            profile: Profile::default(),
            avatar: None,
            activity: Activity::default(),
        };
        let long = "7600000000000000000001";
        let keys = [("x", "9"), ("x", "10"), ("", "z"), ("x", long), ("mastodon", "9"), ("x", &long[..21]), ("x", "é")];
        let sorted = in_order((1..).zip(keys).map(account).collect());
        assert_eq!(sorted.iter().map(|one| one.id.0).collect::<Vec<_>>(), [3, 5, 2, 6, 4, 1, 7]);
        let mut texts = Texts::default();
        for (id, (home, text)) in (1..).zip(keys) {
            texts.push(id, home, text);
        }
        assert_eq!(texts.sorted(), [3, 5, 2, 6, 4, 1, 7]);
    }
}
