//! GraphML, as Gephi, igraph and networkx read it.

use std::io::Write;

use super::{Edge, EdgeWeight, Format, Node, xml};

pub(super) struct GraphMl {
    pub weight: EdgeWeight,
}

impl Format for GraphMl {
    fn id(&self, id: &str) -> Vec<u8> {
        xml::escaped(id)
    }

    fn begin(&self, out: &mut Vec<u8>, nodes: &[&Node]) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        out.extend_from_slice(b"<key id=\"handle\" for=\"node\" attr.name=\"handle\" attr.type=\"string\"/>\n");
        out.extend_from_slice(b"<key id=\"layer\" for=\"edge\" attr.name=\"layer\" attr.type=\"string\"/>\n");
        for name in ["weight"].into_iter().chain(xml::FIGURES) {
            let _ = writeln!(out, "<key id=\"{name}\" for=\"edge\" attr.name=\"{name}\" attr.type=\"double\"/>");
        }
        out.extend_from_slice(b"<graph edgedefault=\"undirected\">\n");
        for node in nodes {
            out.extend_from_slice(b"<node id=\"");
            xml::push(out, &node.id);
            out.extend_from_slice(b"\">");
            if let Some(handle) = &node.handle {
                out.extend_from_slice(b"<data key=\"handle\">");
                xml::push(out, handle);
                out.extend_from_slice(b"</data>");
            }
            out.extend_from_slice(b"</node>\n");
        }
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        out.extend_from_slice(b"<edge source=\"");
        out.extend_from_slice(edge.source);
        out.extend_from_slice(b"\" target=\"");
        out.extend_from_slice(edge.target);
        let _ = write!(out, "\"><data key=\"layer\">{}</data>", edge.layer);
        for (name, value) in [("weight", edge.weight(self.weight))].into_iter().chain(xml::figures(edge)) {
            let _ = write!(out, "<data key=\"{name}\">{value}</data>");
        }
        out.extend_from_slice(b"</edge>\n");
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</graph>\n</graphml>\n");
    }
}
