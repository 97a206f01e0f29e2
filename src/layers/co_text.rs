//! Who said the same, word for word.

use super::{is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};
use crate::text::{statement, statement_key};

pub(super) fn objects(post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
    // What is compared is folded; what is shown is what somebody wrote.
    let text = post.text.filter(|_| is_original(post));
    if let Some((text, said)) = text.and_then(|text| Some((text, statement(text)?))) {
        take(plain_object(ObjectKind::Text, &statement_key(&said), Some(text)));
    }
}
