"""Which layers agree that the members of a cluster belong together, and the words against it."""

import re
from collections import Counter

import numpy as np

import text
from rules import Kept
from signals import figures

RARE, DAY_MS = 3.0, 86_400_000


def among(members, knows, shows):
    """`(with, of)`: members that show something, of those of whom it is known."""
    told = [member for member in members if knows(member)]
    return sum(bool(shows(member)) for member in told), len(told)


def pairs_among(projection, names):
    """The pairs of the projection between these accounts."""
    inside = np.isin(np.array(projection.names, object), names)
    return np.flatnonzero(inside[projection.a] & inside[projection.b])


def ends(projection, pairs):
    return {projection.accounts[place] for pair in pairs for place in (projection.a[pair], projection.b[pair])}


def layers_of(case, members, kept, bursts, pictures):
    """What each layer says of these members, as `{layer: (with, of)}`."""
    world, projection = case.world, kept.projection
    links = pairs_among(projection, [world.written(member) for member in members])
    tested = ends(projection, links[~np.isnan(kept.q[links])])
    significant = ends(projection, links[kept.q[links] <= 0.01])
    timed = ends(projection, links[~np.isnan(projection.gap[links])])
    within = ends(projection, links[projection.within[links] >= 3])
    said = case.shares("co-text")
    by = Counter(statement for member in members for statement in said.get(member, ()))
    twins = Counter(figures(world, member) for member in members)
    created = lambda member: world.profiles[member]["created"]
    near = lambda member: sum(
        other != member and other in bursts and abs(created(other) - created(member)) <= DAY_MS for other in members)
    return {
        "significant": among(members, tested.__contains__, significant.__contains__),
        "window": among(members, timed.__contains__, within.__contains__),
        "avatar": among(members, pictures.carries, lambda m: pictures.like(m) & set(members)),
        "text": among(members, said.__contains__, lambda m: any(by[statement] > 1 for statement in said[m])),
        "profile": among(members, lambda m: figures(world, m), lambda m: twins[figures(world, m)] > 1),
        "creation": among(members, bursts.__contains__, lambda m: bursts[m] >= RARE and near(m) >= 2),
    }


def check_layers(report, what, case, printed, kept, inside, bursts):
    tested = Kept(kept.projection, kept.rule, tested=True)
    expected, found = {}, {}
    for number, cluster in enumerate(printed):
        members = [case.world.by_written[member["id"]] for member in cluster["members"]]
        told = layers_of(case, members, tested, bursts, case.pictures)
        for layer in cluster["layers"]:
            count, of = told[layer["layer"]]
            agrees = None if of == 0 else count >= 3 and 2 * count >= len(members)
            expected[number, layer["layer"]] = (count, of, agrees)
            found[number, layer["layer"]] = (layer["with"], layer["of"], layer["agrees"])
    report.compare(f"{what}: layers with, of, agrees", expected, found)
    check_shapes(report, what, case, printed)
    check_against(report, what, case, printed, kept, inside)


def check_shapes(report, what, case, printed):
    expected, found = {}, {}
    for number, cluster in enumerate(printed):
        handles = [member["handle"] for member in cluster["members"] if member["handle"] is not None]
        count = Counter(map(text.shape, handles))
        for shape in cluster["handle_shapes"]:
            expected[number, shape["shape"]] = (count[shape["shape"]], text.is_assigned(shape["shape"]))
            found[number, shape["shape"]] = (shape["members"], shape["assigned"])
    report.compare(f"{what}: handle_shapes' members, assigned", expected, found)


def check_against(report, what, case, printed, kept, inside):
    """The numbers in the words against a cluster, where they are said."""
    everybody, expected, found = len(case.world.order), {}, {}
    for number, cluster in enumerate(printed):
        members = [case.world.by_written[member["id"]] for member in cluster["members"]]
        profiles = [case.world.profiles.get(member) or {} for member in members]
        handles = [profile["handle"] for profile in profiles if profile.get("handle")]
        links, targets = inside[number], cluster["targets"]
        popular = sum(t["shared_by"] >= 10 and 10 * t["shared_by"] >= everybody for t in targets)
        told = {
            "links rest on": (int((kept.projection.shared[links] < 5).sum()), len(links)),
            "top targets were shared": (popular, len(targets)),
            "say openly": (sum(profile.get("declared_bot") is True for profile in profiles), len(members)),
            "handles are letters": (sum(map(text.is_assigned, map(text.shape, handles))), len(handles)),
        }
        for words in cluster["against"]:
            key = next((key for key in told if key in words), None)
            if key:
                numbers = [int(n.replace(",", "")) for n in re.findall(r"(?:all|of) ([\d,]+)|([\d,]+) of", words)[0] if n]
                all_of = re.search(r"([\d,]+) of ([\d,]+) ", words)
                pair = tuple(int(n.replace(",", "")) for n in all_of.groups()) if all_of else (numbers[0],) * 2
                expected[number, key], found[number, key] = told[key], pair
    report.compare(f"{what}: numbers in the words against", expected, found)
