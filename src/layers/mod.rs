//! What a post shares with other posts: one file per layer. A layer's file turns a post into the objects that its author
//! shared by it; the engine links whoever shared the same objects, by the same definitions in every layer.
//!
//! Words of this room: *object*, what two accounts can share; *kind*, what sort of object, which names the layer; *layer*, the
//! pairs that share objects of one kind.

mod co_hashtag;
mod co_link;
mod co_quote;
mod co_reply;
mod co_retweet;
mod co_text;

#[cfg(test)]
mod tests;

use crate::model::{ObjectKind, ObjectRecord, PostRecord, PostReference};

/// Every layer: the kind of its objects, in brackets whose ids their keys are where they are ids of posts, its number in the
/// cache, its name, and its file. The model makes its kinds of this list. Numbers and names are stored: never change one.
macro_rules! layers {
    ($make:ident) => {
        $make! {
            RetweetedPost(Target) = 1, "co-retweet", co_retweet;
            Link() = 2, "co-link", co_link;
            Hashtag() = 3, "co-hashtag", co_hashtag;
            RepliedPost(Reply) = 4, "co-reply", co_reply;
            QuotedPost(Quote) = 5, "co-quote", co_quote;
            Text() = 6, "co-text", co_text;
        }
    };
}

/// Gives the objects of one kind that the author of a post shared by it to whoever takes them.
type Objects = fn(&PostRecord<&str>, &mut dyn FnMut(ObjectRecord<&str>));

macro_rules! readers {
    ($($kind:ident($($ids:ident)?) = $number:literal, $name:literal, $file:ident;)*) => {
        const READERS: [Objects; ObjectKind::ALL.len()] = [$($file::objects),*];
    };
}

layers!(readers);

/// Gives every object that the author of `post` shared by it to `take`. A plain retweet shares what it retweets and
/// nothing else.
pub fn shared_objects(post: &PostRecord<&str>, mut take: impl FnMut(ObjectRecord<&str>)) {
    for objects in READERS {
        objects(post, &mut take);
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
