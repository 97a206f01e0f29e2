//! One JSON object an edge.

use super::{Edge, Format, Node};
use crate::export::json_text::to_json_line;

pub(super) struct Jsonl;

impl Format for Jsonl {
    fn id(&self, id: &str) -> Vec<u8> {
        let mut out = Vec::new();
        // A string always has a JSON form, so this cannot fail.
        let _ = to_json_line(&mut out, &id);
        out.pop();
        out
    }

    fn begin(&self, _: &mut Vec<u8>, _: &[&Node]) {}

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        for (name, id) in [(&b"{\"source\":"[..], edge.source), (b",\"target\":", edge.target)] {
            out.extend_from_slice(name);
            out.extend_from_slice(id);
        }
        out.push(b',');
        let start = out.len();
        // An edge has no value that JSON lacks, so this cannot fail.
        let _ = to_json_line(out, edge);
        // The figures continue the object that the ids began.
        out.remove(start);
    }

    fn end(&self, _: &mut Vec<u8>) {}
}
