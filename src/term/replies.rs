//! What is asked of the terminal, once at the start, and what it replies.

use std::io::{self, Write};

use crossterm::terminal;

/// Whether the kitty protocol is known, by a picture of one pixel that is not to be shown.
const ASK_KITTY: &str = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\";
/// The name and version (XTVERSION).
const ASK_VERSION: &str = "\x1b[>q";
/// The size of a cell in pixels.
const ASK_CELL: &str = "\x1b[16t";
/// What the terminal can (DA1), sixels among it. Every terminal replies to that, and replies in the order of the inquiries.
const ASK_ATTRIBUTES: &str = "\x1b[c";

/// What to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inquiry {
    /// Everything that decides how pictures are shown.
    Pictures {
        /// Whether to ask for the kitty protocol too; terminals that know no such strings would show the inquiry.
        kitty: bool,
    },
    /// How large a cell is.
    Cell,
}

/// What the terminal said of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It knows the kitty protocol.
    Kitty,
    /// Its name and version, as it writes them.
    Version(String),
    /// The width and height of a cell in pixels, neither 0.
    Cell(u16, u16),
    /// What it can; the last of the replies.
    Attributes {
        /// Whether it shows sixels.
        sixel: bool,
    },
}

impl Inquiry {
    /// Writes the inquiry and waits for nothing.
    pub(super) fn write(self, terminal: &mut impl Write) -> io::Result<()> {
        let parts = match self {
            Self::Pictures { kitty: true } => [ASK_KITTY, ASK_VERSION, ASK_CELL, ASK_ATTRIBUTES].as_slice(),
            Self::Pictures { kitty: false } => &[ASK_VERSION, ASK_CELL, ASK_ATTRIBUTES],
            Self::Cell => &[ASK_CELL],
        };
        terminal.write_all(parts.concat().as_bytes())
    }
}

impl Reply {
    /// Reads one sequence; nothing where it replies to none of our inquiries.
    #[cfg_attr(not(unix), expect(dead_code, reason = "elsewhere nothing is asked"))]
    pub(super) fn read(sequence: &[u8]) -> Option<Self> {
        let sequence = str::from_utf8(sequence).ok()?;
        if let Some(string) = sequence.strip_prefix("\x1b_G") {
            let (keys, said) = string.split_once(';')?;
            return (said == "OK" && keys.split(',').any(|key| key == "i=31")).then_some(Self::Kitty);
        }
        if let Some(version) = sequence.strip_prefix("\x1bP>|") {
            return Some(Self::Version(version.to_owned()));
        }
        if let Some(attributes) = sequence.strip_prefix("\x1b[?").and_then(|rest| rest.strip_suffix('c')) {
            // The first number is the kind of terminal.
            return Some(Self::Attributes { sixel: attributes.split(';').skip(1).any(|number| number == "4") });
        }
        let cell = sequence.strip_prefix("\x1b[6;")?.strip_suffix('t')?;
        let (height, width) = cell.split_once(';')?;
        cell_of(width.parse().ok()?, height.parse().ok()?)
    }
}

fn cell_of(width: u16, height: u16) -> Option<Reply> {
    (width > 0 && height > 0).then_some(Reply::Cell(width, height))
}

/// The width and height of a cell in pixels, neither 0, where the system knows them without the terminal being asked.
#[must_use]
pub fn cell_size() -> Option<(u16, u16)> {
    let window = terminal::window_size().ok()?;
    let (width, height) = (window.width.checked_div(window.columns)?, window.height.checked_div(window.rows)?);
    (width > 0 && height > 0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_read_and_others_reply_to_nothing() {
        let known = [
            ("\x1b_Gi=31;OK", Reply::Kitty),
            ("\x1bP>|kitty(0.35.2)", Reply::Version("kitty(0.35.2)".to_owned())),
            ("\x1b[6;20;10t", Reply::Cell(10, 20)),
            ("\x1b[?62;4;22c", Reply::Attributes { sixel: true }),
            ("\x1b[?4;6c", Reply::Attributes { sixel: false }),
            ("\x1b[?6c", Reply::Attributes { sixel: false }),
        ];
        for (sequence, reply) in known {
            assert_eq!(Reply::read(sequence.as_bytes()), Some(reply), "{sequence:?}");
        }
        let others = [
            "\x1b_Gi=31;ENOTSUPPORTED:no",
            "\x1b_Gi=7;OK",
            "\x1b_G",
            "\x1b[6;0;0t",
            "\x1b[6;20t",
            "\x1b[8;24;80t",
            "\x1b[>41;0;0c",
            "\x1b[?1u",
            "\x1b]11;rgb:0/0/0",
            "\x1bP1$r0m",
        ];
        for sequence in others {
            assert_eq!(Reply::read(sequence.as_bytes()), None, "{sequence:?}");
        }
        assert_eq!(Reply::read(b"\x1bP>|\xff"), None);
    }
}
