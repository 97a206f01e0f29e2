"""Invented records that are odd in every way that files are, one platform, all layers. Equal bytes in every run."""

import json
import random

from odd_pictures import draw

START = 1_740_000_000  # 2025-02-19, in seconds.
DAY = 86_400
ODD_IDS = ["007", "7", "9007199254740993", "9007199254740992", "0x1F", "-5", "a,b", 'say "hi"', "two  words", "Ünï", "ünï",
           "e\u0301", "é", "قلم", "İ", "x'y", "UPPER", "upper", "a;b", "⸺"]
ODD_HANDLES = ["e\u0301tude_12", "étude_13", "گل_۱۲", "गुल_१२", "ﬁne_99", "İzmir_07", "½_half_11", "flag🇪🇺_22", "a_b_c_33",
               "_", "0", "rose12345678", "Rose87654321", "ハハ_12", "パパ_12", "name\u200dname_5", "x", "Ⅷ_44", "一_55", "z" * 60]
BIOS = ["", " ", None, "Retired pilot of the harbour ferry.", "retired PILOT of the harbour ferry!",
        "Retired pilot of the harbour ferry and baker.", "one two three four five six seven eight nine",
        "one two three four five six seven eight ten", "one two three four five six seven ten eleven",
        "काम दिन पानी घर बाजार", "कम दान पानी घर बाजार", "We we WE we we we", "@rose @dove https://a.example hello",
        "یک دو سه چهار پنج شش", "يك دو سه چهار پنج شش"]
TAGS = ["#Élan", "elan", "ÉLAN", "#کتاب", "كتاب", "#काम", "कम", "パパ", "ハハ", "＃Σίσυφος", "ΣΙΣΥΦΟΣ", "ปี", "ปู", "#", "v1", "Й", "и"]
LINKS = ["https://news.example/a?id=7&page=2", "http://www.News.example/a/?page=2&id=7&utm_source=q#top",
         "HTTPS://news.example:443/%61?fbclid=1&id=7&page=2", "https://news.example/A?id=7&page=2",
         "https://youtu.be/abc?si=1", "https://www.youtube.com/watch?v=abc", "https://x.com/rose/status/5?s=20&t=zz",
         "https://mobile.twitter.com/rose/status/5/photo/1", "https://shop.example/p?si=1", "https://shop.example/p?si=2",
         "https://shop.example/p?s=1", "https://shop.example/p", "https://shop.example/p?gad_source=3", "mailto:a@b.example",
         "https://bücher.example/x%2fy", "https://xn--bcher-kva.example/x%2Fy", "no link"]
SAID = ["We will plant the old trees tomorrow", "we WILL plant the old trees tomorrow https://t.example/x",
        "@rose we will plant the old trees tomorrow", "We will plant the old trees tomorrow morning",
        "RT @rose: we will plant the old trees tomorrow", "too short to say", "我们今天不会沉默", "काम दिन पानी घर बाजार आज",
        "कम दान पानी घर बाजार आज", "a b c d e f g h i", "a b c d e f g h j", "a b c d e f g k j", "We're here — and we'll stay here!",
        "یک دو سه چهار پنج شش", "يك دو سه چهار پنج شش"]


class Odd:
    def __init__(self, folder, seed=20):
        self.random, self.folder = random.Random(seed), folder
        self.accounts, self.posts = [], []
        self.ids = [f"{6_000 + number}" for number in range(140)] + ODD_IDS
        self.figures = ["fig1", "fig2", "fig3"]
        self.quiet_authors = ["only-replied-to", "only-quoted", "wrote-an-original"]
        self.profiles()
        self.originals()
        for place, account in enumerate(self.ids):
            self.retweets(account, place)
            self.own_posts(account, place)
        self.odd_ones()

    def time(self, seconds):
        """A time as any of the ways in which files write it."""
        way = self.random.randrange(4)
        if way == 0:
            return seconds
        if way == 1:
            return seconds * 1000 + self.random.randrange(3) * 250
        from datetime import datetime, timezone
        at = datetime.fromtimestamp(seconds, timezone.utc)
        return at.strftime("%Y-%m-%dT%H:%M:%SZ" if way == 2 else "%Y-%m-%d %H:%M:%S")

    def profiles(self):
        for place, account in enumerate(self.ids + self.figures):
            group = place // 20
            handle = ODD_HANDLES[place - 140] if 140 <= place < 160 else f"{'rose dove lark wren'.split()[place % 4]}_{place:03}"
            created = START - 400 * DAY + (group * 30 * DAY + place % 20 * 3_600 if group < 2 else place * 2 * DAY)
            record = dict(type="account", id=account, handle=handle, name=f"Name {place}", observed_at=START,
                          followers=86 if group == 1 else place % 9, following=112 if group == 1 else place % 5,
                          created_at=self.time(created), bio=BIOS[place % len(BIOS)], declared_bot=place % 31 == 0)
            if place % 13 == 0:
                del record["followers"]
            if place % 17 == 0:
                del record["created_at"]
            if place % 11 == 0:
                del record["bio"]
            if place < 100:
                record["avatar"] = draw(self.folder, place)
            self.accounts.append(record)
        newer = dict(self.accounts[5], observed_at=START + DAY, followers=4_321, bio="Newer than the other state of it here")
        self.accounts.insert(0, newer)  # The newest state of a profile wins, wherever it stands.

    def post(self, author, at, **fields):
        record = dict(type="post", id=f"p{len(self.posts)}", author_id=author, **fields)
        if at is not None:
            record["created_at"] = self.time(at)
        self.posts.append(record)
        return record["id"]

    def originals(self):
        """Targets: each with its author known in another way, or not at all."""
        self.targets = []
        for number in range(120):
            author = (self.figures + self.quiet_authors)[number % 6] if number % 4 else None
            at = START + number * 3_000
            known = dict(id=f"t{number}")
            if author == "wrote-an-original":
                known = dict(id=self.post(author, at, text=f"An original, number {number}"))
            elif author == "only-replied-to":
                self.post("6000", at + 9, reply_to=dict(known, author_id=author), text="@x yes")
            elif author == "only-quoted":
                self.post("6001", at + 9, quote_of=dict(known, author_id=author, created_at=self.time(at)))
            elif author:
                known = dict(known, author_id=author) | (dict(created_at=at) if number % 3 else {})
            self.targets.append((known, at))

    def retweets(self, account, place):
        """Groups of twenty share a list closely in time; odd groups are slow, the last ones have few or no times."""
        group, rng = place // 20, self.random
        if group < 4:
            pool = self.targets[group * 25 : group * 25 + 30]
            chosen = pool if place % 20 < 4 else rng.sample(pool, rng.choice([18, 20, 24]))
        else:
            chosen = rng.sample(self.targets, rng.choice([0, 1, 4, 9, 10, 11, 30]))
        for known, made in [*chosen, (dict(id="everybody", author_id="fig1", created_at=START), START)]:
            gap = rng.choice([0, 3, 10, 10, 11, 60, 61, 90]) if group % 2 == 0 else rng.randrange(1, 40_000)
            at = None if group == 7 or (place % 6 == 5 and rng.random() < 0.3) else made + gap
            self.post(account, at, retweet_of=known, text="RT words of another that are not its own")
            if rng.random() < 0.08:
                self.post(account, at and at + rng.choice([-2, 0, 5]), retweet_of=dict(known))

    def own_posts(self, account, place):
        rng = self.random
        for number in range(rng.choice([0, 2, 5, 12])):
            at = None if rng.random() < 0.1 else START + rng.randrange(0, 40 * DAY, 1_800)
            self.post(account, at, text=rng.choice(SAID), hashtags=rng.sample(TAGS, rng.randrange(4)),
                      links=rng.sample(LINKS, rng.randrange(3)))
        if place % 3 == 0:
            known, made = self.targets[place % 12]
            self.post(account, made + place, reply_to=known, text=rng.choice(SAID))
            self.post(account, made + place + 5, quote_of=self.targets[place % 10][0])

    def odd_ones(self):
        own = self.post("6002", START, text="What I said myself about the trees")
        for at in (START + 5, None):
            self.post("6002", at, retweet_of=dict(id=own))  # Its own post: the author is known from the original.
        self.post("6003", START, retweet_of=dict(id="t-own", author_id="6003"))
        self.post("6004", START, reply_to=dict(id=own, author_id="6002"))
        self.post("6002", START, reply_to=dict(id=own, author_id="6002"))
        self.post(" 6005 ", START, retweet_of=dict(id=" t1 "))  # Blanks around an id that is text are part of it.
        for number in range(30):  # Equal times; times at even steps; and unique targets that nobody shares.
            self.post("same-time", START, text="x")
            self.post("even-steps", START + number * 600, text="x")
            self.post("unique", START + number, retweet_of=dict(id=f"unique{number}", author_id="fig2"))

    def files(self):
        """Each file's lines."""
        repeated = self.posts[::40]
        return {"accounts.jsonl": self.accounts, "posts.jsonl": self.posts, "again.jsonl": repeated}

    def write(self, folder, order=None):
        """Writes the files, in their order or in one that a seed deals; gives the paths in the order of import."""
        paths = []
        for name, records in self.files().items():
            lines = [json.dumps(record, ensure_ascii=False) for record in records]
            if order is not None:
                random.Random(order).shuffle(lines)
            path = folder / name
            path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
            paths.append(path)
        return paths if order is None else paths[::-1]
