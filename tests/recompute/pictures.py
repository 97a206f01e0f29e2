"""The avatar layer: equal files, and PDQ hashes (computed by Meta's code) that differ in 31 of 256 bits or fewer."""

import hashlib
from collections import Counter, defaultdict

import igraph
import numpy as np
import pdqhash
from PIL import Image

NEAR, POOR = 31, 49
OFF = 2  # Bits by which two programs' hashes of one file may differ: they decode and shrink a little differently.
DEFAULT_ACCOUNTS, DEFAULT_SHARE = 50, 0.1


def bits(written):
    return np.unpackbits(np.frombuffer(bytes.fromhex(written), np.uint8))


class Pictures:
    """The pictures of accounts by SHA-256. The program's hashes are taken where it prints them, once they were compared."""

    def __init__(self, world):
        self.world, self.files, self.hash = world, {}, {}
        for account, path in world.pictures.items():
            data = path.read_bytes()
            self.files[account] = hashlib.sha256(data).hexdigest()
            if self.files[account] not in self.hash:
                self.hash[self.files[account]] = pdqhash.compute(np.asarray(Image.open(path).convert("RGB")))
        self.carriers = Counter(self.files.values())
        self.printed = {}
        self.linked = None

    def carries(self, account):
        return account in self.files

    def is_default(self, sha):
        count = self.carriers[sha]
        return count >= DEFAULT_ACCOUNTS and count >= DEFAULT_SHARE * len(self.files)

    def own(self, sha):
        return self.printed[sha] if sha in self.printed else self.hash[sha][0].astype(np.uint8)

    def distance(self, one, other):
        """`None` for files that differ where a hash is too poor to compare."""
        if one == other:
            return 0
        if min(self.hash[one][1], self.hash[other][1]) <= POOR:
            return None
        return int((self.own(one) != self.own(other)).sum())

    def links(self):
        """`{(account, account): distance}`; and the pairs so near the limit that another decoder may think otherwise."""
        if self.linked is None:
            self.linked, self.unsure, by = {}, set(), defaultdict(list)
            for account in self.world.order:
                if account in self.files and not self.is_default(self.files[account]):
                    by[self.files[account]].append(account)
            files = sorted(by)
            for place, one in enumerate(files):
                for other in files[place:]:
                    self.link(by[one], by[other], self.distance(one, other), {one, other} <= set(self.printed) or one == other)
            self.neighbours = defaultdict(set)
            for a, b in self.linked:
                self.neighbours[a].add(b)
                self.neighbours[b].add(a)
        return self.linked

    def link(self, ones, others, distance, sure):
        if distance is None or distance > NEAR + 2 * OFF:
            return
        pairs = {tuple(sorted((a, b), key=self.world.written)) for a in ones for b in others if a != b}
        if distance <= NEAR:
            self.linked.update(dict.fromkeys(pairs, distance))
        if not sure and distance > NEAR - 2 * OFF:
            self.unsure |= pairs

    def like(self, account):
        self.links()
        return self.neighbours[account]

    def learn(self, report, groups):
        """Takes the program's hashes in, where they are what they should be but for a bit or two."""
        wrong, count = [], 0
        for account in (account for group in groups for account in group["accounts"]):
            sha, written = account["sha256"], account["pdq"]
            count += 1
            if sha != self.files[self.world.by_written[account["id"]]]:
                wrong.append(f"{account['id']}: the file is {self.files[self.world.by_written[account['id']]]}, not {sha}")
            elif written is not None:
                off, poor = int((bits(written) != self.hash[sha][0]).sum()), self.hash[sha][1] <= POOR
                if (off > OFF and not poor) or (account["quality"] <= POOR) != poor:
                    wrong.append(f"{account['id']}: {off} bits differ, quality {account['quality']} and {self.hash[sha][1]}")
                self.printed[sha] = bits(written)
        report.say("avatars: files, hashes and quality", 3 * count, wrong)
        self.linked = None


def check_pictures(report, program, case):
    pictures = case.pictures
    groups = program.json("avatars", "--json")["groups"]
    pictures.learn(report, groups)
    check_groups(report, case, groups)
    rows = program.rows("network", "--layer", "avatar")
    column = next((name for name in rows[0] if "distance" in name), None) if rows else "distance"
    written = case.world.written
    expected = {(written(a), written(b)): distance for (a, b), distance in pictures.links().items()}
    unsure = {(written(a), written(b)) for a, b in pictures.unsure}
    found = {(row["source"], row["target"]): int(row[column]) if column else None for row in rows}
    drop = lambda pairs: {pair: value for pair, value in pairs.items() if pair not in unsure}
    report.compare("network --layer avatar: pairs and distances", drop(expected), drop(found))


def check_groups(report, case, groups):
    pictures, written = case.pictures, case.world.written
    accounts = [account for account in case.world.order if pictures.carries(account)]
    place = {account: number for number, account in enumerate(accounts)}
    links = [(place[a], place[b]) for a, b in pictures.links()]
    pieces = igraph.Graph(len(accounts), links).connected_components()
    expected = {frozenset(written(accounts[n]) for n in piece): False for piece in pieces if len(piece) > 1}
    defaults = defaultdict(set)
    for account in accounts:
        if pictures.is_default(pictures.files[account]):
            defaults[pictures.files[account]].add(written(account))
    expected |= {frozenset(members): True for members in defaults.values()}
    found = {frozenset(account["id"] for account in group["accounts"]): group["default"] for group in groups}
    if not pictures.unsure:
        report.compare("avatars: members of each group, and whether it is a default", expected, found)
    figures, told = {}, {}
    for group in groups:
        files = sorted({account["sha256"] for account in group["accounts"]})
        pairs = [pictures.distance(a, b) for n, a in enumerate(files) for b in files[n + 1:]]
        diameter = max((distance for distance in pairs if distance is not None), default=0)
        figures[group["group"]] = (len(group["accounts"]), len(files), diameter)
        told[group["group"]] = (group["size"], group["pictures"], group["diameter"])
        for account in group["accounts"]:
            key = (group["group"], account["id"])
            figures[key] = pictures.distance(account["sha256"], group["medoid"])
            told[key] = account["distance_to_medoid"]
    report.compare("avatars: size, pictures, diameter, distance_to_medoid", figures, told)
