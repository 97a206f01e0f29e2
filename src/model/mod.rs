//! Plain data that every other room speaks of: no I/O, no SQL, no drawing.
//!
//! Words of this room: *record*, what a file says of something, before it has a row; *key*, platform and id, by which an account is
//! known for good; *id*, the number of its row in this cache; *dense*, numbered from 0 without gaps; *rounded*, an id that lost its
//! last digits on its way.

mod account;
mod account_order;
mod avatar;
mod csr;
mod dense;
mod ids;
mod input;
mod keep_rule;
mod link;
mod list_order;
mod null_model;
mod object;
mod origins;
mod parameters;
mod platform;
mod post;
mod rounded;
mod setting;
mod share;
mod shared_target;
mod stats;
mod tag;
mod time;

pub use account::{Account, AccountKey, AccountRecord, Activity, Profile};
pub use account_order::AccountOrder;
pub use avatar::{AvatarPrint, AvatarRecord, PackedThumbnail, PdqHash, Picture, Thumbnail, Turn};
pub use csr::{Csr, Offsets, Slots};
pub use dense::{TooMany, dense, numbered};
pub use ids::{AccountId, AvatarId, ObjectId};
pub use input::{Import, InputFile, SkippedLine};
pub use keep_rule::{CoordinationPart, KeepRule, UnknownRule};
pub use link::{AvatarMatch, CoShare, Link, LinkedPair, PairTest};
pub use list_order::ListOrder;
pub use null_model::{NullModelKind, UnknownNullModel};
pub use object::{Object, ObjectKind, ObjectRecord, UnknownLayer};
pub use origins::Origins;
pub use parameters::LinkParameters;
pub use platform::{ANY_PLATFORM, Platform, WrongPlatform};
pub use post::{Post, PostRecord, PostReference};
pub use rounded::{RoundedIds, RoundedKind};
pub use setting::{Setting, WrongValue};
pub use share::ShareRow;
pub use shared_target::{SharedTarget, closest_first};
pub use stats::{Counts, Stats};
pub use tag::{
    FieldChange, Label, NamedTags, Tag, TagBatch, TagBatchKind, TagChange, TagEvent, TagSource, UnknownLabel, tag_bases,
};
pub use time::Timestamp;
