"""What files tell of accounts and posts, read without the program."""

import csv
import gzip
import io
import json
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

import zstandard


def opened(path):
    """The bytes of a file, unpacked."""
    data = Path(path).read_bytes()
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(data).read()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def time_of(value):
    """A time in milliseconds since 1970: RFC 3339, `YYYY-MM-DD HH:MM:SS` (UTC), seconds or milliseconds."""
    if value in (None, ""):
        return None
    try:
        number = float(value)
        return round(number if number > 1e11 else number * 1000)
    except ValueError:
        at = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
        at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
        return round(at.timestamp() * 1000)


class World:
    """Accounts and posts by (platform, id)."""

    def __init__(self):
        self.profiles, self.posts = {}, {}
        self.accounts = set()
        self.author, self.made = {}, {}
        self.pictures = {}
        self.skipped = 0

    def written(self, key):
        """How an account is named in all that is printed."""
        return f"{key[0]}:{key[1]}" if self.several else key[1]

    def finish(self):
        """Learns authors and times of posts from every record, and gives the accounts their order: as they are written.
        What a retweet is a row of is no original: CooRTweet's tables share such rows again."""
        for key, post in self.posts.items():
            if not post["retweet_of"]:
                self.learn(key[0], {"id": key[1], "author_id": post["author"][1], "created_at": post["at"]})
            for role in ("retweet_of", "quote_of", "reply_to"):
                if post[role]:
                    self.learn(key[0], post[role])
        self.several = len({platform for platform, _ in self.accounts}) > 1
        self.order = sorted(self.accounts, key=self.written)
        self.by_written = {self.written(key): key for key in self.order}
        self.posts_of = defaultdict(list)
        for post in self.posts.values():
            self.posts_of[post["author"]].append(post)
        return self

    def learn(self, platform, reference):
        key = (platform, reference["id"])
        if reference.get("author_id") is not None:
            self.author[key] = (platform, reference["author_id"])
            self.accounts.add(self.author[key])
        if reference.get("created_at") is not None:
            at = reference["created_at"]
            self.made[key] = min(at, self.made.get(key, at))

    def add_post(self, platform, post_id, author, **fields):
        empty = dict(at=None, text=None, retweet_of=None, quote_of=None, reply_to=None, links=[], hashtags=[])
        new = {**empty, "author": (platform, author), **fields}
        old = self.posts.get((platform, post_id))
        if old:  # A repeat tells what the other record left out.
            new = {name: old[name] if old[name] not in (None, []) else value for name, value in new.items()}
        self.posts[platform, post_id] = new
        self.accounts.add((platform, author))

    # One reader for each format.

    def native(self, path, platform=""):
        for line in opened(path).decode().split("\n"):
            record = json.loads(line) if line.strip() else {}
            if record.get("type") == "account":
                self.native_account(record, platform, path.parent)
            elif record.get("type") == "post":
                references = {role: self.reference(record.get(role)) for role in ("retweet_of", "quote_of", "reply_to")}
                self.add_post(
                    platform, record["id"], record["author_id"], at=time_of(record.get("created_at")),
                    text=record.get("text"), links=record.get("links") or [], hashtags=record.get("hashtags") or [],
                    **references)

    @staticmethod
    def reference(given):
        if not given:
            return None
        author = given.get("author_id")
        at = time_of(given.get("created_at"))
        return {"id": given["id"], "author_id": author, "created_at": at}

    def native_account(self, record, platform, folder):
        key = (platform, record["id"])
        seen = time_of(record.get("observed_at")) or 0
        self.accounts.add(key)
        if key in self.profiles and self.profiles[key]["seen"] > seen:
            return
        names = ("handle", "name", "bio", "followers", "following", "declared_bot")
        self.profiles[key] = {name: record.get(name) for name in names} | {
            "created": time_of(record.get("created_at")), "seen": seen}
        if record.get("avatar"):
            self.pictures[key] = folder / record["avatar"]

    def coortweet(self, path, platform=""):
        for row in csv.DictReader(io.StringIO(opened(path).decode(), newline="")):
            target = {"id": row["object_id"].strip(), "author_id": None, "created_at": None}
            at = time_of(row["timestamp_share"])
            self.add_post(platform, row["content_id"].strip(), row["account_id"].strip(), at=at, retweet_of=target)

    def toolkit(self, path, platform=""):
        """coordination-network-toolkit: rows never name the author of what they repeat or answer."""
        for row in csv.reader(io.StringIO(opened(path).decode(), newline="")):
            message, user, name, repost, reply, text, at, urls = row
            if message == "message_id":
                continue
            if not at:  # Such rows are skipped, and counted.
                self.skipped += 1
                continue
            other = lambda key: {"id": key, "author_id": None, "created_at": None} if key else None
            self.add_post(
                platform, message, user, at=time_of(at), text=text or None, retweet_of=other(repost),
                reply_to=other(reply), links=[url for url in urls.split(" ") if url])
            self.profiles.setdefault((platform, user), dict.fromkeys(
                ("bio", "followers", "following", "created", "declared_bot"), None) | {
                "handle": name or None, "name": None, "seen": 0})
