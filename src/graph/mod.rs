//! Links between accounts: the co-retweet projection, avatar matches and the account graph.
//!
//! Words of this room: *target*, what two accounts can share; *incidence*, who shared which target and when; *projection*, the pairs
//! that share one; *link*, a pair that the rule keeps; *degree*, how many links an account has; *medoid*, the picture of a group
//! that is nearest to all others.

mod account_graph;
mod avatars;
mod clusters;
mod coordination;
mod draw;
mod error;
mod evidence;
mod filter;
mod fits;
mod hamming_index;
mod incidence;
mod kept_pairs;
mod median;
mod opened;
mod order_statistic;
mod pair_count;
mod path;
mod percentile_pairs;
mod projection;
mod projections;
mod pruned;
mod row_pairs;
mod significance;
mod strongest;
mod top_pairs;

#[cfg(test)]
mod path_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod tests;

pub use account_graph::{AccountGraph, LeftOut};
pub use avatars::{AvatarGroup, AvatarGroups, AvatarLinks, GroupedPicture, SilentAvatars, avatar_groups, link_avatars};
pub use clusters::{Cluster, ClusterMethod, ClusterTarget, ClusterTest, ClusterTrial, clusters};
pub use coordination::{Coordination, CoordinationTest};
pub use error::{GraphError, Task};
pub use evidence::{Evidence, EvidenceReader};
pub use filter::{FilterCounts, Filtered};
pub use fits::BYTES_PER_PAIR;
pub use hamming_index::near_hashes;
pub use incidence::{Incidence, IncidenceBuilder, Muting, Numbering};
pub use kept_pairs::{KeptPairs, kept_pairs, visited_pairs};
pub use path::{PathCost, PathStep};
pub use significance::{Fitness, NullModel, Overlap, QValues, Significance, hypergeometric_tail};
