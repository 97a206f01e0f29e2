//! Posts and shares as they are stored: sorted, in runs of packed chunks. A flush of an import writes a run; runs are never
//! changed, only read together, entry by entry in the order of their keys, and deleted with their import. A packed
//! chunk takes a tenth of the time of as many rows, both to write and to read.

mod chunks;
mod codec;
mod merge;
mod migrate;
mod one_form;
mod posts;
mod shares;

pub(super) use chunks::{Chunk, Emit, write_chunk};
pub(super) use merge::merge;
pub(super) use migrate::adopt_rows;
pub(super) use one_form::{one_form_of_all, one_form_of_links};
#[cfg(test)]
pub(super) use posts::PostRun;
pub(super) use posts::{PostEntry, pack_posts, post_runs};
pub(super) use shares::{ShareEntry, Time, pack_shares, share_runs};
