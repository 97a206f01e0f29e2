//! The links between accounts.

use std::sync::Arc;

use rayon::slice::ParallelSliceMut;

use super::AnalysisError;
use super::shares::{read_incidence_and, unread};
use crate::graph::{AccountGraph, Incidence, Numbering, Task};
use crate::model::{Account, AccountId, AccountOrder, LinkParameters, LinkedPair};
use crate::store::{Store, StoreError};

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

#[cfg(test)]
mod tests {
    use super::super::shares::tests::import;
    use super::*;
    use crate::model::{KeepRule, ObjectKind, ObjectRecord, PostRecord};

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
    fn muted_targets_are_named_by_their_keys_in_their_layer() {
        let mut store = Store::in_memory().unwrap();
        import(&mut store, 1..6);
        let muted = ["t1".to_owned(), "of no layer".to_owned()].into();
        let parameters = LinkParameters { keep: KeepRule::Shared(2), muted, ..LinkParameters::default() };
        let links = linked(&store, &parameters);
        assert_eq!((links.graph.left_out().muted_targets, links.graph.link_count()), (1, 3));
    }
}
