//! Which way of showing pictures a terminal is given.

use std::env;
use std::str::FromStr;

use ratatui_image::FontSize;
use ratatui_image::picker::{Picker, ProtocolType};

use crate::text::{UnknownWord, meant};

/// The first version of kitty that knows the Unicode placeholders by which pictures are drawn; before, they are boxes.
const KITTY_WITH_PLACEHOLDERS: (u32, u32) = (0, 28);
/// A cell in pixels where nobody knows better.
const USUAL_CELL: (u16, u16) = (10, 20);

/// How pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PictureProtocol {
    /// As the terminal says it can; half blocks inside a multiplexer, where its answer cannot be trusted.
    #[default]
    Auto,
    /// By kitty's protocol.
    Kitty,
    /// As sixels.
    Sixel,
    /// By iTerm2's protocol.
    Iterm2,
    /// Two pixels a cell, which every terminal shows.
    HalfBlocks,
}

impl FromStr for PictureProtocol {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let known = [
            ("auto", Self::Auto),
            ("kitty", Self::Kitty),
            ("sixel", Self::Sixel),
            ("iterm2", Self::Iterm2),
            ("halfblocks", Self::HalfBlocks),
        ];
        meant(word, "is no way to show pictures", &known)
    }
}

/// What is known of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Whether it answered in kitty's protocol.
    pub kitty: bool,
    /// Whether it shows sixels.
    pub sixel: bool,
    /// Its name and version, as it writes them.
    pub version: Option<String>,
    /// The width and height of a cell in pixels, neither 0.
    pub cell: Option<(u16, u16)>,
}

/// What the environment tells of the terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings {
    /// Whether a multiplexer stands between: it answers for itself, and passes on only some of what is drawn.
    pub multiplexed: bool,
    /// Whether it is WezTerm, whose sixels and placeholders are worse than its iTerm2 pictures.
    wezterm: bool,
    /// Whether it is Konsole, whose sixels and placeholders are both faulty.
    konsole: bool,
    /// Whether it shows strings that it does not know.
    shows_strings: bool,
}

impl Surroundings {
    /// Reads the environment.
    #[must_use]
    pub fn read() -> Self {
        let has = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is = |name, value| env::var(name).is_ok_and(|set| set == value);
        Self {
            multiplexed: ["TMUX", "STY", "ZELLIJ"].into_iter().any(has),
            wezterm: has("WEZTERM_EXECUTABLE"),
            konsole: has("KONSOLE_VERSION"),
            shows_strings: is("TERM_PROGRAM", "Apple_Terminal") || is("TERM", "linux"),
        }
    }

    /// Whether the terminal may be asked for kitty's protocol.
    #[must_use]
    pub fn may_know_kitty(self) -> bool {
        !(self.wezterm || self.konsole || self.shows_strings)
    }
}

/// The picker for what is wanted; none for half blocks.
pub(super) fn pick(wanted: PictureProtocol, abilities: &Abilities, around: Surroundings) -> Option<Picker> {
    let cell = match wanted {
        PictureProtocol::Auto => abilities.cell?,
        _ => abilities.cell.unwrap_or(USUAL_CELL),
    };
    #[expect(deprecated, reason = "the others ask the terminal themselves, and take keys for its answers")]
    let mut picker = Picker::from_fontsize(FontSize::new(cell.0, cell.1));
    let protocol = match wanted {
        PictureProtocol::HalfBlocks => return None,
        PictureProtocol::Kitty => ProtocolType::Kitty,
        PictureProtocol::Sixel => ProtocolType::Sixel,
        PictureProtocol::Iterm2 => ProtocolType::Iterm2,
        PictureProtocol::Auto => choose(abilities, around, picker.protocol_type() == ProtocolType::Iterm2)?,
    };
    picker.set_protocol_type(protocol);
    Some(picker)
}

/// The best that the terminal shows without fault; the environment's hint at iTerm2's protocol comes last, since it is
/// handed down to terminals within.
fn choose(abilities: &Abilities, around: Surroundings, iterm2: bool) -> Option<ProtocolType> {
    let version = abilities.version.as_deref().unwrap_or_default();
    if around.wezterm || version.starts_with("WezTerm") {
        return Some(ProtocolType::Iterm2);
    }
    if around.konsole || version.starts_with("Konsole") {
        return None;
    }
    if abilities.kitty && has_placeholders(version) {
        return Some(ProtocolType::Kitty);
    }
    if abilities.sixel {
        return Some(ProtocolType::Sixel);
    }
    iterm2.then_some(ProtocolType::Iterm2)
}

fn has_placeholders(version: &str) -> bool {
    if version.starts_with("ghostty") {
        return true;
    }
    let Some(numbers) = version.strip_prefix("kitty(") else { return false };
    let mut numbers = numbers.split(|c: char| !c.is_ascii_digit()).map_while(|number| number.parse().ok());
    numbers.next().zip(numbers.next()).is_some_and(|version| version >= KITTY_WITH_PLACEHOLDERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(kitty: bool, sixel: bool, version: &str) -> Option<ProtocolType> {
        let abilities = Abilities { kitty, sixel, version: Some(version.to_owned()), cell: Some(USUAL_CELL) };
        choose(&abilities, Surroundings::default(), false)
    }

    #[test]
    fn kitty_without_placeholders_gets_half_blocks() {
        for (version, expected) in [
            ("kitty(0.26.5)", None),
            ("kitty(0.27.1)", None),
            ("kitty(0.28.0)", Some(ProtocolType::Kitty)),
            ("kitty(0.35.2)", Some(ProtocolType::Kitty)),
            ("kitty(1.0.0)", Some(ProtocolType::Kitty)),
            ("ghostty 1.1.3", Some(ProtocolType::Kitty)),
            ("kitty", None),
            ("kitty(0", None),
            ("unheard of 7", None),
            ("", None),
        ] {
            assert_eq!(chosen(true, false, version), expected, "{version}");
        }
    }

    #[test]
    fn a_terminal_gets_what_it_shows_without_fault() {
        assert_eq!(chosen(false, true, "XTerm(379)"), Some(ProtocolType::Sixel));
        assert_eq!(chosen(true, true, "unheard of 7"), Some(ProtocolType::Sixel));
        assert_eq!(chosen(true, true, "WezTerm 20240203"), Some(ProtocolType::Iterm2));
        assert_eq!(chosen(true, true, "Konsole 23.08.1"), None);
        assert_eq!(chosen(false, false, "alacritty"), None);
        let nothing = Abilities::default();
        assert_eq!(choose(&nothing, Surroundings::default(), true), Some(ProtocolType::Iterm2));
        assert!(pick(PictureProtocol::HalfBlocks, &nothing, Surroundings::default()).is_none());
        let sixel = Abilities { sixel: true, ..Abilities::default() };
        assert!(
            pick(PictureProtocol::Auto, &sixel, Surroundings::default()).is_none(),
            "nobody knows how large a cell is"
        );
        let forced = pick(PictureProtocol::Kitty, &nothing, Surroundings::default()).unwrap();
        assert_eq!(forced.protocol_type(), ProtocolType::Kitty);
    }

    #[test]
    fn ways_to_show_pictures_go_by_their_words() {
        assert_eq!("sixel".parse(), Ok(PictureProtocol::Sixel));
        assert!("ascii".parse::<PictureProtocol>().unwrap_err().to_string().contains("halfblocks"));
    }
}
