"""Words, hashtags and links in the form in which they are compared."""

import hashlib
import unicodedata
from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import regex
from uniseg.wordbreak import words as segments

WITH_MARKS_DROPPED = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}]")
INVISIBLE = regex.compile(
    "[\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
KEYBOARDS = str.maketrans("يىكةأإآٱؤئۀς٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ییکهااااویهσ01234567890123456789")


def without_marks(text):
    """Marks go on Latin, Greek, Cyrillic, Arabic and Hebrew letters, and stay on all others."""
    kept, base = [], ""
    for character in unicodedata.normalize("NFKD", text):
        if not unicodedata.category(character).startswith("M"):
            base = character
        elif WITH_MARKS_DROPPED.match(base):
            continue
        kept.append(character)
    return "".join(kept)


@cache
def fold(text):
    """Case, marks, invisible characters, and Arabic and Persian keyboards do not matter."""
    return unicodedata.normalize("NFC", without_marks(INVISIBLE.sub("", without_marks(text)).casefold()).translate(KEYBOARDS))


@cache
def words(text):
    """Words as Unicode segments them (UAX 29). Where nothing can join two runs of letters, each run is a word."""
    if PLAIN.fullmatch(text):
        return RUN.findall(text)
    return [word for word in segments(text) if any(character.isalnum() for character in word)]


LETTERS = r"[[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}]&&\p{L}]"
RUN = regex.compile(f"{LETTERS}+", regex.V1)
PLAIN = regex.compile(rf'(?:{LETTERS}+|[\s!?…—–"«»()،؟]+|[.,:;](?!\w))*', regex.V1)
MENTION = regex.compile(r"^[^\w@#]*@\w")
ADDRESS = regex.compile(r"^[^\w@#]*(https?://|www\.)")


@cache
def statement(text):
    """A text without mentions and links; `None` with fewer than 5 words, and for a retweet by hand."""
    parts = fold(text).split()
    if len(parts) > 1 and parts[0] == "rt" and parts[1].startswith("@"):
        return None
    said = " ".join(part for part in parts if not MENTION.match(part) and not ADDRESS.match(part))
    return said if len(words(said)) >= 5 else None


def bag(text):
    """The different words of a statement; `None` with fewer than 5."""
    said = statement(text or "")
    found = frozenset(words(said)) if said else frozenset()
    return found if len(found) >= 5 else None


def alike(one, other):
    return 5 * len(one & other) >= 4 * len(one | other)


def hashtag(tag):
    return fold(tag.strip().lstrip("#＃")) or None


TRACKING = {"fbclid", "gclid", "dclid", "gad_source", "msclkid", "twclid", "yclid", "mc_cid", "mc_eid", "igshid",
            "igsh", "smid"}
OF_HOST = {"x.com": {"s", "t", "ref", "ref_src", "ref_url"}, "youtube.com": {"si"}, "open.spotify.com": {"si"},
           "tiktok.com": {"_t", "_r"}, "facebook.com": {"ref", "fref"}, "theguardian.com": {"cmp"}}


def tracks(host, name, value):
    """Whether a parameter only tells where a reader came from."""
    name = name.lower()
    twitter = name == "ref_src" and value.startswith("twsrc")
    return name in TRACKING or name in OF_HOST.get(host, set()) or name.startswith("utm_") or twitter


def link(address):
    """One form for all addresses of one place."""
    parts = urlsplit(address.strip())
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    host = host.lower().removeprefix("www.")
    path, query = parts.path, parse_qsl(parts.query, keep_blank_values=True)
    if host in ("twitter.com", "x.com", "mobile.twitter.com", "mobile.x.com"):
        host, path = "x.com", regex.sub(r"/photo/\d+/?$", "", path)
    if host == "youtu.be":
        host, query, path = "youtube.com", [("v", path.strip("/")), *query], "/watch"
    host = "youtube.com" if host == "m.youtube.com" else host
    query = sorted((name, value) for name, value in query if not tracks(host, name, value))
    path = quote(unquote(path), safe="/:@!$&'()*+,;=-._~").rstrip("/")
    return f"{host}{port}{path}?{query}"


def name_of_statement(said):
    """How `clusters --json` names a statement."""
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def shape(handle):
    """A handle with `a` for each letter and `9` for each digit."""
    return regex.sub(r"\p{N}", "9", regex.sub(r"\p{Alphabetic}", "a", handle))


def is_assigned(pattern):
    return regex.fullmatch("a+9+", pattern) is not None
