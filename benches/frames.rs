//! What a key costs until its frame is drawn, at 160 × 48, with a thousand, a hundred thousand and a million accounts:
//! `cargo bench --bench frames`. Lists are made by a thread of their own, as in the program; what it takes until the list
//! that a key asked for is drawn stands beside.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use bot_tui::analysis::{Links, Roster};
use bot_tui::app::{Action, Effect, ListRequest, Made, Message, SearchMemory, State, list, update};
use bot_tui::graph::Task;
use bot_tui::jobs::{Latest, Ticket};
use bot_tui::keys::KeyMap;
use bot_tui::model::{
    AccountId, AccountRecord, LinkParameters, ObjectKind, ObjectRecord, PostRecord, Profile, Timestamp,
};
use bot_tui::store::Store;
use bot_tui::ui::{ColorDepth, Screen, Theme, draw, measure};
use crossbeam_channel::{Receiver, bounded};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Accounts that retweet, in groups that retweet the same.
const LINKED: u32 = 6_000;
const GROUP: u32 = 300;
const TARGETS: u32 = 12;
const TAGGED: u32 = 10_000;
/// From so many letters on a search is held to its time.
const LETTERS: usize = 3;
const FIRST: [&str; 8] = ["amber", "quiet", "north", "گل", "slow", "river", "چراغ", "old"];
const LAST: [&str; 8] = ["lake", "dove", "سحر", "lamp", "horse", "rose", "ferry", "روشن"];

fn main() {
    let whole = std::env::args().any(|word| word == "--bench");
    let (sizes, keys): (&[u32], _) = if whole { (&[1_000, 100_000, 1_000_000], 200) } else { (&[1_000], 3) };
    println!("{:>9}  {:22} {:>8} {:>8} {:>8}", "accounts", "ms from key to frame", "p50", "p99", "max");
    for &accounts in sizes {
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache.db");
        fill(&mut Store::open(&cache).unwrap(), accounts);
        let mut session = Session::open(&cache);
        for action in [Action::Down, Action::PageDown, Action::Last] {
            let times = (0..keys).map(|number| {
                // From the end one goes back to the beginning, so that every key shows something else.
                session.timed(if action == Action::Last && number % 2 == 1 { Action::First } else { action })
            });
            report(accounts, action.word(), times.collect());
        }
        jumps(&mut session, accounts, keys);
        searches(&mut session, accounts, keys);
        tags(&mut session, accounts);
    }
}

fn jumps(session: &mut Session, accounts: u32, keys: usize) {
    session.key(Action::First);
    session.key(Action::FocusNeighbours);
    let there_and_back = |number| if number % 2 == 0 { Action::Jump } else { Action::Back };
    let times = (0..keys).map(|number| {
        session.key(Action::FocusNeighbours);
        session.timed(there_and_back(number))
    });
    report(accounts, "jump", times.collect());
}

fn searches(session: &mut Session, accounts: u32, keys: usize) {
    for (name, word) in [("search, Latin", "dove la"), ("search, Arabic", "گل روش")] {
        let mut times: [Vec<f64>; 6] = Default::default();
        let [of_keys, first_rows, nothing, of_lists, of_longer, pasted] = &mut times;
        for _ in 0..keys.div_ceil(word.chars().count()) {
            session.key(Action::Search);
            for (before, letter) in word.chars().enumerate() {
                let start = Instant::now();
                session.typed(letter);
                of_keys.push(milliseconds(start));
                let first = session.wait_for_list_since(start);
                if session.state.accounts.rows.is_empty() { &mut *nothing } else { &mut *first_rows }.push(first);
                let listed = if before + 1 < LETTERS { &mut *of_lists } else { &mut *of_longer };
                listed.push(milliseconds(start));
            }
            session.key(Action::Abandon);
            session.wait_for_list();
            // Nothing was typed before that this could narrow.
            session.key(Action::Search);
            let start = Instant::now();
            session.pasted(&word.chars().take(LETTERS).collect::<String>());
            session.wait_for_list();
            pasted.push(milliseconds(start));
            session.key(Action::Abandon);
            session.wait_for_list();
        }
        let names = [
            name,
            "  first rows",
            "  that nothing matches",
            "  all, fewer letters",
            "  all, 3 and more",
            "  all, 3 at once",
        ];
        let measured = names.into_iter().zip(times).filter(|(_, times)| !times.is_empty());
        measured.for_each(|(name, times)| report(accounts, name, times));
    }
}

fn tags(session: &mut Session, accounts: u32) {
    let count = TAGGED.min(accounts);
    let times = (0..20).map(|number| {
        session.state.marks = (1..=count).map(AccountId).collect();
        session.timed(if number % 2 == 0 { Action::TagUnsure } else { Action::Undo })
    });
    report(accounts, &format!("tag {count}, undo"), times.collect());
}

fn report(accounts: u32, what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let [middle, high, most] =
        [50, 99, 100].map(|part| times.get(times.len() * part / 100).or(times.last()).copied().unwrap_or_default());
    println!("{accounts:>9}  {what:22} {middle:8.2} {high:8.2} {most:8.2}");
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

fn fill(store: &mut Store, accounts: u32) {
    let mut session = store.import_session().unwrap();
    let word = |words: [&'static str; 8], number: u32| words[(number.wrapping_mul(2_654_435_761) >> 13) as usize % 8];
    for number in 0..accounts {
        let (first, last) = (word(FIRST, number), word(LAST, number / 7));
        let profile = Profile {
            handle: Some(format!("account_{number}")),
            name: Some(format!("{first} {last} {number}")),
            bio: Some(format!("keeps the {last} of the {first} valley, and says so")),
            ..Profile::default()
        };
        let account = AccountRecord { platform_id: number.to_string(), profile, ..AccountRecord::default() };
        session.account(&account).unwrap();
    }
    for number in 0..accounts.min(LINKED) {
        for target in 0..TARGETS {
            let key = format!("t{}", number / GROUP * TARGETS + target);
            let kind = ObjectKind::RetweetedPost;
            let target = ObjectRecord { kind, key, author: None, created_at: None, text: None, synthetic: false };
            let post = PostRecord {
                platform_id: format!("{number} {}", target.key),
                author: number.to_string(),
                created_at: Some(Timestamp(i64::from(number) * 1_000)),
                ..PostRecord::default()
            };
            session.post(&post, &[target]);
        }
    }
    session.finish().unwrap();
}

/// The interface, and the thread that makes lists.
struct Session {
    state: State,
    keys: KeyMap,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    // Ends before the thread that is waited for, which could not deliver otherwise.
    messages: Receiver<Message>,
    lister: Latest<ListRequest>,
    awaited: bool,
    /// When the first rows of a list were drawn.
    first_rows: Option<Instant>,
}

impl Session {
    fn open(cache: &Path) -> Self {
        let (sender, messages) = bounded(64);
        let mut memory = SearchMemory::default();
        let lister = Latest::spawn("lister", move |request: ListRequest, ticket: &Ticket| {
            let tell = |rows, whole| drop(sender.send(Message::Listed { number: request.number, rows, whole }));
            if let Some(rows) = list(&request, &mut memory, &|| ticket.is_cancelled(), &|rows| tell(rows, false)) {
                tell(rows, true);
            }
        });
        let store = Store::open(cache).unwrap();
        let roster = Arc::new(Roster::load(&store, &Task::UNWATCHED).unwrap());
        let parameters = LinkParameters::default();
        let links = Arc::new(Links::build(&store, roster.accounts(), &parameters, &Task::UNWATCHED).unwrap());
        let mut session = Self {
            state: State::new("bench.db".to_owned()),
            keys: KeyMap::load(None).unwrap(),
            theme: Theme::new(ColorDepth::True),
            terminal: Terminal::new(TestBackend::new(160, 48)).unwrap(),
            messages,
            lister: lister.unwrap(),
            awaited: false,
            first_rows: None,
        };
        session.receive(Message::made(0, Made::Roster(roster)));
        session.wait_for_list();
        let generation = session.state.linking;
        session.receive(Message::made(generation, Made::Links { links, changes: None }));
        session.wait_for_list();
        assert!(!session.state.neighbours.rows.is_empty(), "accounts are linked");
        session
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::List(request) = effect {
                assert!(self.lister.submit(request), "the lister stopped");
                self.awaited = true;
            }
        }
    }

    fn receive(&mut self, message: Message) {
        let effects = update::receive(&mut self.state, message);
        self.carry_out(effects);
    }

    /// Takes the list in that was asked for, if one was, and draws it.
    fn wait_for_list(&mut self) {
        while self.awaited {
            let message = self.messages.recv().unwrap();
            self.awaited = matches!(message, Message::Listed { whole: false, .. });
            self.receive(message);
            self.frame();
            self.first_rows.get_or_insert_with(Instant::now);
        }
    }

    /// The same; milliseconds until the first rows were drawn.
    fn wait_for_list_since(&mut self, start: Instant) -> f64 {
        self.first_rows = None;
        self.wait_for_list();
        self.first_rows.unwrap_or_else(Instant::now).duration_since(start).as_secs_f64() * 1_000.0
    }

    fn frame(&mut self) {
        let screen = Screen { keys: &self.keys, theme: &self.theme, graphics: None };
        self.state.viewport = measure(self.terminal.size().unwrap(), &self.state, &screen);
        let effects = update::resize(&mut self.state);
        self.carry_out(effects);
        let screen = Screen { keys: &self.keys, theme: &self.theme, graphics: None };
        self.terminal.draw(|frame| draw(frame, &self.state, &screen)).unwrap();
    }

    fn key(&mut self, action: Action) {
        let effects = update::act(&mut self.state, action, Timestamp(0));
        self.carry_out(effects);
        self.frame();
    }

    fn typed(&mut self, letter: char) {
        let effects = update::type_text(&mut self.state, letter.encode_utf8(&mut [0; 4]));
        self.carry_out(effects);
        self.frame();
    }

    fn pasted(&mut self, text: &str) {
        let effects = update::paste(&mut self.state, text);
        self.carry_out(effects);
        self.frame();
    }

    /// Milliseconds from a key to its frame.
    fn timed(&mut self, action: Action) -> f64 {
        let start = Instant::now();
        self.key(action);
        let time = milliseconds(start);
        self.wait_for_list();
        time
    }
}
