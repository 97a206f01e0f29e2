//! Who retweeted the same posts.

use super::{Layer, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) struct CoRetweet;

impl Layer for CoRetweet {
    fn objects(&self, post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
        post.retweet_of.iter().for_each(|target| take(post_object(ObjectKind::RetweetedPost, target)));
    }
}
