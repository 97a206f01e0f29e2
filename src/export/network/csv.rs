//! One row an edge.

use std::io::Write;

use super::{Edge, Format, Node};

pub(super) struct Csv;

impl Format for Csv {
    fn begin(&self, out: &mut Vec<u8>, _: &[&Node]) {
        out.extend_from_slice(b"source,target,layer,shared,shared_within,cosine,median_gap_s,p,q\n");
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        cell(out, edge.source);
        out.push(b',');
        cell(out, edge.target);
        out.push(b',');
        out.extend_from_slice(edge.layer.as_bytes());
        for count in [edge.shared, edge.shared_within] {
            out.push(b',');
            if let Some(count) = count {
                integer(out, count);
            }
        }
        for number in [edge.cosine, edge.median_gap_s, edge.p, edge.q] {
            out.push(b',');
            if let Some(number) = number {
                // Writing to memory cannot fail.
                let _ = if number < 1e-5 && number > 0.0 { write!(out, "{number:e}") } else { write!(out, "{number}") };
            }
        }
        out.push(b'\n');
    }

    fn end(&self, _: &mut Vec<u8>) {}
}

fn integer(out: &mut Vec<u8>, mut number: u32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A cell of text: quoted where it must be, and defused where a spreadsheet would take it for a formula. A number with
/// a sign is none.
fn cell(out: &mut Vec<u8>, text: &str) {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<i64>().is_err();
    if !formula && !text.contains([',', '"', '\n', '\r']) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    if formula {
        out.push(b'\'');
    }
    for &byte in text.as_bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_defused() {
        let written = |text| {
            let mut out = Vec::new();
            cell(&mut out, text);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written("123"), "123");
        assert_eq!(written("-100123"), "-100123");
        assert_eq!(written("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(written("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(written("@name"), "\"'@name\"");
    }

    #[test]
    fn integers_are_written_whole() {
        for number in [0, 7, 10, 4_294_967_295] {
            let mut out = Vec::new();
            integer(&mut out, number);
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }
}
