//! What commands and the interface both ask for: data of a cache, read, linked, grouped and looked at.
//!
//! Words of this room: *roster*, every account in memory; *links*, the account graph with the incidence that it rests on;
//! *observed*, what signals look at; *wall*, accounts by groups of pictures that are alike; *kept*, how a cache was looked
//! at last; *question*, what is asked in the background, each with its *answer*.

mod audit;
mod clusters;
mod error;
mod kept;
mod links;
mod observed;
mod path;
mod prints;
mod question;
mod roster;
mod shares;
mod signals;
mod wall;

use std::sync::Arc;

pub use audit::{Audit, AuditOf};
pub use clusters::{ClusterSet, ClustersOf, authors, found, portraits, statements};
pub use error::AnalysisError;
pub use kept::{Kept, KeptView, ParametersChange};
pub use links::{Links, kept_pairs};
pub use observed::Observed;
pub use path::{FoundPath, PathBetween};
pub use prints::read_prints;
use question::{Ask, questions};
pub use roster::Roster;
pub use shares::{read_incidence, unread};
pub use signals::{SignalSet, SignalsOf, read_signals};
pub use wall::{Tile, Wall, WallOf};

questions! {
    /// The clusters, with what their members share.
    Clusters(ClustersOf) -> Arc<ClusterSet>;
    /// Who retweets an account.
    Audit(AuditOf) -> Arc<Audit>;
    /// The signals of all accounts.
    Signals(SignalsOf) -> Arc<SignalSet>;
    /// Groups of pictures that are alike.
    Wall(WallOf) -> Arc<Wall>;
    /// The path between two accounts.
    Path(PathBetween) -> Arc<FoundPath>;
}
