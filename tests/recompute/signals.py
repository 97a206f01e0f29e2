"""`bot-tui signals`: each value with the figures that it rests on, and its percentile."""

from collections import Counter

import numpy as np

import text
from creation import check_sign, creation_burst
from twins import bio_twins, text_twins

FAST_MS = 10_000


def percentiles(values):
    """Mid-ranks: the share of values below, and half of those that are equal, in percent."""
    rounded = {account: float(f"{value:.12g}") for account, value in values.items()}
    ordered = np.sort(list(rounded.values()))
    below = {a: np.searchsorted(ordered, v) + np.searchsorted(ordered, v, "right") for a, v in rounded.items()}
    return {account: 50 * float(count) / len(ordered) for account, count in below.items()}


def retweet_share(world, _case):
    for account in world.order:
        posts = world.posts_of[account]
        retweets = sum(post["retweet_of"] is not None for post in posts)
        if len(posts) >= 5:
            yield account, retweets / len(posts), dict(retweets=retweets, posts=len(posts))


def authors(world, shared):
    return Counter(world.author[target] for target in shared if target in world.author)


def single_purpose(world, case):
    """Of the distinct posts of others that it retweeted; `None` where no author of them is known."""
    for account, shared in case.shares("co-retweet").items():
        most = max(authors(world, shared).values(), default=0)
        if len(shared) >= 5 and most:
            yield account, most / len(shared), dict(of_account=most, retweets=len(shared))


def delays(world, shared):
    """How long after their originals the retweets came, in milliseconds."""
    return [at - world.made[target] for target, at in shared.items() if at is not None and target in world.made]


def fast_retweets(world, case):
    for account, shared in case.shares("co-retweet").items():
        late = delays(world, shared)
        fast = sum(0 <= delay <= FAST_MS for delay in late)
        if len(late) >= 5:
            fastest = min((delay for delay in late if delay >= 0), default=None)
            yield account, fast / len(late), dict(timed=len(late), within_10_s=fast, fastest_ms=fastest)


def times(world, account):
    return np.sort([post["at"] for post in world.posts_of[account] if post["at"] is not None])


def gap_regularity(world, _case):
    for account in world.order:
        gaps = np.diff(times(world, account)) / 1000
        if len(gaps) < 10 or gaps.sum() == 0:
            continue
        mean, deviation = gaps.mean(), gaps.std()
        counts = np.bincount(np.floor(np.log2(np.floor(gaps) + 1)).astype(int))
        shares = counts[counts > 0] / len(gaps)
        entropy = abs(float(-(shares * np.log2(shares)).sum()))
        yield account, (deviation - mean) / (deviation + mean), dict(
            gaps=len(gaps), mean_s=mean, deviation_s=deviation, entropy_bits=entropy)


def hours(world, _case):
    for account in world.order:
        posts = times(world, account)
        if len(posts) < 24:
            continue
        counts = np.bincount((posts // 3_600_000) % 24, minlength=24)
        stretch = lambda start: next((n for n in range(24) if counts[(start + n) % 24]), 24)
        quiet = max(map(stretch, range(24)))
        first = next(start for start in range(24) if stretch(start) == quiet)
        yield account, float(quiet), dict(posts_by_hour_utc=counts.tolist(), quiet_hours=quiet, quiet_from=first)


def figures(world, account):
    """Followers, following and the state of the bio; `None` where the counts are not known."""
    profile = world.profiles.get(account)
    if not profile or profile["followers"] is None or profile["following"] is None:
        return None
    return profile["followers"], profile["following"], blank(profile["bio"])


def blank(bio):
    return None if bio is None else not bio.strip()


def profile_twins(world, _case):
    known = {account: figures(world, account) for account in world.order}
    counts = Counter(known.values())
    for account, figure in known.items():
        if figure:
            others = counts[figure] - 1
            yield account, float(others), dict(others=others, followers=figure[0], following=figure[1], blank_bio=figure[2])


def handle_template(world, _case, clusters):
    handle = lambda account: (world.profiles.get(account) or {}).get("handle")
    shapes = {account: text.shape(handle(account)) for account in world.order if handle(account) is not None}
    everywhere = Counter(shapes.values())
    for members in clusters:
        inside = {account: shapes[account] for account in members if account in shapes}
        count = Counter(inside.values())
        for account, shape in inside.items():
            if text.is_assigned(shape) or len(inside) < 3:
                continue
            rest, others = len(inside) - 1, count[shape] - 1
            expected = rest * (everywhere[shape] - 1) / (len(shapes) - 1)
            yield account, others / rest, dict(shape=shape, others=others, members=len(inside), expected=expected)


SIGNALS = {
    "retweet_share": retweet_share, "single_purpose": single_purpose, "fast_retweets": fast_retweets,
    "gap_regularity": gap_regularity, "hours": hours, "creation_burst": creation_burst, "profile_twins": profile_twins,
    "bio_twins": bio_twins, "text_twins": text_twins,
}


def check_signals(report, program, case, *options):
    """`handle_template` rests on the clusters that the program finds, which are compared apart."""
    world = case.world
    found = {world.by_written[one["id"]]: one["signals"] for one in program.json("signals", "--json", *options)["accounts"]}
    report.compare("signals: the accounts", dict.fromkeys(world.order, True), dict.fromkeys(found, True))
    clusters = program.json("clusters", "--json", *options)["clusters"]
    members = [[world.by_written[member["id"]] for member in cluster["members"]] for cluster in clusters]
    readings = {name: list(signal(world, case)) for name, signal in SIGNALS.items()}
    readings["handle_template"] = list(handle_template(world, case, members))
    for name, read in readings.items():
        check_signal(report, name, read, {account: signals[name] for account, signals in found.items()})
    bursts = {account: signals["creation_burst"]["value"] for account, signals in found.items()}
    check_sign(report, {account: value for account, value in bursts.items() if value is not None})


def check_signal(report, name, read, told):
    ranks = percentiles({account: value for account, value, _ in read})
    expected = {account: (float(value), ranks[account], *map(plain, evidence.values())) for account, value, evidence in read}
    keys = next((list(evidence) for _, _, evidence in read), [])
    found = {account: (one["value"], one["percentile"], *(one["evidence"].get(key) for key in keys))
             for account, one in told.items() if one["value"] is not None}
    report.compare(f"signals {name}: value, percentile, {', '.join(keys)}", expected, found, (1e-9, 1e-9))


def plain(value):
    return value.item() if isinstance(value, np.generic) else value
