"""Whether an overlap is more than activity and popularity explain: SDSM (BiCM), hypergeometric, Benjamini and Hochberg."""

from functools import cache

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

ROUNDS = 200


def fitness(rows, row_count, columns, column_count):
    """Solves the equations of the BiCM for one fitness (as its logarithm) per distinct degree, by Newton's method on their
    convex likelihood. Degrees must leave room: 0 < degree < number of the others."""
    u = np.log(rows / np.sqrt((rows * row_count).sum()))
    v = np.log(columns / np.sqrt((rows * row_count).sum()))

    def probability(u, v):
        return 1 / (1 + np.exp(-(u[:, None] + v)))

    def likelihood(u, v):
        overlap = np.logaddexp(0, u[:, None] + v)
        return row_count @ overlap @ column_count - (row_count * rows) @ u - (column_count * columns) @ v

    for _ in range(ROUNDS):
        p = probability(u, v)
        wrong_rows, wrong_columns = p @ column_count - rows, row_count @ p - columns
        if max(np.abs(wrong_rows / rows).max(), np.abs(wrong_columns / columns).max()) < 1e-14:
            break
        spread = p * (1 - p)
        mixed = row_count[:, None] * spread * column_count
        hessian = np.block([[np.diag(mixed.sum(1)), mixed], [mixed.T, np.diag(mixed.sum(0))]])
        gradient = np.concatenate([row_count * wrong_rows, column_count * wrong_columns])
        # Only sums of the two logarithms count: the last one stays as it is.
        step = np.append(np.linalg.solve(hessian[:-1, :-1], gradient[:-1]), 0.0)
        length, here = 1.0, likelihood(u, v)
        while length > 1e-4 and likelihood(u - length * step[: len(u)], v - length * step[len(u):]) > here + 1e-9 * abs(here):
            length /= 2
        u, v = u - length * step[: len(u)], v - length * step[len(u):]
    return probability(u, v)


def bicm(degrees, popularity):
    """p of each kept account (by place) to share each kept object: `(classes of accounts, classes of objects, p)`.

    Who shared everything, or is shared by all, surely does so; the rest is solved without them."""
    d, of_account = np.unique(degrees, return_inverse=True)
    e, of_object = np.unique(popularity, return_inverse=True)
    accounts, objects = np.bincount(of_account).astype(float), np.bincount(of_object).astype(float)
    p = np.zeros((len(d), len(e)))
    rows, columns = np.ones(len(d), bool), np.ones(len(e), bool)
    need_rows, need_columns = d.astype(float), e.astype(float)
    while rows.any() and columns.any():
        full_rows = rows & (need_rows == objects[columns].sum())
        full_columns = columns & (need_columns == accounts[rows].sum())
        p[np.ix_(full_rows, columns)] = 1
        p[np.ix_(rows, full_columns)] = 1
        need_columns[columns & ~full_columns] -= accounts[full_rows].sum()
        need_rows[rows & ~full_rows] -= objects[full_columns].sum()
        rows, columns = rows & ~full_rows & (need_rows > 0), columns & ~full_columns & (need_columns > 0)
        if not full_rows.any() and not full_columns.any():
            break
    if rows.any() and columns.any():
        p[np.ix_(rows, columns)] = fitness(need_rows[rows], accounts[rows], need_columns[columns], objects[columns])
    return of_account, objects, p


def sdsm(degrees, popularity, a, b, overlap):
    """P(X >= overlap) of each pair: exact Poisson–binomial tails, once for each pair of degrees."""
    of_account, objects, p = bicm(degrees, popularity)
    one, other = of_account[a], of_account[b]
    kinds, kind = np.unique(np.stack([np.minimum(one, other), np.maximum(one, other)]), axis=1, return_inverse=True)
    kind = kind.ravel()
    chance = p[kinds[0]] * p[kinds[1]]
    most = int(overlap.max(initial=0))
    mass = np.zeros((chance.shape[0], most + 1))
    mass[:, 0] = 1
    for place, count in enumerate(objects.astype(int)):
        q = chance[:, place, None]
        for _ in range(count):
            gone = mass[:, -1:] * q
            mass[:, 1:] = mass[:, 1:] * (1 - q) + mass[:, :-1] * q
            mass[:, :1] *= 1 - q
            mass[:, -1:] += gone  # The last cell holds everything from `most` on.
    tails = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
    return np.minimum(tails[kind, overlap], 1.0)


def hypergeometric(degrees, popularity, a, b, overlap):
    return np.minimum(stats.hypergeom.sf(overlap - 1, len(popularity), degrees[a], degrees[b]), 1.0)


@cache
def test(projection, model="sdsm"):
    """`(p, q, m)` of the pairs of a projection; NaN where an account is not kept. Pairs that share nothing have p = 1."""
    both = projection.kept[projection.a] & projection.kept[projection.b]
    overlap = projection.kept_shared[both]
    degrees, popularity = projection.kept_degree, projection.df[projection.df > 0]
    kept = np.flatnonzero(projection.kept)
    where = np.cumsum(projection.kept) - 1
    a, b = where[projection.a[both]], where[projection.b[both]]
    tail = {"sdsm": sdsm, "hypergeometric": hypergeometric}[model]
    p, q = np.full(len(both), np.nan), np.full(len(both), np.nan)
    p[both] = np.where(overlap > 0, tail(degrees[kept], popularity, a, b, overlap), 1.0)
    pairs = projection.n * (projection.n - 1) // 2
    padded = np.concatenate([p[both], np.ones(pairs - int(both.sum()))])
    if len(padded):
        q[both] = multipletests(padded, method="fdr_bh")[1][: int(both.sum())]
    return p, q, pairs
