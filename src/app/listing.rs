//! Which accounts the list shows, and in which order.

use std::cmp::Reverse;
use std::sync::{Arc, Weak};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::TagBook;
use crate::analysis::{Links, Roster};
use crate::graph::AccountGraph;
use crate::model::{Account, AccountId, Label, ListOrder};
use crate::query::{Query, Subject, is_filter};
use crate::search::{Candidates, Hit, SEARCH_LIMIT, Watch, search};

/// Which accounts pass, by their tags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TagFilter {
    /// Every account.
    #[default]
    All,
    /// Accounts with this label.
    Labelled(Label),
    /// Accounts with any label.
    Tagged,
    /// Accounts without a label.
    Untagged,
}

impl TagFilter {
    const CYCLE: [Self; 6] = [
        Self::All,
        Self::Labelled(Label::SuspectedBot),
        Self::Labelled(Label::LikelyHuman),
        Self::Labelled(Label::Unsure),
        Self::Tagged,
        Self::Untagged,
    ];

    /// The filter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        let here = Self::CYCLE.iter().position(|&filter| filter == self).unwrap_or_default();
        Self::CYCLE[(here + 1) % Self::CYCLE.len()]
    }

    /// How the filter is called on the screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Labelled(label) => label.word(),
            Self::Tagged => "tagged",
            Self::Untagged => "untagged",
        }
    }

    pub(super) fn admits(self, label: Option<Label>) -> bool {
        match self {
            Self::All => true,
            Self::Labelled(wanted) => label == Some(wanted),
            Self::Tagged => label.is_some(),
            Self::Untagged => label.is_none(),
        }
    }
}

/// Everything that the list is made from; a worker owns it while it works.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// Which request it is; what comes of an older one counts no more.
    pub number: u64,
    /// The accounts.
    pub roster: Arc<Roster>,
    /// Their links, once they are known.
    pub links: Option<Arc<Links>>,
    /// A snapshot of the tags.
    pub tags: TagBook,
    /// What is searched; blank for no search.
    pub query: String,
    /// Which tags pass.
    pub filter: TagFilter,
    /// The order without a search.
    pub order: ListOrder,
}

/// What the last search that was through found out, for one that narrows it.
#[derive(Debug, Default)]
pub struct SearchMemory(Option<(Weak<Roster>, Candidates)>);

impl SearchMemory {
    fn candidates(&self, roster: &Arc<Roster>) -> Option<&Candidates> {
        let (searched, candidates) = self.0.as_ref()?;
        Weak::ptr_eq(searched, &Arc::downgrade(roster)).then_some(candidates)
    }

    fn keep(&mut self, roster: &Arc<Roster>, candidates: Candidates) {
        self.0 = Some((Arc::downgrade(roster), candidates));
    }
}

/// The accounts that the list shows, in order; `None` when cancelled, and where a filter cannot be read. `first` is told
/// the best rows of a search that takes long before it is through.
#[must_use]
pub fn list(
    request: &ListRequest,
    memory: &mut SearchMemory,
    cancelled: &(dyn Fn() -> bool + Sync),
    first: &(dyn Fn(Vec<AccountId>) + Sync),
) -> Option<Vec<AccountId>> {
    let admitted = |id: AccountId| request.filter == TagFilter::All || request.filter.admits(request.tags.label(id));
    if is_filter(&request.query) {
        return filtered(request, cancelled);
    }
    if !request.query.trim().is_empty() {
        let rows = |hits: &[Hit]| hits.iter().map(|hit| hit.account).filter(|&id| admitted(id)).collect();
        let watch = Watch { cancelled, first: &|hits| first(rows(hits)) };
        let before = memory.candidates(&request.roster);
        let found = search(&request.roster.index, &request.query, SEARCH_LIMIT, before, &watch)?;
        memory.keep(&request.roster, found.candidates);
        return Some(rows(&found.hits));
    }
    let accounts: Vec<&Account> = request.roster.accounts().iter().filter(|account| admitted(account.id)).collect();
    let listed = ordered(&accounts, request);
    (!cancelled()).then_some(listed)
}

/// The accounts that meet every condition, in the order of the list.
fn filtered(request: &ListRequest, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Vec<AccountId>> {
    let query = Query::parse(&request.query).ok()?;
    let unlinked;
    let graph = match &request.links {
        Some(links) => &links.graph,
        // Until accounts are linked, nobody has links.
        None => {
            unlinked = AccountGraph::from_pairs(Vec::new());
            &unlinked
        }
    };
    let mut met = Vec::new();
    for account in request.roster.accounts() {
        if cancelled() {
            return None;
        }
        let label = request.tags.label(account.id);
        let note = request.tags.note(account.id);
        let subject = Subject::new(account, label, note, graph, &request.roster.twins);
        if request.filter.admits(label) && query.matches(&subject) {
            met.push(account);
        }
    }
    Some(ordered(&met, request))
}

/// The accounts in the order of the list. Keys are taken out first: accounts are too large to be looked at again and again.
fn ordered(accounts: &[&Account], request: &ListRequest) -> Vec<AccountId> {
    let retweets = |account: &Account| u64::from(account.activity.retweets);
    match request.order {
        ListOrder::Links => {
            let largest = accounts.iter().map(|account| account.id).max().unwrap_or(AccountId(0));
            let degrees = request.links.as_ref().map(|links| links.graph.degrees(largest)).unwrap_or_default();
            let degree = |id: AccountId| u64::from(degrees.get(id.index()).copied().unwrap_or_default());
            sorted(accounts, |account| Reverse((degree(account.id), retweets(account))))
        }
        ListOrder::Handle => {
            let handle =
                |account: &Account| account.profile.handle.as_deref().unwrap_or(&account.platform_id).to_lowercase();
            sorted(accounts, handle)
        }
        ListOrder::Followers => sorted(accounts, |account| Reverse(account.profile.followers)),
        ListOrder::Retweets => sorted(accounts, |account| Reverse(retweets(account))),
    }
}

/// Equals stay as they stand.
fn sorted<K: Ord + Send>(accounts: &[&Account], key: impl Fn(&Account) -> K + Sync) -> Vec<AccountId> {
    let keyed = accounts.par_iter().enumerate().map(|(place, account)| (key(account), place));
    let mut keyed: Vec<(K, usize)> = keyed.collect();
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, place)| accounts[place].id).collect()
}
