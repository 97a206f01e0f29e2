//! What a post shares with other posts: one file per layer. A layer turns a post into the objects that its author shared
//! by it; the engine links whoever shared the same objects, by the same definitions in every layer. A new one is a file
//! and a line here, and its kind in the model.

mod co_hashtag;
mod co_link;
mod co_quote;
mod co_reply;
mod co_retweet;
mod co_text;

#[cfg(test)]
mod tests;

use crate::model::{ObjectKind, ObjectRecord, PostRecord, PostReference};

static LAYERS: [&dyn Layer; 6] = [
    &co_retweet::CoRetweet,
    &co_link::CoLink,
    &co_hashtag::CoHashtag,
    &co_reply::CoReply,
    &co_quote::CoQuote,
    &co_text::CoText,
];

/// A layer of shared objects.
trait Layer: Sync {
    /// Gives the objects that the author of `post` shared by it to `take`.
    fn objects(&self, post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>));
}

/// Gives every object that the author of `post` shared by it to `take`. A plain retweet shares what it retweets and
/// nothing else.
pub fn shared_objects(post: &PostRecord<&str>, mut take: impl FnMut(ObjectRecord<&str>)) {
    for layer in LAYERS {
        layer.objects(post, &mut take);
    }
}

/// Whether what the post says is its author's own.
fn is_original(post: &PostRecord<&str>) -> bool {
    post.retweet_of.is_none()
}

/// Another post as an object.
fn post_object<'p>(kind: ObjectKind, post: &PostReference<&'p str>) -> ObjectRecord<&'p str> {
    ObjectRecord {
        kind,
        key: post.platform_id,
        author: post.author,
        created_at: post.created_at,
        text: post.text,
        synthetic: post.synthetic,
    }
}

/// An object that is nobody's.
fn plain_object<'p>(kind: ObjectKind, key: &'p str, text: Option<&'p str>) -> ObjectRecord<&'p str> {
    ObjectRecord { kind, key, author: None, created_at: None, text, synthetic: false }
}
