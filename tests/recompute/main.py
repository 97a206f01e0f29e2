"""Recomputes what `bot-tui` prints, from the files and the definitions alone, and says what differs.

    python tests/recompute/main.py [BINARY]

BINARY is by default BOT_TUI_RELEASE_BIN, else target/release/bot-tui. With BOT_TUI_REAL_DATA real data is looked at too.
"""

import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.dont_write_bytecode = True
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # One process for each core is what there is.

import cases
from audit import check_audit
from clusters import check_clusters
from counts import check_query, check_stats
from network import check_formats, check_network
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


def networks(attempt, case):
    """Every rule on every layer; the options that change a rule on one."""
    for rule in ("all", "cosine:0.5", "percentile:99.5", "significant:0.01", "shared:2", "shared-within:1"):
        attempt(check_network, case, "co-retweet", rule)
    for layer in LAYERS[1:]:
        for rule in ("all", "cosine:0.3", "percentile:90", "significant:0.2", "shared:1", "shared-within:1"):
            attempt(check_network, case, layer, rule, **FEW)
    odd_filters = dict(min_retweets=4, min_accounts=3, window=10)
    attempt(check_network, case, "co-retweet", "cosine:0.2", tested=True, **odd_filters)
    attempt(check_network, case, "co-retweet", "shared:1", tested=True, model="hypergeometric", **odd_filters)
    attempt(check_network, case, "co-retweet", "significant:0.05", model="hypergeometric", max_accounts=40)
    for top, rule in ((1, "all"), (3, "cosine:0.2"), (2, "significant:0.05"), (2, "shared:2"), (3, "shared-within:1")):
        attempt(check_network, case, "co-retweet", rule, top=top)
    attempt(check_network, case, "co-retweet", "shared-within:1", muted=muted(case), window=3600)
    attempt(check_formats, "co-retweet", "significant:0.01")


def muted(case):
    """The two targets that most accounts shared."""
    projection = case.projection("co-retweet")
    most = sorted(range(len(projection.objects)), key=lambda column: (-projection.everybody[column], column))[:2]
    return tuple(projection.objects[column][1] for column in most)


def clusters(attempt, case):
    for rule in ("percentile:90", "cosine:0.5", "significant:0.01", "shared:4", "shared-within:1", "shared-within:3"):
        attempt(check_clusters, case, "co-retweet", rule)
    attempt(check_clusters, case, "co-retweet", "cosine:0.2", min_retweets=4, min_accounts=3, top=4)
    attempt(check_clusters, case, "co-retweet", "shared-within:2", "components", window=10)
    for layer in LAYERS[1:]:
        attempt(check_clusters, case, layer, "cosine:0.3", **FEW)


def everything(attempt, case):
    attempt(check_stats, case)
    attempt(check_pictures, case)
    networks(attempt, case)
    attempt(check_query, case, Kept(case.projection("co-retweet"), "cosine:0.5"))
    attempt(check_signals, case)
    clusters(attempt, case)
    for hub in FIGURES.get(case.name, []):
        attempt(check_audit, case, hub)
    for rule in ("cosine:0.5", "shared-within:1"):
        attempt(check_paths, case, "co-retweet", rule)
    attempt(check_export, case, "co-retweet", "significant:0.01")
    attempt(check_export, case, "co-hashtag", "shared:1", **FEW)


def compared(binary, make):
    """The report of one data set; `None` where it is not there."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        case = make(folder)
        if case is None:
            return None
        report, program = Report(case.name), Program(binary, folder / "cache.db")
        program.read(case.imports)

        def attempt(check, *arguments, **options):
            report.attempt(check, program, *arguments, **options)

        everything(attempt, case)
        if make in (cases.odd, cases.platforms):
            attempt(check_order, make, folder)
    report.lines.append(f"{case.name}: {time.monotonic() - begun:.0f} s")
    return report


def main():
    default = os.environ.get("BOT_TUI_RELEASE_BIN", cases.ROOT / "target/release/bot-tui")
    binary = Path(sys.argv[1] if len(sys.argv) > 1 else default).resolve()
    begun, checked, failed, values = time.monotonic(), 0, 0, 0
    with ProcessPoolExecutor(2) as pool:
        for report in pool.map(partial(compared, binary), (cases.real, cases.sample, cases.odd, cases.platforms)):
            if report is None:
                print("BOT_TUI_REAL_DATA is not set: real data is skipped")
                continue
            print("\n".join(report.lines), flush=True)
            checked, failed, values = checked + report.checked, failed + report.failed, values + report.values
    print(f"{values:,} values compared in {time.monotonic() - begun:.0f} s")
    print(f"{checked - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
