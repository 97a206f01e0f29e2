"""`bot-tui audit`: who retweeted a figure, what they show, and the same of matched controls."""

import math
from collections import Counter

import numpy as np
from statsmodels.stats.proportion import proportion_confint

from network import options, shortened
from signals import FAST_MS, delays, figures

COLUMNS = ("retweets", "of_hub", "timed", "within_10_s", "cluster", "profile_twins", "shows", "unknown")
FEWEST = 5
TENTH, LIKE_SIZE, MOST_FIGURES = 1.1, 2, 64


def wilson(count, of):
    low, high = proportion_confint(count, of, method="wilson")
    return float(low), float(high)


def paired_interval(pairs):
    """Newcombe 1998, method 10, of `(first, second)` booleans: `(difference, low, high)`."""
    n = len(pairs)
    both, first = sum(a and b for a, b in pairs), sum(a and not b for a, b in pairs)
    second, neither = sum(b and not a for a, b in pairs), sum(not a and not b for a, b in pairs)
    one, other = (both + first) / n, (both + second) / n
    (low_one, high_one), (low_other, high_other) = wilson(both + first, n), wilson(both + second, n)
    square = (both + first) * (second + neither) * (both + second) * (first + neither)
    apart = both * neither - first * second
    apart = max(apart - n / 2, 0) if apart > 0 else apart
    phi = apart / math.sqrt(square) if square else 0.0

    def reach(here, there):
        return math.sqrt(max(here**2 - 2 * phi * here * there + there**2, 0))

    difference = one - other
    return (difference, difference - reach(one - low_one, high_other - other),
            difference + reach(high_one - one, other - low_other))


class Looked:
    """What an account shows; `None` where it cannot be told."""

    def __init__(self, case, hub, clusters):
        self.case, self.hub = case, set(hub)
        self.cluster = {member: number for number, members in enumerate(clusters) for member in members}
        self.twins = {}
        for account in case.world.order:
            self.twins.setdefault(figures(case.world, account), []).append(account)

    def shared(self, account):
        return self.case.shares("co-retweet").get(account, {})

    def of_hub(self, account):
        return sum(self.case.world.author.get(target) in self.hub for target in self.shared(account))

    def timed(self, account):
        late = delays(self.case.world, self.shared(account))
        return len(late), sum(0 <= delay <= FAST_MS for delay in late)

    def twin_count(self, account):
        figure = figures(self.case.world, account)
        return None if figure is None else len(self.twins[figure]) - 1

    def traits(self, account):
        """In the order in which they are printed. The audited accounts are taken as one author."""
        pictures, shared = self.case.pictures, self.shared(account)
        authors = {self.case.world.author.get(target) for target in shared}
        authors = {"hub" if author in self.hub else author for author in authors}
        timed, fast = self.timed(account)
        twins = self.twin_count(account)
        return (account in self.cluster, bool(pictures.like(account)) if pictures.carries(account) else None,
                None if twins is None else twins > 0,
                None if len(shared) < FEWEST or None in authors else len(authors) == 1,
                None if timed < FEWEST else 2 * fast >= timed)


    def renumber(self, printed, key):
        """Takes the printed number of each cluster, whichever it is, where it is one for all of its members."""
        numbers = {}
        for one in printed:
            if one["cluster"] is not None:
                numbers.setdefault(self.cluster.get(key(one)), one["cluster"])
        if len(set(numbers.values())) == len(numbers):
            self.cluster = {member: numbers.get(number, number) for member, number in self.cluster.items()}

    def figures(self, account, traits):
        """What is printed of an account, in the order of COLUMNS."""
        told = dict(zip(traits, self.traits(account)))
        shows, unknown = ([name for name in traits if told[name] is state] for state in (True, None))
        return (len(self.shared(account)), self.of_hub(account), *self.timed(account), self.cluster.get(account),
                self.twin_count(account), shows, unknown)


def check_audit(report, program, case, hub, rule="cosine:0.5", **chosen):
    world = case.world
    written = options(rule, **chosen)
    names = [f"{account[0] or 'id'}:{account[1]}" for account in hub]
    printed = program.json("audit", *names, "--json", *written)
    clusters = program.json("clusters", "--json", *written)["clusters"]
    look = Looked(case, hub, [[world.by_written[m["id"]] for m in cluster["members"]] for cluster in clusters])
    what = " ".join(map(str, ["audit", *names, *shortened(written)]))
    key = lambda one: world.by_written[one["id"]]

    look.renumber(printed["retweeters"] + printed["controls"], key)
    retweeters = [account for account in world.order if account not in look.hub and look.of_hub(account)]
    traits = [comparison["trait"] for comparison in printed["comparisons"]]
    for side, accounts in (("retweeters", retweeters), ("controls", [key(one) for one in printed["controls"]])):
        expected = {account: look.figures(account, traits) for account in accounts}
        found = {key(one): tuple(one.get(name) for name in COLUMNS) for one in printed[side]}
        report.compare(f"{what}: {side}' {', '.join(COLUMNS)}", expected, found)
    check_totals(report, what, printed, look, retweeters)
    check_controls(report, what, printed, look, retweeters, key)


def check_totals(report, what, printed, look, retweeters):
    world = look.case.world
    targets = {target for mine in look.case.shares("co-retweet").values() for target in mine}
    clustered = {account for account in retweeters if account in look.cluster}
    authors = [world.author[target] for account in clustered for target in look.shared(account) if target in world.author]
    expected = {"targets": sum(world.author.get(target) in look.hub for target in targets),
                "of_each_other": (sum(author in clustered for author in authors), len(authors))}
    each = printed["of_each_other"]
    report.compare(f"{what}: targets, of_each_other", expected,
                   {"targets": printed["targets"], "of_each_other": (each["with"], each["of"])})


def check_controls(report, what, printed, look, retweeters, key):
    """Each control is as active as the retweeter that it names, retweeted none of the posts, and is taken once."""
    controls = [key(one) for one in printed["controls"]]
    pairs = [(look.case.world.by_written[one["of"]], key(one)) for one in printed["controls"] if "of" in one]
    wrong = [f"{account}: retweeted the audited accounts" for account in controls if look.of_hub(account)]
    wrong += [f"{account}: audited itself" for account in controls if account in look.hub]
    wrong += [f"{account}: taken twice" for account in set(controls) if controls.count(account) > 1]
    wrong += [f"{one}: matched and no retweeter" for one, _ in pairs if one not in retweeters]
    for one, other in pairs:
        counts = sorted(len(look.shared(account)) for account in (one, other))
        if counts[1] > TENTH * counts[0] + 1e-6:
            wrong.append(f"{one} and {other}: {counts} retweets are more than a tenth apart")
    if len(pairs) != len(controls):
        wrong.append(f"{len(pairs)} of {len(controls)} controls say whose match they are: nobody can recompute the interval")
    alike, sized = figures_of_like_size(look, len(retweeters)), {key(one): one["of_like_size"] for one in printed["controls"]}
    for control, told in sized.items():
        backed = any(look.case.world.author.get(target) in alike for target in look.shared(control))
        if told != backed and (told or len(alike) <= MOST_FIGURES):
            wrong.append(f"{control}: of like size is {told}, and by its retweets {backed}")
    report.say(f"{what}: controls", len(controls), wrong)
    check_activity(report, what, printed, look, retweeters, pairs)
    alike = [pair for pair in pairs if sized[pair[1]]]
    check_comparisons(report, what, printed, look, pairs, alike, withheld(look, retweeters, pairs, alike))


def check_activity(report, what, printed, look, retweeters, pairs):
    """Quarters of the number of retweets on both sides, and of retweeters without a control."""
    has = {one for one, _ in pairs}
    sides = {"matched": list(has), "controls": [other for _, other in pairs],
             "unmatched": [account for account in retweeters if account not in has]}
    expected, found = {}, {}
    for side, accounts in sides.items():
        counts = [len(look.shared(account)) for account in accounts]
        expected[side] = (len(accounts), np.percentile(counts, [25, 50, 75]).tolist() if counts else None)
        told = printed.get("activity", {}).get(side, {})
        found[side] = (told.get("accounts"), told.get("retweets"))
    report.compare(f"{what}: activity", expected, found)


def figures_of_like_size(look, size):
    """Authors with half to twice as many retweeters as the hub."""
    world, retweeters = look.case.world, Counter()
    for account in world.order:
        retweeters.update({world.author[target] for target in look.shared(account) if target in world.author})
    return {author for author, count in retweeters.items()
            if author not in look.hub and size <= LIKE_SIZE * count and count <= LIKE_SIZE * size}


def withheld(look, retweeters, pairs, alike):
    """Why the interval of clusters is not given; `None` where it is."""
    retweet = [account for account in look.case.world.order if account not in look.hub and look.shared(account)]
    if pairs and 4 * len(retweeters) > 3 * len(retweet):
        return "most_accounts_retweet_it"
    if pairs and not alike:
        return "no_control_of_like_size"
    return "few_controls_of_like_size" if 2 * len(alike) < len(pairs) else None


def check_comparisons(report, what, printed, look, pairs, alike, withheld):
    """Of matched accounts only, where the trait can be told of both; clusters of the pairs of like size alone, where these are
    half or more, or else of all of them and without an interval."""
    expected, found = {}, {}
    traits = {account: look.traits(account) for pair in pairs for account in pair}
    for place, comparison in enumerate(printed["comparisons"]):
        name = comparison["trait"]
        why = withheld if name == "in_cluster" else None
        compared = alike if name == "in_cluster" and not why else pairs
        both = [(traits[one][place], traits[other][place]) for one, other in compared]
        both = [pair for pair in both if None not in pair]
        with_one, with_other = sum(one for one, _ in both), sum(other for _, other in both)
        difference, *interval = paired_interval(both) if both else (None, None, None)
        expected[name] = (with_one, len(both), with_other, len(both), difference, interval if both and not why else None, why)
        sides = [comparison[side][figure] for side in ("retweeters", "controls") for figure in ("with", "of")]
        found[name] = (*sides, comparison["difference"], comparison["interval_95"],
                       comparison["no_interval_because"])
    report.compare(f"{what}: comparisons, differences and their intervals", expected, found)
