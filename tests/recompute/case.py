"""A data set: its files, what they tell, and what is computed of it once."""

from functools import cache

from objects import shares
from pictures import Pictures
from projection import Projection
from records import World


class Case:
    """`imports` lists `(paths, options)` for the program; `read` fills a `World` with the same."""

    def __init__(self, name, imports, read):
        self.name, self.imports = name, imports
        self.world = World()
        read(self.world)
        self.world.finish()
        self.shares = cache(lambda layer: shares(self.world, layer))
        self.pictures = Pictures(self.world)
        self.projections = {}

    def projection(self, layer, **chosen):
        key = (layer, *sorted(chosen.items()))
        if key not in self.projections:
            self.projections[key] = Projection(self.world, self.shares(layer), **chosen)
        return self.projections[key]
