//! Whose accounts and posts a file tells of.

use std::path::Path;

use super::ImportError;
use super::format::Format;
use super::source::Source;
use crate::model::Platform;
use crate::store::ImportSession;

/// The platform of a file, and what was assumed to find it, in words for the user.
pub(super) struct Home {
    pub platform: Platform,
    pub assumed: Vec<String>,
}

impl Home {
    /// The platform that the format tells of, else the one that the user named, else the one as which the file was read
    /// before, else the only one in the cache; blank where it has none.
    ///
    /// # Errors
    /// Fails where the user names another one than the format does, where any of several is possible, and where the cache
    /// cannot be read.
    pub fn find(
        session: &ImportSession<'_>,
        (path, source): (&Path, &Source),
        format: &dyn Format,
        named: Option<&Platform>,
    ) -> Result<Self, ImportError> {
        let mut assumed = Vec::new();
        let platform = match (format.platform().map(Platform::named), named) {
            (Some(own), Some(named)) if own != *named => {
                let (path, named) = (path.to_owned(), named.clone());
                return Err(ImportError::OtherPlatform { path, format: format.name(), own, named });
            }
            (Some(own), _) => own,
            (None, Some(named)) => named.clone(),
            (None, None) => match session.platform_before(&source.head_hash(), source.size())? {
                Some(before) => before,
                None => the_only_one(session, path, &mut assumed)?,
            },
        };
        if session.takes_over(&platform) {
            assumed.push(format!(
                "the accounts in the cache, of no known platform so far, were taken for those of {platform}"
            ));
        }
        Ok(Self { platform, assumed })
    }
}

fn the_only_one(session: &ImportSession<'_>, path: &Path, assumed: &mut Vec<String>) -> Result<Platform, ImportError> {
    match session.platforms().as_slice() {
        [] => Ok(Platform::default()),
        [only] => {
            assumed.push(format!("no platform was named: taken for {only}, the only one in the cache"));
            Ok(only.clone())
        }
        several => {
            let platforms: Vec<&str> = several.iter().map(Platform::word).collect();
            Err(ImportError::WhichPlatform { path: path.to_owned(), platforms: platforms.join(", ") })
        }
    }
}
