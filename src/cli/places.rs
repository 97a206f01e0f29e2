//! Where the user's files lie.

use std::cell::OnceCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use directories::ProjectDirs;

use super::say;
use super::watched::{STEPS, bar};
use crate::keys::KeyMap;
use crate::store::{Access, Store};

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "bot-tui")
}

/// The cache: the one asked for, else the one in the user's data folder.
pub(super) fn cache_path(asked: Option<PathBuf>) -> Result<PathBuf> {
    let default = || project().map(|project| project.data_dir().join("cache.db"));
    asked.or_else(default).context("there is no home folder for the cache; name a file with --cache")
}

/// Opens a cache, with a bar for as long as one of an earlier version is brought over.
pub(super) fn open(path: &Path, access: Access) -> Result<Store> {
    let shown = OnceCell::new();
    let show = |done: f32| {
        let shown = shown.get_or_init(|| {
            // Whoever closed standard error wants to hear nothing.
            let _ = writeln!(say::note(), "{} is brought over from an earlier version", say::name(path));
            bar("bringing over", "{msg} {wide_bar} {percent} %", STEPS)
        });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share from 0 to 1 of the steps"
        )]
        shown.set_position((done.clamp(0.0, 1.0) * STEPS as f32) as u64);
    };
    let opened = Store::open_with_progress(path, access, &show);
    shown.get().inspect(|bar| bar.finish_and_clear());
    Ok(opened?)
}

/// Opens the cache for a command that only reads, all of whose reads see the state of this moment.
pub(super) fn cache_to_read(asked: Option<PathBuf>) -> Result<Store> {
    let store = open(&cache_path(asked)?, Access::Read)?;
    if let Some(reason) = store.read_only().filter(|_| store.is_copied()) {
        // Whoever closed standard error wants to hear nothing.
        let _ = writeln!(say::note(), "a copy of the cache is read, since it can only be read ({reason})");
    }
    store.hold()?;
    Ok(store)
}

/// Opens the cache to change what is in it.
pub(super) fn cache_to_write(asked: Option<PathBuf>) -> Result<Store> {
    open(&cache_path(asked)?, Access::Write)
}

/// Opens the cache to import, making it where there is none.
pub(super) fn cache_to_import(asked: Option<PathBuf>) -> Result<Store> {
    open(&cache_path(asked)?, Access::Create)
}

/// The folder of `config.toml` and `keymap.toml`; none where there is no home folder.
pub(super) fn config_folder() -> Option<PathBuf> {
    project().map(|project| project.config_dir().to_owned())
}

fn state_folder() -> Option<PathBuf> {
    project().map(|project| project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_owned())
}

/// The folder for tags that a cache does not take.
pub(super) fn rescue_folder() -> PathBuf {
    state_folder().unwrap_or_else(std::env::temp_dir)
}

/// The log file of the interface.
pub(super) fn log_file() -> Result<PathBuf> {
    Ok(state_folder().context("there is no home folder for the log; leave --log out")?.join("log.txt"))
}

/// The file that keeps how much room the panes have; none where there is no home folder.
pub(super) fn sizes_file() -> Option<PathBuf> {
    state_folder().map(|folder| folder.join("panes.json"))
}

/// The key map with the user's patch of it.
pub(super) fn load_keys() -> Result<KeyMap> {
    let Some(path) = config_folder().map(|folder| folder.join("keymap.toml")) else {
        return Ok(KeyMap::load(None)?);
    };
    match fs::read_to_string(&path) {
        Ok(text) => Ok(KeyMap::load(Some((&path.display().to_string(), &text)))?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(KeyMap::load(None)?),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
