//! What can go wrong while a data set is made.

use std::path::PathBuf;

use super::SynthRequest;

/// Why no data set was made.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// The number of accounts is out of range.
    #[error(
        "--accounts {asked} is out of range; ask for {} to {}",
        SynthRequest::MIN_ACCOUNTS,
        SynthRequest::MAX_ACCOUNTS
    )]
    Accounts {
        /// What was asked.
        asked: u32,
    },
    /// The number of retweets is out of range.
    #[error("--retweets {asked} is out of range; with these accounts ask for {} to {most}", SynthRequest::MIN_RETWEETS)]
    Retweets {
        /// What was asked.
        asked: u32,
        /// The most that these accounts can make.
        most: u32,
    },
    /// The folder holds something already.
    #[error("{} is not empty; name a new folder or empty it first", .0.display())]
    NotEmpty(PathBuf),
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}; check the folder and the free space", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A picture could not be encoded.
    #[error("cannot encode the picture {}: {source}; this is a fault of the program, please report it", path.display())]
    Picture {
        /// The file it was meant for.
        path: PathBuf,
        /// What the encoder said.
        source: image::ImageError,
    },
}
