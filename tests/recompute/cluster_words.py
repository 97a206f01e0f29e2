"""Shapes of handles in a cluster, and the words against it."""

import re
from collections import Counter

import text


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
            "link(?:s rest|s? rests) on": (int((kept.projection.shared[links] < 5).sum()), len(links)),
            "top targets? w(?:ere|as) shared": (popular, len(targets)),
            "says? openly": (sum(profile.get("declared_bot") is True for profile in profiles), len(members)),
            "handles? (?:are|is) letters": (sum(map(text.is_assigned, map(text.shape, handles))), len(handles)),
        }
        for words in cluster["against"]:
            key = next((key for key in told if re.search(key, words)), None)
            if key:
                some = re.search(r"([\d,]+) of ([\d,]+) |all ([\d,]+) |the only ", words)
                numbers = [int(n.replace(",", "")) for n in some.groups() if n] or [1]
                pair = (numbers[0], numbers[-1])
                expected[number, key], found[number, key] = told[key], pair
    report.compare(f"{what}: numbers in the words against", expected, found)
