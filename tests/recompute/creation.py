"""Accounts created within a day of one, against the pace of the 90 days around, which varies from day to day."""

import math
from functools import cache

import numpy as np
from scipy import special, stats

DAY = 86_400_000
AROUND, FEWEST, LEAST_EXPECTED = 90, 20, 0.5
DEEP = 4_000  # Terms of a tail that is too small to be told as one number.


class Pace:
    """When the accounts of the data were created."""

    def __init__(self, times):
        self.times = np.sort(times)
        self.first, self.last = int(self.times[0]), int(self.times[-1])
        self.by_day = np.bincount(self.times // DAY - self.first // DAY).astype(float)

    def count(self, at, radius):
        ends = np.searchsorted(self.times, at + radius, "right"), np.searchsorted(self.times, at - radius)
        return int(ends[0] - ends[1])

    def span(self, at, radius):
        """So much of the time around lies within the data."""
        return min(at + radius, self.last) - max(at - radius, self.first)

    def expected(self, at):
        rest = self.span(at, AROUND * DAY) - self.span(at, DAY)
        around = self.count(at, AROUND * DAY) - self.count(at, DAY)
        return around / rest * self.span(at, DAY) if rest > 0 else 0.0

    def size(self, at):
        """The size of the negative binomial of a day, by moments of the days around without this one and its neighbours,
        and without the busiest of the others."""
        day = at // DAY - self.first // DAY
        places = np.arange(len(self.by_day))
        apart = np.abs(places - day)
        days = np.sort(self.by_day[(apart > 1) & (apart <= AROUND)])[:-1]
        mean, variance = (days.mean(), days.var(ddof=1)) if len(days) > 1 else (0.0, 0.0)
        return mean**2 / (variance - mean) if variance > mean > 0 else math.inf

    def surprise(self, at):
        """−log10 of the chance of so many others or more."""
        others = self.count(at, DAY) - 1
        mean, size = max(self.expected(at), LEAST_EXPECTED), self.size(at) * max(self.span(at, DAY), 1) / DAY
        law, shape = (stats.poisson, (mean,)) if math.isinf(size) else (stats.nbinom, (size, size / (size + mean)))
        tail = law.sf(others - 1, *shape)
        if tail < 1e-290:
            return -float(special.logsumexp(law.logpmf(np.arange(others, others + DEEP), *shape))) / math.log(10)
        return max(-math.log10(tail), 0.0)


@cache
def bursts(world):
    """`{account: (value, figures that it rests on)}`."""
    created = {account: profile["created"] for account, profile in world.profiles.items() if profile["created"] is not None}
    if len(created) < FEWEST:
        return {}
    pace = Pace(list(created.values()))
    values = {account: pace.surprise(at) for account, at in created.items()}
    return {account: (value, dict(others=pace.count(created[account], DAY) - 1, expected=pace.expected(created[account]),
                                  p=10.0**-value)) for account, value in values.items()}


def creation_burst(world, _case):
    for account, (value, figures) in bursts(world).items():
        yield account, value, figures


def check_sign(report, told):
    """No value is −0, which is a number of its own in a table."""
    wrong = [f"{account}: {value}" for account, value in told.items() if math.copysign(1, value) < 0]
    report.say("signals creation_burst: no value below 0", len(told), wrong)
