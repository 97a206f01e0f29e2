//! Posts and shares as they are stored: sorted, in runs of packed chunks. A flush of an import writes a run; runs are never
//! changed, only read together, entry by entry in the order of their keys, and deleted with their import. A packed
//! chunk takes a tenth of the time of as many rows, both to write and to read.
//!
//! Words of this room: *entry*, a post or a share in a chunk; *seal*, write into a blob the checksum of it and its place;
//! *damage*, bytes that are not as they were written; *clock*, how a chunk writes times in few bytes; *authors*, which chunks
//! have posts of which accounts.
//!
//! # The bytes
//!
//! Every blob of the cache, these chunks and all others, begins with a head. Numbers of fixed length are little-endian; a
//! *number* is seven bits a byte, the lowest first, with the highest bit set where another byte follows.
//!
//! | bytes | what they are |
//! |---|---|
//! | 2 | magic: `bt` |
//! | 1 | version of what follows the head, now 1 |
//! | 1 | kind of the blob, see below |
//! | 4 | CRC-32 (that of zlib) of the blob without these four bytes, and of its *place* behind it |
//! | number | count of entries, never more than there are bytes behind it |
//! | rest | the entries |
//!
//! The place is what stands beside the blob in its row, so that neither is right without the other: a chunk that stands in
//! another run, or a time of sight beside another account, is damage. A head whose version is not known is damage too: an
//! older program never opens a cache with blobs of a newer one, since the version of the tables is raised with that of blobs.
//!
//! | kind | column | place | entries, as described in |
//! |---|---|---|---|
//! | 1 posts | `post_chunk.bytes` | import (4), run (8) | `runs/posts.rs`; what posts shared in `runs/targets.rs` |
//! | 2 authors | `author_chunk.bytes` | import (4), run (8), first and last account (4 each), first chunk (8) | `runs/authors.rs` |
//! | 3 sights | `profile.seen` | account (4), import (4) | `sights.rs` |
//! | 4 print | `avatar.pdq` | SHA-256 (32), quality (1) | 32 bytes of a PDQ hash |
//! | 5 turned | `avatar.turned` | SHA-256 (32) | 7 such hashes |
//! | 6 thumbnail | `avatar.thumbnail` | SHA-256 (32), width, height (4 each), those of the small copy (2 each) | a JPEG file |
//! | 7 activities | `activity_chunk.bytes` | number of the chunk (8) | `counted.rs`, 20 bytes each |
//! | 8 links | `link_chunk.bytes` | result (8), number of the chunk (8) | `packed_links.rs` |
//! | 64 + kind of object | `share_chunk.bytes` | import (4), run (8) | `runs/shares.rs` |
//!
//! The only other blob is `avatar.sha256`, by which pictures are looked up: it has no head and is sealed with the print.
//!
//! # Damage
//!
//! The checksum is looked at before anything else is read, and nothing is ever made room for that the blob itself does not
//! have bytes for. What an import brought and cannot be read is `StoreError::DamagedImport`, which says how to read it anew;
//! what is only kept so that it need not be made again (kinds 7 and 8) is made again.

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
pub(super) use one_form::{one_form_of_all, one_form_of_links};
pub(super) use posts::{PostEntry, PostRun, pack_posts, post_runs, post_runs_of};
pub(super) use seal::{Damage, Kind, begin, seal, sealed, unseal};
pub(super) use shares::{ShareEntry, ShareRun, Time, pack_shares, share_runs};
pub(super) use targets::{put_targets, take_targets, targets};
