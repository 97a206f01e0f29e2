//! Accounts as the website of X writes them. Over the years it moved one thing after the other out of `legacy`.

use serde::Deserialize;

use super::tweet_parts::User;
use crate::import::json::{Id, Moment};
use crate::model::{Profile, Timestamp};

#[derive(Deserialize)]
pub(super) struct WebsiteUser {
    pub rest_id: Option<Id>,
    legacy: Option<User>,
    core: Option<Core>,
    avatar: Option<Picture>,
    location: Option<Place>,
    profile_bio: Option<Bio>,
    relationship_counts: Option<Counts>,
    is_blue_verified: Option<bool>,
    verification: Option<Verification>,
}

#[derive(Deserialize)]
struct Core {
    screen_name: Option<String>,
    name: Option<String>,
    created_at: Option<Moment>,
}

#[derive(Deserialize)]
struct Picture {
    image_url: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    location: Option<String>,
}

#[derive(Deserialize)]
struct Bio {
    description: Option<String>,
}

#[derive(Deserialize)]
struct Counts {
    followers: Option<u64>,
    following: Option<u64>,
}

#[derive(Deserialize)]
struct Verification {
    verified: Option<bool>,
}

impl WebsiteUser {
    /// What the profile says, wherever it stands.
    pub fn profile(&self, seen: Option<Timestamp>) -> Profile {
        let old = self.legacy.as_ref().map(|user| user.profile(seen)).unwrap_or_default();
        let core = self.core.as_ref();
        let counts = self.relationship_counts.as_ref();
        let verified = self.verification.as_ref().and_then(|verification| verification.verified);
        Profile {
            handle: core.and_then(|core| core.screen_name.clone()).or(old.handle),
            name: core.and_then(|core| core.name.clone()).or(old.name),
            bio: self.profile_bio.as_ref().and_then(|bio| bio.description.clone()).or(old.bio),
            location: self.location.as_ref().and_then(|place| place.location.clone()).or(old.location),
            created_at: core.and_then(|core| core.created_at).map(|at| at.0).or(old.created_at),
            followers: counts.and_then(|counts| counts.followers).or(old.followers),
            following: counts.and_then(|counts| counts.following).or(old.following),
            statuses: old.statuses,
            verified: self.is_blue_verified.or(verified).or(old.verified),
            declared_bot: None,
            avatar_url: self.avatar.as_ref().and_then(|avatar| avatar.image_url.clone()).or(old.avatar_url),
            observed_at: seen,
        }
    }
}
