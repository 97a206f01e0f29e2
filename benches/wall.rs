//! The wall of pictures with 20,000 of them: `cargo bench --bench wall`. What a key costs until its frame is drawn, at
//! 160 × 48 in half blocks, while a thread reads, decodes and delivers the pictures that come into sight, as in the
//! program. Keys come 30 a second, as from one that is held down, and as fast as frames can be drawn.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bot_tui::analysis::{Answer, Question, Roster, Wall, WallOf};
use bot_tui::app::{Action, Effect, Made, Message, Order, Place, SearchMemory, State, Work, list, update};
use bot_tui::graph::Task;
use bot_tui::jobs::Queue;
use bot_tui::keys::KeyMap;
use bot_tui::model::{AccountRecord, AvatarId, AvatarRecord, PackedThumbnail, PdqHash, Timestamp};
use bot_tui::store::Store;
use bot_tui::synth::drawing;
use bot_tui::ui::{ColorDepth, Screen, Theme, draw, measure};
use crossbeam_channel::{Receiver, bounded};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::thumbnail;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// Pixels across and down of the copies that are drawn.
const SIDE: u16 = 96;
/// Different ones among them; to read each of the pictures is as much work, however alike they look.
const DRAWINGS: u32 = 64;
/// Between two keys of a keyboard that repeats 30 a second.
const REPEAT: Duration = Duration::from_millis(33);

fn main() {
    let whole = std::env::args().any(|word| word == "--bench");
    let (pictures, keys) = if whole { (20_000, 250) } else { (500, 4) };
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache.db");
    fill(&mut Store::open(&cache).unwrap(), pictures);
    println!(
        "key                  pictures of  between keys    p50     p99     max   of frames that deliver p99     max"
    );
    for smaller in [false, true] {
        for pause in [REPEAT, Duration::ZERO] {
            for action in [Action::Down, Action::PageDown, Action::NextPane, Action::Last] {
                let mut session = Session::open(&cache);
                if smaller {
                    session.key(Action::WallSmaller);
                }
                let (of_keys, of_deliveries) = session.press(action, keys, pause);
                report(&session, action, pause, of_keys, of_deliveries);
            }
        }
    }
}

fn report(session: &Session, action: Action, pause: Duration, mut keys: Vec<f64>, mut deliveries: Vec<f64>) {
    let (width, height) = session.state.places.wall.picture_size();
    keys.sort_by(f64::total_cmp);
    deliveries.sort_by(f64::total_cmp);
    let [middle, high, most] = [50, 99, 100].map(|part| quantile(&keys, part));
    let [delivered, slowest] = [99, 100].map(|part| quantile(&deliveries, part));
    println!(
        "{:20} {width:4} × {height:2} {:9} ms {middle:10.2} {high:7.2} {most:7.2} {delivered:29.2} {slowest:7.2}",
        action.word(),
        pause.as_millis()
    );
}

fn quantile(sorted: &[f64], part: usize) -> f64 {
    sorted.get(sorted.len() * part / 100).or(sorted.last()).copied().unwrap_or_default()
}

/// Groups of 4 to 63 pictures that are alike, the first one of a tenth of all, each picture with an account.
fn fill(store: &mut Store, pictures: u32) {
    let copies: Vec<Vec<u8>> = (0..DRAWINGS).map(small_copy).collect();
    let mut state = 5_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let mut session = store.import_session().unwrap();
    let (mut left, mut pdq) = (pictures / 10, [0; 32]);
    for number in 0..pictures {
        if left == 0 || number == 0 {
            left = left.max(4 + u32::from(next() % 60));
            pdq = std::array::from_fn(|_| next());
        }
        left -= 1;
        let mut near = pdq;
        near[usize::from(next() % 32)] ^= 1 << (next() % 8);
        let mut sha256 = [0; 32];
        sha256[..4].copy_from_slice(&number.to_be_bytes());
        let account = AccountRecord { platform_id: number.to_string(), ..AccountRecord::default() };
        let thumbnail =
            PackedThumbnail { width: SIDE, height: SIDE, jpeg: copies[(number % DRAWINGS) as usize].clone() };
        let turned = std::array::from_fn(|_| PdqHash(near));
        let record =
            AvatarRecord { sha256, pdq: PdqHash(near), quality: 90, turned, width: 400, height: 400, thumbnail };
        session.account(&account).unwrap();
        session.picture(&record).unwrap();
        let account = session.find_account(&number.to_string()).unwrap().unwrap();
        session.carries(account, &sha256).unwrap();
    }
    session.finish().unwrap();
}

fn small_copy(number: u32) -> Vec<u8> {
    let side = u32::from(SIDE);
    let mut jpeg = Vec::new();
    let small = thumbnail(&drawing(5, number), side, side);
    JpegEncoder::new_with_quality(&mut jpeg, 85).encode_image(&small).unwrap();
    jpeg
}

/// The interface with the wall open, and the thread that reads pictures.
struct Session {
    state: State,
    keys: KeyMap,
    theme: Theme,
    terminal: Terminal<TestBackend>,
    store: Store,
    // Ends before the thread that is waited for, which could not deliver otherwise.
    messages: Receiver<Message>,
    reader: Queue<Vec<AvatarId>>,
}

impl Session {
    fn open(cache: &Path) -> Self {
        let (sender, messages) = bounded(64);
        let own = Store::open(cache).unwrap();
        let reader = Queue::spawn("reader", move |ids: Vec<AvatarId>| {
            let pictures = ids.into_iter().map(|id| (id, own.picture(id).unwrap())).collect();
            drop(sender.send(Message::Pictures(pictures)));
        });
        let store = Store::open(cache).unwrap();
        let roster = Arc::new(Roster::load(&store, &Task::UNWATCHED).unwrap());
        let mut session = Self {
            state: State::new("bench.db".to_owned()),
            keys: KeyMap::load(None).unwrap(),
            theme: Theme::new(ColorDepth::True),
            terminal: Terminal::new(TestBackend::new(160, 48)).unwrap(),
            store,
            messages,
            reader: reader.unwrap(),
        };
        session.receive(Message::made(0, Made::Roster(roster)));
        session.key(Action::Wall);
        assert!(session.state.places.wall.chosen().is_some(), "the wall hangs");
        session
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::ReadPictures(ids) => assert!(self.reader.submit(ids)),
                Effect::List(request) => {
                    let rows = list(&request, &mut SearchMemory::default(), &|| false, &|_| {}).unwrap();
                    self.receive(Message::Listed { number: request.number, rows, whole: true });
                }
                Effect::Start(Order {
                    generation,
                    work: Work::Answer(_, Question::Wall(WallOf { parameters, roster })),
                }) => {
                    let wall = Arc::new(Wall::build(&self.store, &roster, &parameters, &Task::UNWATCHED).unwrap());
                    self.receive(Message::made(generation, Made::Answer(Place::Wall, Answer::Wall(wall))));
                }
                _ => {}
            }
        }
    }

    fn receive(&mut self, message: Message) {
        let effects = update::receive(&mut self.state, message);
        self.carry_out(effects);
    }

    /// What the loop of the program does of a key, or of what was delivered, until the frame is drawn.
    fn frame(&mut self) {
        while let Ok(message) = self.messages.try_recv() {
            self.receive(message);
        }
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

    /// Milliseconds of each key, and of each frame in between that only takes in what was delivered.
    fn press(&mut self, action: Action, keys: usize, pause: Duration) -> (Vec<f64>, Vec<f64>) {
        let (mut of_keys, mut of_deliveries) = (Vec::new(), Vec::new());
        let elapsed = |since: Instant| since.elapsed().as_secs_f64() * 1_000.0;
        for number in 0..keys {
            let start = Instant::now();
            // From the end one goes back to the beginning, so that every key shows something else.
            self.key(if action == Action::Last && number % 2 == 1 { Action::First } else { action });
            of_keys.push(elapsed(start));
            while let Ok(message) = self.messages.recv_deadline(start + pause) {
                let start = Instant::now();
                self.receive(message);
                self.frame();
                of_deliveries.push(elapsed(start));
            }
        }
        (of_keys, of_deliveries)
    }
}
