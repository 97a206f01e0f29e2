//! Every account with its profile, as all imports together tell it.

use std::ops::{ControlFlow, RangeInclusive};
use std::panic::resume_unwind;
use std::thread;

use super::last_rows::largest_row;
use super::platforms::shared;
use super::profile::{COLUMNS, Sighted};
use super::{Store, StoreError};
use crate::model::{Account, AccountId, Activity, AvatarId, Profile};

/// Where the columns of a profile begin behind the account that it belongs to and the import.
const FIRST_OF_PROFILE: usize = 2;
/// Accounts that are worth a thread of their own.
const WORTH: u32 = 20_000;

/// Accounts between two tellings how many more were read.
const STEP: usize = 1 << 14;

/// Is told now and then how many more accounts were read, and can break that off.
pub(super) type AddRead<'t> = &'t (dyn Fn(usize) -> ControlFlow<()> + Sync);

impl Store {
    /// Every account, ordered by id, without what it did.
    pub(super) fn profiles(&self, add_read: AddRead<'_>) -> Result<Vec<Account>, StoreError> {
        let largest = largest_row(&self.connection, "account")?;
        let threads = u32::try_from(rayon::current_num_threads()).unwrap_or(1);
        let parts = threads.min(largest / WORTH).max(1);
        let others = if parts > 1 { self.alike(parts as usize - 1) } else { None };
        let Some(others) = others else { return self.profiles_of(0..=largest, add_read) };
        // To grow step by step takes longer than reading.
        let all = Vec::with_capacity(self.most_accounts(&(0..=largest))?);
        let bound =
            |part: u32| u32::try_from(u64::from(largest) * u64::from(part) / u64::from(parts)).unwrap_or(largest);
        thread::scope(|scope| {
            // A connection cannot be shared.
            let read =
                |(part, store): (u32, Self)| move || store.profiles_of(bound(part) + 1..=bound(part + 1), add_read);
            let others: Vec<_> = (1..parts).zip(others).map(|other| scope.spawn(read(other))).collect();
            let mut accounts = self.read_profiles(0..=bound(1), add_read, all)?;
            for other in others {
                accounts.append(&mut other.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(accounts)
        })
    }

    /// The accounts whose ids lie in a range.
    pub(super) fn profiles_of(
        &self,
        ids: RangeInclusive<u32>,
        add_read: AddRead<'_>,
    ) -> Result<Vec<Account>, StoreError> {
        let room = Vec::with_capacity(self.most_accounts(&ids)?);
        self.read_profiles(ids, add_read, room)
    }

    /// How many accounts there are at the most with ids in a range, of which any may be gone.
    fn most_accounts(&self, ids: &RangeInclusive<u32>) -> Result<usize, StoreError> {
        let range = (ids.end() - ids.start()) as usize + 1;
        Ok(range.min(usize::try_from(self.account_count()?).unwrap_or(usize::MAX)))
    }

    /// Fills `accounts`, which are none yet, with those whose ids lie in a range.
    fn read_profiles(
        &self,
        ids: RangeInclusive<u32>,
        add_read: AddRead<'_>,
        mut accounts: Vec<Account>,
    ) -> Result<Vec<Account>, StoreError> {
        let bounds = [ids.start(), ids.end()];
        // Read by each thread for itself: what all of them count would be passed from one to the other at every account.
        let words = self.platform_words()?;
        let sql = "SELECT id, platform_id, avatar_id, platform FROM account WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(bounds)?;
        while let Some(row) = rows.next()? {
            accounts.push(Account {
                id: AccountId(row.get(0)?),
                platform: shared(&words, row.get_ref(3)?.as_str()?),
                platform_id: row.get(1)?,
                profile: Profile::default(),
                avatar: row.get::<_, Option<u32>>(2)?.map(AvatarId),
                activity: Activity::default(),
            });
        }
        self.put_profiles(&mut accounts, bounds, add_read)?;
        Ok(accounts)
    }

    /// Gives the accounts their profiles: both are read in the order of ids, which is faster than looking each one up.
    fn put_profiles(
        &self,
        accounts: &mut [Account],
        bounds: [&u32; 2],
        add_read: AddRead<'_>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT account_id, import_id, {COLUMNS} FROM profile WHERE account_id BETWEEN ?1 AND ?2 ORDER BY account_id, import_id"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query(bounds)?;
        let mut accounts = accounts.iter_mut().enumerate().map_while(|(number, account)| {
            // The first one of a step ends the step before.
            let goes_on = !number.is_multiple_of(STEP) || add_read(number.min(STEP)).is_continue();
            goes_on.then_some(account)
        });
        let mut current: Option<(&mut Account, Sighted)> = None;
        while let Some(row) = rows.next()? {
            let id = AccountId(row.get(0)?);
            let sighted = Sighted::read(&self.connection, row, FIRST_OF_PROFILE, (id.0, row.get(1)?))?;
            match &mut current {
                Some((account, merged)) if account.id == id => merged.merge_with(&sighted),
                _ => {
                    let next = accounts.find(|account| account.id == id).map(|account| (account, sighted));
                    if let Some((account, merged)) = std::mem::replace(&mut current, next) {
                        account.profile = merged.profile;
                    }
                    if current.is_none() {
                        // No account is left whose profile could be read.
                        break;
                    }
                }
            }
        }
        if let Some((account, merged)) = current {
            account.profile = merged.profile;
        }
        Ok(())
    }
}
