//! What comes from the terminal. One thread reads it for the whole session, keys and replies alike: a second reader would
//! take away what the first waits for.

use std::io;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event::{Event, KeyEvent, KeyEventKind, MouseEvent, MouseEventKind};

use super::replies::Reply;

/// Something that the user, the terminal or the system did.
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
    /// The terminal said something of itself, soon after it was asked, or whenever it likes.
    Reply(Reply),
    /// The terminal is gone, or the system asks the program to end.
    Terminate,
}

/// Starts reading the terminal. The threads end with the process.
///
/// # Errors
/// Fails where there is no terminal to read from, and where the system gives no thread or no signal handler.
pub fn spawn_input() -> io::Result<Receiver<Input>> {
    let (sender, receiver) = bounded(256);
    system::forward_signals(sender.clone())?;
    system::read_terminal(sender)?;
    Ok(receiver)
}

/// Starts the thread that reads keys. However it ends, also by a panic, the program does: it would be deaf.
fn spawn_reader(sender: Sender<Input>, read: impl FnOnce(&Sender<Input>) + Send + 'static) -> io::Result<()> {
    let ending = Ending(sender);
    thread::Builder::new().name("input".to_owned()).spawn(move || read(&ending.0))?;
    Ok(())
}

/// Says at its end that nothing more comes.
struct Ending(Sender<Input>);

impl Drop for Ending {
    fn drop(&mut self) {
        // Nobody listens once the program is left.
        let _ = self.0.send(Input::Terminate);
    }
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
mod system {
    use std::fs::File;
    use std::io::{ErrorKind, IsTerminal, Read};
    use std::os::fd::AsFd;

    use crossbeam_channel::RecvTimeoutError;
    use crossterm::event::KeyModifiers;
    use signal_hook::consts::{SIGHUP, SIGTERM, SIGWINCH};
    use signal_hook::iterator::Signals;

    use super::super::split::{Piece, Splitter};
    use super::*;

    /// What one read takes at most.
    const CHUNK: usize = 1 << 14;

    /// Two threads: one waits for bytes, the other for the rest of a sequence, but never long.
    pub(super) fn read_terminal(sender: Sender<Input>) -> io::Result<()> {
        let (bytes, chunks) = bounded(16);
        let terminal = terminal()?;
        thread::Builder::new().name("terminal".to_owned()).spawn(move || read(terminal, &bytes))?;
        spawn_reader(sender, move |sender| split(&chunks, sender))
    }

    fn terminal() -> io::Result<File> {
        let stdin = io::stdin();
        if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned().map(File::from) } else { File::open("/dev/tty") }
    }

    /// Ends when the terminal is gone, which shows as its end or as an error.
    fn read(mut terminal: File, bytes: &Sender<Vec<u8>>) {
        let mut buffer = vec![0; CHUNK];
        loop {
            match terminal.read(&mut buffer) {
                Ok(0) => return,
                Ok(length) if bytes.send(buffer[..length].to_vec()).is_err() => return,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // Another program left its standard input so that reading does not wait; a terminal opened anew does.
                Err(error) if error.kind() == ErrorKind::WouldBlock => match File::open("/dev/tty") {
                    Ok(anew) => terminal = anew,
                    Err(_) => return,
                },
                Err(_) => return,
            }
        }
    }

    /// Ends when nothing more comes, or nobody wants it.
    fn split(chunks: &Receiver<Vec<u8>>, sender: &Sender<Input>) {
        let mut splitter = Splitter::default();
        loop {
            let chunk = match splitter.patience() {
                None => chunks.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => chunks.recv_timeout(patience),
            };
            let pieces = match chunk {
                Ok(bytes) => splitter.feed(&bytes),
                Err(RecvTimeoutError::Timeout) => splitter.rest(),
                Err(RecvTimeoutError::Disconnected) => return,
            };
            for input in pieces.into_iter().filter_map(meaning) {
                if sender.send(input).is_err() {
                    return;
                }
            }
        }
    }

    pub(super) fn meaning(piece: Piece) -> Option<Input> {
        match piece {
            Piece::Key(bytes) => event(&bytes).and_then(translate),
            Piece::Alt(byte) => match event(&[byte])? {
                Event::Key(key) => Some(Input::Key(KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key })),
                _ => None,
            },
            Piece::Paste(bytes) => Some(Input::Paste(String::from_utf8_lossy(&bytes).into_owned())),
            Piece::Reply(bytes) => Reply::read(&bytes).map(Input::Reply),
        }
    }

    fn event(bytes: &[u8]) -> Option<Event> {
        let event = terminput::Event::parse_from(bytes).ok().flatten()?;
        terminput_crossterm::to_crossterm(event).ok()
    }

    pub(super) fn forward_signals(sender: Sender<Input>) -> io::Result<()> {
        let mut signals = Signals::new([SIGHUP, SIGTERM, SIGWINCH])?;
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for signal in signals.forever() {
                let input = if signal == SIGWINCH { Input::Resize } else { Input::Terminate };
                if sender.send(input).is_err() {
                    return;
                }
            }
        })?;
        Ok(())
    }
}

#[cfg(not(unix))]
mod system {
    use super::*;

    pub(super) fn read_terminal(sender: Sender<Input>) -> io::Result<()> {
        spawn_reader(sender, |sender| {
            while let Ok(event) = crossterm::event::read() {
                if let Some(input) = translate(event)
                    && sender.send(input).is_err()
                {
                    return;
                }
            }
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
    pub(super) fn forward_signals(_: Sender<Input>) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(all(test, unix))]
#[path = "input_tests.rs"]
mod tests;
