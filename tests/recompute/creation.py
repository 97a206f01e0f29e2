"""Accounts created within a day of one, against the pace of the 90 days around."""

import math

import numpy as np
from scipy import stats

DAY = 86_400_000


def bursts(world):
    """`(account, others within a day, expected)`."""
    created = {account: profile["created"] for account, profile in world.profiles.items() if profile["created"] is not None}
    times = np.sort(list(created.values()))
    if len(times) < 20:
        return
    count = lambda at, radius: int(np.searchsorted(times, at + radius, "right") - np.searchsorted(times, at - radius))
    span = lambda at, radius: min(at + radius, times[-1]) - max(at - radius, times[0])
    for account in world.order:
        if account not in created:
            continue
        at = created[account]
        rest = span(at, 90 * DAY) - span(at, DAY)
        pace = (count(at, 90 * DAY) - count(at, DAY)) / rest if rest > 0 else 0.0
        yield account, count(at, DAY) - 1, pace * span(at, DAY)


def check_creation(report, world, told, percentiles):
    """The counts exactly; the chance within what is defined: no smaller than a Poisson's, and its logarithm the value."""
    read = {account: (others, expected) for account, others, expected in bursts(world)}
    found = {account: (one["evidence"]["others"], one["evidence"]["expected"]) for account, one in told.items()}
    report.compare("signals creation_burst: others, expected", read, found)
    ranks = percentiles({account: one["value"] for account, one in told.items()})
    report.compare("signals creation_burst: percentile", ranks, {a: one["percentile"] for a, one in told.items()})
    wrong = []
    for account, one in told.items():
        others, expected = read.get(account, (0, 0.0))
        value, p = one["value"], one["evidence"]["p"]
        poisson = stats.poisson.logsf(others - 1, max(expected, 0.5)) / -math.log(10) if others else 0.0
        if math.copysign(1, value) < 0 or value > poisson + 1e-9 or (p > 1e-300 and abs(value + math.log10(p)) > 1e-9):
            wrong.append(f"{account}: value {value}, p {p}, {others} others, a Poisson gives {poisson:.6g}")
    report.say("signals creation_burst: value against a Poisson, never below 0", 2 * len(told), wrong)
