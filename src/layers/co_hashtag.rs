//! Who used the same hashtags.

use super::{is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};
use crate::text::fold_for_search;

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    for hashtag in post.hashtags.iter().filter(|_| is_original(post)) {
        let written = hashtag.trim().trim_start_matches(['#', '＃']);
        let folded = fold_for_search(written);
        if !folded.is_empty() {
            take(plain_object(ObjectKind::Hashtag, &folded, Some(written)));
        }
    }
}
