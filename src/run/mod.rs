//! The loop: receive, drain, update, start jobs, draw.

mod completion;
mod connection;
mod desk;
mod encode;
mod importing;
mod journal;
mod load;
mod sizes;
mod tagger;
mod work;
mod workers;
mod writer;

use std::path::PathBuf;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, bounded, select};

use crate::app::{Effect, Message, Notice, ProfileLink, State, update};
use crate::import::{ImportRequest, format_names};
use crate::keys::KeyMap;
use crate::signals::Personas;
use crate::term::{Input, TerminalGuard, Wanted, open_link, spawn_input};
use crate::ui;
use desk::Desk;
use encode::Pictures;
use journal::Journal;
use sizes::SizesFile;
use workers::Workers;

/// What a session works on.
#[derive(Debug)]
pub struct Session {
    /// The cache.
    pub cache: PathBuf,
    /// How the header names it.
    pub cache_name: String,
    /// What to import before anything else, as the demonstration does.
    pub import_first: Option<ImportRequest>,
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
    state.signals.names = look.names.take();
    let workers = Workers::spawn(&session.cache, session.import_first, sender, state.parameters.clone())?;
    let mut desk = Desk::new(&look, journal);
    // A terminal that does not know the question is waited for, so there is something to be seen before it is asked. Its
    // answer comes as input, so nothing else may read that yet.
    frame(&mut guard, &mut state, &workers, &mut desk, None)?;
    let mut pictures = Pictures::detect(look.pictures, &look.theme)?;
    let inputs = spawn_input().context("cannot read the terminal")?;
    let events = Events { inputs, messages };

    let outcome = turn(&mut guard, &mut state, &workers, (&mut desk, &mut pictures), &events);
    // The terminal comes back at once; what is still being saved is finished behind it.
    guard.leave();
    // Sizes that cannot be kept are the usual ones the next time, which is no reason for a message.
    let _ = sizes.write(&state.sizes);
    drop(events);
    drop(pictures);
    let saved = workers.finish();
    outcome.and(saved)
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
        panic_for_test();

        let mut effects = select! {
            recv(pictures.encoded) -> encoded => encoded.map(|encoded| pictures.put(encoded)).map(|()| Vec::new()).unwrap_or_default(),
            recv(events.inputs) -> input => desk.take_input(state, input.unwrap_or(Input::Terminate)),
            recv(events.messages) -> message => message.map(|message| desk.receive(state, message)).unwrap_or_default(),
        };
        // What else is there is taken in before the next frame, so that a burst costs one drawing.
        while let Ok(message) = events.messages.try_recv() {
            effects.extend(desk.receive(state, message));
        }
        while let Ok(input) = events.inputs.try_recv() {
            effects.extend(desk.take_input(state, input));
        }
        if effects.iter().any(|effect| matches!(effect, Effect::Quit)) {
            workers.carry_out(effects, state);
            return Ok(());
        }
        let effects = on_terminal(guard, state, desk, effects)?;
        workers.carry_out(effects, state);
    }
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
            Effect::Redraw => desk.redraw = true,
            Effect::Suspend => guard.suspend().context("cannot go to the shell and back")?,
            other => rest.push(other),
        }
    }
    Ok(rest)
}

/// Lets a test see what a panic leaves of the terminal; not in release builds.
fn panic_for_test() {
    #[cfg(debug_assertions)]
    #[expect(clippy::panic, reason = "a test asks for it")]
    if std::env::var_os("BOT_TUI_TEST_PANIC").is_some() {
        panic!("panic on request");
    }
}

type Outbox = crossbeam_channel::Sender<Message>;
