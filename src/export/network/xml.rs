//! Text in XML: escaped, without the characters that XML has no place for.

/// Appends `text` as it may stand between tags and in quotes.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\t' | '\n' | '\r' => out.push(b' '),
            // XML 1.0 has no escape for these.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.extend_from_slice("\u{fffd}".as_bytes()),
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// `text` as it may stand between tags and in quotes.
pub(super) fn escaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    push(&mut out, text);
    out
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
    ];
    figures.into_iter().filter_map(|(name, value)| Some((name, value?)))
}

/// The names of `figures`, in their order.
pub(super) const FIGURES: [&str; 7] = ["shared", "shared_within", "cosine", "median_gap_s", "p", "q", "pdq_distance"];
