"""What accounts share, by layer: `{account: {object: earliest known time or None}}`."""

from collections import defaultdict

import text

LAYERS = ("co-retweet", "co-link", "co-hashtag", "co-reply", "co-quote", "co-text")


def objects_of(world, key, post, layer):
    """The objects that a post shares. A plain retweet shares what it retweets, and nothing of its own."""
    reference = {"co-retweet": "retweet_of", "co-reply": "reply_to", "co-quote": "quote_of"}.get(layer)
    if (layer == "co-retweet") != bool(post["retweet_of"]):
        return []
    if reference:
        return [(key[0], post[reference]["id"])] if post[reference] else []
    if layer == "co-link":
        return [found for found in map(text.link, post["links"]) if found]
    if layer == "co-hashtag":
        return [found for found in map(text.hashtag, post["hashtags"]) if found]
    said = post["text"] and text.statement(post["text"])
    return [said] if said else []


def shares(world, layer, with_own=False):
    """Who shared what and when first. What is one's own does not count, unless that is asked for."""
    found = defaultdict(dict)
    for key, post in world.posts.items():
        for shared in objects_of(world, key, post, layer):
            own = world.author.get(shared) == post["author"]
            if own and not with_own and layer in ("co-retweet", "co-reply", "co-quote"):
                continue
            mine = found[post["author"]]
            times = [at for at in (mine.get(shared), post["at"]) if at is not None]
            mine[shared] = min(times, default=None)
    return dict(found)


def printed(layer, shared):
    """What the `id` of a target in `clusters --json` and `path --json` must fold to."""
    if layer == "co-text":
        return text.name_of_statement(shared)
    return shared[1] if isinstance(shared, tuple) else shared


def as_printed(layer, given):
    """The same for an id that was printed."""
    return {"co-link": text.link, "co-hashtag": text.hashtag}.get(layer, lambda key: key)(given)
