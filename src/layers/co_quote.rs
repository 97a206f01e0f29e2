//! Who quoted the same posts.

use super::{is_original, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    let quoted = post.quote_of.iter().filter(|_| is_original(post));
    quoted.for_each(|quoted| take(post_object(ObjectKind::QuotedPost, quoted)));
}
