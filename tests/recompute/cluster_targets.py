"""The ten targets that most members of a cluster shared, and what leaving one out would do."""

from collections import Counter

import igraph
import numpy as np

from objects import as_printed, printed as written


def median_gap(times):
    """Between any two, in seconds; `None` where fewer than two times are known."""
    times = np.array([at for at in times if at is not None], float)
    if len(times) < 2:
        return None
    one, other = np.triu_indices(len(times), 1)
    return float(np.median(np.abs(times[one] - times[other])) / 1000)


class WithoutOne:
    """Which links stay without one object, the weights of the others held."""

    def __init__(self, kept, shares):
        self.kept, self.projection, self.shares = kept, kept.projection, shares
        self.rule, _, value = kept.rule.partition(":")
        self.least = float(value or 0)

    def stays(self, link, shared):
        projection = self.projection
        a, b = (self.shares[projection.accounts[place[link]]] for place in (projection.a, projection.b))
        if self.rule == "shared":
            return projection.shared[link] - (shared in a and shared in b) >= self.least
        if self.rule == "shared-within":
            times = a.get(shared), b.get(shared)
            near = None not in times and abs(times[0] - times[1]) <= projection.window * 1000
            return projection.within[link] - near >= self.least
        cosine = self.cosine(link, shared, shared in a, shared in b)
        return cosine is not None and (cosine >= self.least - 1e-12 if self.rule == "cosine" else cosine > 1e-12)

    def cosine(self, link, shared, in_a, in_b):
        """`None` where an account would have too few targets left."""
        projection = self.projection
        ends = (projection.a[link], in_a), (projection.b[link], in_b)
        if any(projection.degree[place] - has < max(projection.min_retweets, 1) for place, has in ends if has):
            return None
        column = projection.number[shared]
        weight = projection.idf[column] ** 2 if projection.df[column] else 0.0
        norms = [projection.norms[place] ** 2 - weight * has for place, has in ends]
        if min(norms) <= 1e-12:
            return None
        product = projection.cosine[link] * projection.norms[ends[0][0]] * projection.norms[ends[1][0]]
        return (product - weight * (in_a and in_b)) / np.sqrt(norms[0] * norms[1])

    def falls_apart(self, members, links):
        """Whether no more than half of the members would still hang together."""
        place = {member: number for number, member in enumerate(members)}
        ends = [(place[self.projection.names[self.projection.a[link]]], place[self.projection.names[self.projection.b[link]]])
                for link in links]
        largest = max(igraph.Graph(len(members), ends).connected_components().sizes()) if ends else 0
        return 2 * largest <= len(members)


def check_targets(report, what, case, layer, printed, kept, shares, inside):
    sharers = Counter(shared for mine in shares.values() for shared in mine)
    without = WithoutOne(kept, shares)
    expected, found, counts, listed = {}, {}, {}, {}
    for number, cluster in enumerate(printed):
        names = [member["id"] for member in cluster["members"]]
        members = [case.world.by_written[name] for name in names]
        by = Counter(shared for member in members for shared in shares[member])
        counts[number] = sorted((count for count in by.values() if count > 1), reverse=True)[:10]
        listed[number] = [target["members"] for target in cluster["targets"]]
        known = {(shared[0] if several(case, shared) else "", written(layer, shared)): shared for shared in by}
        for target in cluster["targets"]:
            shared = find(known, as_printed(layer, target["id"]))
            key = (number, target["id"])
            found[key] = (target["members"], target["shared_by"], target["median_gap_s"], target["links_lost"],
                          target["falls_apart"])
            if shared is None:
                continue
            left = [link for link in inside[number] if without.stays(link, shared)]
            expected[key] = (by[shared], sharers[shared], median_gap(shares[member].get(shared) for member in members),
                             len(inside[number]) - len(left), without.falls_apart(names, left))
    report.compare(f"{what}: how many members shared the ten targets", counts, listed)
    report.compare(f"{what}: targets' members, shared_by, median_gap_s, links_lost, falls_apart", expected, found)


def several(case, shared):
    return case.world.several and isinstance(shared, tuple)


def find(known, key):
    """The object that a printed id names. Where posts of two platforms have one number, members of one cluster shared
    the one or the other."""
    return next((shared for (_, name), shared in known.items() if name == key), None)
