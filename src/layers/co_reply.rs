//! Who replied to the same posts.

use super::{Layer, is_original, post_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) struct CoReply;

impl Layer for CoReply {
    fn objects(&self, post: &PostRecord, objects: &mut Vec<ObjectRecord>) {
        let replied = post.reply_to.iter().filter(|_| is_original(post));
        objects.extend(replied.map(|replied| post_object(ObjectKind::RepliedPost, replied)));
    }
}
