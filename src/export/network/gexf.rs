//! GEXF, as Gephi reads it.

use std::io::Write;

use super::{Edge, EdgeWeight, Format, Node, xml};

pub(super) struct Gexf {
    pub weight: EdgeWeight,
    pub version: GexfVersion,
}

/// The version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GexfVersion {
    /// What networkx reads before its version 3.5. It has no kinds of edges.
    V1_2,
    V1_3,
}

impl GexfVersion {
    fn heading(self) -> &'static str {
        match self {
            Self::V1_2 => "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">",
            Self::V1_3 => "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">",
        }
    }
}

impl Format for Gexf {
    fn id(&self, id: &str) -> Vec<u8> {
        xml::id(id)
    }

    fn begin(&self, out: &mut Vec<u8>, nodes: &[&Node]) {
        let _ = writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", self.version.heading());
        out.extend_from_slice(b"<graph defaultedgetype=\"undirected\">\n<attributes class=\"node\">\n");
        out.extend_from_slice(b"<attribute id=\"rounded_id\" title=\"rounded_id\" type=\"boolean\"/>\n");
        out.extend_from_slice(b"</attributes>\n<attributes class=\"edge\">\n");
        out.extend_from_slice(b"<attribute id=\"layer\" title=\"layer\" type=\"string\"/>\n");
        for name in xml::FIGURES {
            let _ = writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"double\"/>");
        }
        out.extend_from_slice(b"</attributes>\n<nodes>\n");
        for node in nodes {
            out.extend_from_slice(b"<node id=\"");
            out.extend_from_slice(&xml::id(&node.id));
            out.extend_from_slice(b"\" label=\"");
            xml::push(out, node.label());
            out.extend_from_slice(match node.rounded {
                true => b"\"><attvalues><attvalue for=\"rounded_id\" value=\"true\"/></attvalues></node>\n".as_slice(),
                false => b"\"/>\n",
            });
        }
        out.extend_from_slice(b"</nodes>\n<edges>\n");
    }

    fn edge(&self, out: &mut Vec<u8>, edge: &Edge<'_>) {
        let _ = write!(out, "<edge id=\"{}\" source=\"", edge.number);
        out.extend_from_slice(edge.source);
        out.extend_from_slice(b"\" target=\"");
        out.extend_from_slice(edge.target);
        let _ = write!(out, "\" label=\"{}\"", edge.layer);
        if self.version == GexfVersion::V1_3 {
            // Without its kind, Gephi would merge the edges of two layers.
            let _ = write!(out, " kind=\"{}\"", edge.layer);
        }
        if let Some(weight) = edge.weight(self.weight) {
            let _ = write!(out, " weight=\"{weight}\"");
        }
        let _ = write!(out, "><attvalues><attvalue for=\"layer\" value=\"{}\"/>", edge.layer);
        for (name, value) in xml::figures(edge) {
            let _ = write!(out, "<attvalue for=\"{name}\" value=\"{value}\"/>");
        }
        out.extend_from_slice(b"</attvalues></edge>\n");
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</edges>\n</graph>\n</gexf>\n");
    }
}
