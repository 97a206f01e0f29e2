//! The shares of a layer as they are read from the cache, and what was imported before the layer was known.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use crossbeam_channel::bounded;

use super::AnalysisError;
use crate::graph::{Incidence, IncidenceBuilder, Muting, Numbering, Task};
use crate::model::{AccountId, LinkParameters, ObjectId, ObjectKind, ShareRow, numbered};
use crate::store::{Store, StoreError};
use crate::text::some_of;

/// How many files were imported before there was a layer, in words: links by it rest on the others. `None` where all were
/// read for it.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn unread(store: &Store, layer: ObjectKind) -> Result<Option<String>, StoreError> {
    let [without, all] = store.imports_without(layer)?;
    let verbs = ["was imported before this layer was there", "were imported before this layer was there"];
    let said = some_of(without, all, "file", verbs);
    let again = if without == 1 { "import it again" } else { "import them again" };
    Ok((without > 0).then(|| format!("{}: {said}; {again}", layer.layer())))
}

/// Reads who shared which objects of the layer, without those that are muted, the objects in the order of their keys.
/// The task is told the share that was read, 0 to 1.
///
/// # Errors
/// Fails where the cache cannot be read, where it has more shares than can be numbered, and when cancelled.
pub fn read_incidence(
    store: &Store,
    parameters: &LinkParameters,
    numbering: Numbering,
    task: &Task<'_>,
) -> Result<Incidence, AnalysisError> {
    Ok(read_incidence_and(|| Ok(()), store, parameters, numbering, task)?.0)
}

/// As [`read_incidence`]; while the shares are laid out, `also` reads something else.
pub(super) fn read_incidence_and<T>(
    also: impl FnOnce() -> Result<T, StoreError>,
    store: &Store,
    parameters: &LinkParameters,
    numbering: Numbering,
    task: &Task<'_>,
) -> Result<(Incidence, T), AnalysisError> {
    let room = numbered(store.share_rows(parameters.layer)?, "shares")? as usize;
    // A key that the layer does not have mutes nothing.
    let (muted, _) = store.object_ids(parameters.layer, &parameters.muted)?;
    let muting = Muting { objects: muted.into_iter().collect(), max_accounts: parameters.max_accounts };
    let (rounded, objects) = store.rounded()?;
    let rounded: Vec<AccountId> = rounded.into_iter().filter_map(|account| numbering.known_as(account)).collect();
    let builder = IncidenceBuilder::without(muting).with_room_for(room).numbered(numbering);
    let (builder, places) = take_shares(builder, store, (parameters.layer, room), task)?;
    task.check()?;
    let (mut incidence, also) = thread::scope(|scope| {
        let laid_out = scope.spawn(move || builder.finish_in(&places));
        let also = also();
        (joined(laid_out), also)
    });
    let also = also?;
    incidence.mark_synthetic(store.synthetic_objects()?.into_iter().map(ObjectId));
    incidence.mark_rounded(rounded.into_iter(), objects.into_iter());
    if parameters.keep.coordination().is_some() {
        incidence.know_origins(store.origins()?);
    }
    Ok((incidence, also))
}

/// Has a thread of its own take in the shares of a layer, about so many, while they are read; gives back the places of the
/// objects too.
fn take_shares(
    mut builder: IncidenceBuilder,
    store: &Store,
    (layer, total): (ObjectKind, usize),
    task: &Task<'_>,
) -> Result<(IncidenceBuilder, Vec<u32>), AnalysisError> {
    /// Shares that are handed over at once, and how often that is done before somebody has to wait.
    const STEP: usize = 1 << 12;
    const AHEAD: usize = 8;
    thread::scope(|scope| {
        let (hand_over, steps) = bounded::<Vec<ShareRow>>(AHEAD);
        // Emptied vectors come back to be filled again: fresh memory is slow.
        let (give_back, empty) = bounded(AHEAD);
        let taking = scope.spawn(move || {
            for mut step in steps {
                step.drain(..).for_each(|row| builder.push(row));
                let _ = give_back.try_send(step);
            }
            builder
        });
        let new = || empty.try_recv().unwrap_or_else(|_| Vec::with_capacity(STEP));
        let (mut step, mut read) = (new(), 0);
        let places = store.for_each_share_and_places(layer, &mut |row| {
            step.push(row);
            if step.len() < STEP {
                return ControlFlow::Continue(());
            }
            read += STEP;
            task.report(read.min(total), total);
            // Nobody takes it where that thread panicked, which is told where it is joined.
            let taken = hand_over.send(std::mem::replace(&mut step, new())).is_ok();
            if taken && !(task.cancelled)() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        let _ = hand_over.send(step);
        drop(hand_over);
        Ok((joined(taking), places?))
    })
}

fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::graph::GraphError;
    use crate::model::{ObjectRecord, PostRecord};

    /// Each of `authors` shares the targets before its number.
    pub fn import(store: &mut Store, authors: std::ops::Range<u32>) {
        let mut session = store.import_session().unwrap();
        for author in authors {
            for target in 0..author {
                let post = PostRecord {
                    platform_id: format!("{author}-{target}"),
                    author: author.to_string(),
                    ..PostRecord::default()
                };
                let object = ObjectRecord {
                    kind: ObjectKind::RetweetedPost,
                    key: format!("t{target}"),
                    author: None,
                    created_at: None,
                    text: None,
                    synthetic: false,
                };
                session.post(&post, &[object]);
            }
        }
        session.finish().unwrap();
    }

    #[test]
    fn reading_shares_tells_how_far_it_is_and_ends_soon_when_it_is_cancelled() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 1..240);
        let read = |looks: usize| {
            let (looked, told) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
            let task = Task {
                progress: &|done| told.lock().unwrap().push(done),
                cancelled: &|| looked.fetch_add(1, Ordering::Relaxed) >= looks,
            };
            let read = read_incidence(&store, &LinkParameters::default(), Numbering::ByRow, &task);
            (read, told.into_inner().unwrap())
        };
        let (whole, told) = read(usize::MAX);
        assert_eq!(whole.unwrap().target_count(), 239);
        assert!(told.len() > 5 && told.is_sorted() && told.iter().all(|done| (0.0..=1.0).contains(done)), "{told:?}");
        for steps in [0, 2] {
            let (cancelled, told) = read(steps);
            assert!(matches!(cancelled, Err(AnalysisError::Graph(GraphError::Cancelled))));
            assert_eq!(told.len(), steps + 1, "reading goes on for nobody");
        }
    }
}
