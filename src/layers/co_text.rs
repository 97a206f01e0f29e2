//! Who said the same, word for word.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Layer, is_original, plain_object};
use crate::model::{ObjectKind, ObjectRecord, PostRecord};
use crate::text::statement;

/// Bytes of the digest that name a statement: no two of any data set will ever share them by chance.
const NAME: usize = 16;

pub(super) struct CoText;

impl Layer for CoText {
    fn objects(&self, post: &PostRecord, objects: &mut Vec<ObjectRecord>) {
        let text = post.text.as_deref().filter(|_| is_original(post));
        if let Some(said) = text.and_then(statement) {
            objects.push(plain_object(ObjectKind::Text, name(&said), Some(said)));
        }
    }
}

fn name(statement: &str) -> String {
    Sha256::digest(statement.as_bytes()).iter().take(NAME).fold(String::new(), |mut name, byte| {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
        name
    })
}
