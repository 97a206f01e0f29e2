//! What can stop any question to the data.

use crate::graph::GraphError;
use crate::model::TooMany;
use crate::store::StoreError;

/// Why a question has no answer. Who asked says which work it was: links, clusters, an audit.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// The cache could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The graph could not be built, or the user cancelled.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The layer has more shares than are numbered in memory.
    #[error(transparent)]
    TooMany(#[from] TooMany),
}
