"""Which layers agree that the members of a cluster belong together."""

from collections import Counter

import numpy as np

from creation import bursts
from rules import Kept
from signals import figures

RARE, DAY_MS = 3.0, 86_400_000


def among(members, knows, shows):
    """`(with, of)`: members that show something, of those of whom it is known."""
    told = [member for member in members if knows(member)]
    return sum(bool(shows(member)) for member in told), len(told)


def ends(projection, pairs):
    return {projection.accounts[place] for pair in pairs for place in (projection.a[pair], projection.b[pair])}


def layers_of(case, members, kept, pairs, values):
    """What each layer says of these members, as `{layer: (with, of)}`."""
    world, projection, pictures = case.world, kept.projection, case.pictures
    tested = ends(projection, pairs[~np.isnan(kept.q[pairs])])
    significant = ends(projection, pairs[kept.q[pairs] <= 0.01])
    timed = ends(projection, pairs[~np.isnan(projection.gap[pairs])])
    within = ends(projection, pairs[projection.within[pairs] >= 3])
    said = case.shares("co-text")
    by = Counter(statement for member in members for statement in said.get(member, ()))
    twins = Counter(figures(world, member) for member in members)
    created = lambda member: world.profiles[member]["created"]
    near = lambda member: sum(
        other != member and other in values and abs(created(other) - created(member)) <= DAY_MS for other in members)
    return {
        "significant": among(members, tested.__contains__, significant.__contains__),
        "window": among(members, timed.__contains__, within.__contains__),
        "avatar": among(members, pictures.carries, lambda m: pictures.like(m) & set(members)),
        "text": among(members, said.__contains__, lambda m: any(by[statement] > 1 for statement in said[m])),
        "profile": among(members, lambda m: figures(world, m), lambda m: twins[figures(world, m)] > 1),
        "creation": among(members, values.__contains__, lambda m: values[m] >= RARE and near(m) >= 2),
    }


def check_layers(report, what, case, printed, kept, pairs):
    """`pairs` are the linked ones of each cluster."""
    tested = Kept(kept.projection, kept.rule, tested=True)
    values = {account: value for account, (value, _) in bursts(case.world).items()}
    expected, found = {}, {}
    for number, cluster in enumerate(printed):
        members = [case.world.by_written[member["id"]] for member in cluster["members"]]
        told = layers_of(case, members, tested, pairs[number], values)
        for layer in cluster["layers"]:
            count, of = told[layer["layer"]]
            agrees = None if of == 0 else count >= 3 and 2 * count >= len(members)
            expected[number, layer["layer"]] = (count, of, agrees)
            found[number, layer["layer"]] = (layer["with"], layer["of"], layer["agrees"])
    report.compare(f"{what}: layers with, of, agrees", expected, found)
