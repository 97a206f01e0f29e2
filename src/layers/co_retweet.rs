//! Who retweeted the same posts.

use super::post_object;
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    post.retweet_of.iter().for_each(|target| take(post_object(ObjectKind::RetweetedPost, target)));
}
