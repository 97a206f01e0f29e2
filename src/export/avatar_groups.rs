//! Groups of pictures as versioned JSON and as a table. The README documents both. There is no time of writing in them,
//! so that equal data and parameters give equal bytes.

use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::table_cell::{csv_cell, id_cell};
use super::{ExportError, PublicIds};
use crate::graph::{AvatarGroup, AvatarGroups, GroupedPicture};
use crate::model::{Account, AccountId, AvatarId, AvatarPrint, LinkParameters};
use crate::signals::Places;
use crate::store::Store;
use crate::text::{is_default_avatar_address, sanitise_line};

const SCHEMA: &str = "bot-tui/avatar-groups/1";
const NOTICE: &str = "Accounts of a group carry pictures that are alike. That is evidence and no verdict: many people \
                      like the same picture.";
const ADDRESSES: &str = "Accounts of which only the picture's address is known are in no group. Equal addresses prove \
                         nothing: a platform gives each picture its own, except for default pictures, which link nobody.";
/// Characters of an id or a handle that are written to a table.
const LONGEST: usize = 4_096;

/// The document.
#[derive(Debug, Serialize)]
pub struct AvatarGroupsDocument {
    schema: &'static str,
    version: &'static str,
    notice: &'static str,
    parameters: ParametersOut,
    /// Who has a picture.
    pub accounts: AccountsOut,
    /// How many pictures there are.
    pub pictures: PicturesOut,
    /// The groups: first those that are only too common to link anybody, then the largest; defaults at the end.
    pub groups: Vec<AvatarGroupOut>,
}

#[derive(Debug, Serialize)]
struct ParametersOut {
    max_avatar_distance: u32,
    mirrored: bool,
    default_avatar_share: f64,
    default_avatar_accounts: u32,
}

/// How many accounts there are.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct AccountsOut {
    /// All of them.
    pub total: usize,
    /// Those whose picture was imported.
    pub with_picture: usize,
    /// Those of which only the picture's address is known.
    pub only_address: usize,
    /// Those of the latter whose address is that of a default picture.
    pub only_default_address: usize,
    note: &'static str,
}

/// How many pictures there are.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PicturesOut {
    /// Pictures that some account carries, equal bytes once.
    pub carried: usize,
    /// Those of one account that are like no other one.
    pub alone: usize,
    /// Those whose hash says too little: only equal bytes count.
    pub poor: usize,
}

/// One group.
#[derive(Debug, Serialize)]
pub struct AvatarGroupOut {
    /// Its number, from 1.
    pub group: usize,
    /// Accounts.
    pub size: usize,
    /// Different pictures.
    pub pictures: usize,
    /// The largest distance of two of its pictures.
    pub diameter: u32,
    /// Whether they are default pictures, which link nobody.
    pub default: bool,
    /// They count as such only since so many accounts carry them: they may be a stock picture as well.
    pub common: bool,
    medoid: String,
    /// The accounts, those with near pictures beside each other.
    pub accounts: Vec<CarrierOut>,
}

/// An account of a group and its picture.
#[derive(Debug, Serialize)]
pub struct CarrierOut {
    /// Its id, with its platform where there are several.
    pub id: String,
    /// Its handle, where known.
    pub handle: Option<String>,
    sha256: String,
    pdq: String,
    quality: u8,
    distance_to_medoid: u32,
    default: bool,
}

/// What the document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Pictured<'a> {
    /// The cache.
    pub store: &'a Store,
    /// Every account, in the order of platforms and of ids there.
    pub accounts: &'a [Account],
    /// Every picture.
    pub prints: &'a [AvatarPrint],
}

/// The document of these groups.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn avatar_groups_document(
    source: Pictured<'_>,
    found: &AvatarGroups,
    parameters: &LinkParameters,
) -> Result<AvatarGroupsDocument, ExportError> {
    let accounts = source.accounts;
    let bytes: HashMap<AvatarId, [u8; 32]> = source.store.avatar_sha256()?.into_iter().collect();
    let writer = Writer {
        accounts,
        places: Places::new(accounts),
        ids: PublicIds::among(accounts),
        prints: source.prints,
        bytes,
    };
    let address = |account: &&Account| account.avatar.is_none() && account.profile.avatar_url.is_some();
    let default = |account: &&Account| account.profile.avatar_url.as_deref().is_some_and(is_default_avatar_address);
    Ok(AvatarGroupsDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        parameters: ParametersOut {
            max_avatar_distance: parameters.max_avatar_distance,
            mirrored: parameters.mirrored,
            default_avatar_share: parameters.default_avatar_share,
            default_avatar_accounts: parameters.default_avatar_accounts,
        },
        accounts: AccountsOut {
            total: accounts.len(),
            with_picture: accounts.iter().filter(|account| account.avatar.is_some()).count(),
            only_address: accounts.iter().filter(address).count(),
            only_default_address: accounts.iter().filter(address).filter(default).count(),
            note: ADDRESSES,
        },
        pictures: PicturesOut { carried: found.carried, alone: found.alone, poor: found.poor },
        groups: (1..).zip(&found.groups).map(|(number, group)| writer.group(number, group)).collect(),
    })
}

struct Writer<'a> {
    accounts: &'a [Account],
    places: Places,
    ids: PublicIds,
    prints: &'a [AvatarPrint],
    bytes: HashMap<AvatarId, [u8; 32]>,
}

impl Writer<'_> {
    fn group(&self, number: usize, group: &AvatarGroup) -> AvatarGroupOut {
        let carriers = group.pictures.iter().flat_map(|picture| {
            let carrier = move |&account: &AccountId| self.carrier(account, picture, group.is_default);
            picture.accounts.iter().filter_map(carrier)
        });
        AvatarGroupOut {
            group: number,
            size: group.size,
            pictures: group.pictures.len(),
            diameter: group.diameter,
            default: group.is_default,
            common: group.is_common,
            medoid: self.sha256(group.medoid),
            accounts: carriers.collect(),
        }
    }

    fn carrier(&self, account: AccountId, picture: &GroupedPicture, default: bool) -> Option<CarrierOut> {
        let account = &self.accounts[self.places.place(account)?];
        let print = &self.prints[self.prints.binary_search_by_key(&picture.avatar, |print| print.id).ok()?];
        Some(CarrierOut {
            id: self.ids.public_id(account).into_owned(),
            handle: account.profile.handle.clone(),
            sha256: self.sha256(picture.avatar),
            pdq: print.pdq.to_hex(),
            quality: picture.quality,
            distance_to_medoid: picture.to_medoid,
            default,
        })
    }

    fn sha256(&self, avatar: AvatarId) -> String {
        let bytes = self.bytes.get(&avatar).into_iter().flatten();
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Writes the groups as a table, one row an account.
///
/// # Errors
/// Fails where `out` cannot be written.
pub fn write_avatar_groups_table(out: &mut dyn Write, document: &AvatarGroupsDocument) -> io::Result<()> {
    writeln!(out, "group,size,diameter,id,handle,sha256,pdq,quality,distance_to_medoid,default")?;
    let cell = |text: &str| csv_cell(&sanitise_line(text, LONGEST));
    for group in &document.groups {
        for carrier in &group.accounts {
            write!(out, "{},{},{},", group.group, group.size, group.diameter)?;
            out.write_all(id_cell(&carrier.id).as_bytes())?;
            write!(out, ",")?;
            out.write_all(cell(carrier.handle.as_deref().unwrap_or_default()).as_bytes())?;
            let CarrierOut { sha256, pdq, quality, distance_to_medoid, default, .. } = carrier;
            writeln!(out, ",{sha256},{pdq},{quality},{distance_to_medoid},{default}")?;
        }
    }
    Ok(())
}
