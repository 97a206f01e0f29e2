//! `bot-tui`: the interface on the user's cache.

use std::path::PathBuf;

use anyhow::Result;

use super::places::{cache_path, load_keys, picture_protocol};
use crate::run::Session;
use crate::store::Store;
use crate::ui::PictureProtocol;

pub(super) fn run(cache: Option<PathBuf>, pictures: Option<PictureProtocol>) -> Result<()> {
    let pictures = picture_protocol(pictures)?;
    let cache = cache_path(cache)?;
    // Opened once before the terminal is taken over, so that a cache that cannot be used is said in plain sight.
    drop(Store::open(&cache)?);
    let cache_name = cache.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    crate::run::run(Session { cache, cache_name, import_first: None, keys: load_keys()?, pictures })
}
