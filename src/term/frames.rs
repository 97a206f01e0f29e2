//! Frames on their way to the terminal, each in one piece.

use std::io::{self, Stdout, Write};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};

/// Gives a terminal everything since the last flush at once: one that woke up for every kilobyte would show torn frames.
/// What is not flushed is dropped, so that after a panic half a frame does not follow the restored screen.
#[derive(Debug)]
pub struct Frames<W = Stdout> {
    terminal: W,
    waiting: Vec<u8>,
}

impl<W> Frames<W> {
    /// For this terminal.
    pub(super) fn to(terminal: W) -> Self {
        Self { terminal, waiting: Vec::new() }
    }
}

impl<W: Write> Write for Frames<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.waiting.is_empty() {
            queue!(self.waiting, BeginSynchronizedUpdate)?;
        }
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        queue!(self.waiting, EndSynchronizedUpdate)?;
        let written = self.terminal.write_all(&self.waiting);
        self.waiting.clear();
        written.and_then(|()| self.terminal.flush())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was written, piece by piece.
    #[derive(Default)]
    struct Pieces(Vec<String>);

    impl Write for &mut Pieces {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_written_whole_or_not_at_all() {
        let mut pieces = Pieces::default();
        let mut frames = Frames::to(&mut pieces);
        for frame in [["a", "b"], ["c", "d"]] {
            for part in frame {
                frames.write_all(part.as_bytes()).unwrap();
            }
            frames.flush().unwrap();
        }
        frames.flush().unwrap();
        frames.write_all(b"half").unwrap();
        drop(frames);
        assert_eq!(pieces.0, ["\u{1b}[?2026hab\u{1b}[?2026l", "\u{1b}[?2026hcd\u{1b}[?2026l"]);
    }
}
