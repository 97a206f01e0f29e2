"""The data sets."""

import os
from pathlib import Path

from case import Case
from odd_platforms import Platforms
from odd_records import Odd

ROOT = Path(__file__).resolve().parents[2]


def sample(_folder):
    folder = ROOT / "sample-data"
    paths = [folder / "accounts.jsonl", folder / "posts.jsonl.zst"]
    return Case("sample", [(paths, [])], lambda world: [world.native(path) for path in paths])


def real(_folder):
    given = os.environ.get("BOT_TUI_REAL_DATA")
    if not given:
        return None
    path = Path(given) / "co_retweet" / "retweets.csv"
    return Case("real", [([path], [])], lambda world: world.coortweet(path))


def odd(folder, order=None):
    folder.mkdir(exist_ok=True)
    paths = Odd(folder).write(folder, order)
    return Case("odd records", [([path], []) for path in paths], lambda world: [world.native(path) for path in paths])


def platforms(folder, order=None):
    folder.mkdir(exist_ok=True)
    imports = Platforms().write(folder, order)

    def read(world):
        for (path,), options in imports:
            reader = world.toolkit if path.suffix == ".csv" else world.native
            reader(path, options[-1])

    return Case("odd platforms", imports, read)
