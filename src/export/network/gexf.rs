//! GEXF 1.3, as Gephi reads it.

use std::io::Write;

use super::{Edge, EdgeWeight, Format, Node, xml};

pub(super) struct Gexf {
    pub weight: EdgeWeight,
}

impl Format for Gexf {
    fn id(&self, id: &str) -> Vec<u8> {
        xml::escaped(id)
    }

    fn begin(&self, out: &mut Vec<u8>, nodes: &[&Node]) {
        out.extend_from_slice(
            b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n",
        );
        out.extend_from_slice(b"<graph defaultedgetype=\"undirected\">\n<attributes class=\"edge\">\n");
        out.extend_from_slice(b"<attribute id=\"layer\" title=\"layer\" type=\"string\"/>\n");
        for name in xml::FIGURES {
            let _ = writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"double\"/>");
        }
        out.extend_from_slice(b"</attributes>\n<nodes>\n");
        for node in nodes {
            out.extend_from_slice(b"<node id=\"");
            xml::push(out, &node.id);
            out.extend_from_slice(b"\" label=\"");
            xml::push(out, node.handle.as_deref().unwrap_or(&node.id));
            out.extend_from_slice(b"\"/>\n");
        }
        out.extend_from_slice(b"</nodes>\n<edges>\n");
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        out.extend_from_slice(b"<edge source=\"");
        out.extend_from_slice(edge.source);
        out.extend_from_slice(b"\" target=\"");
        out.extend_from_slice(edge.target);
        // Without its kind, Gephi would merge the edges of two layers.
        let _ = write!(out, "\" kind=\"{}\" weight=\"{}\"><attvalues>", edge.layer, edge.weight(self.weight));
        let _ = write!(out, "<attvalue for=\"layer\" value=\"{}\"/>", edge.layer);
        for (name, value) in xml::figures(edge) {
            let _ = write!(out, "<attvalue for=\"{name}\" value=\"{value}\"/>");
        }
        out.extend_from_slice(b"</attvalues></edge>\n");
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</edges>\n</graph>\n</gexf>\n");
    }
}
