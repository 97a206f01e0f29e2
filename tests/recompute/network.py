"""`bot-tui network`: every column of every layer under every rule."""

import json

import numpy as np

from rules import Kept

FIGURES = ("shared", "shared_within", "cosine", "median_gap_s", "p", "q")
TESTS = (0.0, 7e-9)


def options(rule, window=60, min_retweets=10, min_accounts=2, max_accounts=None, muted=(), top=None, model="sdsm",
            tested=False):
    """The options of the command line that say the same."""
    found = ["--keep", rule, "--window", window, "--min-retweets", min_retweets, "--min-accounts", min_accounts]
    found += ["--max-accounts", max_accounts] if max_accounts else []
    found += [part for target in muted for part in ("--mute", target)]
    found += ["--top", top] if top else []
    found += ["--null-model", model] if model != "sdsm" else []
    return found + (["--significance"] if tested else [])


def number(cell, kind=float):
    return None if cell == "" else kind(cell)


def known(value):
    return None if np.isnan(value) else float(value)


def check_network(report, program, case, layer, rule, **chosen):
    """Compares all rows of a layer under a rule, and its tests apart since they have a tolerance of their own."""
    top, model, tested = (chosen.pop(name, other) for name, other in (("top", None), ("model", "sdsm"), ("tested", False)))
    projection = case.projection(layer, **chosen)
    kept = Kept(projection, rule, top, model, tested)
    written = options(rule, top=top, model=model, tested=tested, **chosen)
    rows = program.rows("network", "--layer", layer, *written)
    found = {(row["source"], row["target"]): row for row in rows}
    names, links = projection.names, kept.links()
    pair = lambda link: (names[projection.a[link]], names[projection.b[link]])
    expected = {
        pair(link): (layer, int(projection.shared[link]), int(projection.within[link]), known(projection.gap[link]),
                     known(projection.cosine[link]))
        for link in links}
    columns = {key: (row["layer"], number(row["shared"], int), number(row["shared_within"], int),
                     number(row["median_gap_s"]), number(row["cosine"])) for key, row in found.items()}
    what = " ".join(map(str, ["network --layer", layer, *shortened(written)]))
    report.compare(what, expected, columns)
    order = [(row["source"], row["target"]) for row in rows]
    report.say(f"{what}: order, once each", len(rows), [] if order == sorted(set(order)) else ["rows are not sorted"])
    p = {pair(link): (known(kept.p[link]), known(kept.q[link])) for link in links if pair(link) in found}
    found_p = {key: (number(found[key]["p"]), number(found[key]["q"])) for key in p}
    tests = "p and q empty" if kept.tested is None else f"p and q ({kept.tested:,} pairs tested)"
    report.compare(f"{what}: {tests}", p, found_p, TESTS)
    return kept


def shortened(written):
    """The options that differ from the defaults, and the rule."""
    defaults = {"--window": 60, "--min-retweets": 10, "--min-accounts": 2}
    kept, skip = [], False
    for place, part in enumerate(written):
        if skip:
            skip = False
        elif part in defaults and written[place + 1] == defaults[part]:
            skip = True
        else:
            kept.append(part)
    return kept


def check_formats(report, program, layer, rule):
    """JSONL says what CSV says."""
    arguments = ["network", "--layer", layer, "--keep", rule]
    rows = [{name: number(row[name]) for name in FIGURES} | {"source": row["source"], "target": row["target"]}
            for row in program.rows(*arguments)]
    lines = [json.loads(line) for line in program.run(*arguments, "--format", "jsonl").splitlines()]
    told = [{name: line[name] for name in ("source", "target")} | {name: line[name] and float(line[name]) for name in FIGURES}
            for line in lines]
    report.compare(f"network --keep {rule} --format jsonl", dict(enumerate(map(tuple_of, rows))),
                   dict(enumerate(map(tuple_of, told))))


def tuple_of(row):
    return tuple(row[name] for name in ("source", "target", *FIGURES))
