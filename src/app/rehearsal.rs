//! For tests: a session on a small invented world without terminal, cache or threads. What an update asks for is
//! done at once, or kept in `written` and `exported` to be looked at.

use std::path::PathBuf;
use std::sync::Arc;

use super::rehearsal_files::{candidates, imports};
pub(crate) use super::rehearsal_world::{FIGURE, NOON};
use super::rehearsal_world::{POSTS, accounts, links, links_with, object, picture, shares};
use super::{
    Action, Effect, ImportOrder, Job, Made, Message, Order, Place, Saved, SearchMemory, State, TagWrite, TagWriteKind,
    Viewport, Work, list, update,
};
use crate::analysis::{
    Answer, Audit, AuditOf, ClusterSet, ClustersOf, Kept, Links, Question, Roster, SignalsOf, Wall, found,
};
use crate::graph::{AvatarGroup, AvatarGroups, GroupedPicture, Task};
use crate::model::{
    AccountId, AccountKey, AvatarId, Counts, LinkParameters, ObjectId, Origins, SkippedLine, Timestamp,
};
use crate::signals::{AuditBasis, hub_audit};

/// A session whose effects happen at once.
pub(crate) struct Rehearsal {
    pub(crate) state: State,
    /// What went to the tag log.
    pub(crate) written: Vec<TagWrite>,
    /// Whether the accounts were asked for too, of each time that the cache was to be read anew.
    pub(crate) reread: Vec<bool>,
    /// What was kept with the cache.
    pub(crate) kept: Vec<Kept>,
    /// Where exports went.
    pub(crate) exported: Vec<PathBuf>,
    /// What was to be imported.
    pub(crate) ordered: Vec<ImportOrder>,
    /// What was to be taken back.
    pub(crate) taken_back: Vec<u32>,
    /// Which jobs were to stop.
    pub(crate) cancelled: Vec<Job>,
    /// How often an import was to stop.
    pub(crate) stopped: usize,
    pub(crate) quit: bool,
    /// What the browser was to open last.
    pub(crate) opened: String,
    /// What was copied last.
    pub(crate) copied: String,
    now: Timestamp,
}

fn cluster_set(roster: &Roster, links: &Arc<Links>) -> ClusterSet {
    let found = found(links, &Task::UNWATCHED).unwrap();
    let said = |id: u32| (AccountId(id), vec![ObjectId(900 + id / 7)]);
    let statements = (3..=9).map(said).collect();
    ClusterSet::describe(roster, links, found, (&statements, &rustc_hash::FxHashMap::default()), &Task::UNWATCHED)
        .unwrap()
}

/// Answers at once; none where tests answer themselves.
fn answer(question: Question) -> Option<Answer> {
    Some(match question {
        Question::Clusters(ClustersOf { roster, links }) => Answer::Clusters(Arc::new(cluster_set(&roster, &links))),
        Question::Audit(AuditOf { hub, roster, links }) => Answer::Audit(Arc::new(audited(&hub, &roster, &links))),
        Question::Signals(SignalsOf { roster, links }) => {
            Answer::Signals(Arc::new(super::rehearsal_signals::signal_set(&roster, &links)))
        }
        // Tests hang up groups of their own.
        Question::Wall(_) => return None,
        other => other.answer_with_empty_cache(),
    })
}

fn audited(hub: &[AccountId], roster: &Roster, links: &Links) -> Audit {
    let clusters = found(links, &Task::UNWATCHED).unwrap();
    let mut origins = Origins::default();
    for post in (1..=POSTS).map(ObjectId) {
        origins.note(post, object(post).author, object(post).created_at);
    }
    super::rehearsal_crowd::note_origins(&mut origins);
    let (accounts, incidence, graph) = (roster.accounts(), &links.incidence, &links.graph);
    let basis = AuditBasis { accounts, incidence, origins: &origins, graph, clusters: &clusters };
    Audit::new(hub_audit(&basis, hub, &Task::UNWATCHED).unwrap(), graph.parameters().clone())
}

impl Rehearsal {
    /// A session whose cache is still being read.
    pub(crate) fn before_loading() -> Self {
        let mut state = State::new("rehearsal.db".to_owned());
        state.profile_link = "https://social.example/{handle}".parse().ok();
        state.formats = vec!["native", "twitter-v1", "twitter-v2"];
        Self {
            state,
            written: Vec::new(),
            reread: Vec::new(),
            kept: Vec::new(),
            exported: Vec::new(),
            ordered: Vec::new(),
            taken_back: Vec::new(),
            cancelled: Vec::new(),
            stopped: 0,
            quit: false,
            copied: String::new(),
            opened: String::new(),
            now: NOON,
        }
    }

    /// A session on a cache that holds nothing.
    pub(crate) fn of_nothing() -> Self {
        let mut session = Self::before_loading();
        let roster = Arc::new(Roster::new(Vec::new(), Counts::default()));
        session.receive(Message::made(0, Made::Roster(roster)));
        session
    }

    /// A session whose accounts are read and not yet linked.
    pub(crate) fn before_linking() -> Self {
        let shares = shares();
        let accounts = accounts(&shares);
        let counts = Counts {
            accounts: accounts.len() as u64,
            posts: shares.len() as u64,
            retweets: shares.len() as u64,
            targets: u64::from(POSTS),
            avatars: 2,
            ..Counts::default()
        };
        let mut session = Self::before_loading();
        let roster = Arc::new(Roster::new(accounts, counts));
        session.receive(Message::made(0, Made::Roster(roster)));
        session
    }

    /// A session with everything read and linked.
    pub(crate) fn new() -> Self {
        let mut session = Self::before_linking();
        session.link();
        session
    }

    /// Sends the first links, as the loader does.
    pub(crate) fn link(&mut self) {
        let links = links(self.state.roster.as_ref().unwrap().accounts(), &LinkParameters::default());
        self.receive(Message::made(0, Made::Links { links: Arc::new(links), changes: None }));
    }

    /// A session whose first account, and every post, has an id that looks rounded.
    pub(crate) fn of_rounded_ids() -> Self {
        let mut session = Self::before_linking();
        let accounts = session.state.roster.as_ref().unwrap().accounts();
        let links = links_with(accounts, &LinkParameters::default(), &[AccountId(1)]);
        session.receive(Message::made(0, Made::Links { links: Arc::new(links), changes: None }));
        session
    }

    /// Hangs three groups on the wall, the last one of a default picture.
    pub(crate) fn hang_pictures(&mut self) -> &mut Self {
        let picture = |id: u32, accounts: &[u32], to_medoid| GroupedPicture {
            avatar: AvatarId(id),
            accounts: accounts.iter().copied().map(AccountId).collect(),
            quality: 94,
            to_medoid,
        };
        let group = |pictures: Vec<GroupedPicture>, diameter, is_default| AvatarGroup {
            size: pictures.iter().map(|picture| picture.accounts.len()).sum(),
            medoid: pictures[0].avatar,
            pictures,
            diameter,
            is_default,
            is_common: false,
        };
        let groups = vec![
            group(vec![picture(1, &[1, 3, 4, 5, 6], 0), picture(2, &[2], 4), picture(3, &[7, 8, 17], 11)], 15, false),
            group(vec![picture(4, &[13, 18], 0)], 0, false),
            group(vec![picture(5, &[14, 15], 0)], 0, true),
        ];
        let wall = Wall::new(AvatarGroups { groups, carried: 9, alone: 4, poor: 1 });
        self.act(&[Action::Wall]);
        let generation = self.state.places.wall.wall.generation();
        self.receive(Message::made(generation, Made::Answer(Place::Wall, Answer::Wall(Arc::new(wall)))));
        self
    }

    /// The job of a place that is waited for, and how far it is.
    pub(crate) fn job(&self) -> Option<(Job, Option<f32>)> {
        self.state.job().map(|(job, work)| (job, work.done))
    }

    /// Does a job at once, as a worker would; none where tests answer themselves.
    fn work(&mut self, work: Work) -> Option<Made> {
        Some(match work {
            Work::Links { parameters, roster, before } => {
                let links = Arc::new(links(roster.accounts(), &parameters));
                let changes = before.map(|before| links.changes_since(&before));
                Made::Links { links, changes }
            }
            Work::Answer(place, question) => Made::Answer(place, answer(question)?),
            Work::Export { path, .. } => {
                self.exported.push(path);
                return None;
            }
            Work::Import(order) => {
                self.ordered.push(order);
                return None;
            }
            Work::TakeBack(import) => {
                self.taken_back.push(import);
                return None;
            }
        })
    }

    pub(crate) fn receive(&mut self, message: Message) {
        let effects = update::receive(&mut self.state, message);
        self.carry_out(effects);
    }

    /// Gives the session another window, as the loop does before each frame.
    pub(crate) fn resize(&mut self, measure: impl FnOnce(&State) -> Viewport) {
        self.state.viewport = measure(&self.state);
        let effects = update::resize(&mut self.state);
        self.carry_out(effects);
    }

    /// Calls `actions` one after the other, a second apart.
    pub(crate) fn act(&mut self, actions: &[Action]) -> &mut Self {
        for &action in actions {
            self.now.0 += 1_000;
            let effects = update::act(&mut self.state, action, self.now);
            self.carry_out(effects);
        }
        self
    }

    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        let effects = update::type_text(&mut self.state, text);
        self.carry_out(effects);
        self
    }

    pub(crate) fn paste(&mut self, text: &str) -> &mut Self {
        let effects = update::paste(&mut self.state, text);
        self.carry_out(effects);
        self
    }

    /// Calls an action whose effects are still to come.
    pub(crate) fn call(&mut self, action: Action) -> Vec<Effect> {
        self.now.0 += 1_000;
        update::act(&mut self.state, action, self.now)
    }

    pub(crate) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::List(request) => {
                    // A filter that cannot be read leaves the list as it is.
                    if let Some(rows) = list(&request, &mut SearchMemory::default(), &|| false, &|_| {}) {
                        self.receive(Message::Listed { number: request.number, rows, whole: true });
                    }
                }
                Effect::ReadObjects(ids) => self.receive(Message::Objects(ids.into_iter().map(object).collect())),
                Effect::ReadEvidence(pair, ids) => {
                    self.receive(Message::Evidence(pair, ids.into_iter().map(object).collect()));
                }
                Effect::ReadPictures(ids) => {
                    self.receive(Message::Pictures(ids.into_iter().map(|id| (id, Some(picture(id)))).collect()));
                }
                Effect::WriteTags(write) => {
                    let applied = match write.kind {
                        TagWriteKind::Apply(key) => Some(key),
                        TagWriteKind::Undo(_) | TagWriteKind::Redo(_) => None,
                    };
                    self.written.push(write);
                    let number = Some(self.written.len() as u64);
                    self.receive(Message::TagsSaved(Saved { applied, number, ..Saved::default() }));
                }
                Effect::Keep(kept) => self.kept.push(kept),
                Effect::SaveTags(path) => self.exported.push(path),
                Effect::Reread { accounts } => self.reread.push(accounts),
                Effect::Start(Order { generation, work }) => {
                    if let Some(made) = self.work(work) {
                        self.receive(Message::made(generation, made));
                    }
                }
                Effect::Cancel(Job::Importing) => self.stopped += 1,
                Effect::Cancel(Job::Links) => {}
                Effect::Complete(request) => {
                    let candidates = candidates(&request.typed, request.folders_only);
                    self.receive(Message::Completed { number: request.number, candidates });
                }
                Effect::ReadImports => self.receive(Message::Imports(imports())),
                Effect::ReadRejected(import) => {
                    let line = |line| SkippedLine { line, reason: "expected value at \u{202e}column 1".to_owned() };
                    let lines = if import == 1 { vec![line(7), line(19), line(86)] } else { Vec::new() };
                    self.receive(Message::Rejected { import, lines });
                }
                Effect::Cancel(job) => self.cancelled.push(job),
                Effect::Copy(text) => self.copied = text,
                Effect::OpenLink(link) => self.opened = link,
                Effect::Suspend | Effect::Redraw | Effect::RetryTags => {}
                Effect::Quit => self.quit = true,
            }
        }
    }

    /// The rows of the accounts that a written action names.
    pub(crate) fn tagged(&self, written: usize) -> Vec<AccountId> {
        let accounts = self.state.roster.as_ref().unwrap().accounts();
        let row = |key: &AccountKey| accounts.iter().find(|account| key.names(account)).unwrap().id;
        self.written[written].tags.changes.iter().map(|change| row(&change.account)).collect()
    }

    /// The handles in the list, from the top.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.state.accounts.rows.iter().map(|&id| self.state.name_of(id)).collect()
    }

    /// The handle of the chosen account.
    pub(crate) fn chosen(&self) -> String {
        self.state.chosen().map(|id| self.state.name_of(id)).unwrap_or_default()
    }

    /// The text of the notice.
    pub(crate) fn notice(&self) -> &str {
        self.state.notice.as_ref().map_or("", |notice| &notice.text)
    }
}
