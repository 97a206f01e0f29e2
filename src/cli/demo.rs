//! `bot-tui demo`: the interface on the sample data, which is part of the binary.

use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};

use super::places::{load_keys, picture_protocol};
use super::{Look, personas};
use crate::import::ImportRequest;
use crate::run::Session;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data");

pub(super) fn run(look: Look) -> Result<()> {
    let pictures = picture_protocol(look.pictures)?;
    let names = look.names.as_deref().map(personas::read).transpose()?;
    let keys = load_keys()?;
    let folder = tempfile::tempdir().context("cannot make a temporary folder for the sample data")?;
    let sample = folder.path().join("sample-data");
    std::fs::create_dir(&sample)?;
    SAMPLE.extract(&sample).context("cannot unpack the sample data")?;
    let session = Session {
        cache: folder.path().join("demo.db"),
        cache_name: "demo, invented, temporary".to_owned(),
        import_first: Some(ImportRequest { paths: vec![sample], ..ImportRequest::default() }),
        keys,
        names,
        pictures,
    };
    crate::run::run(session)
}
