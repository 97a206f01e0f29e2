//! The loop: receive, drain, update, start jobs, draw.

mod clustering;
mod completion;
mod connection;
mod encode;
mod grouping;
mod importing;
mod load;
mod tagger;
mod workers;
mod writer;

use std::path::PathBuf;

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, bounded, select};

use crate::app::{Effect, Message, State, update};
use crate::import::{ImportRequest, format_names};
use crate::keys::KeyMap;
use crate::model::Timestamp;
use crate::signals::Personas;
use crate::term::{Input, TerminalGuard, spawn_input};
use crate::ui;
use encode::Pictures;
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
    /// Which key calls what.
    pub keys: KeyMap,
    /// Names that accounts are held against, where the user has a list.
    pub names: Option<Personas>,
    /// How pictures are shown.
    pub pictures: ui::PictureProtocol,
}

/// Messages that may wait; a worker that is faster than the screen waits in turn.
const WAITING: usize = 64;

/// Runs the interface until the user leaves.
///
/// # Errors
/// Fails where the terminal cannot be used, or the cache cannot be opened.
pub fn run(mut session: Session) -> Result<()> {
    let mut guard =
        TerminalGuard::enter().context("cannot use the terminal; bot-tui needs one on its standard output")?;
    // The terminal's answer comes as input, so nothing else may read that yet.
    let mut pictures = Pictures::detect(session.pictures, &ui::Theme::from_environment())?;
    let inputs = spawn_input().context("cannot read the terminal")?;
    let (sender, messages) = bounded(WAITING);
    let mut state = State::new(session.cache_name.clone());
    state.formats = format_names();
    state.signals.names = session.names.take();
    let theme = ui::Theme::from_environment();
    let keys = session.keys.clone();
    let workers = Workers::spawn(session, sender, state.parameters.clone())?;
    let look = Look { keys: &keys, theme: &theme };
    let events = Events { inputs, messages };

    let outcome = turn(&mut guard, &mut state, &workers, (&look, &mut pictures), &events);
    // The terminal comes back at once; what is still being saved is finished behind it.
    guard.leave();
    drop(events);
    drop(pictures);
    let saved = workers.finish();
    outcome.and(saved)
}

/// What stays the same of how the screen looks.
struct Look<'a> {
    keys: &'a KeyMap,
    theme: &'a ui::Theme,
}

struct Events {
    inputs: Receiver<Input>,
    messages: Receiver<Message>,
}

fn turn(
    guard: &mut TerminalGuard,
    state: &mut State,
    workers: &Workers,
    (look, pictures): (&Look<'_>, &mut Pictures),
    events: &Events,
) -> Result<()> {
    loop {
        let size = guard.terminal.size().context("the terminal is gone")?;
        let screen = ui::Screen { keys: look.keys, theme: look.theme, graphics: pictures.graphics() };
        state.viewport = ui::measure(size, state, &screen);
        let effects = update::resize(state);
        workers.carry_out(effects, state);
        guard.terminal.draw(|frame| ui::draw(frame, state, &screen)).context("cannot draw")?;
        pictures.ask();
        panic_for_test();

        let mut effects = select! {
            recv(pictures.encoded) -> encoded => encoded.map(|encoded| pictures.put(encoded)).map(|()| Vec::new()).unwrap_or_default(),
            recv(events.inputs) -> input => take_input(state, look.keys, input.unwrap_or(Input::Terminate)),
            recv(events.messages) -> message => message.map(|message| update::receive(state, message)).unwrap_or_default(),
        };
        // What else is there is taken in before the next frame, so that a burst costs one drawing.
        while let Ok(message) = events.messages.try_recv() {
            effects.extend(update::receive(state, message));
        }
        while let Ok(input) = events.inputs.try_recv() {
            effects.extend(take_input(state, look.keys, input));
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

fn take_input(state: &mut State, keys: &KeyMap, input: Input) -> Vec<Effect> {
    match input {
        Input::Terminate => vec![Effect::Quit],
        Input::Resize => Vec::new(),
        Input::Paste(text) => update::paste(state, &text),
        Input::Key(event) => {
            let key = event.into();
            if let Some(action) = keys.action(state.place(), key) {
                return update::act(state, action, now());
            }
            match (state.entry.is_some(), key.typed()) {
                (true, Some(character)) => update::type_text(state, character.encode_utf8(&mut [0; 4])),
                _ => Vec::new(),
            }
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
