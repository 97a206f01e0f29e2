//! GraphML, as Gephi, igraph and networkx read it.

use std::io::Write;

use super::{Edge, EdgeWeight, Format, Node, xml};

pub(super) struct GraphMl {
    pub weight: EdgeWeight,
}

/// Keys of nodes and edges that are words: Gephi shows what is named `label`, and tells the edges of two layers apart by it.
const WORDS: [(&str, &str, &str); 4] = [
    ("label", "node", "label"),
    ("handle", "node", "handle"),
    ("edge_label", "edge", "label"),
    ("layer", "edge", "layer"),
];

impl Format for GraphMl {
    fn id(&self, id: &str) -> Vec<u8> {
        xml::id(id)
    }

    fn begin(&self, out: &mut Vec<u8>, nodes: &[&Node]) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (id, element, name) in WORDS {
            let _ = writeln!(out, "<key id=\"{id}\" for=\"{element}\" attr.name=\"{name}\" attr.type=\"string\"/>");
        }
        out.extend_from_slice(
            b"<key id=\"rounded_id\" for=\"node\" attr.name=\"rounded_id\" attr.type=\"boolean\"/>\n",
        );
        for name in ["weight"].into_iter().chain(xml::FIGURES) {
            let _ = writeln!(out, "<key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"double\"/>");
        }
        out.extend_from_slice(b"<graph edgedefault=\"undirected\">\n");
        for node in nodes {
            out.extend_from_slice(b"<node id=\"");
            out.extend_from_slice(&xml::id(&node.id));
            out.extend_from_slice(b"\"><data key=\"label\">");
            xml::push(out, node.label());
            out.extend_from_slice(b"</data>");
            if let Some(handle) = &node.handle {
                out.extend_from_slice(b"<data key=\"handle\">");
                xml::push(out, handle);
                out.extend_from_slice(b"</data>");
            }
            if node.rounded {
                out.extend_from_slice(b"<data key=\"rounded_id\">true</data>");
            }
            out.extend_from_slice(b"</node>\n");
        }
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        let _ = write!(out, "<edge id=\"e{}\" source=\"", edge.number);
        out.extend_from_slice(edge.source);
        out.extend_from_slice(b"\" target=\"");
        out.extend_from_slice(edge.target);
        out.extend_from_slice(b"\">");
        for key in ["edge_label", "layer"] {
            let _ = write!(out, "<data key=\"{key}\">{}</data>", edge.layer);
        }
        let weight = edge.weight(self.weight).map(|weight| ("weight", weight));
        for (name, value) in weight.into_iter().chain(xml::figures(edge)) {
            let _ = write!(out, "<data key=\"{name}\">{value}</data>");
        }
        out.extend_from_slice(b"</edge>\n");
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</graph>\n</graphml>\n");
    }
}
