//! One row an edge, as Gephi's spreadsheet import takes an edge table; and the table of its nodes.

use super::{Edge, EdgeWeight, Format, Node};
use crate::export::table_cell::{csv_cell, id_cell};
use crate::text::sanitise_line;

pub(super) struct Csv {
    pub weight: EdgeWeight,
}

/// Characters of a handle that are written; no platform has longer ones.
const LONGEST: usize = 4_096;

impl Format for Csv {
    fn id(&self, id: &str) -> Vec<u8> {
        id_cell(id).into_bytes()
    }

    fn begin(&self, out: &mut Vec<u8>, _: &[&Node]) {
        // Gephi takes the first five by their names; without a kind it would merge the edges of two layers.
        out.extend_from_slice(
            b"Source,Target,Type,Weight,Kind,layer,shared,shared_within,cosine,median_gap_s,p,q,pdq_distance,rounded_ids,p_author_held,p_timing\n",
        );
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        out.extend_from_slice(edge.source);
        out.push(b',');
        out.extend_from_slice(edge.target);
        out.extend_from_slice(b",Undirected");
        number(out, edge.weight(self.weight));
        for _ in 0..2 {
            out.push(b',');
            out.extend_from_slice(edge.layer.as_bytes());
        }
        for count in [edge.shared, edge.shared_within] {
            out.push(b',');
            if let Some(count) = count {
                out.extend_from_slice(itoa::Buffer::new().format(count).as_bytes());
            }
        }
        for figure in [edge.cosine, edge.median_gap_s, edge.p, edge.q] {
            number(out, figure);
        }
        out.push(b',');
        if let Some(distance) = edge.pdq_distance {
            out.extend_from_slice(itoa::Buffer::new().format(distance).as_bytes());
        }
        out.push(b',');
        out.extend_from_slice(itoa::Buffer::new().format(edge.rounded_ids).as_bytes());
        for figure in [edge.p_author_held, edge.p_timing] {
            number(out, figure);
        }
        out.push(b'\n');
    }

    fn end(&self, _: &mut Vec<u8>) {}
}

/// A comma and a number, or nothing where it is not known.
fn number(out: &mut Vec<u8>, number: Option<f64>) {
    out.push(b',');
    let Some(number) = number else { return };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "compared with what it was")]
    let count = number as u32;
    // Weights and gaps are whole for the most part, and are written faster as such.
    if f64::from(count) == number && (count > 0 || number.is_sign_positive()) {
        out.extend_from_slice(itoa::Buffer::new().format(count).as_bytes());
    } else {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format(number);
        out.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
    }
}

/// The table of the nodes, as Gephi's spreadsheet import takes it.
pub(super) fn nodes(out: &mut Vec<u8>, nodes: &[&Node]) {
    out.extend_from_slice(b"Id,Label,handle,rounded_id\n");
    for node in nodes {
        let handle = node.handle.as_deref().map(|handle| csv_cell(&sanitise_line(handle, LONGEST)));
        let id = id_cell(&node.id);
        let label = handle.as_deref().unwrap_or(&id);
        let row = format!("{id},{label},{},{}\n", handle.as_deref().unwrap_or_default(), node.rounded);
        out.extend_from_slice(row.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_like_others() {
        let text = |figure| {
            let mut out = Vec::new();
            number(&mut out, figure);
            String::from_utf8(out).unwrap()
        };
        let figures = [0.0, -0.0, -1.0, 0.5, 7.0, 4_294_967_295.0, 4_294_967_296.0, 1e16, 1e-300];
        let texts = [",0", ",-0", ",-1", ",0.5", ",7", ",4294967295", ",4294967296", ",1e+16", ",1e-300"];
        assert_eq!(figures.map(|figure| text(Some(figure))), texts);
        assert_eq!((text(None).as_str(), text(Some(f64::NAN)).as_str()), (",", ",NaN"));
    }
}
