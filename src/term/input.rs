//! What comes from the terminal.

use std::io::{self, IsTerminal};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{self, Event, KeyEvent, KeyEventKind, MouseEvent, MouseEventKind};

/// Something that the user or the system did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something, in this column and row.
    Mouse(MouseEventKind, (u16, u16)),
    /// The user came back to this terminal: what stands there may have been drawn over.
    Focus,
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
    watch_terminal(sender.clone())?;
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

/// How often to look whether the terminal is still there.
const LOOK: Duration = Duration::from_secs(1);

/// A terminal can go away without a signal, for example under another session leader; reading keys from it then
/// finds nothing for ever, without an error.
fn watch_terminal(sender: Sender<Input>) -> io::Result<()> {
    if !io::stdin().is_terminal() {
        return Ok(());
    }
    thread::Builder::new().name("hangup".to_owned()).spawn(move || {
        while io::stdin().is_terminal() {
            thread::sleep(LOOK);
        }
        let _ = sender.send(Input::Terminate);
    })?;
    Ok(())
}

fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Paste(text) => Some(Input::Paste(text)),
        // Moving without a button means nothing here.
        Event::Mouse(MouseEvent { kind: MouseEventKind::Moved, .. }) => None,
        Event::Mouse(mouse) => Some(Input::Mouse(mouse.kind, (mouse.column, mouse.row))),
        Event::FocusGained => Some(Input::Focus),
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
