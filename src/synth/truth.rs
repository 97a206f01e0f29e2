//! The planted truth, one row an account.

use super::avatars::Gallery;
use super::dataset::{Dataset, Member};
use super::story::{Role, manner_of};

/// The first row.
pub(super) const HEADER: &str = "account_id,role,group,picture\n";

/// An account's row: its role, its amplifier group, and the drawing that its avatar is a copy of, where it has these.
pub(super) fn row(dataset: &Dataset, gallery: &Gallery, account: u32, member: Member) -> String {
    let group = match member.role {
        Role::Amplifier(group) => manner_of(group).name,
        _ => "",
    };
    let picture = gallery.picture(account, member).map(|picture| picture.label()).unwrap_or_default();
    format!("{},{},{group},{picture}\n", dataset.account_id(account), member.role.word())
}
