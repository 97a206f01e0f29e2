//! The themes: one table of colours each. To add one: its palette here, and its line in `ThemeName`.

use std::fmt;
use std::str::FromStr;

use ratatui::style::Color;

use crate::text::{UnknownWord, meant};

/// Which theme colours come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own colours.
    #[default]
    Terminal,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// White on black, with bright colours and nothing dimmed.
    HighContrast,
}

impl ThemeName {
    /// Every theme, with the word that asks for it.
    pub const ALL: [(&'static str, Self); 4] = [
        ("terminal", Self::Terminal),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
    ];

    pub(super) fn palette(self) -> &'static Palette {
        match self {
            Self::Terminal => &TERMINAL,
            Self::Dark => &DARK,
            Self::Light => &LIGHT,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

impl FromStr for ThemeName {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        meant(word, "is no theme", &Self::ALL)
    }
}

impl fmt::Display for ThemeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(_, theme)| theme == self).map_or("", |(name, _)| name))
    }
}

/// The colours of a theme; which role takes which is said in `Theme`.
#[derive(Debug)]
pub(super) struct Palette {
    /// Text and what it stands on; `None` leaves both to the terminal.
    pub ground: Option<(Color, Color)>,
    /// What explains rather than says; `None` dims it.
    pub quiet: Option<Color>,
    pub faint: Color,
    pub cyan: Color,
    pub yellow: Color,
    pub magenta: Color,
    pub green: Color,
    pub red: Color,
    pub blue: Color,
}

const TERMINAL: Palette = Palette {
    ground: None,
    quiet: None,
    faint: Color::DarkGray,
    cyan: Color::Cyan,
    yellow: Color::Yellow,
    magenta: Color::Magenta,
    green: Color::Green,
    red: Color::Red,
    blue: Color::Blue,
};

// From 16 on an index is the same colour in every terminal.
const DARK: Palette = Palette {
    ground: Some((Color::Indexed(252), Color::Indexed(234))),
    quiet: Some(Color::Indexed(246)),
    faint: Color::Indexed(243),
    cyan: Color::Indexed(80),
    yellow: Color::Indexed(221),
    magenta: Color::Indexed(213),
    green: Color::Indexed(114),
    red: Color::Indexed(210),
    blue: Color::Indexed(111),
};

const LIGHT: Palette = Palette {
    ground: Some((Color::Indexed(235), Color::Indexed(255))),
    quiet: Some(Color::Indexed(241)),
    faint: Color::Indexed(243),
    cyan: Color::Indexed(23),
    yellow: Color::Indexed(94),
    magenta: Color::Indexed(90),
    green: Color::Indexed(22),
    red: Color::Indexed(124),
    blue: Color::Indexed(25),
};

const HIGH_CONTRAST: Palette = Palette {
    ground: Some((Color::Indexed(231), Color::Indexed(16))),
    quiet: Some(Color::Indexed(252)),
    faint: Color::Indexed(250),
    cyan: Color::Indexed(51),
    yellow: Color::Indexed(226),
    magenta: Color::Indexed(213),
    green: Color::Indexed(46),
    red: Color::Indexed(210),
    blue: Color::Indexed(117),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Red, green and blue of an index from 16 on: a cube of 6 × 6 × 6, then 24 greys.
    fn rgb(color: Color) -> [u8; 3] {
        let Color::Indexed(index @ 16..) = color else { panic!("{color:?} differs from terminal to terminal") };
        if index >= 232 {
            return [8 + 10 * (index - 232); 3];
        }
        [36, 6, 1].map(|place| match (index - 16) / place % 6 {
            0 => 0,
            level => 55 + 40 * level,
        })
    }

    /// The relative luminance of WCAG 2.
    fn luminance(color: Color) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = rgb(color).map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_is_legible_on_its_ground() {
        assert!((contrast(Color::Indexed(16), Color::Indexed(231)) - 21.0).abs() < 1e-9);
        for (name, theme) in ThemeName::ALL {
            let palette = theme.palette();
            let Some((text, ground)) = palette.ground else { continue };
            let least = if theme == ThemeName::HighContrast { 7.0 } else { 4.5 };
            let Palette { cyan, yellow, magenta, green, red, blue, faint, .. } = *palette;
            for color in [text, palette.quiet.unwrap(), cyan, yellow, magenta, green, red, blue] {
                assert!(contrast(color, ground) >= least, "{color:?} in {name}: {:.1}", contrast(color, ground));
            }
            assert!(contrast(faint, ground) >= 3.0, "lines in {name}: {:.1}", contrast(faint, ground));
        }
    }

    #[test]
    fn a_word_that_names_no_theme_is_told_the_closest() {
        for (name, theme) in ThemeName::ALL {
            assert_eq!((name.parse(), theme.to_string()), (Ok(theme), name.to_owned()));
        }
        let said = "lihgt".parse::<ThemeName>().unwrap_err().to_string();
        assert_eq!(said, "`lihgt` is no theme; did you mean `light`? There are terminal, dark, light, high-contrast");
    }
}
