"""`bot-tui clusters`: how good the partition is, and that every table agrees with it."""

from collections import defaultdict

import igraph
import leidenalg
import numpy as np

from cluster_layers import check_layers
from cluster_words import check_against, check_shapes
from cluster_targets import check_targets
from network import known, options, shortened
from records import time_of
from rules import Kept

RUNS = 10
WORSE = 0.001  # The program may be a thousandth below the best of the runs.


def graph_of(kept):
    """The links as a weighted graph of the accounts that have one, by place in the projection."""
    projection, links = kept.projection, kept.links()
    nodes = np.unique(np.concatenate([projection.a[links], projection.b[links]]))
    edges = np.stack([np.searchsorted(nodes, ends[links]) for ends in (projection.a, projection.b)], axis=1)
    return igraph.Graph(len(nodes), edges.tolist()), nodes, kept.weights()


def best(graph, weights):
    """The highest modularity that Leiden finds in ten runs, each until nothing moves."""
    def run(seed):
        found = leidenalg.find_partition(
            graph, leidenalg.ModularityVertexPartition, weights=weights.tolist(), n_iterations=-1, seed=seed)
        return graph.modularity(found.membership, weights=weights.tolist())  # Its own figure knows no weights.

    return max(map(run, range(RUNS)))


def partition(printed, projection, nodes):
    """The group of each node: the printed clusters, everybody else alone."""
    place = {name: node for node, name in enumerate(projection.names[node] for node in nodes)}
    strangers = [member["id"] for cluster in printed for member in cluster["members"] if member["id"] not in place]
    if strangers:
        return None, strangers
    group = -np.arange(1, len(nodes) + 1)
    for number, cluster in enumerate(printed):
        for member in cluster["members"]:
            group[place[member["id"]]] = number
    return np.unique(group, return_inverse=True)[1], []


def check_partition(report, what, printed, kept):
    graph, nodes, weights = graph_of(kept)
    if not len(weights):
        return report.compare(f"{what}: none", {}, {cluster["size"]: cluster for cluster in printed})
    groups, strangers = partition(printed, kept.projection, nodes)
    if strangers:
        return report.say(f"{what}: modularity", 1, [f"{name}: has no link, and stands in a cluster" for name in strangers])
    inside = graph.subgraph_edges([e.index for e in graph.es if groups[e.source] == groups[e.target]], delete_vertices=False)
    pieces = np.unique(inside.connected_components().membership).size
    report.compare(f"{what}: each hangs together", {"pieces": int(groups.max()) + 1}, {"pieces": pieces})
    found, highest = graph.modularity(groups.tolist(), weights=weights.tolist()), best(graph, weights)
    wrong = [f"modularity {found:.6f}, the best of {RUNS} runs of leidenalg {highest:.6f}"]
    bad = found < highest - WORSE * abs(highest)
    report.say(f"{what}: modularity {found:.6f}, leidenalg {highest:.6f}", 1, wrong if bad else [])


def check_components(report, what, printed, kept):
    graph, nodes, _ = graph_of(kept)
    names = kept.projection.names
    pieces = {frozenset(names[nodes[node]] for node in piece): True for piece in graph.connected_components()}
    found = {frozenset(member["id"] for member in cluster["members"]): True for cluster in printed}
    report.compare(f"{what}: members", pieces, found)


def inside_each(projection, printed, pairs):
    """Those of these pairs that lie inside each cluster, by its number."""
    number = {member["id"]: place for place, cluster in enumerate(printed) for member in cluster["members"]}
    group = np.array([number.get(name, -1) for name in projection.names], int)
    own = np.where(group[projection.a[pairs]] == group[projection.b[pairs]], group[projection.a[pairs]], -1)
    order = np.argsort(own, kind="stable")
    bounds = np.searchsorted(own[order], np.arange(len(printed) + 1))
    return [pairs[order[start:end]] for start, end in zip(bounds, bounds[1:])]


def to_the_millisecond(gaps):
    return float(np.floor(np.median(gaps) * 1000 + 1e-6) / 1000) if len(gaps) else None


def check_figures(report, what, case, printed, kept, shares, inside):
    projection = kept.projection
    expected, found = {}, {}
    for number, cluster in enumerate(printed):
        members = [case.world.by_written[member["id"]] for member in cluster["members"]]
        links = inside[number]
        gaps = projection.gap[links]
        gap = to_the_millisecond(gaps[~np.isnan(gaps)])
        first, last = span(members, shares)
        pairs = len(members) * (len(members) - 1) / 2
        agreeing = sum(layer["agrees"] is True for layer in cluster["layers"])
        expected[number] = (len(members), len(links), len(links) / pairs, gap, first, last, agreeing)
        found[number] = (cluster["size"], cluster["links"], cluster["density"], cluster["median_gap_s"],
                         seconds(cluster["first"]), seconds(cluster["last"]), cluster["agreeing"])
    report.compare(f"{what}: size, links, density, median_gap_s, first, last, agreeing", expected, found)
    ranks = [(-cluster["agreeing_independent"], -cluster["agreeing_reusing"], -cluster["size"]) for cluster in printed]
    report.say(f"{what}: most independent layers first, then most others, then the largest", len(ranks), [] if ranks == sorted(ranks) else [f"{ranks}"])


def seconds(written):
    return None if written is None else time_of(written) // 1000


def span(members, shares):
    """First and last time at which a member shared what another member shared too, in whole seconds."""
    times = defaultdict(list)
    for member in members:
        for shared, at in shares[member].items():
            times[shared].append(at)
    both = [at for several in times.values() if len(several) > 1 for at in several if at is not None]
    return (min(both) // 1000, max(both) // 1000) if both else (None, None)


def counted(case, layer, projection):
    """What each account shared, without what is muted."""
    left = {projection.objects[column] for column in np.unique(projection.columns)}
    return {account: {shared: at for shared, at in mine.items() if shared in left}
            for account, mine in case.shares(layer).items()}


def check_clusters(report, program, case, layer, rule, method="leiden", **chosen):
    top = chosen.pop("top", None)
    projection = case.projection(layer, **chosen)
    kept = Kept(projection, rule, top)
    written = ["--layer", layer, *options(rule, top=top, **chosen)]
    printed = program.json("clusters", "--json", "--min-size", 2, "--method", method, *written)["clusters"]
    what = " ".join(map(str, ["clusters", *(["--method", method] if method != "leiden" else []), *shortened(written)]))
    if method == "leiden":
        check_partition(report, what, printed, kept)
    else:
        check_components(report, what, printed, kept)
    shares = counted(case, layer, projection)
    inside = inside_each(projection, printed, kept.links())
    check_figures(report, what, case, printed, kept, shares, inside)
    check_targets(report, what, case, layer, printed, kept, shares, inside)
    check_layers(report, what, case, printed, kept, inside)
    check_shapes(report, what, case, printed)
    check_against(report, what, case, printed, kept, inside)
