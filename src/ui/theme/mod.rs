//! How roles look. No meaning rests on colour alone: without colours, modifiers and glyphs say the same.
//!
//! Words of this room: *palette*, the table of colours of one theme; *ground*, what text stands on; *glyphs*, the signs that
//! the terminal's font has; *stand-in*, what is drawn in ASCII in place of a sign.

mod glyphs;
mod palette;

use std::env;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::BorderType;

use crate::model::Label;
use crate::text::Bidi;
pub use glyphs::Glyphs;
use palette::Palette;
pub use palette::ThemeName;

/// How many colours a picture may be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorDepth {
    /// 24 bits.
    True,
    /// The 256 indexed colours.
    Indexed,
    /// None: pictures are drawn as shades.
    None,
}

/// Styles by role.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    colors: ColorDepth,
    palette: &'static Palette,
    /// The signs that the terminal's font has.
    pub glyphs: Glyphs,
    /// Who turns right-to-left text round.
    pub bidi: Bidi,
    /// Whether what is drawn is to be heard: no boxes and no pictures.
    pub in_lines: bool,
}

impl Theme {
    /// The terminal's own colours, this many of them.
    #[must_use]
    pub fn new(colors: ColorDepth) -> Self {
        Self {
            colors,
            palette: ThemeName::Terminal.palette(),
            glyphs: Glyphs::Unicode,
            bidi: Bidi::Terminal,
            in_lines: false,
        }
    }

    /// The same with the colours of another theme.
    #[must_use]
    pub fn named(self, name: ThemeName) -> Self {
        Self { palette: name.palette(), ..self }
    }

    /// The same for a screen that is heard.
    #[must_use]
    pub fn in_lines(self) -> Self {
        Self { in_lines: true, ..self }
    }

    /// The same with text turned round by somebody else.
    #[must_use]
    pub fn with_bidi(self, bidi: Bidi) -> Self {
        Self { bidi, ..self }
    }

    /// The same with other signs.
    #[must_use]
    pub fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// What the environment asks for: `NO_COLOR`, `COLORTERM`.
    #[must_use]
    pub fn from_environment() -> Self {
        let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let true_color =
            env::var("COLORTERM").is_ok_and(|value| value.contains("truecolor") || value.contains("24bit"));
        Self::new(match (set("NO_COLOR"), true_color) {
            (true, _) => ColorDepth::None,
            (false, true) => ColorDepth::True,
            (false, false) => ColorDepth::Indexed,
        })
    }

    /// How pictures are drawn.
    #[must_use]
    pub fn colors(&self) -> ColorDepth {
        self.colors
    }

    /// What text stands on, laid under a frame once all of it is drawn; and the signs that the font has not.
    pub(super) fn finish(&self, buffer: &mut Buffer) {
        let ground = self.palette.ground.filter(|_| self.colors != ColorDepth::None);
        if ground.is_none() && self.glyphs == Glyphs::Unicode {
            return;
        }
        for cell in &mut buffer.content {
            if let Some((text, ground)) = ground {
                cell.fg = if cell.fg == Color::Reset { text } else { cell.fg };
                cell.bg = if cell.bg == Color::Reset { ground } else { cell.bg };
            }
            if self.glyphs == Glyphs::Ascii
                && let Some(plain) = glyphs::in_ascii(cell.symbol())
            {
                cell.set_symbol(plain);
            }
        }
    }

    fn paint(&self, color: Color) -> Style {
        if self.colors == ColorDepth::None { Style::new() } else { Style::new().fg(color) }
    }

    /// The frame of a pane.
    #[must_use]
    pub fn border(&self, focused: bool) -> Style {
        if focused { self.paint(self.palette.cyan).add_modifier(Modifier::BOLD) } else { self.muted() }
    }

    /// The line of that frame: without colours the focus must still be seen.
    #[must_use]
    pub fn border_type(&self, focused: bool) -> BorderType {
        if focused { BorderType::Thick } else { BorderType::Rounded }
    }

    /// The title of a pane.
    #[must_use]
    pub fn title(&self, focused: bool) -> Style {
        if focused { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() }
    }

    /// The row of the cursor.
    #[must_use]
    pub fn cursor(&self, focused: bool) -> Style {
        let modifier = if focused { Modifier::REVERSED } else { Modifier::BOLD };
        Style::new().add_modifier(modifier)
    }

    /// What explains rather than says.
    #[must_use]
    pub fn muted(&self) -> Style {
        match self.palette.quiet.filter(|_| self.colors != ColorDepth::None) {
            Some(quiet) => self.paint(quiet),
            None => Style::new().add_modifier(Modifier::DIM),
        }
    }

    /// Headings of columns and of parts.
    #[must_use]
    pub fn heading(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What a search matched.
    #[must_use]
    pub fn matched(&self) -> Style {
        self.paint(self.palette.yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A mark.
    #[must_use]
    pub fn mark(&self) -> Style {
        self.paint(self.palette.magenta).add_modifier(Modifier::BOLD)
    }

    /// A key in a hint.
    #[must_use]
    pub fn key(&self) -> Style {
        self.paint(self.palette.cyan).add_modifier(Modifier::BOLD)
    }

    /// What went wrong, or must not be overlooked.
    #[must_use]
    pub fn warning(&self) -> Style {
        self.paint(self.palette.red).add_modifier(Modifier::BOLD)
    }

    /// One of several targets, by its place. The colours come again; the letter beside them does not.
    #[must_use]
    pub fn target(&self, place: usize) -> Style {
        let Palette { cyan, yellow, magenta, green, red, blue, .. } = *self.palette;
        let colors = [cyan, yellow, magenta, green, red, blue];
        self.paint(colors[place % colors.len()])
    }

    /// A line of the graph by what it rests on, shared targets or pictures or both; the kind of line says the same.
    #[must_use]
    pub fn layers(&self, shares: bool, pictures: bool) -> Style {
        self.paint(match (shares, pictures) {
            (_, false) => self.palette.cyan,
            (true, true) => self.palette.green,
            (false, true) => self.palette.yellow,
        })
    }

    /// A line of the graph that stays in the background.
    #[must_use]
    pub fn faint(&self) -> Style {
        self.paint(self.palette.faint)
    }

    /// A tag.
    #[must_use]
    pub fn label(&self, label: Option<Label>) -> Style {
        match label {
            Some(Label::SuspectedBot) => self.paint(self.palette.red),
            Some(Label::LikelyHuman) => self.paint(self.palette.green),
            Some(Label::Unsure) => self.paint(self.palette.yellow),
            None => self.muted(),
        }
    }
}

/// The sign of a tag; the word goes with it wherever there is room.
#[must_use]
pub fn glyph(label: Option<Label>) -> &'static str {
    match label {
        Some(Label::SuspectedBot) => "◆",
        Some(Label::LikelyHuman) => "○",
        Some(Label::Unsure) => "?",
        None => "·",
    }
}
