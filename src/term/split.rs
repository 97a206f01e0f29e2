//! Cuts what the terminal sends into keys, pastes and replies, wherever the pieces that arrive were torn.
//!
//! It knows only how sequences begin and end (ECMA-48), so that a reply nobody waits for is told from keys as surely as
//! one that was asked for: read as keys its letters would call actions.

use std::mem;
use std::time::Duration;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// Ctrl-c.
const INTERRUPT: u8 = 0x03;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// No key and no reply that we know is longer; what is beyond is dropped.
const LONGEST: usize = 512;

/// A whole piece of what the terminal sent, with its escape bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A key, the mouse, or a change of focus.
    Key(Vec<u8>),
    /// Alt with a character that also begins sequences.
    Alt(u8),
    /// What was pasted, without its marks.
    Paste(Vec<u8>),
    /// A reply, asked for or not.
    Reply(Vec<u8>),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// Behind the escape byte.
    Escape,
    /// Behind `ESC O`.
    Function,
    /// Behind `ESC [`.
    Control,
    /// So many bytes are still to come, whatever they are.
    Rest(u8),
    /// In a string that `ESC \` ends.
    Text,
    /// Behind the escape byte in such a string.
    TextEscape,
    /// In what is pasted.
    Paste,
}

/// Holds what has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    state: State,
    pending: Vec<u8>,
    pieces: Vec<Piece>,
    /// A paste was ended by an escape byte behind which nothing came: it may have been the first byte of its own end.
    torn: bool,
}

impl Splitter {
    /// Takes in what was read, and gives the pieces that are whole with it.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Piece> {
        for &byte in bytes {
            self.take(byte);
        }
        mem::take(&mut self.pieces)
    }

    /// How long to wait for the rest of what has begun; without end where nothing has, and where text is being pasted:
    /// taken for keys, the rest of it would call actions. A paste without an end is ended by the escape key or ctrl-c.
    pub fn patience(&self) -> Option<Duration> {
        let milliseconds = match self.state {
            State::Ground => return None,
            State::Paste if !self.may_be_key() => return None,
            // The escape key, unless more of a sequence follows, which terminals send in one go.
            State::Escape => 50,
            // A slow line may tear a sequence anywhere.
            _ => 1_000,
        };
        Some(Duration::from_millis(milliseconds))
    }

    /// Decides on what has begun: nothing more came.
    pub fn rest(&mut self) -> Vec<Piece> {
        match self.state {
            State::Paste if !self.may_be_key() => return Vec::new(),
            State::Paste => {
                self.torn = self.pending.pop() == Some(ESCAPE);
                self.end(Piece::Paste);
            }
            State::Escape | State::TextEscape => self.pieces.push(Piece::Key(vec![ESCAPE])),
            State::Function | State::Control | State::Text => self.abandon(),
            _ => {}
        }
        self.begin(State::Ground, &[]);
        mem::take(&mut self.pieces)
    }

    /// What began as a sequence has no end. It was a key where no more than its beginning came.
    fn abandon(&mut self) {
        if let &[_, character] = self.pending.as_slice() {
            self.pieces.push(Piece::Alt(character));
        }
    }

    /// Whether what is pasted ends with a key that is never part of it: it has no end of its own where no more comes.
    fn may_be_key(&self) -> bool {
        matches!(self.pending.last(), Some(&(ESCAPE | INTERRUPT)))
    }

    fn begin(&mut self, state: State, pending: &[u8]) {
        self.state = state;
        self.pending.clear();
        self.pending.extend_from_slice(pending);
    }

    fn take(&mut self, byte: u8) {
        match self.state {
            State::Ground => self.take_first(byte),
            State::Escape => self.take_second(byte),
            State::Function => self.take_function(byte),
            State::Control => self.take_control(byte),
            State::Rest(left) => self.take_rest(left, byte),
            State::Text => self.take_text(byte),
            State::TextEscape if byte == b'\\' => self.end(Piece::Reply),
            State::TextEscape => {
                // Another sequence begins.
                self.abandon();
                self.begin(State::Escape, &[ESCAPE]);
                self.take_second(byte);
            }
            State::Paste => self.take_pasted(byte),
        }
    }

    fn take_first(&mut self, byte: u8) {
        if mem::take(&mut self.torn) && byte == b'[' {
            return self.begin(State::Control, b"\x1b[");
        }
        self.begin(State::Ground, &[byte]);
        match (byte, following(byte)) {
            (ESCAPE, _) => self.state = State::Escape,
            (_, Some(0)) => self.end(Piece::Key),
            (_, Some(left)) => self.state = State::Rest(left),
            (_, None) => self.pending.clear(),
        }
    }

    fn take_second(&mut self, byte: u8) {
        self.pending.push(byte);
        self.state = match (byte, following(byte)) {
            (b'[', _) => State::Control,
            (b'O', _) => State::Function,
            (b'P' | b'X' | b']' | b'^' | b'_', _) => State::Text,
            (ESCAPE, _) => {
                self.pieces.push(Piece::Key(vec![ESCAPE]));
                return self.begin(State::Escape, &[ESCAPE]);
            }
            (_, Some(0)) => return self.end(Piece::Key),
            (_, Some(left)) => State::Rest(left),
            (_, None) => return self.begin(State::Escape, &[ESCAPE]),
        };
    }

    fn take_function(&mut self, byte: u8) {
        if (0x40..0x7f).contains(&byte) {
            self.pending.push(byte);
            return self.end(Piece::Key);
        }
        self.abandon();
        self.take_first(byte);
    }

    fn take_control(&mut self, byte: u8) {
        match byte {
            // The Linux console's function keys, `ESC [ [ A`.
            b'[' if self.pending.len() == 2 => self.more(State::Rest(1), byte),
            // The mouse as it was before there was SGR: three bytes of any value.
            b'M' if self.pending.len() == 2 => self.more(State::Rest(3), byte),
            0x20..0x40 => self.more(State::Control, byte),
            0x40..0x7f => {
                self.more(State::Control, byte);
                self.end_control();
            }
            // Nothing of a sequence.
            _ => {
                self.abandon();
                self.take_first(byte);
            }
        }
    }

    fn end_control(&mut self) {
        let ends_with = |endings: &[u8]| self.pending.last().is_some_and(|last| endings.contains(last));
        let asked = self.pending.get(2).is_some_and(|first| matches!(first, b'?' | b'>' | b'='));
        match self.pending.as_slice() {
            PASTE_BEGINS => self.begin(State::Paste, &[]),
            PASTE_ENDS => self.begin(State::Ground, &[]),
            _ if asked || ends_with(b"cntxy") => self.end(Piece::Reply),
            // Where the cursor is, which would be read as F3; of that key the first number is always 1.
            [_, _, numbers @ .., b'R'] if !numbers.is_empty() && !numbers.starts_with(b"1;") => self.end(Piece::Reply),
            // Of the mouse, which counts from 1.
            [.., b'M' | b'm']
                if self.pending.windows(3).any(|part| matches!(part, [b';', b'0', b';' | b'M' | b'm'])) =>
            {
                self.end(Piece::Reply);
            }
            _ => self.end(Piece::Key),
        }
    }

    fn take_rest(&mut self, left: u8, byte: u8) {
        let in_character = !self.pending.starts_with(b"\x1b[");
        if in_character && !(0x80..0xc0).contains(&byte) {
            // The character has no end; an escape byte before it was the key.
            if self.pending.first() == Some(&ESCAPE) {
                self.pieces.push(Piece::Key(vec![ESCAPE]));
            }
            return self.take_first(byte);
        }
        self.more(State::Rest(left - 1), byte);
        if left == 1 {
            self.end(Piece::Key);
        }
    }

    fn take_text(&mut self, byte: u8) {
        match byte {
            ESCAPE => self.state = State::TextEscape,
            BELL => self.end(Piece::Reply),
            // No reply holds a control.
            0..0x20 => {
                self.abandon();
                self.take_first(byte);
            }
            _ => self.more(State::Text, byte),
        }
    }

    fn take_pasted(&mut self, byte: u8) {
        self.pending.push(byte);
        if byte == b'~' && self.pending.ends_with(PASTE_ENDS) {
            self.pending.truncate(self.pending.len() - PASTE_ENDS.len());
            self.end(Piece::Paste);
        }
    }

    fn more(&mut self, state: State, byte: u8) {
        self.state = state;
        if self.pending.len() < LONGEST {
            self.pending.push(byte);
        }
    }

    fn end(&mut self, piece: fn(Vec<u8>) -> Piece) {
        let bytes = mem::take(&mut self.pending);
        self.state = State::Ground;
        self.pieces.push(piece(bytes));
    }
}

/// How many bytes of a character (UTF-8) follow this one, where it begins one.
fn following(first: u8) -> Option<u8> {
    match first {
        0..0x80 => Some(0),
        0xc2..0xe0 => Some(1),
        0xe0..0xf0 => Some(2),
        0xf0..0xf5 => Some(3),
        _ => None,
    }
}
