//! The room that panes have, from one session to the next.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::app::{KeptSizes, PaneSizes};
use crate::system::replace_file;

/// The file that keeps sizes, where there is a home folder.
#[derive(Debug)]
pub(super) struct SizesFile {
    path: Option<PathBuf>,
    /// What it holds.
    kept: KeptSizes,
}

impl SizesFile {
    /// Reads the sizes of the last session; the usual ones where they cannot be read, which is no reason not to start.
    pub fn read(path: Option<PathBuf>) -> (Self, PaneSizes) {
        let text = path.as_ref().and_then(|path| fs::read_to_string(path).ok());
        let kept: Option<KeptSizes> = text.and_then(|text| serde_json::from_str(&text).ok());
        let sizes = kept.as_ref().map(PaneSizes::from_kept).unwrap_or_default();
        (Self { path, kept: sizes.kept() }, sizes)
    }

    /// Keeps sizes that changed, for this session's last word on them.
    pub fn write(&self, sizes: &PaneSizes) -> io::Result<()> {
        let kept = sizes.kept();
        match &self.path {
            Some(path) if kept != self.kept => write(path, &kept),
            _ => Ok(()),
        }
    }
}

fn write(path: &Path, kept: &KeptSizes) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // Another session that ends at the same time may write too; one of them counts, and none half.
    replace_file(path, |file| Ok(serde_json::to_writer(file, kept)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Pane;

    #[test]
    fn sizes_are_kept_where_they_changed_and_usual_where_they_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/panes.json");
        let (file, mut sizes) = SizesFile::read(Some(path.clone()));
        assert_eq!(sizes, PaneSizes::default());
        file.write(&sizes).unwrap();
        assert!(!path.exists(), "nothing changed");
        sizes.widen(Pane::Why, true);
        file.write(&sizes).unwrap();
        assert_eq!(SizesFile::read(Some(path.clone())).1, sizes);
        fs::write(&path, "{").unwrap();
        assert_eq!(SizesFile::read(Some(path)).1, PaneSizes::default());
        SizesFile::read(None).0.write(&sizes).unwrap();
    }
}
