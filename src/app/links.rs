//! The links between accounts, and the shares they rest on.

use std::ops::ControlFlow;

use crate::graph::{AccountGraph, GraphError, Incidence, IncidenceBuilder};
use crate::model::{Account, LinkParameters, ObjectKind};
use crate::store::{Store, StoreError};

/// The account graph and the incidence it was made of.
#[derive(Debug)]
pub struct Links {
    /// Who shared what, and when.
    pub incidence: Incidence,
    /// Who is linked with whom.
    pub graph: AccountGraph,
}

/// Why accounts could not be linked.
#[derive(Debug, thiserror::Error)]
pub enum LinkingError {
    /// The cache could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The graph could not be built, or the user cancelled.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// The part of the work that reading takes; the rest is projecting.
const READING: f32 = 0.3;

impl Links {
    /// Reads the shares and avatars of the cache and links `accounts`. `progress` gets values from 0 to 1.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, where the links would not fit into memory, and when cancelled.
    pub fn build(
        store: &Store,
        accounts: &[Account],
        parameters: &LinkParameters,
        progress: &(dyn Fn(f32) + Sync),
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<Self, LinkingError> {
        let incidence = read_incidence(store, ObjectKind::RetweetedPost, &|done| progress(READING * done), cancelled)?;
        let pictures: Vec<_> = accounts.iter().filter_map(|account| Some((account.id, account.avatar?))).collect();
        let prints = store.avatar_prints()?;
        let projecting = |done: f32| progress(READING + (1.0 - READING) * done);
        let graph = AccountGraph::build(&incidence, &pictures, &prints, parameters, &projecting, cancelled)?;
        Ok(Self { incidence, graph })
    }
}

/// Reads who shared which objects of a kind. `progress` gets values from 0 to 1.
///
/// # Errors
/// Fails where the cache cannot be read, and when cancelled.
pub fn read_incidence(
    store: &Store,
    kind: ObjectKind,
    progress: &dyn Fn(f32),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Incidence, LinkingError> {
    const STEP: u64 = 1 << 14;
    let total = store.share_count(kind)?.max(1);
    let mut builder = IncidenceBuilder::default();
    let mut read = 0_u64;
    store.for_each_share(kind, &mut |row| {
        builder.push(row);
        read += 1;
        if !read.is_multiple_of(STEP) {
            return ControlFlow::Continue(());
        }
        #[expect(clippy::cast_precision_loss, reason = "a share of progress needs no more precision")]
        progress(read as f32 / total as f32);
        if cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    if cancelled() {
        return Err(GraphError::Cancelled.into());
    }
    Ok(builder.finish())
}
