"""What `path` and `export` print of one link."""

import numpy as np

from network import known
from objects import as_printed, printed as written
from records import time_of

NAMED = 20


class Links:
    """All links of a case under a rule: what was shared, and the pictures."""

    def __init__(self, case, layer, kept, shares):
        self.case, self.layer, self.kept, self.shares = case, layer, kept, shares
        projection = kept.projection
        self.place = {(projection.accounts[a], projection.accounts[b]): link
                      for link, (a, b) in enumerate(zip(projection.a, projection.b))}
        self.by_share = {pair: link for pair, link in self.place.items() if kept.keep[link]}
        self.by_picture = case.pictures.links()
        self.sharers = {}
        for mine in shares.values():
            for shared in mine:
                self.sharers[shared] = self.sharers.get(shared, 0) + 1

    def pairs(self):
        return set(self.by_share) | set(self.by_picture)

    def ordered(self, one, other):
        return (one, other) if self.case.world.written(one) <= self.case.world.written(other) else (other, one)

    def cosine(self, one, other):
        """0 where it is not known."""
        link = self.place.get(self.ordered(one, other))
        return 0.0 if link is None else float(np.nan_to_num(self.kept.projection.cosine[link]))

    def figures(self, one, other):
        """What is printed of the link: of what was shared, of its targets, of the pictures."""
        pair = self.ordered(one, other)
        link = self.place.get(pair)
        picture = self.by_picture.get(pair)
        files = self.case.pictures.files
        avatar = None if picture is None else (files[one] == files[other], picture)
        if link is None:
            return None, None, avatar
        kept, projection = self.kept, self.kept.projection
        degrees = projection.kept_degree[projection.a[link]] * projection.kept_degree[projection.b[link]]
        binary = float(projection.kept_shared[link] / np.sqrt(degrees)) if degrees else None
        tested = kept.rule.startswith("significant")
        share = (self.layer, pair in self.by_share, int(projection.shared[link]), int(projection.within[link]),
                 known(projection.cosine[link]), binary, known(projection.gap[link]),
                 known(kept.p[link]) if tested else None, known(kept.q[link]) if tested else None)
        return share, self.targets(one, other), avatar

    def targets(self, one, other):
        mine, theirs = self.shares[one], self.shares[other]
        both = [shared for shared in mine if shared in theirs]
        gaps = {shared: None if None in (mine[shared], theirs[shared]) else abs(mine[shared] - theirs[shared]) / 1000
                for shared in both}
        closest = sorted((gap is None, gap or 0.0) for gap in gaps.values())[:NAMED]
        each = {written(self.layer, shared): (self.sharers[shared], second(mine[shared]), second(theirs[shared]), gaps[shared])
                for shared in both}
        return [None if none else gap for none, gap in closest], each


def second(at):
    return None if at is None else at // 1000


def told(links, step):
    """The same of what was printed, with the targets that it names."""
    share, avatar = step["co_share"], step["avatar"]
    picture = avatar and (avatar["same_file"], avatar["pdq_distance"])
    if share is None:
        return None, None, picture
    columns = tuple(share[name] for name in ("layer", "links_by_itself", "shared", "shared_within", "cosine",
                                             "binary_cosine", "median_gap_seconds", "p", "q"))
    each = {as_printed(links.layer, target["id"]): (target["shared_by"], at(target["at"]), at(target["other_at"]),
                                                   target["gap_seconds"]) for target in share["targets"]}
    return columns, ([target["gap_seconds"] for target in share["targets"]], each), picture


def at(written_time):
    return None if written_time is None else time_of(written_time) // 1000


def compared(links, one, other, step):
    """`(expected, found)` as comparable tuples; targets are compared where they are named."""
    share, targets, picture = links.figures(one, other)
    found_share, found_targets, found_picture = told(links, step)
    if targets and found_targets:
        named = sorted(found_targets[1])
        expected_each = [targets[1].get(name) for name in named]
        found_each = [found_targets[1][name] for name in named]
        return (share, targets[0], expected_each, picture), (found_share, found_targets[0], found_each, found_picture)
    return (share, targets, picture), (found_share, found_targets, found_picture)
