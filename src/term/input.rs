//! What comes from the terminal.

use std::io;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{self, Event, KeyEvent, KeyEventKind};

/// Something that the user or the system did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size.
    Resize,
    /// The terminal is gone, or the system asks the program to end.
    Terminate,
}

/// Starts reading the terminal. The thread ends with the process.
///
/// # Errors
/// Fails where the system gives no thread or no signal handler.
pub fn spawn_input() -> io::Result<Receiver<Input>> {
    let (sender, receiver) = bounded(256);
    forward_signals(sender.clone())?;
    thread::Builder::new().name("input".to_owned()).spawn(move || {
        while let Ok(event) = event::read() {
            if let Some(input) = translate(event)
                && sender.send(input).is_err()
            {
                return;
            }
        }
        let _ = sender.send(Input::Terminate);
    })?;
    Ok(receiver)
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(..) => Some(Input::Resize),
        _ => None,
    }
}

#[cfg(unix)]
fn forward_signals(sender: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        if signals.forever().next().is_some() {
            let _ = sender.send(Input::Terminate);
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
fn forward_signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}
