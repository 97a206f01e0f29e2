//! Text in XML: escaped, without the characters that XML has no place for.

use crate::text::{exact, sanitise_line};

/// Characters of a label that are written; no platform has longer ones.
const LONGEST: usize = 4_096;

/// Appends what people read, on one line, as it may stand between tags and in quotes.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    push_escaped(out, &sanitise_line(text, LONGEST));
}

/// An id as it may stand in quotes: different ids stay different, and readers give it back as it was, except for
/// characters that XML has no place for.
pub(super) fn id(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    push_escaped(&mut out, &exact(text));
    out
}

fn push_escaped(out: &mut Vec<u8>, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            // As they are, a reader would take them for blanks.
            '\t' => out.extend_from_slice(b"&#9;"),
            '\n' => out.extend_from_slice(b"&#10;"),
            '\r' => out.extend_from_slice(b"&#13;"),
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// The attributes of an edge, by name, where they are known.
pub(super) fn figures(edge: &super::Edge<'_>) -> impl Iterator<Item = (&'static str, f64)> {
    let figures = [
        ("shared", edge.shared.map(f64::from)),
        ("shared_within", edge.shared_within.map(f64::from)),
        ("cosine", edge.cosine),
        ("median_gap_s", edge.median_gap_s),
        ("p", edge.p),
        ("q", edge.q),
        ("pdq_distance", edge.pdq_distance.map(f64::from)),
        ("rounded_ids", (edge.rounded_ids > 0).then(|| f64::from(edge.rounded_ids))),
        ("p_author_held", edge.p_author_held),
        ("p_timing", edge.p_timing),
    ];
    figures.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

/// The names of `figures`, in their order.
pub(super) const FIGURES: [&str; 10] = [
    "shared",
    "shared_within",
    "cosine",
    "median_gap_s",
    "p",
    "q",
    "pdq_distance",
    "rounded_ids",
    "p_author_held",
    "p_timing",
];
