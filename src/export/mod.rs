//! What leaves the program: one file per output format.
//!
//! Words of this room: *public id*, what names an account outside: its id, with its platform where there are several; *document*, all
//! that one file says; *output*, the file it goes to, or standard output.

mod audit;
mod avatar_addresses;
mod avatar_groups;
mod clusters;
mod json_text;
mod kept;
mod link_basis;
mod network;
mod path;
mod public_ids;
mod signals;
mod source;
mod table_cell;
mod tagged_accounts;
mod write;

pub use audit::{AuditDocument, ComparisonOut, RetweeterOut, audit_document};
pub use avatar_addresses::{AddressCounts, AddressFormat, write_avatar_addresses};
pub use avatar_groups::{
    AccountsOut, AvatarGroupOut, AvatarGroupsDocument, CarrierOut, Pictured, PicturesOut, avatar_groups_document,
    write_avatar_groups_table,
};
pub use clusters::{ClusterDocument, ClusterOut, LayerOut, MemberOut, cluster_document};
pub use json_text::to_json;
pub use kept::{KeptFile, check_apart_from_cache};
pub use link_basis::{AvatarLinkOut, CoShareOut, LinkBasis};
pub use network::{
    EdgeWeight, NETWORK_FORMATS, NetworkLayer, Node, Nodes, OLD_GEXF, Pairs, write_network, write_nodes,
};
pub use path::{PathDocument, PathStepOut, path_document};
pub use public_ids::PublicIds;
pub use signals::{SignalsDocument, signals_document};
pub use source::{NamedAccount, Source};
pub use tagged_accounts::{TaggedAccounts, tagged_accounts};
pub use write::{ExportError, Output};
