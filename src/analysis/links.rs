//! The links between accounts, and the shares they rest on.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread::{self, ScopedJoinHandle};

use crossbeam_channel::bounded;
use rayon::slice::ParallelSliceMut;

use super::AnalysisError;
use crate::graph::{AccountGraph, Incidence, IncidenceBuilder, Muting, Numbering, Task};
use crate::model::{
    Account, AccountId, AccountOrder, LinkParameters, LinkedPair, ObjectId, ObjectKind, ShareRow, numbered,
};
use crate::store::{Store, StoreError};
use crate::text::some_of;

/// The account graph and the incidence it was made of.
#[derive(Debug)]
pub struct Links {
    /// Who shared what, and when.
    pub incidence: Arc<Incidence>,
    /// Who is linked with whom.
    pub graph: AccountGraph,
    /// Of which data they are.
    data_version: i64,
    /// Whether they were kept from an earlier time.
    from_cache: bool,
    /// What the layer does not know of, in words.
    unread: Option<String>,
}

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

/// The part of the work that reading takes; the rest is projecting.
const READING: f32 = 0.3;

impl Links {
    /// Reads the shares and avatars of the cache and links `accounts`, or takes the links that were kept of the same
    /// data and parameters.
    ///
    /// # Errors
    /// Fails where the cache cannot be read, where the links would not fit into memory, and when cancelled.
    ///
    /// ```
    /// use bot_tui::analysis::Links;
    /// use bot_tui::graph::Task;
    /// # use bot_tui::import::{ImportRequest, NoProgress, import};
    /// use bot_tui::model::LinkParameters;
    /// use bot_tui::store::Store;
    ///
    /// let mut store = Store::in_memory()?;
    /// # let request = ImportRequest { paths: vec!["sample-data".into()], ..ImportRequest::default() };
    /// # import(&mut store, &request, &NoProgress)?;
    /// let parameters = LinkParameters { keep: "shared-within:3".parse()?, ..LinkParameters::default() };
    /// let links = Links::build(&store, &store.accounts()?, &parameters, &Task::UNWATCHED)?;
    /// assert!(links.graph.link_count() > 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn build(
        store: &Store,
        accounts: &[Account],
        parameters: &LinkParameters,
        task: &Task<'_>,
    ) -> Result<Self, AnalysisError> {
        Self::build_after(None, store, accounts, parameters, task)
    }

    /// The same; where `before` rests on the same data, layer and muting, the shares are taken of it and not read again.
    ///
    /// # Errors
    /// As [`Links::build`].
    pub fn build_after(
        before: Option<&Self>,
        store: &Store,
        accounts: &[Account],
        parameters: &LinkParameters,
        task: &Task<'_>,
    ) -> Result<Self, AnalysisError> {
        // Read before the shares are: an import in between makes the kept links old, never wrong.
        let data_version = store.data_version()?;
        let unread = unread(store, parameters.layer)?;
        let order = AccountOrder::from_accounts(accounts);
        let prints = || super::read_prints(store, parameters);
        let (incidence, prints) = match before.filter(|before| before.shares_of(data_version, parameters, &order)) {
            Some(before) => (Arc::clone(&before.incidence), prints()?),
            None => {
                let numbering = Numbering::InOrder(Arc::new(order));
                let reading = |done| (task.progress)(READING * done);
                let watched = Task { progress: &reading, ..*task };
                let (incidence, prints) = read_incidence_and(prints, store, parameters, numbering, &watched)?;
                (Arc::new(incidence), prints)
            }
        };
        let pictures: Vec<_> = accounts.iter().filter_map(|account| Some((account.id, account.avatar?))).collect();
        let new = |links| AccountGraph::for_found(links, &incidence, &pictures, &prints, parameters);
        if let Some(graph) = kept_graph(store, &name(parameters), data_version, &incidence, new)? {
            return Ok(Self { from_cache: true, unread, ..Self::new(incidence, graph, data_version) });
        }
        let projecting = |done: f32| (task.progress)(READING + (1.0 - READING) * done);
        let graph =
            AccountGraph::build(&incidence, &pictures, &prints, parameters, &Task { progress: &projecting, ..*task })?;
        Ok(Self { unread, ..Self::new(incidence, graph, data_version) })
    }

    /// Whether these rest on the shares that links of that data by these parameters would rest on.
    fn shares_of(&self, data_version: i64, parameters: &LinkParameters, order: &AccountOrder) -> bool {
        let own = self.graph.parameters();
        let same_muting = own.muted == parameters.muted && own.max_accounts == parameters.max_accounts;
        let same_data = self.data_version == data_version && **self.incidence.order() == *order;
        let enough = self.incidence.knows_origins() || parameters.keep.coordination().is_none();
        same_data && own.layer == parameters.layer && same_muting && enough
    }

    fn new(incidence: Arc<Incidence>, graph: AccountGraph, data_version: i64) -> Self {
        Self { incidence, graph, data_version, from_cache: false, unread: None }
    }

    /// Links that no cache knows.
    #[cfg(test)]
    pub(crate) fn unkept(incidence: Incidence, graph: AccountGraph) -> Self {
        Self::new(Arc::new(incidence), graph, 0)
    }

    /// What they cannot rest on, in words: files that were imported before their layer was there.
    #[must_use]
    pub fn unread(&self) -> Option<&str> {
        self.unread.as_deref()
    }

    /// The version of the data that they were made of.
    #[must_use]
    pub fn data_version(&self) -> i64 {
        self.data_version
    }

    /// Keeps the links in the cache, so that the same parameters need no work as long as the data stays.
    ///
    /// # Errors
    /// Fails where the cache cannot be written; the links are as good as before.
    pub fn keep(&self, store: &Store) -> Result<(), StoreError> {
        let name = name(self.graph.parameters());
        if self.from_cache {
            return store.touch_links(&name);
        }
        store.keep_links(&name, self.data_version, self.graph.links())
    }

    /// How many links these have that `before` had not, and the other way round.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> (usize, usize) {
        let pairs = |links: &Self| -> Vec<(AccountId, AccountId)> {
            let rows = |pair: &LinkedPair| (pair.a.min(pair.b), pair.a.max(pair.b));
            let mut pairs: Vec<_> = links.graph.pairs().iter().map(rows).collect();
            pairs.par_sort_unstable();
            pairs
        };
        let (before, now) = (pairs(before), pairs(self));
        let stayed = now.iter().filter(|pair| before.binary_search(pair).is_ok()).count();
        (now.len() - stayed, before.len() - stayed)
    }
}

/// The graph of the links that were kept under this name, put into what `new` makes with room for so many; `None` where none
/// were.
fn kept_graph(
    store: &Store,
    name: &str,
    data_version: i64,
    incidence: &Incidence,
    new: impl Fn(usize) -> AccountGraph,
) -> Result<Option<AccountGraph>, StoreError> {
    let round = |pair: &mut LinkedPair| {
        pair.link.co_share.iter_mut().for_each(|co| co.rounded = incidence.rounded_ids(pair.a, pair.b));
    };
    let (mut last, mut in_order) = (None, true);
    let graph = store.fold_cached_links(name, data_version, &new, |graph, mut pair| {
        let numbers = [pair.a, pair.b].map(|account| incidence.number(account));
        in_order = in_order && last < Some(numbers) && numbers[0] < numbers[1];
        last = Some(numbers);
        if in_order {
            round(&mut pair);
            graph.add(pair);
        }
    })?;
    if in_order {
        return Ok(graph);
    }
    // Who kept them numbered the accounts otherwise, for example before all of them were there.
    drop(graph);
    let Some(mut pairs) = store.cached_links(name, data_version)? else { return Ok(None) };
    pairs.iter_mut().for_each(round);
    let mut graph = new(pairs.len());
    graph.add_all(pairs);
    Ok(Some(graph))
}

/// The pairs that shared objects link by these parameters, where whoever linked the present data by them kept the links.
/// `known_as` turns accounts into the numbers that the caller knows them by; with an account that has none, nothing is taken.
/// The smaller number comes first, and pairs ascend.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn kept_pairs(
    store: &Store,
    parameters: &LinkParameters,
    known_as: impl Fn(AccountId) -> Option<AccountId>,
) -> Result<Option<Vec<(AccountId, AccountId)>>, AnalysisError> {
    let Some(kept) = store.cached_links(&name(parameters), store.data_version()?)? else { return Ok(None) };
    let by_objects = kept.iter().filter(|pair| pair.link.co_share_kept);
    let renamed = by_objects.map(|pair| Some((known_as(pair.a)?, known_as(pair.b)?)));
    let ordered = renamed.map(|pair| pair.map(|(a, b)| (a.min(b), a.max(b))));
    Ok(ordered.collect::<Option<Vec<_>>>().map(|mut pairs| {
        pairs.par_sort_unstable();
        pairs
    }))
}

/// In which order links are kept; earlier ones, by rows, are under names without it.
const ORDER: &str = "by-number";

/// The name under which links are kept: what they depend on, and the version of the program, whose methods may change.
fn name(parameters: &LinkParameters) -> String {
    // Plain numbers and words can always be written.
    let parameters = serde_json::to_string(parameters).unwrap_or_default();
    format!("{} {ORDER} {parameters}", env!("CARGO_PKG_VERSION"))
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
fn read_incidence_and<T>(
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
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::graph::GraphError;
    use crate::model::{KeepRule, ObjectKind, ObjectRecord, PostRecord};

    /// Each of `authors` shares the targets before its number.
    fn import(store: &mut Store, authors: std::ops::Range<u32>) {
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

    fn linked(store: &Store, parameters: &LinkParameters) -> Links {
        let links = Links::build(store, &store.accounts().unwrap(), parameters, &Task::UNWATCHED).unwrap();
        links.keep(store).unwrap();
        links
    }

    #[test]
    fn links_are_computed_once_for_the_same_data_and_parameters() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 1..6);
        let parameters = LinkParameters { keep: KeepRule::Shared(2), ..LinkParameters::default() };
        let first = linked(&store, &parameters);
        let again = linked(&store, &parameters);
        assert!(!first.from_cache && again.from_cache);
        assert_eq!((again.graph.pairs(), again.graph.left_out()), (first.graph.pairs(), first.graph.left_out()));
        let stricter = LinkParameters { keep: KeepRule::Shared(3), ..parameters.clone() };
        let fewer = linked(&store, &stricter);
        assert!(!fewer.from_cache);
        assert_eq!((fewer.changes_since(&first), first.changes_since(&fewer)), ((0, 3), (3, 0)));
        import(&mut store, 6..7);
        let more = linked(&store, &parameters);
        assert!(!more.from_cache && more.graph.link_count() > first.graph.link_count(), "new data, new links");
    }

    #[test]
    fn shares_in_memory_serve_links_of_the_same_data_layer_and_muting_and_no_others() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 1..6);
        let parameters = LinkParameters { keep: KeepRule::Shared(2), ..LinkParameters::default() };
        let before = linked(&store, &parameters);
        let after = |store: &Store, parameters: &LinkParameters| {
            let accounts = store.accounts().unwrap();
            let after = Links::build_after(Some(&before), store, &accounts, parameters, &Task::UNWATCHED).unwrap();
            let fresh = Links::build(store, &accounts, parameters, &Task::UNWATCHED).unwrap();
            assert_eq!(after.graph.pairs(), fresh.graph.pairs());
            Arc::ptr_eq(&after.incidence, &before.incidence)
        };
        assert!(after(&store, &LinkParameters { keep: KeepRule::Shared(3), ..parameters.clone() }));
        assert!(after(&store, &LinkParameters { window_seconds: 7, min_retweets: 3, ..parameters.clone() }));
        assert!(!after(&store, &LinkParameters { layer: ObjectKind::Link, ..parameters.clone() }));
        assert!(!after(&store, &LinkParameters { muted: ["t1".to_owned()].into(), ..parameters.clone() }));
        assert!(!after(&store, &LinkParameters { max_accounts: Some(3), ..parameters.clone() }));
        import(&mut store, 6..7);
        assert!(!after(&store, &parameters));
    }

    #[test]
    fn evidence_knows_which_targets_are_synthetic() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 2..4);
        let mut session = store.import_session().unwrap();
        for author in ["2", "3"] {
            let post =
                PostRecord { platform_id: author.to_owned(), author: author.to_owned(), ..PostRecord::default() };
            let (kind, key) = (ObjectKind::RetweetedPost, "text:rose:1".to_owned());
            let object = ObjectRecord { kind, key, author: None, created_at: None, text: None, synthetic: true };
            session.post(&post, &[object]);
        }
        session.finish().unwrap();
        let links = linked(&store, &LinkParameters::default());
        assert_eq!((links.incidence.synthetic_targets(), links.incidence.target_count()), (1, 4));
        let shared = links.incidence.shared_targets(AccountId(1), AccountId(2));
        assert_eq!(shared.iter().map(|target| target.synthetic).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn links_are_kept_in_the_order_of_the_accounts_and_found_in_any() {
        let mut store = Store::in_memory().unwrap();
        // The last rows come first.
        for author in (1..8).rev() {
            import(&mut store, author..author + 1);
        }
        let parameters = LinkParameters { keep: KeepRule::Shared(2), ..LinkParameters::default() };
        let fresh = linked(&store, &parameters);
        let numbers: Vec<_> =
            fresh.graph.links().map(|pair| [pair.a, pair.b].map(|one| fresh.incidence.number(one))).collect();
        assert!(numbers.is_sorted() && numbers.len() > 3);
        assert!(!fresh.graph.links().is_sorted_by_key(|pair| (pair.a, pair.b)), "rows tell nothing");
        let again = linked(&store, &parameters);
        assert!(again.from_cache);
        assert!(again.graph.links().eq(fresh.graph.links()));
        let mut by_row: Vec<_> = fresh.graph.links().collect();
        by_row.sort_by_key(|pair| (pair.a, pair.b));
        store.keep_links(&name(&parameters), fresh.data_version, by_row.into_iter()).unwrap();
        let otherwise = linked(&store, &parameters);
        assert!(otherwise.from_cache && otherwise.graph.links().eq(fresh.graph.links()));
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

    #[test]
    fn muted_targets_are_named_by_their_keys_in_their_layer() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 1..6);
        let muted = ["t1".to_owned(), "of no layer".to_owned()].into();
        let parameters = LinkParameters { keep: KeepRule::Shared(2), muted, ..LinkParameters::default() };
        let links = linked(&store, &parameters);
        assert_eq!((links.graph.left_out().muted_targets, links.graph.link_count()), (1, 3));
    }
}
