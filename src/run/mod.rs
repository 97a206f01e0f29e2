//! The loop: receive, drain, update, start jobs, draw.
//!
//! Words of this room: *worker*, a thread that does one kind of work; *outbox*, where workers put messages; *desk*, what takes in
//! what the terminal and the workers send; *shared*, connections to the cache that several threads use in turn.

mod completion;
mod connection;
mod desk;
mod encode;
mod importing;
mod journal;
mod keeper;
mod load;
mod news;
mod sizes;
mod tagger;
mod unsaved;
mod watch;
mod work;
mod workers;
mod writer;

use std::path::PathBuf;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, bounded, never, select};

use crate::analysis::KeptView;
use crate::app::{Effect, Message, Notice, State, update};
use crate::import::{ImportRequest, format_names};
use crate::keys::KeyMap;
use crate::model::LinkParameters;
use crate::signals::Personas;
use crate::system::leave_signals_to_others;
use crate::term::{Input, Repaint, TerminalGuard, Wanted, open_link, spawn_input};
use crate::text::ProfileLink;
use crate::ui;
use desk::Desk;
use encode::Pictures;
use journal::Journal;
use sizes::SizesFile;
use unsaved::{LastWords, Unsaved};
use workers::{Start, Workers};

/// What a session works on.
#[derive(Debug)]
pub struct Session {
    /// The cache.
    pub cache: PathBuf,
    /// How the header names it.
    pub cache_name: String,
    /// The folder for tags that the cache does not take.
    pub rescue: PathBuf,
    /// What to import before anything else, as the demonstration does.
    pub import_first: Option<ImportRequest>,
    /// How the cache was looked at last.
    pub view: KeptView,
    /// What is asked for of the interface.
    pub look: Look,
}

/// What is asked for of the interface.
#[derive(Debug)]
pub struct Look {
    /// Which key calls what.
    pub keys: KeyMap,
    /// How things look.
    pub theme: ui::Theme,
    /// How pictures are shown.
    pub pictures: ui::PictureProtocol,
    /// Names that accounts are held against, where the user has a list.
    pub names: Option<Personas>,
    /// Whether the mouse is the program's.
    pub mouse: bool,
    /// What links accounts where the cache keeps nothing else.
    pub defaults: LinkParameters,
    /// Where profiles are found; none where the user does not say, and where the accounts are invented.
    pub profile_link: Option<ProfileLink>,
    /// The file that is told what happens.
    pub log: Option<PathBuf>,
    /// The file that keeps how much room the panes have.
    pub sizes: Option<PathBuf>,
}

/// Messages that may wait; a worker that is faster than the screen waits in turn.
const WAITING: usize = 64;

/// Runs the interface until the user leaves.
///
/// # Errors
/// Fails where the terminal cannot be used, or the cache cannot be opened.
pub fn run(session: Session) -> Result<()> {
    let mut look = session.look;
    let unsaved = Unsaved::default();
    let _last_words = LastWords(unsaved.clone());
    let journal = Journal::open(look.log.as_deref()).context("cannot write the log")?;
    let mut guard = TerminalGuard::enter(Wanted { mouse: look.mouse, lines: look.theme.in_lines })
        .context("cannot use the terminal; bot-tui needs one on its standard output")?;
    let (sender, messages) = bounded(WAITING);
    let mut state = State::new(session.cache_name);
    state.formats = format_names();
    state.in_lines = look.theme.in_lines;
    let (sizes, kept) = SizesFile::read(look.sizes.take());
    state.sizes = kept;
    state.profile_link = look.profile_link.take();
    state.places.signals.names = look.names.take();
    state.begin(look.defaults.clone(), session.view);
    let start = Start {
        cache: session.cache,
        rescue: session.rescue,
        import_first: session.import_first,
        parameters: state.parameters.clone(),
        kept: state.kept_parameters.clone(),
        unsaved: unsaved.clone(),
    };
    let mut pictures = Pictures::new(look.pictures, &look.theme, sender.clone())?;
    let workers = Workers::spawn(start, &sender)?;
    // However this ends, it is dropped before all who send: none of them waits for who listens no more.
    let mut events = Events { inputs: never(), messages };
    let mut desk = Desk::new(&look, journal);
    if let Some(inquiry) = pictures.inquiry() {
        guard.ask(inquiry).context("cannot write to the terminal")?;
    }
    events.inputs = spawn_input().context("cannot read the terminal")?;
    leave_signals_to_others();

    let outcome = turn(&mut guard, &mut state, &workers, (&mut desk, &mut pictures), &events);
    // The terminal comes back at once; what is still being saved is finished behind it.
    guard.leave();
    // Sizes that cannot be kept are the usual ones the next time, which is no reason for a message.
    let _ = sizes.write(&state.sizes);
    drop(events);
    drop(workers);
    unsaved.join(outcome)
}

struct Events {
    inputs: Receiver<Input>,
    messages: Receiver<Message>,
}

fn turn(
    guard: &mut TerminalGuard,
    state: &mut State,
    workers: &Workers,
    (desk, pictures): (&mut Desk<'_>, &mut Pictures),
    events: &Events,
) -> Result<()> {
    loop {
        frame(guard, state, workers, desk, pictures.graphics())?;
        pictures.ask();
        panic_for_test("drawing");

        let mut effects = select! {
            recv(pictures.encoded()) -> encoded => {
                pictures.put(encoded);
                Vec::new()
            }
            recv(events.inputs) -> input => take(state, desk, pictures, input.unwrap_or(Input::Terminate))?,
            // There is always a sender, the one that `run` keeps, whatever becomes of the workers.
            recv(events.messages) -> message => message.map(|message| desk.receive(state, message)).unwrap_or_default(),
        };
        // What else is there is taken in before the next frame, so that a burst costs one drawing.
        while let Ok(message) = events.messages.try_recv() {
            effects.extend(desk.receive(state, message));
        }
        while let Ok(input) = events.inputs.try_recv() {
            effects.extend(take(state, desk, pictures, input)?);
        }
        if effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
            panic_for_test("leaving");
            workers.carry_out(effects, state);
            return Ok(());
        }
        let effects = on_terminal(guard, state, desk, effects)?;
        if desk.repaint == Some(Repaint::Anew) {
            pictures.forget();
        }
        workers.carry_out(effects, state);
    }
}

/// Takes in what came from the terminal: what it says of itself and its size are for the pictures too.
fn take(state: &mut State, desk: &mut Desk<'_>, pictures: &mut Pictures, input: Input) -> Result<Vec<Effect>> {
    match input {
        Input::Reply(reply) => return pictures.hear(reply).map(|()| Vec::new()),
        Input::Resize => pictures.resized()?,
        _ => {}
    }
    Ok(desk.take_input(state, input))
}

/// Fits everything into the terminal as it is now, and draws it.
fn frame(
    guard: &mut TerminalGuard,
    state: &mut State,
    workers: &Workers,
    desk: &mut Desk<'_>,
    graphics: Option<&ui::Graphics>,
) -> Result<()> {
    desk.size = match desk.linear {
        Some(_) => ui::Linear::size(),
        None => guard.terminal.size().context("the terminal is gone")?,
    };
    let screen = ui::Screen { keys: &desk.look.keys, theme: &desk.look.theme, graphics };
    state.viewport = ui::measure(desk.size, state, &screen);
    let effects = update::resize(state);
    workers.carry_out(effects, state);
    desk.show(guard, state, &screen).context("cannot draw")
}

/// Carries out what only the terminal can do, and gives the rest back.
fn on_terminal(
    guard: &mut TerminalGuard,
    state: &mut State,
    desk: &mut Desk<'_>,
    effects: Vec<Effect>,
) -> Result<Vec<Effect>> {
    let mut rest = Vec::new();
    for effect in effects {
        match effect {
            Effect::Copy(text) => guard.copy(text).context("cannot write to the terminal")?,
            Effect::OpenLink(link) => {
                if let Err(error) = open_link(&link) {
                    let why = format!("The browser cannot be started ({error}); the link is {link}");
                    state.notice = Some(Notice::error(why));
                }
            }
            Effect::Redraw => desk.repaint = Some(Repaint::Anew),
            Effect::Suspend => {
                guard.suspend().context("cannot go to the shell and back")?;
                desk.repaint = Some(Repaint::Anew);
            }
            other => rest.push(other),
        }
    }
    Ok(rest)
}

/// Lets a test see what a panic of this work leaves behind; not in release builds.
fn panic_for_test(work: &str) {
    let _ = work;
    #[cfg(debug_assertions)]
    #[expect(clippy::panic, reason = "a test asks for it")]
    if std::env::var_os("BOT_TUI_TEST_PANIC").is_some_and(|asked| asked == work) {
        panic!("panic on request");
    }
}

/// Lets a test see what goes on beside this work, which waits until it is let go; not in release builds.
fn hold_for_test(work: &str, let_go: impl Fn() -> bool) {
    let _ = (work, &let_go);
    #[cfg(debug_assertions)]
    if std::env::var_os("BOT_TUI_TEST_HOLD").is_some_and(|asked| asked == work) {
        while !let_go() {
            std::thread::park_timeout(std::time::Duration::from_millis(5));
        }
    }
}

type Outbox = crossbeam_channel::Sender<Message>;
