//! One JSON object an edge.

use super::{Edge, Format, Node};
use crate::export::json_text::to_json_line;

pub(super) struct Jsonl;

impl Format for Jsonl {
    fn begin(&self, _: &mut Vec<u8>, _: &[&Node]) {}

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        // An edge has no value that JSON lacks, so this cannot fail.
        let _ = to_json_line(out, edge);
    }

    fn end(&self, _: &mut Vec<u8>) {}
}
