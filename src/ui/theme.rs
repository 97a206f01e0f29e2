//! How roles look. Colours come from the terminal's own palette, and no meaning rests on colour alone.

use std::env;

use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::BorderType;

use crate::model::Label;

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
}

impl Theme {
    /// A theme with this many colours.
    #[must_use]
    pub fn new(colors: ColorDepth) -> Self {
        Self { colors }
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

    fn paint(&self, color: Color) -> Style {
        if self.colors == ColorDepth::None { Style::new() } else { Style::new().fg(color) }
    }

    /// The frame of a pane.
    #[must_use]
    pub fn border(&self, focused: bool) -> Style {
        if focused { self.paint(Color::Cyan).add_modifier(Modifier::BOLD) } else { self.muted() }
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
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Headings of columns and of parts.
    #[must_use]
    pub fn heading(&self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What a search matched.
    #[must_use]
    pub fn matched(&self) -> Style {
        self.paint(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A mark.
    #[must_use]
    pub fn mark(&self) -> Style {
        self.paint(Color::Magenta).add_modifier(Modifier::BOLD)
    }

    /// A key in a hint.
    #[must_use]
    pub fn key(&self) -> Style {
        self.paint(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What went wrong, or must not be overlooked.
    #[must_use]
    pub fn warning(&self) -> Style {
        self.paint(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// One of several targets, by its place. The colours come again; the letter beside them does not.
    #[must_use]
    pub fn target(&self, place: usize) -> Style {
        const COLORS: [Color; 6] = [Color::Cyan, Color::Yellow, Color::Magenta, Color::Green, Color::Red, Color::Blue];
        self.paint(COLORS[place % COLORS.len()])
    }

    /// A line of the graph by what it rests on, shared targets or pictures or both; the kind of line says the same.
    #[must_use]
    pub fn layers(&self, shares: bool, pictures: bool) -> Style {
        self.paint(match (shares, pictures) {
            (_, false) => Color::Cyan,
            (true, true) => Color::Green,
            (false, true) => Color::Yellow,
        })
    }

    /// A line of the graph that stays in the background.
    #[must_use]
    pub fn faint(&self) -> Style {
        self.paint(Color::DarkGray)
    }

    /// A tag.
    #[must_use]
    pub fn label(&self, label: Option<Label>) -> Style {
        match label {
            Some(Label::SuspectedBot) => self.paint(Color::Red),
            Some(Label::LikelyHuman) => self.paint(Color::Green),
            Some(Label::Unsure) => self.paint(Color::Yellow),
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
