//! The loop: receive, drain, update, start jobs, draw.

mod clustering;
mod completion;
mod connection;
mod encode;
mod grouping;
mod importing;
mod journal;
mod load;
mod tagger;
mod workers;
mod writer;

use std::path::PathBuf;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, bounded, select};

use crate::app::{Effect, Message, State, update};
use crate::import::{ImportRequest, format_names};
use crate::keys::{Key, KeyMap};
use crate::model::Timestamp;
use crate::signals::Personas;
use crate::term::{Input, TerminalGuard, spawn_input};
use crate::ui;
use encode::Pictures;
use journal::Journal;
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
    /// The file that is told what happens.
    pub log: Option<PathBuf>,
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
    let mut guard =
        TerminalGuard::enter().context("cannot use the terminal; bot-tui needs one on its standard output")?;
    // The terminal's answer comes as input, so nothing else may read that yet.
    let mut pictures = Pictures::detect(look.pictures, &look.theme)?;
    let inputs = spawn_input().context("cannot read the terminal")?;
    let (sender, messages) = bounded(WAITING);
    let mut state = State::new(session.cache_name);
    state.formats = format_names();
    state.signals.names = look.names.take();
    let workers = Workers::spawn(session.cache, session.import_first, sender, state.parameters.clone())?;
    let events = Events { inputs, messages };
    let mut desk = Desk { look: &look, journal };

    let outcome = turn(&mut guard, &mut state, &workers, (&mut desk, &mut pictures), &events);
    // The terminal comes back at once; what is still being saved is finished behind it.
    guard.leave();
    drop(events);
    drop(pictures);
    let saved = workers.finish();
    outcome.and(saved)
}

/// What every turn needs at hand.
struct Desk<'a> {
    look: &'a Look,
    journal: Journal,
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
    let look = desk.look;
    loop {
        let size = guard.terminal.size().context("the terminal is gone")?;
        let screen = ui::Screen { keys: &look.keys, theme: &look.theme, graphics: pictures.graphics() };
        state.viewport = ui::measure(size, state, &screen);
        let effects = update::resize(state);
        workers.carry_out(effects, state);
        guard.terminal.draw(|frame| ui::draw(frame, state, &screen)).context("cannot draw")?;
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
        let effects = on_terminal(guard, effects)?;
        workers.carry_out(effects, state);
    }
}

/// Carries out what only the terminal can do, and gives the rest back.
fn on_terminal(guard: &mut TerminalGuard, effects: Vec<Effect>) -> Result<Vec<Effect>> {
    let mut rest = Vec::new();
    for effect in effects {
        match effect {
            Effect::Copy(text) => guard.copy(text).context("cannot write to the terminal")?,
            Effect::Suspend => guard.suspend().context("cannot go to the shell and back")?,
            other => rest.push(other),
        }
    }
    Ok(rest)
}

impl Desk<'_> {
    fn receive(&mut self, state: &mut State, message: Message) -> Vec<Effect> {
        self.journal.kind("message", &message);
        update::receive(state, message)
    }

    fn take_input(&mut self, state: &mut State, input: Input) -> Vec<Effect> {
        match input {
            Input::Terminate => {
                self.journal.note("asked to end");
                vec![Effect::Quit]
            }
            Input::Resize => Vec::new(),
            Input::Paste(text) => update::paste(state, &text),
            Input::Key(event) => self.press(state, event.into()),
        }
    }

    fn press(&mut self, state: &mut State, key: Key) -> Vec<Effect> {
        if let Some(action) = self.look.keys.action(state.place(), key) {
            self.journal.kind("action", &action);
            return update::act(state, action, now());
        }
        match (state.entry.is_some(), key.typed()) {
            (true, Some(character)) => update::type_text(state, character.encode_utf8(&mut [0; 4])),
            _ => Vec::new(),
        }
    }
}

fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
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
