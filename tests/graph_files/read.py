"""Reads the networks in a folder with other programs and holds them against ids.json: every two ids are linked twice."""

import csv
import itertools
import json
import os
import re
import sys
from pathlib import Path

LAYERS = ("co-retweet", "co-hashtag")


def original(written):
    """An id as the platform wrote it: what could act on a terminal is written out."""
    return re.sub("⟨U\\+([0-9A-F]+)⟩", lambda code: chr(int(code[1], 16)), written)


def from_cell(written):
    """The same of a cell, before whose formula an apostrophe stands."""
    return original(re.sub("^('*)'(?=[=+@-])", "\\1", written))


def check(what, found, ids):
    """Holds edges, as (one end, other end, layer), against all that there must be."""
    wanted = sorted((tuple(sorted(pair)), layer) for pair in itertools.combinations(ids, 2) for layer in LAYERS)
    found = sorted((tuple(sorted((a, b))), layer) for a, b, layer in found)
    assert found == wanted, f"{what}: {found} is not {wanted}"


def tables(folder, ids):
    """The edge table and the nodes table, as Gephi's spreadsheet import takes them."""
    with open(folder / "net.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:5] == ["Source", "Target", "Type", "Weight", "Kind"], list(rows[0])
    assert {row["Type"] for row in rows} == {"Undirected"} and {row["Weight"] for row in rows} == {"1"}
    check("CSV", [(from_cell(row["Source"]), from_cell(row["Target"]), row["Kind"]) for row in rows], ids)
    with open(folder / "nodes.csv", newline="", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    assert list(nodes[0])[:2] == ["Id", "Label"], list(nodes[0])
    assert {node["Id"] for node in nodes} == {row[end] for row in rows for end in ("Source", "Target")}
    labels = {from_cell(node["Id"]): node["Label"] for node in nodes}
    assert labels == {name: f"handle_{number}" for number, name in enumerate(ids)}, labels
    with open(folder / "net.jsonl", newline="\n", encoding="utf-8") as file:
        edges = [json.loads(line) for line in file]
    check("JSONL", [(edge["source"], edge["target"], edge["layer"]) for edge in edges], ids)


def with_networkx(folder, ids, files):
    import networkx

    print("networkx", networkx.__version__)
    for name in files:
        graph = (networkx.read_gexf if name.endswith("gexf") else networkx.read_graphml)(folder / name)
        assert graph.is_multigraph() and not graph.is_directed(), name
        check(name, [(original(a), original(b), data["layer"]) for a, b, data in graph.edges(data=True)], ids)
        assert all(float(data["weight"]) == 1 for _, _, data in graph.edges(data=True)), name
        labels = {original(node): data["label"] for node, data in graph.nodes(data=True)}
        assert labels == {name: f"handle_{number}" for number, name in enumerate(ids)}, labels


def with_igraph(folder, ids):
    import igraph

    print("igraph", igraph.__version__)
    graph = igraph.Graph.Read_GraphML(str(folder / "net.graphml"))
    assert not graph.is_directed()
    # igraph leaves an ampersand of an attribute escaped.
    names = [original(name.replace("&#38;", "&")) for name in graph.vs["id"]]
    check("igraph", [(names[edge.source], names[edge.target], edge["label"]) for edge in graph.es], ids)
    assert set(graph.es["weight"]) == {1}
    assert dict(zip(names, graph.vs["label"])) == {name: f"handle_{number}" for number, name in enumerate(ids)}


def against_schema(folder):
    schema = os.environ.get("BOT_TUI_GEXF_SCHEMA")
    if not schema:
        print("NOT TRIED: the schema of GEXF 1.3, since BOT_TUI_GEXF_SCHEMA names none", file=sys.stderr)
        return
    import xmlschema

    xmlschema.XMLSchema(schema).validate(str(folder / "net.gexf"))


def main():
    folder = Path(sys.argv[1])
    ids = json.loads((folder / "ids.json").read_text(encoding="utf-8"))
    if "--old" in sys.argv:
        with_networkx(folder, ids, ["net.graphml", "old.gexf"])
        return
    tables(folder, ids)
    with_networkx(folder, ids, ["net.graphml", "net.gexf", "old.gexf"])
    with_igraph(folder, ids)
    against_schema(folder)


main()
