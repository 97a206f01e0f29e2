"""Runs the same invented events through bot-tui and through other programs, alternating, and prints ratios.

    python3 -m venv peers && peers/bin/pip install numpy pandas scipy scikit-learn sparse_dot_topn coordination_network_toolkit duckdb
    cargo build --release
    peers/bin/python benches/peers.py --events 1000000 --runs 5
    peers/bin/python benches/peers.py --v2 1000000000 --runs 5
    peers/bin/python benches/peers.py --growth --events 1000000 3000000 10000000 --runs 3

Each measurement is a whole process, from its start to the written result. Quote ratios of one run, never single times.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BINARY = HERE.parent / "target" / "release" / "bot-tui"
DAY = 86_400


def make_events(count, folder):
    """Accounts of log-normal activity share targets of Zipf popularity; a tenth of the events are planted groups."""
    import numpy as np
    import pandas as pd

    random = np.random.default_rng(11)
    accounts, targets = max(1_000, count // 25), max(2_000, count // 8)
    activity = random.lognormal(0.0, 1.3, accounts)
    popularity = 1.0 / np.arange(1, targets + 1) ** 0.9
    organic = count * 9 // 10
    who = random.choice(accounts, organic, p=activity / activity.sum())
    what = random.choice(targets, organic, p=popularity / popularity.sum())
    posted = random.integers(0, 30 * DAY, targets)
    when = posted[what] + random.lognormal(8.5, 1.6, organic).astype("int64")
    parts = [(who, what, when)]
    for _ in range((count - organic) // 1_000):
        members = random.choice(accounts, 25, replace=False)
        pool = random.choice(targets, 60, replace=False)
        for member in members:
            chosen = random.choice(pool, 40, replace=False)
            parts.append((np.full(40, member), chosen, posted[chosen] + random.integers(0, 120, 40)))
    who, what, when = (np.concatenate(column) for column in zip(*parts))
    table = pd.DataFrame({"object_id": what, "account_id": who, "timestamp_share": when + 1_600_000_000})
    table = table.drop_duplicates(["object_id", "account_id"]).sample(frac=1.0, random_state=3)
    table["object_id"] = "t" + table.object_id.astype(str)
    table["account_id"] = "u" + table.account_id.astype(str)
    table["content_id"] = [f"c{index}" for index in range(len(table))]
    table[["object_id", "account_id", "content_id", "timestamp_share"]].to_csv(folder / "events.csv", index=False)
    pd.DataFrame(
        {
            "message_id": table.content_id,
            "user_id": table.account_id,
            "username": table.account_id,
            "repost_id": table.object_id,
            "reply_id": "",
            "message": "",
            "timestamp": table.timestamp_share,
            "urls": "",
        }
    ).to_csv(folder / "toolkit.csv", index=False)
    return len(table)


COSINE = """
import sys, numpy as np, pandas as pd, scipy.sparse as sp
d = pd.read_csv(sys.argv[1], usecols=["object_id", "account_id"])
d = d[d.groupby("account_id").object_id.transform("size") >= 10]
d = d[d.groupby("object_id").account_id.transform("size") >= 2]
a, t = d.account_id.astype("category").cat.codes, d.object_id.astype("category").cat.codes
m = sp.csr_matrix((np.ones(len(d)), (a, t)))
from sklearn.feature_extraction.text import TfidfTransformer
m = TfidfTransformer().fit_transform(m)
if sys.argv[2] == "all":
    c = sp.triu(m @ m.T, 1).tocsr()
    print(len(c.data), np.percentile(c.data, 99.5))
else:
    from sparse_dot_topn import sp_matmul_topn
    print(sp_matmul_topn(m, m.T.tocsr(), top_n=int(sys.argv[2]) + 1, n_threads=2).nnz)
"""

SELF_JOIN = """
import sys, duckdb
duckdb.sql("SET threads = 2")
duckdb.sql(f\"\"\"COPY (SELECT least(a.account_id, b.account_id) s, greatest(a.account_id, b.account_id) t, count(*) n
FROM '{sys.argv[1]}' a JOIN '{sys.argv[1]}' b ON a.object_id = b.object_id AND a.account_id < b.account_id
AND abs(a.timestamp_share - b.timestamp_share) <= 60 GROUP BY ALL) TO '{sys.argv[2]}'\"\"\")
"""


PAGES = """
import sys, duckdb
from pathlib import Path
Path(sys.argv[2]).unlink(missing_ok=True)
base = duckdb.connect(sys.argv[2])
base.sql("SET threads = 2")
user = "STRUCT(id VARCHAR, username VARCHAR, name VARCHAR, description VARCHAR, location VARCHAR, created_at VARCHAR, " \\
    "profile_image_url VARCHAR, public_metrics STRUCT(followers_count BIGINT, following_count BIGINT, tweet_count BIGINT))"
post = "STRUCT(id VARCHAR, author_id VARCHAR, created_at VARCHAR, text VARCHAR, lang VARCHAR, source VARCHAR, " \\
    "referenced_tweets STRUCT(type VARCHAR, id VARCHAR)[], entities STRUCT(urls STRUCT(expanded_url VARCHAR)[], " \\
    "hashtags STRUCT(tag VARCHAR)[]))"
base.sql(f\"\"\"CREATE TEMP TABLE pages AS SELECT * FROM read_json('{sys.argv[1]}', format = 'newline_delimited',
columns = {{data: '{post}[]', includes: 'STRUCT(users {user}[], tweets {post}[])'}}, maximum_object_size = 268435456)\"\"\")
base.sql("CREATE TABLE posts AS SELECT DISTINCT ON (id) * FROM (SELECT unnest(data, recursive := false) p FROM pages) t, "
         "LATERAL (SELECT p.*)")
base.sql("CREATE TABLE accounts AS SELECT DISTINCT ON (id) * FROM (SELECT unnest(includes.users) u FROM pages) t, "
         "LATERAL (SELECT u.*)")
base.sql("CREATE TABLE originals AS SELECT DISTINCT ON (id) * FROM (SELECT unnest(includes.tweets) o FROM pages) t, "
         "LATERAL (SELECT o.*)")
print(base.sql("SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM accounts), (SELECT count(*) FROM originals)").fetchall())
"""


def timed(command):
    """Seconds and peak megabytes of a whole process."""
    before = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(str(part) for part in command)}")
    unit = 1_024 if sys.platform != "darwin" else 1_048_576
    return time.perf_counter() - before, usage.ru_maxrss / unit


def fresh(path):
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return path


def in_turn(commands):
    """Seconds of several commands together, and the peak of the one that took most."""
    figures = [timed(command) for command in commands]
    return sum(seconds for seconds, _ in figures), max(memory for _, memory in figures)


def rule(keep, folder, *more):
    return [BINARY, "--cache", folder / "cache.db", "network", "--keep", keep, *more, "-o", folder / "network.csv"]


def importing(folder, events):
    return [BINARY, "--cache", fresh(folder / "cache.db"), "import", events]


WINDOW = ("shared-within:1", "--window", "60")


def contests(folder, events, toolkit_events):
    python, toolkit = sys.executable, Path(sys.executable).parent / "compute_networks"
    other = folder / "toolkit.db"
    step = ["--time_window", "60", "--min_edge_weight", "1", "--n_cpus", "2"]
    window = lambda: [rule(WINDOW[0], folder, *WINDOW[1:])]
    preprocess = lambda: [toolkit, fresh(other), "preprocess", toolkit_events]
    yield "import / toolkit", lambda: [importing(folder, events)], lambda: [preprocess()]
    yield "60 s network / toolkit", window, lambda: [preprocess(), [toolkit, other, "compute", "co_retweet", *step]]
    yield "60 s network / DuckDB", window, lambda: [[python, "-c", SELF_JOIN, events, folder / "join.csv"]]
    yield "99.5th percentile / scipy", lambda: [rule("percentile:99.5", folder)], lambda: [
        [python, "-c", COSINE, events, "all"]]
    yield "top 100 / sparse_dot_topn", lambda: [rule("all", folder, "--top", "100")], lambda: [
        [python, "-c", COSINE, events, "100"]]


def tweet_contests(folder, tweets):
    other, toolkit = folder / "other.db", Path(sys.executable).parent / "compute_networks"
    yield "v2 import / DuckDB", lambda: [importing(folder, tweets)], lambda: [
        [sys.executable, "-c", PAGES, tweets, other]]
    yield "v2 import / toolkit", lambda: [importing(folder, tweets)], lambda: [
        [toolkit, fresh(other), "preprocess", "--format", "twitter_json", tweets]]


def compare(contests, runs, only):
    print(f"{'':28}{'bot-tui':>18}{'other':>18}{'times faster':>14}{'of the memory':>15}")
    for title, ours, theirs in (contest for contest in contests if only in contest[0]):
        measured = [(in_turn(ours()), in_turn(theirs())) for _ in range(runs)]
        mine, other = (
            [statistics.median(run[side][what] for run in measured) for what in (0, 1)] for side in (0, 1))
        cells = [f"{seconds:.2f} s {memory:,.0f} MB" for seconds, memory in (mine, other)]
        print(f"{title:28}{cells[0]:>18}{cells[1]:>18}{other[0] / mine[0]:>14.1f}{mine[1] / other[1]:>15.3f}", flush=True)


def growth(folder, events, runs):
    works = [
        ("import", lambda: importing(folder, events)),
        ("60 s network", lambda: rule(WINDOW[0], folder, *WINDOW[1:])),
        ("99.5th percentile", lambda: rule("percentile:99.5", folder)),
        ("cosine of 0.1", lambda: rule("cosine:0.1", folder)),
    ]
    for title, command in works:
        measured = [timed(command()) for _ in range(runs)]
        seconds, memory = (statistics.median(run[what] for run in measured) for what in (0, 1))
        print(f"{title:28}{seconds:>10.2f} s{memory:>10,.0f} MB", flush=True)


def made_tweets(size, folder):
    """Pages of tweets of about so many bytes."""
    retweets = max(1_000, size // 2_040)
    amounts = ["--accounts", str(max(500, retweets // 13)), "--retweets", str(retweets), "--seed", "5"]
    subprocess.run([BINARY, "synth", "--out", folder / "tweets", *amounts, "--format", "v2"], check=True)
    return folder / "tweets" / "tweets.jsonl"


def made(count, folder):
    # In a process of its own: what starts the others must stay small, since its memory would count as theirs.
    make = [sys.executable, __file__, "--events", str(count), "--only-make-events-in", str(folder)]
    number = int(subprocess.run(make, check=True, capture_output=True, text=True).stdout)
    print(f"{number:,} events")
    return folder / "events.csv", folder / "toolkit.csv"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--files", nargs="+", metavar="PREFIX", help="events of PREFIX.csv and PREFIX_cnt.csv instead")
    parser.add_argument("--v2", type=int, metavar="BYTES", help="only the import of so many bytes of tweets")
    parser.add_argument("--growth", action="store_true", help="only bot-tui: time and memory for each number of events")
    parser.add_argument("--only", default="", metavar="WORD", help="only the comparisons whose title has the word")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only-make-events-in", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only_make_events_in:
        print(make_events(arguments.events[0], arguments.only_make_events_in))
        return
    print(f"medians of {arguments.runs} runs")
    if arguments.v2:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            compare(tweet_contests(folder, made_tweets(arguments.v2, folder)), arguments.runs, arguments.only)
        return
    for data in arguments.files or arguments.events:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if arguments.files:
                print(data)
                files = Path(f"{data}.csv"), Path(f"{data}_cnt.csv")
            else:
                files = made(data, folder)
            if arguments.growth:
                growth(folder, files[0], arguments.runs)
            else:
                timed(importing(folder, files[0]))
                compare(contests(folder, *files), arguments.runs, arguments.only)


if __name__ == "__main__":
    main()
