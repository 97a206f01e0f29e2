//! Posts and shares as they are stored: sorted, in runs of packed chunks. A flush of an import writes a run; runs are never
//! changed, only read together, entry by entry in the order of their keys, and deleted with their import. A packed
//! chunk takes a tenth of the time of as many rows, both to write and to read.

mod authors;
mod chunks;
mod codec;
mod merge;
mod migrate;
mod old;
mod one_form;
mod posts;
mod seal;
mod shares;
mod targets;

pub(super) use authors::AuthorsRow;
pub(super) use chunks::{Chunk, Chunks, Emit, RunPlace, RunWriter};
pub(super) use codec::{put, take, take_bytes, take_u32};
pub(super) use merge::{Run, merge};
pub(super) use migrate::adopt_rows;
pub(super) use old::{seal_posts, seal_shares};
pub(super) use one_form::one_form_of_links;
pub(super) use posts::{PostEntry, PostRun, pack_posts, post_runs, post_runs_of};
pub(super) use seal::{Damage, Kind, begin, seal, sealed, unseal};
pub(super) use shares::{ShareEntry, ShareRun, Time, pack_shares, share_runs};
pub(super) use targets::{put_targets, take_targets, targets};
