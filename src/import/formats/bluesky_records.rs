//! What records of Bluesky hold: posts, reposts and profiles, as the network's lexicon names their fields.

use serde::Deserialize;

use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference, Profile, Timestamp};

/// Where a record is, and when it was seen.
pub(super) struct Place {
    pub uri: String,
    pub did: String,
    pub seen: Option<Timestamp>,
}

impl Place {
    /// When it was made. Its author's clock says so, which may say anything: what is seen was made by then, as the
    /// network itself reckons.
    fn made(&self, claimed: Option<&str>) -> Option<Timestamp> {
        let claimed = claimed.and_then(time::parse);
        claimed.into_iter().chain(self.seen).min()
    }
}

/// What a record is in the words of this program.
pub(super) trait IntoRecord {
    type Record;
    fn into_record(self, place: Place) -> Result<Self::Record, String>;
}

/// Names another record.
#[derive(Deserialize)]
struct Reference {
    uri: Option<String>,
    /// A quote beside pictures has one more layer.
    record: Option<Box<Reference>>,
}

impl Reference {
    /// The post that it names; lists and feeds are none.
    fn post(&self) -> Option<PostReference> {
        let uri = self.uri.as_ref().or_else(|| self.record.as_ref()?.uri.as_ref())?;
        uri.contains("/app.bsky.feed.post/").then(|| post_at(uri))
    }
}

/// The post at `uri`, whose author is in it.
fn post_at(uri: &str) -> PostReference {
    let owner = uri.strip_prefix("at://").and_then(|rest| rest.split('/').next());
    PostReference {
        platform_id: uri.to_owned(),
        author: owner.filter(|owner| owner.starts_with("did:")).map(str::to_owned),
        ..PostReference::default()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Repost {
    subject: Reference,
    created_at: Option<String>,
}

impl IntoRecord for Repost {
    type Record = PostRecord;

    fn into_record(self, place: Place) -> Result<PostRecord, String> {
        let subject = self.subject.uri.filter(|uri| !uri.is_empty()).ok_or("the repost has no subject")?;
        Ok(PostRecord {
            created_at: place.made(self.created_at.as_deref()),
            platform_id: place.uri,
            author: place.did,
            retweet_of: Some(post_at(&subject)),
            ..PostRecord::default()
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post {
    text: Option<String>,
    created_at: Option<String>,
    langs: Option<Vec<String>>,
    reply: Option<Reply>,
    embed: Option<Embed>,
    facets: Option<Vec<Facet>>,
    /// Hashtags that the text does not show.
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Reply {
    parent: Option<Reference>,
}

#[derive(Deserialize)]
struct Embed {
    record: Option<Reference>,
    external: Option<External>,
    media: Option<Box<Embed>>,
}

#[derive(Deserialize)]
struct External {
    uri: Option<String>,
}

#[derive(Deserialize)]
struct Facet {
    #[serde(default)]
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    uri: Option<String>,
    tag: Option<String>,
}

impl IntoRecord for Post {
    type Record = PostRecord;

    fn into_record(self, place: Place) -> Result<PostRecord, String> {
        let (mut links, mut hashtags) = (Vec::new(), self.tags.unwrap_or_default());
        for feature in self.facets.into_iter().flatten().flat_map(|facet| facet.features) {
            links.extend(feature.uri);
            hashtags.extend(feature.tag);
        }
        let (quoted, external) = self.embed.map_or((None, None), |embed| {
            let beside = embed.media.and_then(|media| media.external);
            (embed.record.as_ref().and_then(Reference::post), embed.external.or(beside))
        });
        links.extend(external.and_then(|external| external.uri).filter(|uri| !links.contains(uri)));
        Ok(PostRecord {
            created_at: place.made(self.created_at.as_deref()),
            platform_id: place.uri,
            author: place.did,
            text: self.text,
            retweet_of: None,
            quote_of: quoted,
            reply_to: self.reply.and_then(|reply| reply.parent?.post()),
            links,
            hashtags,
            language: self.langs.filter(|langs| !langs.is_empty()).map(|langs| langs.join(",")),
            client: None,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfileRecord {
    display_name: Option<String>,
    description: Option<String>,
    created_at: Option<String>,
    avatar: Option<Blob>,
    labels: Option<Labels>,
}

#[derive(Deserialize)]
struct Blob {
    r#ref: Option<Link>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "$link")]
    cid: Option<String>,
}

#[derive(Deserialize)]
struct Labels {
    #[serde(default)]
    values: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    val: Option<String>,
}

impl IntoRecord for ProfileRecord {
    type Record = AccountRecord;

    /// The record is all that the account says of itself, so that a field that is missing is blank.
    fn into_record(self, place: Place) -> Result<AccountRecord, String> {
        let cid = self.avatar.and_then(|blob| blob.r#ref?.cid);
        let labels = self.labels.into_iter().flat_map(|labels| labels.values);
        let declares_bot = labels.into_iter().any(|label| label.val.as_deref() == Some("bot"));
        Ok(AccountRecord {
            profile: Profile {
                name: Some(self.display_name.unwrap_or_default()),
                bio: Some(self.description.unwrap_or_default()),
                created_at: self.created_at.as_deref().and_then(time::parse),
                avatar_url: cid.map(|cid| format!("https://cdn.bsky.app/img/avatar/plain/{}/{cid}@jpeg", place.did)),
                declared_bot: Some(declares_bot),
                observed_at: place.seen,
                ..Profile::default()
            },
            platform_id: place.did,
            avatar_file: None,
        })
    }
}
