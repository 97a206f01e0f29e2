//! `bot-tui`: the interface on the user's cache.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::look::Look;
use super::places::{cache_path, open, rescue_folder};
use super::say;
use crate::analysis::KeptView;
use crate::export::check_apart_from_cache;
use crate::run::Session;
use crate::store::Access;

pub(super) fn run(cache: Option<PathBuf>, look: Look) -> Result<()> {
    let look = look.read()?;
    let cache = cache_path(cache)?;
    // Opened once before the terminal is taken over, so that a cache that cannot be used is said in plain sight.
    let view = KeptView::read(&open(&cache, Access::Work)?)?;
    for own in look.log.iter().chain(&look.sizes) {
        if let Err(what) = check_apart_from_cache(own, &cache) {
            bail!("{} {what}; the interface would write to it", say::name(own));
        }
    }
    let cache_name = cache.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    crate::run::run(Session { cache, cache_name, rescue: rescue_folder(), import_first: None, view, look })
}
