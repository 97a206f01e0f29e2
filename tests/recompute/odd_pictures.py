"""Small pictures: copies, near copies, a default that many carry, and some too plain to compare."""

import random

from PIL import Image, ImageDraw


def draw(folder, place):
    """Draws the picture of the account at `place` and gives its name in the folder."""
    (folder / "pictures").mkdir(exist_ok=True)
    kind = "default" if place < 52 else "plain" if place < 56 else f"face{place // 6}"
    copy = place % 3 if kind.startswith("face") else 0
    name = f"pictures/{kind}-{copy}.png"
    if not (folder / name).exists():
        picture(kind, copy).save(folder / name)
    return name


def picture(kind, copy):
    rng = random.Random(kind)
    image = Image.new("RGB", (96, 96), (120, 120, 120))
    pen = ImageDraw.Draw(image)
    if kind != "plain":
        for _ in range(40):
            x, y, size = rng.randrange(96), rng.randrange(96), rng.randrange(6, 40)
            pen.ellipse([x - size, y - size, x + size, y + size], fill=tuple(rng.randrange(256) for _ in range(3)))
    if copy == 1:  # The same, brighter.
        image = image.point(lambda value: min(255, value + 25))
    return image.resize((64, 64)) if copy == 2 else image
