//! Links between accounts: the co-retweet projection, avatar matches and the account graph.

mod account_graph;
mod avatar;
mod co_retweet;
mod error;
mod evidence;
mod filter;
mod hamming_index;
mod incidence;
mod order_statistic;
mod projection;
mod significance;

#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod tests;

pub use account_graph::{AccountGraph, LeftOut};
pub use avatar::{AvatarLinks, link_avatars};
pub use co_retweet::co_retweet_pairs;
pub use error::{GraphError, Task};
pub use evidence::Evidence;
pub use filter::Filtered;
pub use incidence::{Incidence, IncidenceBuilder};
pub use significance::{Fitness, NullModel, Overlap, QValues, hypergeometric_tail};
