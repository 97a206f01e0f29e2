//! What lies over the panes, one file a place: what is seen of it, what its keys do, and what it asks for. A place covers the
//! panes; a window lies over what is seen and takes all keys. The README, section Architecture, says what a new one needs.
//!
//! Words of this room: *place*, what lies over the panes; *covering place*, one that hides them; *window*, one that lies over what
//! is seen; *view*, what is looked at in a place, kept while it is closed; *here*, what a place answers to its keys.

mod catalogue;
mod open_place;

use catalogue::places;
pub(super) use catalogue::that_know;
pub(super) use open_place::{JobWords, OpenPlace};

use super::viewport::Rows;

/// Why a place that only draws can say nothing to those who hear the screen.
const DRAWING: &str =
    "That is a drawing, and lines have none: neighbours, evidence and clusters say the same in words.";

places! {
    covering {
        /// On the wall of pictures.
        Wall "Wall of pictures" wall: WallView, WallViewport;
        /// Among the clusters.
        Clusters "Clusters" clusters: ClustersView, ClusterViewport;
        /// In the audit of an account.
        Audit "Audit" audit: AuditView, Rows;
        /// In the graph around an account.
        Graph "Graph around an account" graph: GraphView, GraphViewport;
        /// On the path between two accounts.
        Path "Path between two accounts" path: PathView, Rows;
        /// Among the signals of an account.
        Signals "Signals of an account" signals: SignalsView, Rows;
    }
    windows {
        /// While the parameters are open.
        Parameters "Parameters" parameters: ParametersView, ();
        /// While the imported files are listed.
        Imports "Imported files" imports: ImportsView, Rows;
        /// While the report of an import is open.
        Report "Report of an import" report: ReportView, ReportViewport;
    }
}
