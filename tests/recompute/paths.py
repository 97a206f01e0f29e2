"""`bot-tui path` and `bot-tui export`: the shortest way between two accounts, and the figures of each link."""

import random
from collections import defaultdict, deque

from clusters import counted
from network import options, shortened
from pairs import Links, compared
from rules import Kept

PATHS, TAGGED, STRONGEST = 25, 12, 10
FIGURES = (1e-9, 7e-9)


def links_of(case, layer, rule, chosen):
    kept = Kept(case.projection(layer, **chosen), rule)
    return Links(case, layer, kept, counted(case, layer, kept.projection))


def cheapest(links, neighbours, start, goal):
    """Fewest links; of these fewest by pictures alone; of these the highest sum of cosines. `None` where none leads there.
    A link without a cosine counts as one of 0."""
    steps, queue = {start: 0}, deque([start])
    cost = {start: (0, 0.0)}
    while queue:
        here = queue.popleft()
        for other in neighbours[here]:
            if other not in steps:
                steps[other] = steps[here] + 1
                queue.append(other)
            if steps[other] == steps[here] + 1:
                pictures, cosines = cost[here]
                new = (pictures + (links.ordered(here, other) not in links.by_share), cosines - links.cosine(here, other))
                cost[other] = min(cost.get(other, new), new)
    return (steps[goal], *cost[goal]) if goal in steps else None


def check_paths(report, program, case, layer, rule, **chosen):
    links = links_of(case, layer, rule, chosen)
    neighbours = defaultdict(set)
    for a, b in links.pairs():
        neighbours[a].add(b)
        neighbours[b].add(a)
    linked = sorted(neighbours, key=case.world.written)
    if len(linked) < 2:
        return
    rng = random.Random(7)
    written = ["--layer", layer, *options(rule, **chosen)]
    expected, found, steps, told = {}, {}, {}, {}
    for _ in range(PATHS):
        start, goal = rng.sample(linked, 2)
        name = case.world.written(start), case.world.written(goal)
        printed = program.json("path", *(account_of(case, end) for end in (start, goal)), "--json", *written)
        best = cheapest(links, neighbours, start, goal)
        expected[name] = best and (best[0], best[1], -best[2])
        ends = [tuple(case.world.by_written[step[end]["id"]] for end in ("from", "to")) for step in printed["steps"]]
        alone = sum(links.ordered(*end) not in links.by_share for end in ends)
        found[name] = (len(ends), alone, float(sum(links.cosine(*end) for end in ends))) if printed["connected"] else None
        for end, step in zip(ends, printed["steps"]):
            steps[name, end], told[name, end] = compared(links, *end, step)
    what = " ".join(map(str, ["path", *shortened(written)]))
    report.compare(f"{what}: links, by pictures alone, sum of cosines", expected, found)
    report.compare(f"{what}: figures of each link", steps, told, FIGURES)


def account_of(case, account):
    return f"{account[0] or 'id'}:{account[1]}"


def check_export(report, program, case, layer, rule, **chosen):
    links = links_of(case, layer, rule, chosen)
    pairs = defaultdict(list)
    for a, b in links.pairs():
        pairs[a].append(b)
        pairs[b].append(a)
    tagged = random.Random(5).sample(sorted(pairs, key=case.world.written), min(TAGGED, len(pairs)))
    for account in tagged:
        program.run("tag", account_of(case, account), "unsure")
    written = ["--layer", layer, *options(rule, **chosen)]
    printed = program.json("export", *written)["accounts"]
    for account in tagged:
        program.run("tag", account_of(case, account), "none")
    counts, found, figures, told = {}, {}, {}, {}
    key = lambda one: (one["platform"] or "", one["id"])
    for account in tagged:
        posts = case.world.posts_of[account]
        counts[account] = (len(posts), len(case.shares("co-retweet").get(account, ())), len(pairs[account]),
                           min(STRONGEST, len(pairs[account])))
    for one in printed:
        account = key(one)
        found[account] = (one["posts"], one["retweets"], one["links_total"], len(one["links"]))
        for link in one["links"]:
            figures[account, key(link)], told[account, key(link)] = compared(links, account, key(link), link)
    what = " ".join(map(str, ["export", *shortened(written)]))
    report.compare(f"{what}: posts, retweets, links_total, links", counts, found)
    report.compare(f"{what}: figures of each link", figures, told, FIGURES)
