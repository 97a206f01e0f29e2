"""Bios and texts that say nearly the same: a Jaccard index of 0.8 or more of 5 different words or more."""

from collections import Counter, defaultdict

import numpy as np
from scipy import sparse

import text


def near(bags):
    """`{bag: other bags that are nearly alike}`, from all pairs of bags with a word in common."""
    words = {word: place for place, word in enumerate(sorted(set().union(*bags)))} if bags else {}
    rows = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    columns = np.array([words[word] for bag in bags for word in bag], int)
    matrix = sparse.csr_matrix((np.ones(len(rows), np.int64), (rows, columns)), shape=(len(bags), max(len(words), 1)))
    common = sparse.triu(matrix @ matrix.T, 1).tocoo()
    sizes = np.array([len(bag) for bag in bags], int)
    union = sizes[common.row] + sizes[common.col] - common.data
    found = defaultdict(list)
    for one, other in zip(*(ends[5 * common.data >= 4 * union] for ends in (common.row, common.col))):
        found[bags[one]].append(bags[other])
        found[bags[other]].append(bags[one])
    return found


def bio_twins(world, _case):
    bags = {account: text.bag((world.profiles.get(account) or {}).get("bio")) for account in world.order}
    bags = {account: bag for account, bag in bags.items() if bag}
    count = Counter(bags.values())
    alike = near(list(count))
    for account, bag in bags.items():
        same = count[bag] - 1
        others = same + sum(count[other] for other in alike[bag])
        yield account, float(others), dict(others=others, same_words=same)


def text_twins(world, case):
    said = defaultdict(set)
    for account, statements in case.shares("co-text").items():
        for statement in statements:
            bag = frozenset(text.words(statement))
            if len(bag) >= 5:
                said[account].add(bag)
    by = defaultdict(set)
    for account, bags in said.items():
        for bag in bags:
            by[bag].add(account)
    alike = near(list(by))
    for account, bags in said.items():
        if len(bags) < 3:
            continue
        # Each other account counts once for each of its wordings.
        times = [sum(len(by[other] - {account}) for other in [bag, *alike[bag]]) for bag in bags]
        twinned = sum(count > 0 for count in times)
        yield account, twinned / len(bags), dict(statements=len(bags), twinned=twinned)
