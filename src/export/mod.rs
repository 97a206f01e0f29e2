//! What leaves the program: one file per output format.

mod audit;
mod clusters;
mod json_text;
mod network;
mod tagged_accounts;
mod write;

pub use audit::{AuditDocument, ComparisonOut, NamedAccount, RetweeterOut, audit_document};
pub use clusters::{ClusterDocument, ClusterOut, MemberOut, cluster_document};
pub use json_text::to_json;
pub use network::{EdgeWeight, NETWORK_FORMATS, NetworkLayer, Node, Nodes, Pairs, write_network};
pub use tagged_accounts::{Source, TaggedAccounts, tagged_accounts};
pub use write::{ExportError, replace_file, write_new, write_replacing};
