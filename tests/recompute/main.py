"""Recomputes what `bot-tui` prints, from the files and the definitions alone, and says what differs.

    python tests/recompute/main.py [BINARY]

BINARY is by default BOT_TUI_RELEASE_BIN, else target/release/bot-tui. With BOT_TUI_REAL_DATA real data is looked at too.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import cases
from audit import check_audit
from clusters import check_clusters
from counts import check_query, check_stats
from network import check_network
from objects import LAYERS
from order import check_order
from paths import check_export, check_paths
from pictures import check_pictures
from program import Program
from report import Report
from rules import Kept
from signals import check_signals

FEW = dict(min_retweets=2)
FIGURES = {
    "sample": [[("", "7600000003386526317")],
               [("", "7600000003386526317"), ("", "7600000034248633121"), ("", "7600000043868494508"),
                ("", "7600000047601241152")]],
    "odd records": [[("", "fig1")], [("", "fig2"), ("", "wrote-an-original")], [("", "only-replied-to")]],
    "odd platforms": [[("x", "1")], [("x", "1"), ("x", "2"), ("x", "3")], [("mastodon", "1")]],
}


def networks(report, program, case):
    """Every rule on every layer; the options that change a rule on one."""
    for rule in ("all", "cosine:0.5", "percentile:99.5", "significant:0.01", "shared:2", "shared-within:1"):
        check_network(report, program, case, "co-retweet", rule)
    for layer in LAYERS[1:]:
        for rule in ("all", "cosine:0.3", "percentile:90", "significant:0.2", "shared:1", "shared-within:1"):
            check_network(report, program, case, layer, rule, **FEW)
    odd_filters = dict(min_retweets=4, min_accounts=3, window=10)
    check_network(report, program, case, "co-retweet", "cosine:0.2", tested=True, **odd_filters)
    check_network(report, program, case, "co-retweet", "shared:4", tested=True, model="hypergeometric", **odd_filters)
    check_network(report, program, case, "co-retweet", "significant:0.05", model="hypergeometric", max_accounts=40)
    for top, rule in ((1, "all"), (3, "cosine:0.2"), (2, "significant:0.05"), (2, "shared:2"), (3, "shared-within:1")):
        check_network(report, program, case, "co-retweet", rule, top=top)
    check_network(report, program, case, "co-retweet", "shared-within:1", muted=muted(case), window=3600)


def muted(case):
    """The two targets that most accounts shared."""
    projection = case.projection("co-retweet")
    sharers = {column: count for column, count in enumerate(projection.everybody)}
    most = sorted(sharers, key=lambda column: (-sharers[column], column))[:2]
    return tuple(projection.objects[column][1] for column in most)


def clusters(report, program, case):
    bursts = {case.world.by_written[one["id"]]: one["signals"]["creation_burst"]["value"]
              for one in program.json("signals", "--json")["accounts"]}
    bursts = {account: value for account, value in bursts.items() if value is not None}
    for rule in ("all", "cosine:0.5", "significant:0.01", "shared:4", "shared-within:1", "shared-within:3"):
        check_clusters(report, program, case, "co-retweet", rule, bursts=bursts)
    check_clusters(report, program, case, "co-retweet", "cosine:0.2", bursts=bursts, min_retweets=4, min_accounts=3, top=4)
    check_clusters(report, program, case, "co-retweet", "shared-within:2", "components", bursts=bursts, window=10)
    for layer in LAYERS[1:]:
        check_clusters(report, program, case, layer, "cosine:0.3", bursts=bursts, **FEW)


def everything(report, program, case):
    check_stats(report, program, case)
    check_pictures(report, program, case)
    networks(report, program, case)
    check_query(report, program, case, Kept(case.projection("co-retweet"), "cosine:0.5"))
    check_signals(report, program, case)
    clusters(report, program, case)
    for hub in FIGURES.get(case.name, []):
        check_audit(report, program, case, hub)
    for rule in ("cosine:0.5", "shared-within:1"):
        check_paths(report, program, case, "co-retweet", rule)
    check_export(report, program, case, "co-retweet", "significant:0.01")
    check_export(report, program, case, "co-hashtag", "shared:1", **FEW)


def main():
    root = cases.ROOT
    binary = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BOT_TUI_RELEASE_BIN", root / "target/release/bot-tui")
    report, begun = Report(), time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        for make in (cases.sample, cases.real, cases.odd, cases.platforms):
            folder = Path(scratch) / make.__name__
            folder.mkdir()
            case = make(folder)
            if case is None:
                print("BOT_TUI_REAL_DATA is not set: real data is skipped")
                continue
            report.prefix = case.name
            program = Program(Path(binary).resolve(), folder / "cache.db")
            program.read(case.imports)
            everything(report, program, case)
            if make in (cases.odd, cases.platforms):
                check_order(report, program, make, folder)
            print(f"{case.name}: done after {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{report.values:,} values of {report.checked:,} things compared in {time.monotonic() - begun:.0f} s")
    print(f"{report.checked - report.failed} passed, {report.failed} failed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
