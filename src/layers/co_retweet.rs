//! Who retweeted the same posts.

use super::{Layer, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) struct CoRetweet;

impl Layer for CoRetweet {
    fn objects(&self, post: &PostRecord, objects: &mut Vec<ObjectRecord>) {
        objects.extend(post.retweet_of.iter().map(|target| post_object(ObjectKind::RetweetedPost, target)));
    }
}
