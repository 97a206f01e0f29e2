//! Who wrote the same words in capitals. Invented, to show what a layer takes.

use super::{is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    let text = post.text.filter(|_| is_original(post)).unwrap_or_default();
    let shouted = |word: &&str| word.len() > 3 && word.chars().all(char::is_uppercase);
    text.split_whitespace().filter(shouted).for_each(|word| take(plain_object(ObjectKind::Shout, word, None)));
}
