//! The account that a user names.

use anyhow::{Result, bail};

use crate::model::AccountId;
use crate::store::Store;
use crate::text::sanitise_line;

/// How an account is named, for the help of a command.
pub(super) const NAMING: &str = "\
    @alice is a handle, id:71 an id, mastodon:71 an id of that platform; 71 or alice is whichever there is";

/// Accounts that are listed where one could be meant by several.
const LISTED: usize = 10;
/// Characters of a name that is repeated in an error.
const LONGEST: usize = 200;

/// The one account that a user means.
///
/// # Errors
/// Fails where there is none, or several.
pub(super) fn one_account(store: &Store, wanted: &str) -> Result<AccountId> {
    let found = store.find_account(wanted)?;
    let shown = sanitise_line(wanted, LONGEST);
    match found.as_slice() {
        [one] => Ok(*one),
        [] => bail!("no account `{shown}` in the cache; give an id or a handle that was imported"),
        several => {
            let names = several.iter().take(LISTED).map(|&account| name(store, account));
            let names = names.collect::<Result<Vec<String>>>()?.join(", ");
            let more = if several.len() > LISTED { ", …" } else { "" };
            bail!("`{shown}` matches {} accounts; use one of: {names}{more}", several.len())
        }
    }
}

/// `id:71 (@amber_lake)`.
fn name(store: &Store, account: AccountId) -> Result<String> {
    let (id, handle) = store.name_for_sure(account)?;
    let handle = handle.map_or_else(String::new, |handle| format!(" (@{})", sanitise_line(&handle, LONGEST)));
    Ok(format!("{}{handle}", sanitise_line(&id, LONGEST)))
}
