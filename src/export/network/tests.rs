//! Networks of a small data set in every format.

use super::*;
use crate::graph::{Filtered, Incidence, IncidenceBuilder, Numbering};
use crate::model::{LinkParameters, ObjectId, ShareRow, Timestamp};

fn incidence(nodes: &Nodes) -> Incidence {
    let mut builder = IncidenceBuilder::default().numbered(Numbering::As(nodes.numbers()));
    for (object, account, at) in [(1, 1, 0), (1, 2, 1_500), (1, 3, 90_000), (2, 1, 0), (2, 2, 500)] {
        builder.push(ShareRow {
            object: ObjectId(object),
            account: AccountId(account),
            at: Some(Timestamp(at)),
            own: false,
        });
    }
    builder.finish()
}

fn written(format: &str) -> String {
    let node = |account, id: &str, handle: Option<&str>| Node {
        account: AccountId(account),
        id: id.to_owned(),
        handle: handle.map(str::to_owned),
        rounded: false,
    };
    // As text, 10 stands before 9.
    let nodes = vec![node(1, "9", Some("a<b")), node(2, "10", None), node(3, "x\"y", None), node(4, "alone", None)];
    let nodes = Nodes::new(nodes);
    assert_eq!(nodes.numbers(), [u32::MAX, 1, 0, 3, 2]);
    let incidence = incidence(&nodes);
    let parameters = LinkParameters { min_retweets: 1, ..LinkParameters::default() };
    let filtered = Filtered::new(&incidence, &parameters);
    let evidence = Evidence {
        incidence: &incidence,
        filtered: &filtered,
        significance: None,
        coordination: None,
        window_seconds: 60,
    };
    let pair = |a, b| (AccountId(a), AccountId(b));
    let layers = [
        NetworkLayer { name: "co-retweet", pairs: Pairs::Shared(vec![pair(0, 1), pair(1, 3)], evidence) },
        NetworkLayer { name: "avatar", pairs: Pairs::Avatars(vec![(AccountId(0), AccountId(1), 7)]) },
    ];
    let mut out = Vec::new();
    assert_eq!(write_network(&mut out, &nodes, &layers, format, EdgeWeight::Shared).unwrap(), 3);
    String::from_utf8(out).unwrap()
}

#[test]
fn rows_are_sorted_as_text_with_the_figures_of_each_layer() {
    let text = written("csv");
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(
        rows[0],
        "Source,Target,Type,Weight,Kind,layer,shared,shared_within,cosine,median_gap_s,p,q,pdq_distance,rounded_ids,p_author_held,p_timing"
    );
    let first = "10,9,Undirected,2,co-retweet,co-retweet,2,2,";
    assert!(rows[1].starts_with(first) && rows[1].ends_with(",1,,,,0,,"), "{}", rows[1]);
    assert_eq!(rows[2], "10,9,Undirected,1,avatar,avatar,,,,,,,7,0,,");
    let third = "9,\"x\"\"y\",Undirected,1,co-retweet,co-retweet,1,0,";
    assert!(rows[3].starts_with(third) && rows[3].ends_with(",90,,,,0,,"), "{}", rows[3]);
    assert_eq!(rows.len(), 4);
}

#[test]
fn every_line_of_jsonl_is_an_edge() {
    let edges: Vec<serde_json::Value> =
        written("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(edges[0]["median_gap_s"], 1.0);
    assert_eq!(edges[1]["pdq_distance"], 7);
    assert_eq!(edges[2]["target"], "x\"y");
}

#[test]
fn xml_formats_escape_and_name_only_linked_accounts() {
    for (format, edge) in
        [("graphml", "<edge id=\"e0\" source=\"10\" target=\"9\">"), ("gexf", "source=\"10\" target=\"9\" label")]
    {
        let text = written(format);
        assert!(text.contains(edge) && text.contains("a&lt;b") && text.contains("x&quot;y"), "{text}");
        assert!(!text.contains("alone"), "{text}");
        assert_eq!(text.matches("<edge ").count(), 3);
        assert!(
            text.contains(if format == "gexf" { "weight=\"2\"" } else { "<data key=\"weight\">2</data>" }),
            "{text}"
        );
    }
}

#[test]
fn an_id_cannot_act_on_the_terminal_it_is_printed_to() {
    let node = |account, id: &str| Node {
        account: AccountId(account),
        id: id.to_owned(),
        handle: Some(id.to_owned()),
        rounded: false,
    };
    let nodes = Nodes::new(vec![node(1, "a\u{1b}[31m\u{202e}"), node(2, "b")]);
    let pairs = || vec![NetworkLayer { name: "avatar", pairs: Pairs::Avatars(vec![(AccountId(0), AccountId(1), 0)]) }];
    for format in NETWORK_FORMATS {
        let mut out = Vec::new();
        write_network(&mut out, &nodes, &pairs(), format, EdgeWeight::Cosine).unwrap();
        let text = String::from_utf8(out).unwrap();
        let shown = if format == "jsonl" { "\\u001b" } else { "⟨U+001B⟩" };
        assert!(text.contains(shown) && !text.contains(['\u{1b}', '\u{202e}']), "{format}: {text}");
    }
}

#[test]
fn an_unknown_format_is_refused() {
    assert!(write_network(&mut Vec::new(), &Nodes::new(Vec::new()), &[], "dot", EdgeWeight::Cosine).is_err());
}

#[test]
fn ids_that_differ_in_white_space_stay_apart_in_every_format() {
    let node =
        |account, id: &str| Node { account: AccountId(account), id: id.to_owned(), handle: None, rounded: false };
    let nodes = || Nodes::new(vec![node(1, "a\n1"), node(2, "a 1"), node(3, "a\u{7}1"), node(4, "a\t1")]);
    let pair = |a, b| (AccountId(a), AccountId(b), 0);
    let layers = || vec![NetworkLayer { name: "avatar", pairs: Pairs::Avatars(vec![pair(0, 1), pair(2, 3)]) }];
    for (format, written) in [
        ("csv", ["a⟨U+0007⟩1", "a\t1", "\"a\n1\"", "a 1"]),
        ("jsonl", ["\"a\\u00071\"", "\"a\\t1\"", "\"a\\n1\"", "\"a 1\""]),
        ("graphml", ["\"a⟨U+0007⟩1\"", "\"a&#9;1\"", "\"a&#10;1\"", "\"a 1\""]),
        ("gexf", ["\"a⟨U+0007⟩1\"", "\"a&#9;1\"", "\"a&#10;1\"", "\"a 1\""]),
    ] {
        let mut out = Vec::new();
        write_network(&mut out, &nodes(), &layers(), format, EdgeWeight::Cosine).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(written.iter().all(|id| text.contains(id)), "{format}: {text}");
    }
}

#[test]
fn the_nodes_of_a_table_are_a_table_too() {
    let node = |account, id: &str, handle: Option<&str>| Node {
        account: AccountId(account),
        id: id.to_owned(),
        handle: handle.map(str::to_owned),
        rounded: false,
    };
    let nodes = Nodes::new(vec![node(1, "1", Some("=a")), node(2, "2", None), node(3, "3", None)]);
    let layers = [NetworkLayer { name: "avatar", pairs: Pairs::Avatars(vec![(AccountId(0), AccountId(1), 0)]) }];
    let mut out = Vec::new();
    assert_eq!(write_nodes(&mut out, &nodes, &layers).unwrap(), 2);
    assert_eq!(String::from_utf8(out).unwrap(), "Id,Label,handle,rounded_id\n1,\"'=a\",\"'=a\",false\n2,2,,false\n");
}

#[test]
fn a_weight_that_is_not_known_is_not_made_up() {
    let co = CoShare {
        shared: 3,
        shared_within: 0,
        cosine: None,
        binary_cosine: None,
        median_gap_ms: None,
        rounded: 0,
        test: None,
    };
    let link = |co, distance| edge(b"a", b"b", "layer", co, distance);
    assert_eq!(link(Some(co), None).weight(EdgeWeight::Cosine), None);
    assert_eq!(link(Some(co), None).weight(EdgeWeight::Shared), Some(3.0));
    assert_eq!(link(None, Some(7)).weight(EdgeWeight::Cosine), Some(1.0));
}

#[test]
fn what_rests_on_rounded_ids_says_so_in_every_format() {
    let node = |account, id: &str| Node { account: AccountId(account), id: id.to_owned(), handle: None, rounded: true };
    let nodes = || Nodes::new(vec![node(1, "1"), Node { rounded: false, ..node(2, "2") }]);
    let layers = || vec![NetworkLayer { name: "avatar", pairs: Pairs::Avatars(vec![(AccountId(0), AccountId(1), 0)]) }];
    for (format, parts) in [
        ("csv", [",avatar,avatar,,,,,,,0,1,,\n", ",rounded_ids,"]),
        ("jsonl", ["\"rounded_ids\":1", "\"pdq_distance\":0"]),
        ("graphml", ["<data key=\"rounded_ids\">1</data>", "<data key=\"rounded_id\">true</data>"]),
        ("gexf", ["<attvalue for=\"rounded_ids\" value=\"1\"/>", "<attvalue for=\"rounded_id\" value=\"true\"/>"]),
    ] {
        let mut out = Vec::new();
        write_network(&mut out, &nodes(), &layers(), format, EdgeWeight::Cosine).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(parts.iter().all(|part| text.contains(part)), "{format}: {text}");
    }
}
