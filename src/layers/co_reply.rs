//! Who replied to the same posts.

use super::{is_original, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    let replied = post.reply_to.iter().filter(|_| is_original(post));
    replied.for_each(|replied| take(post_object(ObjectKind::RepliedPost, replied)));
}
