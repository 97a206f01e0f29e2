//! The account graph: one edge a pair, which keeps the evidence of every layer that links it.

use std::cmp::Ordering;
use std::sync::Arc;

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Evidence, FilterCounts, Filtered, GraphError, Incidence, SilentAvatars, Task, kept_pairs, link_avatars};
use crate::model::{
    AccountId, AccountOrder, AvatarId, AvatarMatch, AvatarPrint, KeepRule, Link, LinkParameters, LinkedPair,
};

/// Pairs that are held at the most; beyond it neither memory nor eye could take them in.
const LIMIT: usize = 5_000_000;

/// Pairs whose figures are read at once on all threads: all at once would take the room of links twice.
const BLOCK: usize = 1 << 16;
/// Of these, how many a thread reads one after the other.
const RUN: usize = 1 << 12;

/// A pair, whether shared targets keep it, and how alike the pictures are.
type FoundPair = (AccountId, AccountId, bool, Option<AvatarMatch>);

/// What the layers leave out, and how much of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Shares of an account's own posts.
    pub own_shares: u64,
    /// Targets that are not muted, before any filter.
    pub targets: usize,
    /// Targets that were muted.
    pub muted_targets: usize,
    /// Accounts with fewer than `min_retweets` targets.
    pub accounts_below_min_retweets: usize,
    /// Targets with fewer than `min_accounts` of the accounts left.
    pub targets_below_min_accounts: usize,
    /// m, the pairs among the accounts that these filters leave; so many are tested where pairs are tested.
    pub pairs_left: u64,
    /// Pictures that more accounts carry than can be linked each with each.
    pub crowded_avatars: usize,
}

impl LeftOut {
    /// What the filters leave out of the shares of a layer; of pictures it says nothing.
    #[must_use]
    pub fn new(incidence: &Incidence, counts: FilterCounts) -> Self {
        Self {
            own_shares: incidence.own_shares(),
            targets: incidence.target_count(),
            muted_targets: incidence.muted_targets(),
            accounts_below_min_retweets: counts.below_min_retweets,
            targets_below_min_accounts: counts.below_min_accounts,
            pairs_left: counts.pairs(),
            crowded_avatars: 0,
        }
    }
}

/// Accounts that are linked, and their links.
#[derive(Debug)]
pub struct AccountGraph {
    pub(super) graph: UnGraph<AccountId, Link>,
    pub(super) nodes: FxHashMap<AccountId, NodeIndex>,
    /// How many links each node has. A list asks for those of every row it draws, and the graph would count them anew.
    degrees: Vec<u32>,
    by_pictures_alone: usize,
    silent: SilentAvatars,
    parameters: LinkParameters,
    left_out: LeftOut,
    /// In which order pairs and equally strong links stand.
    order: Arc<AccountOrder>,
}

impl AccountGraph {
    /// Links accounts by shared targets and by pictures. `pictures` names the picture of each account that has one.
    ///
    /// # Errors
    /// Fails when cancelled and where the links would not fit into memory.
    pub fn build(
        incidence: &Incidence,
        pictures: &[(AccountId, AvatarId)],
        prints: &[AvatarPrint],
        parameters: &LinkParameters,
        task: &Task<'_>,
    ) -> Result<Self, GraphError> {
        let filtered = Filtered::new(incidence, parameters);
        let kept = kept_pairs(incidence, &filtered, parameters, LIMIT, task)?;
        let avatars = link_avatars(pictures, prints, parameters, task)?;
        let significance = kept.significance.as_ref();
        let coordination = kept.coordination();
        let window_seconds = parameters.window_seconds;
        let evidence = Evidence { incidence, filtered: &filtered, significance, coordination, window_seconds };
        let mut found = merge(incidence.order(), &kept.pairs, &avatars.pairs);
        let most = kept.pairs.len() + avatars.pairs.len();
        let left_out = LeftOut::new(incidence, filtered.counts());
        let mut graph = Self::with_room_for(most, left_out, incidence, avatars.silent.clone(), parameters);
        let mut figured = Vec::new();
        loop {
            task.check()?;
            let block: Vec<FoundPair> = found.by_ref().take(BLOCK).collect();
            let done: Vec<LinkedPair> = std::mem::take(&mut figured);
            let is_last = block.is_empty();
            // Putting links into the graph is for one thread; the others read the figures of the next ones meanwhile.
            ((), figured) =
                rayon::join(|| done.into_iter().for_each(|pair| graph.add(pair)), || with_figures(&evidence, &block));
            if is_last {
                return Ok(graph);
            }
        }
    }

    /// A graph that has no links yet, and room for so many that were found before in the same data by the same parameters.
    #[must_use]
    pub fn for_found(
        links: usize,
        incidence: &Incidence,
        pictures: &[(AccountId, AvatarId)],
        prints: &[AvatarPrint],
        parameters: &LinkParameters,
    ) -> Self {
        let left_out = LeftOut::new(incidence, FilterCounts::new(incidence, parameters));
        let silent = SilentAvatars::find(pictures, prints, parameters);
        Self::with_room_for(links, left_out, incidence, silent, parameters)
    }

    /// Puts a link in; they come ascending by the numbers of the accounts, the smaller first.
    pub fn add(&mut self, LinkedPair { a, b, link }: LinkedPair) {
        let mut node = |account| *self.nodes.entry(account).or_insert_with(|| self.graph.add_node(account));
        let (a, b) = (node(a), node(b));
        self.by_pictures_alone += usize::from(!link.co_share_kept);
        self.graph.add_edge(a, b, link);
        self.degrees.resize(self.graph.node_count(), 0);
        for node in [a, b] {
            self.degrees[node.index()] += 1;
        }
    }

    /// Brings links into the order of the numbers of their accounts, and puts them in.
    pub fn add_all(&mut self, mut pairs: Vec<LinkedPair>) {
        sort(&mut pairs, &self.order);
        pairs.into_iter().for_each(|pair| self.add(pair));
    }

    /// Every link as it was put in.
    pub fn links(&self) -> impl ExactSizeIterator<Item = LinkedPair> {
        self.graph.edge_references().map(|edge| {
            let (a, b) = (self.graph[edge.source()], self.graph[edge.target()]);
            LinkedPair { a, b, link: *edge.weight() }
        })
    }

    /// The graph of these links, and of nothing else.
    #[must_use]
    pub fn from_pairs(pairs: Vec<LinkedPair>) -> Self {
        let mut graph = Self::for_found(pairs.len(), &Incidence::default(), &[], &[], &LinkParameters::default());
        graph.add_all(pairs);
        graph
    }

    fn with_room_for(
        links: usize,
        left_out: LeftOut,
        incidence: &Incidence,
        silent: SilentAvatars,
        parameters: &LinkParameters,
    ) -> Self {
        Self {
            // Growing step by step would take the room of links twice.
            graph: UnGraph::with_capacity(0, links),
            nodes: FxHashMap::default(),
            degrees: Vec::new(),
            by_pictures_alone: 0,
            parameters: parameters.clone(),
            left_out: LeftOut { crowded_avatars: silent.crowded.len(), ..left_out },
            silent,
            order: Arc::clone(incidence.order()),
        }
    }

    /// In which order accounts are numbered.
    #[must_use]
    pub fn order(&self) -> &AccountOrder {
        &self.order
    }

    /// How many pairs are linked.
    #[must_use]
    pub fn link_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// How many pairs are linked by pictures alone, and not by what they share.
    #[must_use]
    pub fn links_by_pictures_alone(&self) -> usize {
        self.by_pictures_alone
    }

    /// Whether what accounts share links any two of them; else all links are by pictures alone.
    #[must_use]
    pub fn is_linked_by_shares(&self) -> bool {
        self.by_pictures_alone < self.link_count()
    }

    /// With how many accounts an account is linked.
    #[must_use]
    pub fn degree(&self, account: AccountId) -> usize {
        self.nodes.get(&account).map_or(0, |node| self.degrees[node.index()] as usize)
    }

    /// With how many accounts each one is linked, by account id up to `largest`.
    #[must_use]
    pub fn degrees(&self, largest: AccountId) -> Vec<u32> {
        let mut degrees = vec![0; largest.index() + 1];
        for (account, &degree) in self.graph.node_weights().zip(&self.degrees) {
            if let Some(of_account) = degrees.get_mut(account.index()) {
                *of_account = degree;
            }
        }
        degrees
    }

    /// Whether an account is linked with any.
    #[must_use]
    pub fn is_linked(&self, account: AccountId) -> bool {
        self.nodes.contains_key(&account)
    }

    /// The accounts that an account is linked with, strongest link first.
    #[must_use]
    pub fn neighbours(&self, account: AccountId) -> Vec<(AccountId, &Link)> {
        let Some(&node) = self.nodes.get(&account) else { return Vec::new() };
        let other = |edge: petgraph::graph::EdgeReference<'_, Link>| {
            if edge.source() == node { edge.target() } else { edge.source() }
        };
        let mut neighbours: Vec<(AccountId, &Link)> =
            self.graph.edges(node).map(|edge| (self.graph[other(edge)], edge.weight())).collect();
        neighbours.sort_unstable_by(|(a, link_a), (b, link_b)| {
            link_b
                .rank()
                .partial_cmp(&link_a.rank())
                .unwrap_or(Ordering::Equal)
                .then_with(|| self.order.number(*a).cmp(&self.order.number(*b)))
        });
        neighbours
    }

    /// The link of a pair, if there is one.
    #[must_use]
    pub fn link(&self, a: AccountId, b: AccountId) -> Option<&Link> {
        let edge = self.graph.find_edge(*self.nodes.get(&a)?, *self.nodes.get(&b)?)?;
        self.graph.edge_weight(edge)
    }

    /// Every linked pair, ascending by the numbers of the accounts, the smaller first.
    #[must_use]
    pub fn pairs(&self) -> Vec<LinkedPair> {
        let mut pairs: Vec<LinkedPair> = self.links().collect();
        sort(&mut pairs, &self.order);
        pairs
    }

    /// Whether a picture is a default, which links nobody.
    #[must_use]
    pub fn is_default_avatar(&self, avatar: AvatarId) -> bool {
        self.silent.defaults.contains(&avatar)
    }

    /// Whether more accounts carry a picture than can be linked each with each, so that it links nobody.
    #[must_use]
    pub fn is_crowded_avatar(&self, avatar: AvatarId) -> bool {
        self.silent.crowded.contains(&avatar)
    }

    /// What the links depend on.
    #[must_use]
    pub fn parameters(&self) -> &LinkParameters {
        &self.parameters
    }

    /// m, how many pairs were tested against chance; `None` where the rule tests none.
    #[must_use]
    pub fn tested_pairs(&self) -> Option<u64> {
        matches!(self.parameters.keep, KeepRule::Significant(_)).then_some(self.left_out.pairs_left)
    }

    /// What was left out.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
        self.left_out
    }
}

/// Brings pairs into the order of the numbers of their accounts, the smaller first.
fn sort(pairs: &mut [LinkedPair], order: &AccountOrder) {
    let numbers = |pair: &LinkedPair| (order.number(pair.a), order.number(pair.b));
    for pair in pairs.iter_mut() {
        let (a, b) = numbers(pair);
        if a > b {
            std::mem::swap(&mut pair.a, &mut pair.b);
        }
    }
    pairs.par_sort_unstable_by_key(numbers);
}

/// Pairs with the figures of each.
fn with_figures(evidence: &Evidence<'_>, block: &[FoundPair]) -> Vec<LinkedPair> {
    let runs = block.par_chunks(RUN).map_init(
        || evidence.reader(),
        |reader, run| {
            let pair = |&(a, b, co_share_kept, avatar): &FoundPair| LinkedPair {
                a,
                b,
                link: Link { co_share: reader.read(a, b), co_share_kept, avatar },
            };
            run.iter().map(pair).collect::<Vec<_>>()
        },
    );
    runs.collect::<Vec<_>>().concat()
}

/// Both layers' pairs in one ascending sequence, each pair once.
fn merge<'a>(
    order: &'a AccountOrder,
    kept: &'a [(AccountId, AccountId)],
    avatars: &'a [(AccountId, AccountId, AvatarMatch)],
) -> impl Iterator<Item = FoundPair> + 'a {
    let mut kept = kept.iter().peekable();
    let mut avatars = avatars.iter().peekable();
    std::iter::from_fn(move || {
        let by_share = kept.peek().map(|&&pair| pair);
        let by_avatar = avatars.peek().map(|&&(a, b, found)| ((a, b), found));
        let pair = match (by_share, by_avatar) {
            (None, None) => return None,
            (Some(pair), None) => pair,
            (None, Some((pair, _))) => pair,
            (Some(share), Some((avatar, _))) => {
                let numbers = |(a, b)| (order.number(a), order.number(b));
                if numbers(avatar) < numbers(share) { avatar } else { share }
            }
        };
        let shared = kept.next_if(|&&next| next == pair).is_some();
        let avatar = avatars.next_if(|&&(a, b, _)| (a, b) == pair).map(|&(.., found)| found);
        Some((pair.0, pair.1, shared, avatar))
    })
}
