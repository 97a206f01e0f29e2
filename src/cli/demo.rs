//! `bot-tui demo`: the interface on the sample data, which is part of the binary.

use anyhow::{Context, Result};
use include_dir::{Dir, include_dir};

use super::look;
use crate::analysis::KeptView;
use crate::import::ImportRequest;
use crate::run::{Look, Session};
use crate::system::TemporaryFolder;

static SAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data");

pub(super) fn run(look: look::Look) -> Result<()> {
    let look = look.read()?;
    let folder = TemporaryFolder::new().context("cannot make a temporary folder for the sample data")?;
    let sample = folder.path().join("sample-data");
    std::fs::create_dir(&sample)?;
    SAMPLE.extract(&sample).context("cannot unpack the sample data")?;
    let session = Session {
        cache: folder.path().join("demo.db"),
        rescue: super::places::rescue_folder(),
        cache_name: "demo, invented, temporary".to_owned(),
        import_first: Some(ImportRequest { paths: vec![sample], ..ImportRequest::default() }),
        view: KeptView::default(),
        // Invented handles may be those of real people elsewhere.
        look: Look { profile_link: None, ..look },
    };
    crate::run::run(session)
}
