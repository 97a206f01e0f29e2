//! `config.toml` in the configuration folder: what a user sets once for all.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::ui::PictureProtocol;

/// What the file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    pictures: Option<String>,
}

impl Config {
    /// Reads the file; one that is not there says nothing.
    pub(super) fn read(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} cannot be read", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// How pictures are shown: as the command line or the environment says, else as the file does.
    pub(super) fn pictures(&self, asked: Option<PictureProtocol>) -> Result<PictureProtocol> {
        match (asked, &self.pictures) {
            (Some(asked), _) => Ok(asked),
            (None, Some(word)) => Ok(word.parse()?),
            (None, None) => Ok(PictureProtocol::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_wins_over_the_file_and_what_is_unknown_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        assert_eq!(Config::read(&path).unwrap().pictures(None).unwrap(), PictureProtocol::Auto);
        std::fs::write(&path, "pictures = \"sixel\"\n").unwrap();
        let config = Config::read(&path).unwrap();
        assert_eq!(config.pictures(None).unwrap(), PictureProtocol::Sixel);
        assert_eq!(config.pictures(Some(PictureProtocol::Kitty)).unwrap(), PictureProtocol::Kitty);
        std::fs::write(&path, "pictures = \"ascii\"\n").unwrap();
        assert!(Config::read(&path).unwrap().pictures(None).unwrap_err().to_string().contains("ascii"));
        std::fs::write(&path, "picture = 1\n").unwrap();
        assert!(format!("{:#}", Config::read(&path).unwrap_err()).contains("config.toml"));
    }
}
