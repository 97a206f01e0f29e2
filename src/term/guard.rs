//! Takes the terminal over and gives it back, also after an error or a panic.

use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste, EnableFocusChange,
    EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{Clear, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use super::frames::Frames;
use super::replies::Inquiry;

static HOOK: Once = Once::new();
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the mouse is taken too, as long as the terminal is.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Whether lines are written one after the other, on the ordinary screen.
static LINES: AtomicBool = AtomicBool::new(false);
/// What workers said when they panicked; it would be lost on the alternate screen.
static POSTPONED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What is wanted of the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its mouse.
    pub mouse: bool,
    /// Its ordinary screen, to write line after line.
    pub lines: bool,
}

/// How the next frame is drawn where the terminal may show something else than what was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repaint {
    /// Over what stands there, without a flicker.
    Over,
    /// On an empty screen; pictures that the terminal was given are given to it again.
    Anew,
}

/// The terminal in raw mode on its alternate screen. Dropping it restores what was before.
#[derive(Debug)]
pub struct TerminalGuard {
    /// Where frames are drawn.
    pub terminal: Terminal<CrosstermBackend<Frames>>,
}

impl TerminalGuard {
    /// Takes the terminal over. From now on a panic of this thread restores it before it prints its message; the
    /// message of another thread waits until the terminal is given back, since the interface goes on without it.
    ///
    /// # Errors
    /// Fails where standard output is no terminal.
    pub fn enter(wanted: Wanted) -> io::Result<Self> {
        MOUSE.store(wanted.mouse && !wanted.lines, Ordering::SeqCst);
        LINES.store(wanted.lines, Ordering::SeqCst);
        let owner = thread::current().id();
        HOOK.call_once(|| hook_panics(owner));
        match take_over().and_then(|()| new_terminal()) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }
}

fn new_terminal() -> io::Result<Terminal<CrosstermBackend<Frames>>> {
    Terminal::new(CrosstermBackend::new(Frames::to(io::stdout())))
}

/// Begins to use the terminal; `restore` undoes it.
fn take_over() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    if LINES.load(Ordering::SeqCst) {
        return execute!(io::stdout(), EnableBracketedPaste);
    }
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange)?;
    if MOUSE.load(Ordering::SeqCst) { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

impl TerminalGuard {
    /// Asks the terminal to put `text` into its clipboard; whether it does, it does not tell.
    ///
    /// # Errors
    /// Fails where the terminal cannot be written to.
    pub fn copy(&mut self, text: String) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Asks the terminal, before the first frame, and waits for nothing; what it replies comes as input.
    ///
    /// # Errors
    /// Fails where the terminal cannot be written to.
    pub fn ask(&mut self, inquiry: Inquiry) -> io::Result<()> {
        let mut out = io::stdout().lock();
        inquiry.write(&mut out)?;
        // A terminal that does not know an inquiry may show it.
        execute!(out, Clear(crossterm::terminal::ClearType::All))
    }

    /// Has all of the next frame drawn. `Terminal::clear` would ask the terminal where its cursor is, and the thread that
    /// reads keys would take the reply.
    ///
    /// # Errors
    /// Fails where the terminal cannot be written to.
    pub fn repaint(&mut self, repaint: Repaint) -> io::Result<()> {
        match repaint {
            Repaint::Over => {
                // No cell that is drawn equals this one, so each is written again, and none is empty in between.
                let other = Cell::new(" ").set_style(Modifier::RAPID_BLINK).clone();
                self.terminal.current_buffer_mut().content.fill(other);
            }
            Repaint::Anew => self.terminal.backend_mut().clear_region(ClearType::All)?,
        }
        self.terminal.swap_buffers();
        Ok(())
    }

    /// Writes lines one after the other; they must be safe to show.
    ///
    /// # Errors
    /// Fails where the terminal cannot be written to.
    pub fn write_lines(&mut self, lines: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for line in lines {
            // In raw mode a line break alone does not lead back to the first column.
            write!(out, "{line}\r\n")?;
        }
        out.flush()
    }

    /// Gives the terminal to the shell, stops, and takes it over again once the shell goes on with the program. Where
    /// the system knows no such thing, nothing happens.
    ///
    /// # Errors
    /// Fails where the terminal cannot be taken over again.
    pub fn suspend(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            restore();
            signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
            // The alternate screen is empty now, which a terminal that was kept would not know.
            take_over()?;
            self.terminal = new_terminal()?;
        }
        Ok(())
    }

    /// Gives the terminal back.
    pub fn leave(self) {
        restore();
        if !io::stdout().is_terminal() {
            // Of a terminal that is gone nothing can be restored; trying to would panic for want of a place to say so.
            std::mem::forget(self);
        }
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

fn hook_panics(owner: ThreadId) {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() != owner && TAKEN.load(Ordering::SeqCst) {
            // What a panic repeats may come from data, and must not act on the terminal.
            let harmless = |sign: char| if sign.is_control() && sign != '\n' { '\u{fffd}' } else { sign };
            let message = info.to_string().chars().map(harmless).collect();
            POSTPONED.lock().unwrap_or_else(PoisonError::into_inner).push(message);
            return;
        }
        restore();
        print(info);
    }));
}

/// Undoes everything that `enter` did, once: leaving the alternate screen a second time would move the cursor over
/// what was printed since. Nothing can be done about a terminal that is gone, so errors are passed over.
fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if MOUSE.load(Ordering::SeqCst) {
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = if LINES.load(Ordering::SeqCst) {
        execute!(io::stdout(), DisableBracketedPaste)
    } else {
        execute!(io::stdout(), DisableFocusChange, DisableBracketedPaste, LeaveAlternateScreen, Show)
    };
    let _ = disable_raw_mode();
    let _ = io::stdout().flush();
    for message in POSTPONED.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        let _ = writeln!(io::stderr(), "{message}");
    }
}
