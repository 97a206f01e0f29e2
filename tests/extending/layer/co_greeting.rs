//! Who begins with the same word.

use super::{is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    let text = post.text.filter(|_| is_original(post));
    if let Some(word) = text.and_then(|text| text.split_whitespace().next()) {
        take(plain_object(ObjectKind::Greeting, word, Some(word)));
    }
}
