"""What was compared, a line for each thing, and the first differences of it."""

import math

from program import Refused

SHOWN = 10


def same(expected, found, tolerance):
    """Whether two values agree: numbers within `tolerance` (absolute, relative), everything else exactly."""
    if isinstance(expected, (tuple, list)):
        alike = isinstance(found, (tuple, list)) and len(expected) == len(found)
        return alike and all(same(a, b, tolerance) for a, b in zip(expected, found))
    if isinstance(expected, bool) or isinstance(found, bool) or expected is None or found is None:
        return expected is found
    if isinstance(expected, float) or isinstance(found, float):
        if not isinstance(found, (int, float)) or math.isnan(found):
            return False
        absolute, relative = tolerance
        return abs(expected - found) <= absolute + relative * abs(expected)
    return expected == found


def size(value):
    return sum(map(size, value)) if isinstance(value, (tuple, list)) else 1


class Report:
    """Collects what was checked of a data set."""

    def __init__(self, prefix):
        self.prefix, self.lines = prefix, []
        self.checked = self.failed = self.values = 0

    def attempt(self, check, *arguments, **options):
        """Runs a check; a command that fails is a difference."""
        try:
            check(self, *arguments, **options)
        except Refused as refused:
            self.say("a command", 1, [str(refused)])

    def compare(self, what, expected, found, tolerance=(1e-9, 1e-12)):
        """Compares two dicts, value by value; what one of them lacks is a difference too."""
        differences = []
        count = 0
        for key in sorted(set(expected) | set(found), key=repr):
            if key not in found:
                differences.append(f"{key}: expected {expected[key]!r}, found nothing")
            elif key not in expected:
                differences.append(f"{key}: expected nothing, found {found[key]!r}")
            else:
                count += size(expected[key])
                if expected[key] != found[key] and not same(expected[key], found[key], tolerance):
                    differences.append(f"{key}: expected {expected[key]!r}, found {found[key]!r}")
        self.say(what, count, differences)

    def say(self, what, count, differences):
        """Adds the line of a thing of which `count` values were compared."""
        self.checked += 1
        self.values += count
        self.failed += bool(differences)
        verdict = f"{len(differences):,} DIFFER" if differences else "agree"
        self.lines.append(f"{self.prefix}: {what}: {count:,} values, {verdict}")
        self.lines += [f"    {line[:400]}" for line in differences[:SHOWN]]
