//! What commands and the interface both ask for: data of a cache, read, linked, grouped and looked at.
//!
//! Words of this room: *roster*, every account in memory; *links*, the account graph with the incidence that it rests on;
//! *observed*, what signals look at; *wall*, accounts by groups of pictures that are alike; *kept*, how a cache was looked
//! at last.

mod audit;
mod clusters;
mod kept;
mod links;
mod observed;
mod path;
mod prints;
mod roster;
mod signals;
mod wall;

pub use audit::Audit;
pub use clusters::{ClusterSet, found, portraits, statements};
pub use kept::{Kept, KeptView};
pub use links::{LinkingError, Links, read_incidence, unread};
pub use observed::Observed;
pub use path::FoundPath;
pub use prints::read_prints;
pub use roster::Roster;
pub use signals::{SignalSet, read_signals};
pub use wall::{Tile, Wall};
