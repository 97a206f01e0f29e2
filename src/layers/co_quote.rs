//! Who quoted the same posts.

use super::{Layer, is_original, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) struct CoQuote;

impl Layer for CoQuote {
    fn objects(&self, post: &PostRecord, objects: &mut Vec<ObjectRecord>) {
        let quoted = post.quote_of.iter().filter(|_| is_original(post));
        objects.extend(quoted.map(|quoted| post_object(ObjectKind::QuotedPost, quoted)));
    }
}
