"""Pairs of accounts: what both shared, how close in time, and the cosine."""

import numpy as np
from scipy import sparse


class Projection:
    """All pairs with a shared object, as arrays; `a` and `b` are places in `accounts`, the smaller id first.

    `within` counts gaps of `window` seconds or less, `gap` is the median gap in seconds (NaN: no two times known), `cosine`
    is NaN where a filter leaves out one of the two, and `kept_shared` counts the objects that the filters leave.
    """

    def __init__(self, world, shares, window=60, min_retweets=10, min_accounts=2, max_accounts=None, muted=()):
        self.window, self.min_retweets = window, min_retweets
        self.accounts = [account for account in world.order if account in shares]
        self.names = [world.written(account) for account in self.accounts]
        self.place = {account: place for place, account in enumerate(self.accounts)}
        objects = sorted({shared for mine in shares.values() for shared in mine}, key=repr)
        number = {shared: place for place, shared in enumerate(objects)}
        rows, columns, times = [], [], []
        for account, mine in shares.items():
            for shared, at in mine.items():
                rows.append(self.place[account])
                columns.append(number[shared])
                times.append(np.nan if at is None else at)
        sharers = self.everybody = np.bincount(np.array(columns, np.int64), minlength=len(objects))
        out = {place for place, shared in enumerate(objects) if isinstance(shared, tuple) and shared[1] in muted}
        counts = np.array([(max_accounts is None or sharers[c] <= max_accounts) and c not in out for c in columns], bool)
        self.objects, self.number = objects, number
        self.rows, self.columns = np.array(rows, np.int64)[counts], np.array(columns, np.int64)[counts]
        self.times = np.array(times, float)[counts]
        self.filter(min_retweets, min_accounts)
        self.pairs()

    def matrix(self, values, mask=slice(None)):
        where = self.rows[mask], self.columns[mask]
        return sparse.csr_matrix((values, where), shape=(len(self.accounts), len(self.objects)))

    def filter(self, min_retweets, min_accounts):
        """Accounts with enough objects, then objects with enough of these accounts, then accounts with an object left."""
        self.degree = np.bincount(self.rows, minlength=len(self.accounts))
        left = self.degree[self.rows] >= max(min_retweets, 1)
        df = np.bincount(self.columns[left], minlength=len(self.objects))
        left &= df[self.columns] >= max(min_accounts, 1)
        self.left, self.df = left, df * (df >= max(min_accounts, 1))
        self.kept_degree = np.bincount(self.rows[left], minlength=len(self.accounts))
        self.kept = self.kept_degree > 0
        self.n = int(self.kept.sum())
        self.idf = np.log((1 + self.n) / (1 + self.df)) + 1
        weights = self.matrix(self.idf[self.columns[left]], left)
        self.norms = np.sqrt(np.bincount(self.rows[left], self.idf[self.columns[left]] ** 2, len(self.accounts)))
        self.vectors = sparse.diags(np.divide(1, self.norms, out=np.zeros(len(self.norms)), where=self.kept)) @ weights

    def pairs(self):
        everything = self.matrix(np.ones(len(self.rows)))
        shared = sparse.triu(everything @ everything.T, 1).tocoo()
        order = np.lexsort((shared.col, shared.row))
        self.a, self.b = shared.row[order].astype(np.int64), shared.col[order].astype(np.int64)
        self.shared = shared.data[order].astype(np.int64)
        self.code = self.a * len(self.accounts) + self.b
        left = self.matrix(np.ones(int(self.left.sum())), self.left)
        both = self.kept[self.a] & self.kept[self.b]
        self.kept_shared = np.where(both, self.at(left @ left.T), 0).astype(np.int64)
        self.cosine = np.where(both, self.at(self.vectors @ self.vectors.T), np.nan)
        self.gaps()

    def at(self, square):
        """The values of a square matrix at the pairs."""
        return np.asarray(square.tocsr()[self.a, self.b]).ravel() if len(self.a) else np.zeros(0)

    def gaps(self):
        codes, gaps = [np.zeros(0, np.int64)], [np.zeros(0)]
        order = np.lexsort((self.rows, self.columns))
        for group in np.split(order, np.flatnonzero(np.diff(self.columns[order])) + 1):
            one, other = np.triu_indices(len(group), 1)
            codes.append(self.rows[group][one] * len(self.accounts) + self.rows[group][other])
            gaps.append(np.abs(self.times[group][one] - self.times[group][other]) / 1000)
        codes, gaps = np.concatenate(codes), np.concatenate(gaps)
        codes, gaps = codes[~np.isnan(gaps)], gaps[~np.isnan(gaps)]
        close = np.bincount(np.searchsorted(self.code, codes[gaps <= self.window]), minlength=len(self.code))
        self.within = close.astype(np.int64)
        order = np.lexsort((gaps, codes))
        codes, gaps = codes[order], gaps[order]
        self.gap = np.full(len(self.code), np.nan)
        if len(codes):
            first = np.flatnonzero(np.diff(codes, prepend=-1))
            count = np.diff(first, append=len(codes))
            middle = (gaps[first + (count - 1) // 2] + gaps[first + count // 2]) / 2
            self.gap[np.searchsorted(self.code, codes[first])] = middle
