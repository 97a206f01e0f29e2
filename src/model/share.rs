//! The incidence of accounts and objects.

use super::{AccountId, ObjectId, Timestamp};

/// One account shared one object. Of repeats the cache keeps the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareRow {
    /// What was shared.
    pub object: ObjectId,
    /// Who shared it.
    pub account: AccountId,
    /// When, where known. A share without a time counts as shared, never as shared within a window.
    pub at: Option<Timestamp>,
    /// Whether the account is the object's own author; the layers leave such shares out.
    pub own: bool,
}
