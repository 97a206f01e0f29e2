"""`bot-tui stats` and `bot-tui query`: counts of the data and of accounts."""

from collections import Counter

import objects
from signals import authors, figures


def check_stats(report, program, case):
    # What the data holds, own posts too.
    world, shares = case.world, objects.shares(case.world, "co-retweet", with_own=True)
    targets = {target for mine in shares.values() for target in mine}
    platforms = Counter(platform for platform, _ in world.accounts)
    expected = {
        "accounts": len(world.order), "posts": len(world.posts), "retweets": sum(map(len, shares.values())),
        "targets": len(targets), "avatars": len(set(case.pictures.files.values())), "synthetic_targets": 0,
        "skipped": case.world.skipped,
    } | {f"platform {platform}": count for platform, count in platforms.items()}
    told = program.json("stats", "--json")
    found = {name: told[name] for name in expected if name in told}
    found |= {f"platform {one['platform'] or ''}": one["accounts"] for one in told["platforms"]}
    report.compare("stats", expected, found)


def check_query(report, program, case, kept):
    """`kept` are the links of the default rule."""
    world, shares = case.world, case.shares("co-retweet")
    linked = set(case.pictures.links())
    for link in kept.links():
        linked.add((kept.projection.accounts[kept.projection.a[link]], kept.projection.accounts[kept.projection.b[link]]))
    links = Counter(end for pair in linked for end in pair)
    expected = {account: (links[account], len(world.posts_of[account]), len(shares.get(account, ())))
                for account in world.order}
    listed = program.json("query", "--json", "posts>=0")
    found = {world.by_written[one["id"]]: (one["links"], one["posts"], one["retweets"]) for one in listed}
    report.compare("query: links, posts, retweets", expected, found)
    check_conditions(report, program, case)


def check_conditions(report, program, case):
    """Filters mean what the signals of the same name mean: nothing is known of accounts with too few posts or retweets."""
    world, shares = case.world, case.shares("co-retweet")
    share, purpose, twins = {}, {}, {}
    count = Counter(figures(world, account) for account in world.order)
    for account in world.order:
        posts, mine = world.posts_of[account], shares.get(account, {})
        if len(posts) >= 5:
            share[account] = sum(post["retweet_of"] is not None for post in posts) / len(posts)
        most = max(authors(world, mine).values(), default=0)
        if len(mine) >= 5:
            purpose[account] = most / len(mine) if most else None
        twins[account] = count[figures(world, account)] - 1 if figures(world, account) else None
    conditions = [("retweet-share", share, 0.5), ("retweet-share", share, 0.9), ("single-purpose", purpose, 0.2),
                  ("single-purpose", purpose, 0.5), ("twins", twins, 1), ("twins", twins, 10)]
    for name, values, least in conditions:
        listed = program.json("query", "--json", f"{name}>={least}")
        found = {world.by_written[one["id"]]: True for one in listed}
        expected = {account: True for account, value in values.items() if value is not None and value >= least}
        report.compare(f"query {name}>={least}", expected, found)
