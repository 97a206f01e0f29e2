"""Which pairs a rule keeps, and what a link weighs under it."""

import numpy as np

import significance

# Cosines that differ by less are equal but for the order of adding.
EQUAL = 1e-12
MOST = 50


class Kept:
    """The pairs of a projection that a rule keeps (`keep`, a mask), with `p`, `q` and `tested` where it tests."""

    def __init__(self, projection, rule, top=None, model="sdsm", tested=False):
        self.projection, self.rule = projection, rule
        name, _, value = rule.partition(":")
        count = len(projection.a)
        self.p = self.q = np.full(count, np.nan)
        self.tested = None
        if name == "significant" or tested:
            self.p, self.q, self.tested = significance.test(projection, model)
        cosine = np.nan_to_num(projection.cosine)
        overlapping = projection.kept_shared > 0
        if name == "shared":
            self.strength, self.keep = projection.shared.astype(float), projection.shared >= int(value)
        elif name == "shared-within":
            self.strength, self.keep = projection.within.astype(float), projection.within >= int(value)
        elif name == "significant":
            with np.errstate(divide="ignore"):
                self.strength = -np.log(self.p)
            self.keep = overlapping & (np.nan_to_num(self.q, nan=1) <= float(value) * (1 + EQUAL))
        else:
            least = {"all": lambda: 0.0, "cosine": lambda: float(value),
                     "percentile": lambda: np.percentile(cosine[overlapping], float(value)) if overlapping.any() else 0.0}
            self.strength, self.keep = cosine, overlapping & (cosine >= least[name]() - EQUAL)
        if top:
            self.keep = self.keep & self.strongest(top)

    def strongest(self, most):
        """Pairs among the `most` strongest of one of their accounts; of equally strong ones those with smaller ids."""
        places = np.flatnonzero(self.keep)
        a, b = self.projection.a[places], self.projection.b[places]
        ends, others = np.concatenate([a, b]), np.concatenate([b, a])
        pairs = np.concatenate([places, places])
        order = np.lexsort((others, -np.round(self.strength[pairs], 12), ends))
        rank = np.arange(len(order)) - np.searchsorted(ends[order], ends[order])
        chosen = np.zeros(len(self.keep), bool)
        chosen[pairs[order][rank < most]] = True
        return chosen

    def weights(self):
        """What the links weigh in a clustering: what the rule looks at, a chance as −log10 p and as 50 at the most."""
        weights = self.strength[self.keep]
        return np.minimum(weights / np.log(10), MOST) if self.rule.startswith("significant") else weights

    def links(self):
        """The kept pairs as places of the projection's pairs."""
        return np.flatnonzero(self.keep)
