//! Parts of tweets that the first interface of Twitter and the website write alike.

use serde::Deserialize;

use crate::import::json::{Id, Moment, null_is_blank};
use crate::model::{Profile, Timestamp};

#[derive(Deserialize, Default)]
pub(super) struct Entities {
    #[serde(default)]
    urls: Vec<Link>,
    #[serde(default)]
    hashtags: Vec<Hashtag>,
}

#[derive(Deserialize)]
struct Link {
    expanded_url: Option<String>,
    unwound: Option<Unwound>,
}

#[derive(Deserialize)]
struct Unwound {
    url: Option<String>,
}

#[derive(Deserialize)]
struct Hashtag {
    text: String,
}

impl Entities {
    /// Every link, as long as it is known.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.urls.iter().filter_map(|link| {
            let unwound = link.unwound.as_ref().and_then(|unwound| unwound.url.as_deref());
            unwound.or(link.expanded_url.as_deref())
        })
    }

    pub fn hashtags(&self) -> Vec<String> {
        self.hashtags.iter().map(|hashtag| hashtag.text.clone()).collect()
    }
}

/// An account; the website writes its id elsewhere.
#[derive(Deserialize)]
pub(super) struct User {
    pub id_str: Option<Id>,
    screen_name: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "null_is_blank")]
    description: Option<String>,
    #[serde(default, deserialize_with = "null_is_blank")]
    location: Option<String>,
    followers_count: Option<u64>,
    friends_count: Option<u64>,
    statuses_count: Option<u64>,
    created_at: Option<Moment>,
    profile_image_url_https: Option<String>,
    verified: Option<bool>,
}

impl User {
    /// What the profile says, seen at that time.
    pub fn profile(&self, seen: Option<Timestamp>) -> Profile {
        Profile {
            handle: self.screen_name.clone(),
            name: self.name.clone(),
            bio: self.description.clone(),
            location: self.location.clone(),
            created_at: self.created_at.map(|at| at.0),
            followers: self.followers_count,
            following: self.friends_count,
            statuses: self.statuses_count,
            verified: self.verified,
            declared_bot: None,
            avatar_url: self.profile_image_url_https.clone(),
            observed_at: seen,
        }
    }
}
