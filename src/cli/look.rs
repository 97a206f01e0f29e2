//! What is asked for of the interface: on the command line, else in `config.toml`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::config::Config;
use super::{personas, places};
use crate::run;
use crate::text::ProfileLink;
use crate::ui::{ColorDepth, PictureProtocol, Theme, ThemeName};

#[derive(Debug, Args)]
pub(super) struct Look {
    /// The interface's colours: terminal (its own), dark, light or high-contrast
    #[arg(long, global = true, env = "BOT_TUI_THEME", value_name = "NAME", display_order = super::LAST)]
    theme: Option<ThemeName>,

    /// How the interface shows pictures: auto, kitty, sixel, iterm2 or halfblocks
    #[arg(long, global = true, env = "BOT_TUI_PICTURES", value_name = "HOW", display_order = super::LAST)]
    pictures: Option<PictureProtocol>,

    /// In the interface, say of an account where it uses one of these names: any script, one a line
    #[arg(long, value_name = "FILE")]
    pub(super) names: Option<PathBuf>,

    /// Line after line in place of a screen, without boxes, pictures and colours, for screen readers
    #[arg(long, global = true, display_order = super::LAST)]
    plain: bool,

    /// Write what the interface does, without names and texts, to log.txt in your state folder
    #[arg(long)]
    pub(super) log: bool,
}

impl Look {
    /// Reads the user's files.
    pub(super) fn read(self) -> Result<run::Look> {
        let config = places::config_folder().map(|folder| Config::read(&folder.join("config.toml"))).transpose()?;
        let config = config.unwrap_or_default();
        let theme = Theme::from_environment()
            .named(self.theme.or(config.theme).unwrap_or_default())
            .with_bidi(config.bidi.unwrap_or_default())
            .with_glyphs(config.glyphs.unwrap_or_default());
        let plain = self.plain || config.plain.unwrap_or_default();
        let theme = if plain { Theme::new(ColorDepth::None).with_bidi(theme.bidi).in_lines() } else { theme };
        Ok(run::Look {
            keys: places::load_keys()?,
            theme,
            // A terminal that is heard is not asked for pictures.
            pictures: if plain {
                PictureProtocol::HalfBlocks
            } else {
                self.pictures.or(config.pictures).unwrap_or_default()
            },
            names: self.names.as_deref().map(personas::read).transpose()?,
            defaults: config.links.clone(),
            mouse: config.mouse.unwrap_or(true),
            profile_link: config.profile_link.filter(|link| *link != ProfileLink::NOWHERE),
            log: if self.log { Some(places::log_file()?) } else { None },
            sizes: places::sizes_file(),
        })
    }
}
