//! Who said the same, word for word.

use sha2::{Digest, Sha256};

use super::{Layer, is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};
use crate::text::statement;

/// Bytes of the digest that name a statement: no two of any data set will ever share them by chance.
const NAME: usize = 16;

pub(super) struct CoText;

impl Layer for CoText {
    fn objects(&self, post: &PostRecord<&str>, take: &mut dyn FnMut(ObjectRecord<&str>)) {
        // What is compared is folded; what is shown is what somebody wrote.
        let text = post.text.filter(|_| is_original(post));
        if let Some((text, said)) = text.and_then(|text| Some((text, statement(text)?))) {
            take(plain_object(ObjectKind::Text, &name(&said), Some(text)));
        }
    }
}

fn name(statement: &str) -> String {
    let digest = Sha256::digest(statement.as_bytes());
    let bytes: [u8; NAME] = digest.first_chunk().copied().unwrap_or_default();
    format!("{:032x}", u128::from_be_bytes(bytes))
}
