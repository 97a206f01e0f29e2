"""Invented records of two platforms that use the same numbers: statuses of one, and rows that never name an author."""

import csv
import json
import random

START = 1_700_000_000


class Platforms:
    def __init__(self, seed=4):
        self.random = random.Random(seed)
        self.rows, self.records = [], []
        self.serial = 0
        self.ids = [str(number) for number in range(1, 90)]
        self.originals()
        for place, account in enumerate(self.ids):
            self.row_account(place, account)
            self.native_account(place, account)

    def row(self, user, at, repost="", reply="", text="", urls=""):
        self.serial += 1
        message = f"m{self.serial}"
        self.rows.append([message, user, f"user_{user}", repost, reply, text, "" if at is None else at, urls])
        return message

    def originals(self):
        """Two figures of the table whose posts are repeated; the rows that repeat them do not say whose they are."""
        self.made = []
        for number in range(60):
            at = START + number * 5_000
            figure = ("1", "2", "3")[number % 3]
            self.made.append((self.row(figure, at, text=f"What figure {figure} says of number {number}"), at))
        self.elsewhere = [(f"gone{number}", START + number * 700) for number in range(40)]

    def row_account(self, place, account):
        rng = self.random
        group = place // 15
        pool = self.made[group * 6 : group * 6 + 26] if group < 3 else self.made + self.elsewhere
        count = min(len(pool), rng.choice([0, 3, 9, 10, 12, 20]) if group >= 3 else 20)
        for target, made in rng.sample(pool, count):
            at = made + rng.choice([0.0, 0.25, 9.75, 10.0, 10.5, 60.0, 59.5])
            self.row(account, None if rng.random() < 0.05 else at, repost=target, text="RT @someone: what they said")
            if rng.random() < 0.1:
                self.row(account, at + 1, repost=target)
        for number in range(place % 4):
            reply = rng.choice(self.made)[0]
            self.row(account, START + place * 977 + number * 60, reply=reply, text="@someone thank you all very much indeed",
                     urls=rng.choice(["", "https://a.example/x", "http://www.a.example/x/?utm_id=3 https://b.example/?b=1&a=2"]))

    def native_account(self, place, account):
        rng = self.random
        self.records.append(dict(type="account", id=account, handle=f"Toot{place % 10}_{account}", bio="", followers=3,
                                 following=place % 2, created_at=START - place * 40_000))
        pool = [(f"m{number + 1}", START + number * 5_000) for number in range(45)]  # Numbers of the other platform too.
        for number, (target, made) in enumerate(rng.sample(pool, 14 if place % 2 else 9)):
            author = str(1 + int(target[1:]) % 2)
            self.records.append(dict(type="post", id=f"n{place}-{number}", author_id=account, created_at=made + place % 7 * 10,
                                     retweet_of=dict(id=target, author_id=author, created_at=made)))

    def write(self, folder, order=None):
        rows, records = list(self.rows), list(self.records)
        if order is not None:
            random.Random(order).shuffle(rows)
            random.Random(order).shuffle(records)
        table, native = folder / "rows.csv", folder / "statuses.jsonl"
        with table.open("w", encoding="utf-8", newline="") as file:
            heading = "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls".split(",")
            csv.writer(file).writerows([heading, *rows])
        native.write_text("".join(json.dumps(record) + "\n" for record in records))
        imports = [([table], ["--format", "coordination-network-toolkit", "--platform", "x"]),
                   ([native], ["--platform", "mastodon"])]
        return imports if order is None else imports[::-1]
