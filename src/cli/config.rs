//! `config.toml` in the configuration folder: what a user sets once for all. To add a setting: its line in `settings!`.

use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use clap::Args;
use toml::Spanned;
use toml::value::Value;

use super::say;
use crate::model::{LinkParameters, Setting};
use crate::text::ProfileLink;
use crate::text::{Bidi, closest};
use crate::ui::{Glyphs, PictureProtocol, ThemeName};

/// Declares every setting: its type, its name, its default as the file writes it, and what it does.
macro_rules! settings {
    ($($name:ident: $kind:ty = $default:literal, $about:literal;)*) => {
        /// What the file says; a setting that it does not name is `None`.
        #[derive(Debug, Default)]
        pub(super) struct Config {
            /// What links accounts where a cache keeps nothing else.
            pub(super) links: LinkParameters,
            $(#[doc = $about] pub(super) $name: Option<$kind>,)*
        }

        /// Name, default and meaning of every setting.
        const SETTINGS: &[(&str, &str, &str)] = &[$((stringify!($name), $default, $about)),*];

        impl Config {
            fn set(&mut self, name: &str, value: &Value) -> Result<(), String> {
                if let Some(setting) = Setting::ALL.into_iter().find(|&setting| key(setting) == name) {
                    return setting.set(&mut self.links, &word(value)?).map_err(|error| error.to_string());
                }
                match name {
                    $(stringify!($name) => self.$name = Some(read(value)?),)*
                    _ => {
                        let links = Setting::ALL.map(key);
                        let names = SETTINGS.iter().map(|(name, ..)| *name).chain(links.iter().map(String::as_str));
                        let names: Vec<&str> = names.collect();
                        return Err(format!("`{name}` is no setting; {}", closest(name, &names)));
                    }
                }
                Ok(())
            }
        }
    };
}

settings! {
    theme: ThemeName = "\"terminal\"", "Colours: terminal (its own), dark, light or high-contrast. NO_COLOR turns all of them off.";
    glyphs: Glyphs = "\"unicode\"", "Signs: unicode, or ascii for fonts that lack some.";
    mouse: bool = "true", "Whether the mouse chooses rows, scrolls and drags; without it the terminal selects text as usual.";
    plain: bool = "false", "Line after line in place of a screen, for screen readers; as --plain.";
    bidi: Bidi = "\"terminal\"", "Who turns right-to-left text round: terminal, or reorder where yours does not.";
    profile_link: ProfileLink = "\"\"", "Where the profiles of your data are, over https: https://x.com/{handle}, https://bsky.app/profile/{id}, https://mastodon.example/@{handle}. Empty means nowhere, since a link to another platform leads to somebody else.";
    pictures: PictureProtocol = "\"auto\"", "How pictures are shown: auto, kitty, sixel, iterm2 or halfblocks.";
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print every setting with its default, to be saved as config.toml in your configuration folder
    #[arg(long, required = true)]
    print_default: bool,
}

/// `bot-tui config`.
pub(super) fn run(_: &Arguments) -> Result<()> {
    say::data().write_all(defaults().as_bytes())?;
    Ok(())
}

/// The file with every setting at its default.
fn defaults() -> String {
    let places = super::places::config_folder();
    let place = places.map_or_else(|| "the configuration folder".to_owned(), |folder| say::name(&folder));
    let mut text = format!(
        "# What is set here counts for every session; options on the command line win over it.\n# To use it, save it as {place}/config.toml. Keys are changed in keymap.toml beside it.\n"
    );
    for (name, default, about) in SETTINGS {
        text.push_str(&format!("\n# {about}\n{name} = {default}\n"));
    }
    text.push_str("\n# What links accounts, for a cache with which nothing else is kept; options win over both.\n");
    for setting in Setting::ALL {
        let (about, expected, name) = (setting.meaning(), setting.expected(), key(setting));
        let value = Value::String(setting.value(&LinkParameters::default()));
        text.push_str(&format!("\n# {about}: {expected}\n{name} = {value}\n"));
    }
    text
}

/// How a setting of the links is called in the file.
fn key(setting: Setting) -> String {
    setting.name().replace('-', "_")
}

/// What links accounts, as the user's file says.
///
/// # Errors
/// Fails where the file cannot be understood.
pub(super) fn links() -> Result<LinkParameters> {
    let folder = super::places::config_folder();
    let config = folder.map(|folder| Config::read(&folder.join("config.toml"))).transpose()?;
    Ok(config.unwrap_or_default().links)
}

/// A value in the words of the command line.
fn read<T: FromStr<Err: ToString>>(value: &Value) -> Result<T, String> {
    let word = match value {
        Value::String(word) => word.clone(),
        Value::Boolean(yes) => yes.to_string(),
        other => return Err(format!("{other} is neither a text nor true or false")),
    };
    word.parse().map_err(|error: T::Err| error.to_string())
}

/// A value of the links in the words of the parameters, which may be a number too.
fn word(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::String(word) => word.clone(),
        Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        other => return Err(format!("{other} is neither a text nor a number")),
    })
}

impl Config {
    /// Reads the file; one that is not there says nothing.
    pub(super) fn read(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &path.display().to_string()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    fn parse(text: &str, file: &str) -> Result<Self> {
        type Lines = std::collections::BTreeMap<Spanned<String>, Spanned<Value>>;
        let lines: Lines = match toml::from_str(text) {
            Ok(lines) => lines,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, span.start));
                bail!("{file}, line {line}: {}", error.message());
            }
        };
        let mut config = Self::default();
        for (name, value) in &lines {
            let set = config.set(name.get_ref(), value.get_ref());
            set.map_err(|why| anyhow::anyhow!("{file}, line {}: {why}", line_of(text, name.span().start)))?;
        }
        Ok(config)
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Config::parse(text, "config.toml").unwrap_err().to_string()
    }

    #[test]
    fn a_file_that_is_not_there_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::read(&folder.path().join("config.toml")).unwrap();
        assert!(config.theme.is_none() && config.pictures.is_none());
        std::fs::write(folder.path().join("config.toml"), "pictures = \"sixel\"\n").unwrap();
        let config = Config::read(&folder.path().join("config.toml")).unwrap();
        assert_eq!(config.pictures, Some(PictureProtocol::Sixel));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_what_was_meant() {
        let unknown = error("theme = \"dark\"\n\nglyps = \"ascii\"\n");
        assert!(unknown.starts_with("config.toml, line 3: `glyps` is no setting; did you mean `glyphs`?"), "{unknown}");
        let value = error("# mine\ntheme = \"drak\"\n");
        assert!(value.starts_with("config.toml, line 2: `drak` is no theme; did you mean `dark`?"), "{value}");
        assert!(error("theme = 3\n").contains("line 1: 3 is neither"), "{}", error("theme = 3\n"));
        assert!(error("\ntheme dark\n").starts_with("config.toml, line 2: "), "{}", error("\ntheme dark\n"));
    }

    #[test]
    fn the_defaults_that_are_printed_can_be_read_and_are_the_defaults() {
        let config = Config::parse(&defaults(), "config.toml").unwrap();
        assert_eq!(config.theme, Some(ThemeName::default()));
        assert_eq!((config.bidi, config.mouse), (Some(Bidi::default()), Some(true)));
        assert_eq!(config.glyphs, Some(Glyphs::default()));
        assert_eq!(config.profile_link, Some(ProfileLink::NOWHERE));
        assert_eq!(config.pictures, Some(PictureProtocol::default()));
    }

    #[test]
    fn what_links_accounts_can_be_set_in_words_and_in_numbers() {
        let text = "layer = \"co-link\"\nkeep = \"shared-within:5\"\nwindow = 600\nmirrored = true\ndefault_share = 0.2\ntop = \"none\"\n";
        let links = Config::parse(text, "config.toml").unwrap().links;
        assert_eq!(links.to_string(), "co-link shared-within:5 window=600 mirrored=yes default-share=0.2");
        let value = error("# mine\nkeep = \"shared-within:0\"\n");
        assert!(value.starts_with("config.toml, line 2: `shared-within:0` is no value of keep"), "{value}");
        let unknown = error("min_retwets = 3\n");
        assert!(unknown.contains("did you mean `min_retweets`?"), "{unknown}");
        assert_eq!(Config::parse(&defaults(), "config.toml").unwrap().links, LinkParameters::default());
    }
}
