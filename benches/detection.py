"""Runs bot-tui and published methods on labelled sets of retweets, and prints how well each finds coordinated accounts.

    python3 -m venv peers && peers/bin/pip install numpy pandas scipy scikit-learn zstandard
    cargo build --release
    peers/bin/python benches/detection.py SET… > detection.md
    peers/bin/python benches/detection.py SET… --rules coordinated:0.00032 shared-within:5@600 --json detection.json
    peers/bin/python benches/detection.py --check-coortweet FOLDER

A set is a folder with posts.csv or posts.csv.zst (account,target,time,author[,made]) and truth.csv (account,role; roles
that begin with c- are of a campaign, organic is ordinary, fan a fan of one figure), or one file .csv or .csv.gz
(account,target,time,author,label: 1 coordinated, 0 ordinary, empty not counted).

Flagged means: in a group of three or more, which is a cluster of bot-tui or a connected component of what a published
method keeps. That is evidence that accounts acted alike and no verdict about anybody. Precision counts as wrong every
flagged account whose role is not of a campaign, also news-bots and follow trains. The published methods have their
authors' thresholds or usual ones; say so where those of bot-tui were tuned on the same sets. Nothing is drawn by
chance: equal sets give equal tables. The whole projection is held in memory.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse, special
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, eigsh
from sklearn.feature_extraction.text import TfidfTransformer

BINARY = Path(__file__).resolve().parent.parent / "target" / "release" / "bot-tui"
RULES = ["coordinated:0.00032", "cosine:0.5", "shared-within:5@600", "shared-within:3@60", "significant:0.01"]
SMALLEST_GROUP = 3

Labelled = namedtuple("Labelled", "name file columns events roles")
Events = namedtuple("Events", "names account target time")
Edges = namedtuple("Edges", "first second weight")


def read_set(path):
    """Where the retweets are, their columns, the retweets themselves, and the role of each account that counts."""
    file = path if path.is_file() else next(iter(sorted(path.glob("posts.csv*"))), None)
    if file is None:
        sys.exit(f"{path}: neither a file nor a folder with posts.csv or posts.csv.zst")
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    if path.is_dir():
        truth = pd.read_csv(path / "truth.csv", dtype=str, keep_default_na=False)
        roles = truth.set_index("account").role.replace("organic", "ordinary")
    else:
        labels = table.drop_duplicates("account").set_index("account").label
        roles = labels.map({"1": "c-labelled", "0": "ordinary"}).dropna()
    return Labelled(path.name.split(".")[0], file, list(table.columns), numbered(table), roles.sort_index())


def numbered(table):
    """Retweets with numbers for ids: the earliest of each account and target, and none of one's own posts."""
    table = table.assign(time=table.time.astype("int64"))
    if "author" in table:
        table = table[table.author != table.account]
    table = table.sort_values(["account", "target", "time"]).drop_duplicates(["account", "target"])
    names, account = np.unique(table.account.to_numpy(str), return_inverse=True)
    return Events(names, account, np.unique(table.target.to_numpy(str), return_inverse=True)[1], table.time.to_numpy())


def bot_tui(binary, folder, *words):
    """What the program prints, with a cache in the folder."""
    # A config.toml of whoever runs this must not change the figures.
    environment = dict(os.environ, HOME=folder, XDG_CONFIG_HOME=folder)
    command = [str(binary), "--cache", f"{folder}/cache.db", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{done.stderr}")
    return done.stdout


def program(binary, labelled, rules):
    """The accounts that `bot-tui clusters` flags by each rule, and by what is built in where the rule says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        mapped = [column for column in ("account", "target", "time", "author", "made") if column in labelled.columns]
        columns = ",".join(f"{column}={column}" for column in mapped)
        bot_tui(binary, folder, "import", "--map", columns, str(labelled.file))
        for rule in rules:
            keep, _, window = rule.partition("@")
            options = ["--min-size", str(SMALLEST_GROUP), *(["--window", window] if window else [])]
            found = json.loads(bot_tui(binary, folder, "clusters", "--json", "--keep", keep, *options))["clusters"]
            title = f"bot-tui `{keep}`" + (f", {window} s" if window else "")
            yield title, {member["id"] for cluster in found for member in cluster["members"]}


def members(size, edges):
    """Accounts in connected components of three or more."""
    links = sparse.coo_matrix((np.ones(len(edges.first)), (edges.first, edges.second)), shape=(size, size))
    _, component = connected_components(links, directed=False)
    return np.flatnonzero(np.bincount(component)[component] >= SMALLEST_GROUP)


def only(edges, kept):
    return Edges(*(column[kept] for column in edges))


def bipartite(events, min_retweets=10, min_accounts=2):
    """Accounts with ten retweets or more, as numbers, and which targets, of two of them or more, each shared."""
    kept = np.bincount(events.account)[events.account] >= min_retweets
    account, target = events.account[kept], events.target[kept]
    kept = np.bincount(target)[target] >= min_accounts
    accounts, row = np.unique(account[kept], return_inverse=True)
    targets, column = np.unique(target[kept], return_inverse=True)
    return accounts, sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(len(accounts), len(targets)))


def projection(matrix):
    """The upper half of the product of each two accounts' rows, where it is not 0."""
    product = sparse.triu(matrix @ matrix.T, 1).tocoo()
    return Edges(product.row, product.col, product.data)


def strongest(cosines):
    """Pacheco et al. 2021: the 0.5 % of edges with the largest cosine of TF-IDF vectors, of accounts with ten retweets.

    Chosen: idf is scikit-learn's smooth one, targets of one account are left out, edges at the percentile stay.
    """
    return only(cosines, cosines.weight >= np.percentile(cosines.weight, 99.5))


def central(vectors, cosines):
    """Luceri et al. 2024, node pruning: the tenth of the accounts with the largest eigenvector centrality.

    Chosen: edges count by their cosine (in the authors' code all alike); accounts at or above the 90th percentile stay,
    with the edges among them; accounts need ten retweets as in the others (in the authors' code twenty); the co-retweet
    network only (the paper also fuses it with four others).
    """
    size = vectors.shape[0]
    # Each cosine with itself is 1, which moves the eigenvalues and no eigenvector: the network need not be a matrix.
    network = LinearOperator((size, size), matvec=lambda x: vectors @ (vectors.T @ x), dtype=float)
    centrality = np.abs(eigsh(network, k=1, which="LA", v0=np.ones(size))[1][:, 0])
    kept = centrality >= np.percentile(centrality, 90)
    return only(cosines, kept[cosines.first] & kept[cosines.second])


def disparity(size, cosines, alpha=0.05):
    """Nizzoli et al. 2021: the backbone of the cosine network by the disparity filter [Serrano et al. 2009].

    An edge stays where (1 − w/s)^(k − 1) < alpha for one of its accounts, of k edges that weigh s. Chosen: alpha; all
    accounts with ten retweets (the paper takes the most active 1 %, too few here); components (the paper takes
    communities, and measures how coordinated each is without drawing a line).
    """
    strength, degree = np.zeros(size), np.zeros(size)
    for end in (cosines.first, cosines.second):
        strength += np.bincount(end, cosines.weight, size)
        degree += np.bincount(end, minlength=size)
    chance = [(1 - cosines.weight / strength[end]) ** (degree[end] - 1) for end in (cosines.first, cosines.second)]
    return only(cosines, np.minimum(*chance) < alpha)


def fitness(shared):
    """The class of each account by its degree, the chance that a class shares each class of targets, and their numbers.

    The bipartite configuration model [Saracco et al. 2017], by fixed point, one unknown for each distinct degree.
    """
    rows, row_class, row_count = np.unique(shared.sum(1).A1, return_inverse=True, return_counts=True)
    columns, column_count = np.unique(shared.sum(0).A1, return_counts=True)
    x, y = rows / np.sqrt(shared.sum()), columns / np.sqrt(shared.sum())
    for _ in range(100_000):
        before = x
        x = rows / (column_count * y / (1 + np.outer(x, y))).sum(1)
        y = columns / (row_count[:, None] * x[:, None] / (1 + np.outer(x, y))).sum(0)
        if np.max(np.abs(x / before - 1)) < 1e-12:
            break
    return row_class, np.outer(x, y) / (1 + np.outer(x, y)), column_count


def overlap_chances(shared, overlaps):
    """SDSM [Neal 2014]: how likely at least such an overlap is, if only activity and popularity matter.

    Chosen: chances by the bipartite configuration model, and a Poisson tail of the same mean as in the package bicm, in
    place of the Poisson-binomial one; accounts and targets as in the others (the paper leaves none out).
    """
    row_class, chance, count = fitness(shared)
    means = (chance * count) @ chance.T
    return special.gammainc(overlaps.weight, means[row_class[overlaps.first], row_class[overlaps.second]])


def holm(chances, alpha):
    """Which chances stay at a family-wise error of alpha, of all pairs with an overlap [Holm 1979]."""
    order = np.argsort(chances, kind="stable")
    above = np.flatnonzero(chances[order] > alpha / (len(chances) - np.arange(len(chances))))
    return chances < chances[order][above[0]] if len(above) else np.full(len(chances), True)


def pairs_within(events, seconds):
    """The positions of each two retweets of one target that are at most so many seconds apart."""
    order = np.lexsort((events.time, events.target))
    target, time = events.target[order], events.time[order]
    first, found = np.arange(len(order)), [(np.arange(0), np.arange(0))]
    for step in range(1, len(order)):
        first = first[first + step < len(order)]
        first = first[(target[first] == target[first + step]) & (time[first + step] - time[first] <= seconds)]
        if not len(first):
            break
        found.append((order[first], order[first + step]))
    return [np.concatenate(side) for side in zip(*found)]


def coortweet(events, seconds, participation=2):
    """CooRTweet [Righetti and Balluff 2025]: edges weigh the shared targets within the window, inclusive.

    Accounts need so many retweets; then a pair stays where one of its accounts has so many retweets within the window.
    """
    kept = np.bincount(events.account)[events.account] >= participation
    events = Events(events.names, events.account[kept], events.target[kept], events.time[kept])
    first, second = pairs_within(events, seconds)
    taken = np.bincount(events.account[np.union1d(first, second)], minlength=len(events.names)) >= participation
    one, other = events.account[first], events.account[second]
    kept = taken[one] | taken[other]
    pairs = np.sort(np.stack([one[kept], other[kept]], 1), 1)
    ends, weight = np.unique(pairs, axis=0, return_counts=True)
    return Edges(ends[:, 0], ends[:, 1], weight)


def heavier(edges, quantile=0.5):
    """The edges that weigh more than the quantile of the weights, as `edge_weight` and `subgraph = 1` of CooRTweet."""
    return only(edges, edges.weight > np.quantile(edges.weight, quantile)) if len(edges.weight) else edges


def published(events):
    """The accounts that each published method flags."""
    accounts, shared = bipartite(events)
    if len(accounts) < SMALLEST_GROUP:
        sys.exit("fewer than three accounts have ten retweets or more")
    vectors = TfidfTransformer().fit_transform(shared)
    cosines, overlaps = projection(vectors), projection(shared)
    names = lambda edges: set(events.names[accounts[members(len(accounts), edges)]])
    yield "cosine, 99.5th percentile (Pacheco et al. 2021)", names(strongest(cosines))
    for seconds in (10, 60):
        found = members(len(events.names), heavier(coortweet(events, seconds)))
        yield f"CooRTweet, {seconds} s (Righetti and Balluff 2025)", set(events.names[found])
    yield "centrality, top 10 % (Luceri et al. 2024)", names(central(vectors, cosines))
    yield "disparity filter, α .05 (Nizzoli et al. 2021)", names(disparity(len(accounts), cosines))
    chances = overlap_chances(shared, overlaps)
    for alpha in (0.05, 0.01):
        yield f"SDSM, α {alpha:.2f} (Neal 2014)".replace("0.", "."), names(only(overlaps, chances < alpha))
    yield "SDSM, α .05 by Holm (Neal 2014)", names(only(overlaps, holm(chances, 0.05)))


def score(flagged, roles):
    """Precision and recall over all accounts with a role, and the share of each role that is flagged."""
    hit = roles.index.isin(flagged)
    campaign = roles.str.startswith("c-").to_numpy()
    right, wrong, missed = (int(which.sum()) for which in (hit & campaign, hit & ~campaign, ~hit & campaign))
    shares = pd.Series(hit, roles.index).groupby(roles).mean().to_dict()
    figures = {"precision": right / (right + wrong) if right + wrong else None, "recall": None, "f1": None}
    if right + missed:
        figures.update(recall=right / (right + missed), f1=2 * right / (2 * right + wrong + missed))
    figures.update(ordinary=shares.get("ordinary"), fans=shares.get("fan"), flagged=right + wrong, roles=shares)
    return figures


def ratio(value):
    return "–" if value is None else f"{value:.2f}"


def percent(value):
    return "–" if value is None else f"{100 * value:.1f} %"


def table(head, rows):
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def tell(name, roles, results):
    """The table of one set."""
    campaign = int(roles.str.startswith("c-").sum())
    print(f"## {name}\n\n{campaign:,} of {len(roles):,} accounts are coordinated.\n")
    shares = lambda figures: [percent(figures["ordinary"]), percent(figures["fans"])]
    if not campaign:
        rows = [[title, f"{figures['flagged']:,}", *shares(figures)] for title, figures in results.items()]
        table(["method", "accounts flagged", "ordinary flagged", "fans flagged"], rows)
        return
    ratios = lambda figures: [ratio(figures[which]) for which in ("precision", "recall", "f1")]
    rows = [[title, *ratios(figures), *shares(figures)] for title, figures in results.items()]
    table(["method", "precision", "recall", "F1", "ordinary flagged", "fans flagged"], rows)


def tell_means(results):
    """The means over the sets with a campaign; precision where anything is flagged, fans where there are any."""
    several = [by for by in results.values() if all(figures["f1"] is not None for figures in by.values())]
    if len(several) < 2:
        return
    rows = []
    for title in several[0]:
        known = lambda which: [by[title][which] for by in several if by[title][which] is not None]
        mean = lambda which: float(np.mean(known(which))) if known(which) else None
        ratios = [ratio(mean(which)) for which in ("precision", "recall", "f1")]
        rows.append([title, *ratios, ratio(min(known("f1"))), percent(mean("ordinary")), percent(mean("fans"))])
    print(f"## Means of {len(several)} sets with coordinated accounts\n")
    table(["method", "precision", "recall", "F1", "lowest F1", "ordinary flagged", "fans flagged"], rows)


def check_coortweet(folder):
    """Compares edges and weights with CooRTweet's own answers (`min_participation = 1`) in edges_window_*.csv."""
    retweets = pd.read_csv(folder / "retweets.csv", dtype=str)
    columns = {"object_id": "target", "account_id": "account", "timestamp_share": "time"}
    files = sorted(folder.glob("edges_window_*.csv"))
    events, equal = numbered(retweets.rename(columns=columns)), bool(files)
    for file in files:
        window, least = re.fullmatch(r"edges_window_(\d+|unbounded)s?(?:_min(\d+))?", file.stem).groups()
        edges = coortweet(events, np.inf if window == "unbounded" else int(window), 1)
        edges = only(edges, edges.weight >= int(least or 1))
        ours = set(zip(events.names[edges.first], events.names[edges.second], edges.weight.tolist()))
        theirs = pd.read_csv(file, dtype={"account_a": str, "account_b": str})
        theirs = {(*sorted(pair), weight) for *pair, weight in theirs.itertuples(index=False)}
        apart = sorted(ours ^ theirs)
        print(f"{file.name}: {len(theirs):,} edges,", f"{len(apart):,} differ" if apart else "equal")
        for edge in apart[:20]:
            print("  only here:" if edge in ours else "  only there:", *edge)
        equal = equal and not apart
    return equal


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET")
    parser.add_argument("--rules", nargs="+", default=RULES, metavar="RULE", help="of bot-tui, RULE or RULE@SECONDS")
    parser.add_argument("--binary", type=Path, default=BINARY, help="by default the release build")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures, and the share of each role")
    parser.add_argument("--check-coortweet", type=Path, metavar="FOLDER", help="compare with CooRTweet's own answers")
    arguments = parser.parse_args()
    if not arguments.sets and not arguments.check_coortweet:
        parser.error("give a set, or --check-coortweet")
    results = {}
    for path in arguments.sets:
        labelled = read_set(path)
        methods = [*program(arguments.binary, labelled, arguments.rules), *published(labelled.events)]
        name = str(path) if labelled.name in results else labelled.name
        results[name] = {title: score(flagged, labelled.roles) for title, flagged in methods}
        tell(name, labelled.roles, results[name])
    if results:
        tell_means(results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    if arguments.check_coortweet and not check_coortweet(arguments.check_coortweet):
        sys.exit(1)


if __name__ == "__main__":
    main()
