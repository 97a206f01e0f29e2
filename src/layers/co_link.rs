//! Who shared the same links.

use super::{is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};
use crate::text::canonical_link;

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    let links = post.links.iter().filter(|_| is_original(post)).filter_map(|link| canonical_link(link));
    links.for_each(|link| take(plain_object(ObjectKind::Link, &link, None)));
}
