//! The addresses of pictures that the data names and the cache does not have, for the user's own downloader.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use super::PublicIds;
use super::public_ids::bearers;
use super::table_cell::{csv_cell, id_cell};
use crate::model::Account;
use crate::text::{downloadable_address, is_default_avatar_address, sanitise_line};

/// How addresses are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFormat {
    /// One address a line.
    Lines,
    /// A table: `id,handle,url`.
    Csv,
    /// The input of aria2, with file names that `import --avatars` knows again.
    Aria2,
}

/// What was written, and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AddressCounts {
    /// Accounts whose address was written.
    pub written: usize,
    /// Accounts with the address of a default picture, which links nobody.
    pub defaults: usize,
    /// Accounts whose address cannot be given to a downloader, or whose id can be no name of a file, or is one of several accounts.
    pub unusable: usize,
}

const LONGEST: usize = 4_096;
/// Endings that `import --avatars` reads.
const ENDINGS: [&str; 5] = ["jpg", "jpeg", "png", "gif", "webp"];

/// Writes the address of the picture of every account that has one and no picture, in the order of the accounts.
///
/// # Errors
/// Fails where `out` cannot be written.
pub fn write_avatar_addresses(
    out: &mut dyn Write,
    accounts: &[Account],
    format: AddressFormat,
) -> io::Result<AddressCounts> {
    let mut counts = AddressCounts::default();
    let mut seen = BTreeSet::new();
    let ids = PublicIds::among(accounts);
    // A picture is found by its id alone.
    let bearers = if ids.are_of_several() { bearers(accounts) } else { HashMap::new() };
    let alone = |account: &Account| bearers.get(account.platform_id.as_str()).is_none_or(|&bearers| bearers < 2);
    if format == AddressFormat::Csv {
        writeln!(out, "id,handle,url")?;
    }
    for account in accounts.iter().filter(|account| account.avatar.is_none()) {
        let Some(given) = account.profile.avatar_url.as_deref().filter(|url| !url.trim().is_empty()) else { continue };
        if is_default_avatar_address(given) {
            counts.defaults += 1;
            continue;
        }
        let Some(address) = downloadable_address(given) else {
            counts.unusable += 1;
            continue;
        };
        match format {
            AddressFormat::Lines if seen.contains(&address) => {}
            AddressFormat::Lines => writeln!(out, "{address}")?,
            AddressFormat::Csv => write_row(out, account, ids, &address)?,
            AddressFormat::Aria2 => match file_name(account, &address).filter(|_| alone(account)) {
                Some(name) => write!(out, "{address}\n  out={name}\n")?,
                None => {
                    counts.unusable += 1;
                    continue;
                }
            },
        }
        seen.insert(address);
        counts.written += 1;
    }
    Ok(counts)
}

fn write_row(out: &mut dyn Write, account: &Account, ids: PublicIds, address: &str) -> io::Result<()> {
    let cell = |text: &str| csv_cell(&sanitise_line(text, LONGEST));
    let handle = account.profile.handle.as_deref().unwrap_or_default();
    writeln!(out, "{},{},{}", id_cell(&ids.public_id(account)), cell(handle), cell(address))
}

/// A file that is named after the account, where its id is harmless as a name.
fn file_name(account: &Account, address: &str) -> Option<String> {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let id = &account.platform_id;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ending = ending.filter(|ending| ENDINGS.contains(&ending.as_str())).unwrap_or_else(|| "jpg".to_owned());
    let usable = !id.is_empty() && id.len() <= 200 && id.chars().all(harmless);
    usable.then(|| format!("{id}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Activity, AvatarId, Platform, Profile};

    fn account(id: &str, url: &str, picture: bool) -> Account {
        Account {
            id: AccountId(1),
            platform: Default::default(),
            platform_id: id.to_owned(),
            profile: Profile { avatar_url: Some(url.to_owned()), handle: Some("=h".to_owned()), ..Profile::default() },
            avatar: picture.then_some(AvatarId(1)),
            activity: Activity::default(),
        }
    }

    #[test]
    fn what_has_no_picture_and_can_be_loaded_is_written() {
        let accounts = [
            account("1", "https://pictures.example/a.PNG?size=4", false),
            account("2", "https://pictures.example/b.jpg", true),
            account("3", "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png", false),
            account("4", "javascript:alert(1)", false),
            account("did:plc:x/..", "https://pictures.example/c", false),
            account("6", "https://pictures.example/a.PNG?size=4", false),
        ];
        let written = |format| {
            let mut out = Vec::new();
            let counts = write_avatar_addresses(&mut out, &accounts, format).unwrap();
            (String::from_utf8(out).unwrap(), counts)
        };
        let (lines, counts) = written(AddressFormat::Lines);
        assert_eq!(lines, "https://pictures.example/a.PNG?size=4\nhttps://pictures.example/c\n");
        assert_eq!(counts, AddressCounts { written: 3, defaults: 1, unusable: 1 });
        let (table, _) = written(AddressFormat::Csv);
        assert!(table.starts_with("id,handle,url\n1,\"'=h\",https://pictures.example/a.PNG?size=4\n"), "{table}");
        let (aria2, counts) = written(AddressFormat::Aria2);
        assert!(aria2.contains("size=4\n  out=1.png\n") && !aria2.contains("did:"), "{aria2}");
        assert_eq!(counts.unusable, 2);
    }

    #[test]
    fn a_file_is_named_after_an_id_that_only_one_account_has() {
        let on =
            |platform, id| Account { platform: Platform::named(platform), ..account(id, "https://a.example/1", false) };
        let accounts = [on("x", "1"), on("mastodon", "1"), on("mastodon", "2")];
        let written = |format| {
            let mut out = Vec::new();
            let counts = write_avatar_addresses(&mut out, &accounts, format).unwrap();
            (String::from_utf8(out).unwrap(), counts.unusable)
        };
        assert_eq!(written(AddressFormat::Aria2), ("https://a.example/1\n  out=2.jpg\n".to_owned(), 2));
        let (table, unusable) = written(AddressFormat::Csv);
        let ids: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!((ids, unusable), (vec!["x:1", "mastodon:1", "mastodon:2"], 0));
    }
}
