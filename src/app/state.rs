//! The state of the interface.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::places;
use super::{
    AccountsPane, Anchor, Completion, Cursor, Entry, Head, History, ImportReport, Job, Jobs, JumpList, Known,
    ListRequest, Neighbour, NeighboursPane, Notice, Pane, PaneSizes, Place, PlaceViews, Stack, TagBook, Tagging,
    Unread, Viewport, WhyPane,
};
use crate::analysis::{ClusterSet, KeptView, Links, Roster};
use crate::model::{
    Account, AccountId, AccountKey, AvatarId, LinkParameters, NamedTags, Object, ObjectId, Picture, Tag, TagChange,
    TagEvent,
};
use crate::text::{ProfileLink, count_of};

/// Everything that the interface knows. Only `update` changes it; `ui` draws it.
#[derive(Debug, Default)]
pub struct State {
    /// The cache, as the header names it.
    pub cache_name: String,
    /// The first accounts, until all are read.
    pub head: Option<Box<Head>>,
    /// Every account, once read.
    pub roster: Option<Arc<Roster>>,
    /// The links, once known.
    pub links: Option<Arc<Links>>,
    /// What the links depend on.
    pub parameters: LinkParameters,
    /// What links depend on where the user says nothing.
    pub defaults: LinkParameters,
    /// What this window kept last with the cache of what links depend on, or found there.
    pub kept_parameters: Option<LinkParameters>,
    /// What the cache keeps now, where that is known: another window may keep something else.
    pub cache_keeps: Option<LinkParameters>,
    /// What links that are being computed will depend on.
    pub wanted: Option<LinkParameters>,
    /// The latest request for links; what comes back of an older one counts no more.
    pub linking: u64,
    /// Current tags.
    pub tags: TagBook,
    /// How often tags were changed that are not on disk yet.
    pub unsaved: usize,
    /// Why tags cannot be written, while they are kept here.
    pub tags_kept: Option<String>,
    /// Why nothing can be written, while the file of the cache is not where it was.
    pub cache_lost: Option<String>,
    /// What is known of how far the cache is.
    pub known: Known,
    /// Names of accounts that went while they were chosen or marked, or while a note on them was typed.
    pub(super) former: FxHashMap<AccountId, AccountKey>,
    /// Undo and redo.
    pub history: History,
    /// The accounts pane.
    pub accounts: AccountsPane,
    /// The neighbours pane.
    pub neighbours: NeighboursPane,
    /// The evidence pane.
    pub why: WhyPane,
    /// The chosen entry of the tag log, 0 is the newest.
    pub tag_cursor: Cursor,
    /// Marked accounts.
    pub marks: BTreeSet<AccountId>,
    /// The way back.
    pub jumps: JumpList,
    /// The pane with the focus.
    pub focus: Pane,
    /// How much room the panes have.
    pub sizes: PaneSizes,
    /// The line that is being typed.
    pub entry: Option<Entry>,
    /// Whether the screen is heard, line by line, so that nothing is drawn.
    pub in_lines: bool,
    /// How often the next key counts, while that is typed.
    pub count: Option<u32>,
    /// Where a range of marks begins.
    pub anchor: Option<Anchor>,
    /// The last tag or note, to be given again.
    pub last_tagging: Option<Tagging>,
    /// Where profiles are found; none where the user does not say, and where the accounts are invented.
    pub profile_link: Option<ProfileLink>,
    /// What lies over the panes.
    pub stack: Stack,
    /// What is looked at in each of these places, be it open or not.
    pub places: PlaceViews,
    /// How the word that is typed can go on.
    pub completion: Option<Completion>,
    /// The names of the formats that there are.
    pub formats: Vec<&'static str>,
    /// The line of an import that came to nothing, to be mended.
    pub import_line: String,
    /// What changed the data that is being linked anew; said again with the new links.
    pub(super) data_notice: Option<Notice>,
    /// The report of the last import of this session.
    pub last_report: Option<Arc<ImportReport>>,
    /// What the last action did.
    pub notice: Option<Notice>,
    /// Work under way.
    pub jobs: Jobs,
    /// Texts of shared objects that were read.
    pub objects: FxHashMap<ObjectId, Object>,
    /// Pictures that were read; `None` where the cache has none.
    pub pictures: FxHashMap<AvatarId, Option<Picture>>,
    /// Pictures that were asked for.
    pub(super) asked_pictures: FxHashSet<AvatarId>,
    /// Objects that were asked for.
    pub(super) asked_objects: FxHashSet<ObjectId>,
    /// How many rows of each pane are seen.
    pub viewport: Viewport,
    /// The latest request for completions; what comes back of an older one counts no more.
    pub(super) completing: u64,
    /// Why there are no links and none to come, without a full stop: the user stopped that, or it failed.
    pub unlinked: Option<String>,
    /// What could not be read; it is asked for again when it is seen anew.
    pub(super) unread: Unread,
}

/// How many links nothing that was shared makes, in words; `None` where there are none.
#[must_use]
pub fn pictures_alone(links: usize) -> Option<String> {
    (links > 0).then(|| format!("{} by pictures alone", count_of(links as u64, "link")))
}

impl State {
    /// The state before anything is read.
    #[must_use]
    pub fn new(cache_name: String) -> Self {
        Self { cache_name, ..Self::default() }
    }

    /// Begins as the cache was left, else with `defaults`.
    pub fn begin(&mut self, defaults: LinkParameters, kept: KeptView) {
        self.parameters = kept.parameters.clone().unwrap_or_else(|| defaults.clone());
        (self.defaults, self.kept_parameters) = (defaults, kept.parameters);
        self.accounts.order = kept.order.unwrap_or_default();
        if kept.unreadable {
            let said = "A later version of the program kept parameters with this cache that this one cannot read.";
            self.notice = Some(Notice::error(said));
        }
    }

    /// How many pairs what links accounts links, and how many their pictures alone.
    #[must_use]
    pub fn links_in_words(&self) -> String {
        let graph = self.links.as_ref().map(|links| &links.graph);
        let (all, alone) = graph.map_or((0, 0), |graph| (graph.link_count(), graph.links_by_pictures_alone()));
        let by_shares = format!("{} by {}", count_of((all - alone) as u64, "link"), self.parameters);
        std::iter::once(by_shares).chain(pictures_alone(alone)).collect::<Vec<_>>().join(", ")
    }

    /// Where keys go.
    #[must_use]
    pub fn place(&self) -> Place {
        if self.entry.is_some() { Place::Entry } else { self.place_below() }
    }

    /// Where keys go once nothing is typed.
    #[must_use]
    pub fn place_below(&self) -> Place {
        self.stack.top().unwrap_or_else(|| self.focus.place())
    }

    /// Whether work is under way that the user can stop.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        self.jobs_waited_for().any(|(_, progress)| progress.can_cancel)
    }

    /// Whether links would follow what is being read; nobody can stop the reading itself.
    #[must_use]
    pub fn can_call_off_linking(&self) -> bool {
        self.jobs.runs(Job::Reading) && self.unlinked.is_none()
    }

    /// The parameters of the links that are being computed, else of those there are.
    #[must_use]
    pub fn wanted_parameters(&self) -> &LinkParameters {
        self.wanted.as_ref().unwrap_or(&self.parameters)
    }

    /// One account.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        match &self.roster {
            Some(roster) => roster.account(id),
            None => self.head.as_ref()?.account(id),
        }
    }

    /// What names an account for good; none where it is not known.
    #[must_use]
    pub fn key_of(&self, id: AccountId) -> Option<AccountKey> {
        self.account(id).map(Account::key).or_else(|| self.former.get(&id).cloned())
    }

    /// Every tag as an action that gives it, to be kept where no row is.
    #[must_use]
    pub fn named_tags(&self) -> Vec<NamedTags> {
        let named = |TagEvent { account, tag, at }: TagEvent| {
            let basis = self.history.basis_of(account).flatten().cloned();
            let changes = vec![TagChange::between(self.key_of(account)?, &Tag::default(), &tag)];
            Some(NamedTags { at, basis, changes })
        };
        self.tags.events().into_iter().filter_map(named).collect()
    }

    /// How many accounts there are, once that is known.
    #[must_use]
    pub fn account_count(&self) -> Option<u64> {
        let all = self.roster.as_ref().map(|roster| roster.accounts().len() as u64);
        all.or_else(|| Some(self.head.as_ref()?.total))
    }

    /// Whether it is known what the accounts did.
    #[must_use]
    pub fn is_counted(&self) -> bool {
        self.roster.is_some() || self.head.as_ref().is_some_and(|head| head.counted)
    }

    /// The account that is chosen in the list.
    #[must_use]
    pub fn chosen(&self) -> Option<AccountId> {
        self.accounts.rows.get(self.accounts.cursor.row).copied()
    }

    /// The neighbour that is chosen.
    #[must_use]
    pub fn chosen_neighbour(&self) -> Option<Neighbour> {
        self.neighbours.rows.get(self.neighbours.cursor.row).copied()
    }

    /// The account that a key of the focused pane speaks of.
    #[must_use]
    pub fn subject(&self) -> Option<AccountId> {
        if let Some(place) = self.stack.covering().and_then(places::get) {
            return place.subject(self);
        }
        match self.focus {
            Pane::Accounts => self.chosen(),
            Pane::Neighbours | Pane::Why => self.chosen_neighbour().map(|neighbour| neighbour.account),
            Pane::Tags => self.chosen_batch_account(),
        }
    }

    /// The clusters, where they are of the links that are shown.
    #[must_use]
    pub fn cluster_set(&self) -> Option<&Arc<ClusterSet>> {
        let links = self.links.as_ref()?;
        self.places.clusters.set.made.as_ref().filter(|set| Arc::ptr_eq(&set.links, links))
    }

    fn chosen_batch_account(&self) -> Option<AccountId> {
        let entry = self.history.entries().iter().rev().nth(self.tag_cursor.row)?;
        entry.changes.first().map(|change| change.account)
    }

    /// The accounts that a tag or a note goes to: the marked ones, or the one that is chosen.
    #[must_use]
    pub fn targets_of_action(&self) -> Vec<AccountId> {
        if self.marks.is_empty() { self.subject().into_iter().collect() } else { self.marks.iter().copied().collect() }
    }

    /// How an account is called on the screen: `@handle`, else its platform id. Not yet sanitised.
    #[must_use]
    pub fn name_of(&self, id: AccountId) -> String {
        self.account(id).map_or_else(|| format!("account {}", id.0), Account::mention)
    }

    /// Forgets texts and pictures that were read of other data.
    pub(super) fn forget_read(&mut self) {
        self.objects.clear();
        self.asked_objects.clear();
        self.pictures.clear();
        self.asked_pictures.clear();
        self.unread = Unread::default();
        for &place in Place::ALL {
            if let Some(open) = places::get(place) {
                open.forget(self);
                self.jobs.end(Job::Of(place));
            }
        }
    }

    /// Asks for the list that is made from what there is now; a list that was asked for before counts no more.
    pub(super) fn list_request(&mut self) -> Option<ListRequest> {
        let roster = Arc::clone(self.roster.as_ref()?);
        self.accounts.listing += 1;
        Some(ListRequest {
            number: self.accounts.listing,
            roster,
            links: self.links.clone(),
            tags: self.tags.clone(),
            query: self.accounts.query.clone(),
            filter: self.accounts.filter,
            order: self.accounts.order,
        })
    }

    /// Whether the cache was read and holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.jobs.hold_all_up() && self.roster.as_ref().is_some_and(|roster| roster.accounts().is_empty())
    }
}
