//! One row an edge.

use super::{Edge, Format, Node};

pub(super) struct Csv;

impl Format for Csv {
    fn id(&self, id: &str) -> Vec<u8> {
        cell(id)
    }

    fn begin(&self, out: &mut Vec<u8>, _: &[&Node]) {
        out.extend_from_slice(b"source,target,layer,shared,shared_within,cosine,median_gap_s,p,q,pdq_distance\n");
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        out.extend_from_slice(edge.source);
        out.push(b',');
        out.extend_from_slice(edge.target);
        out.push(b',');
        out.extend_from_slice(edge.layer.as_bytes());
        for count in [edge.shared, edge.shared_within] {
            out.push(b',');
            if let Some(count) = count {
                out.extend_from_slice(itoa::Buffer::new().format(count).as_bytes());
            }
        }
        for number in [edge.cosine, edge.median_gap_s, edge.p, edge.q] {
            out.push(b',');
            if let Some(number) = number {
                let mut buffer = zmij::Buffer::new();
                let text = buffer.format(number);
                out.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
            }
        }
        out.push(b',');
        if let Some(distance) = edge.pdq_distance {
            out.extend_from_slice(itoa::Buffer::new().format(distance).as_bytes());
        }
        out.push(b'\n');
    }

    fn end(&self, _: &mut Vec<u8>) {}
}

/// A cell of text: quoted where it must be, and defused where a spreadsheet would take it for a formula. A number with
/// a sign is none.
pub(in crate::export) fn cell(text: &str) -> Vec<u8> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<i64>().is_err();
    if !formula && !text.contains([',', '"', '\n', '\r']) {
        return text.as_bytes().to_vec();
    }
    let defused = if formula { "'" } else { "" };
    format!("\"{defused}{}\"", text.replace('"', "\"\"")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_defused() {
        let written = |text| String::from_utf8(cell(text)).unwrap();
        assert_eq!(written("123"), "123");
        assert_eq!(written("-100123"), "-100123");
        assert_eq!(written("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(written("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(written("@name"), "\"'@name\"");
    }
}
