"""What happens to a picture of a report: it is scanned askew, stamped, marked and compressed."""

from __future__ import annotations

import io
import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from crawler.sandbox.files.picture_drawing import font_file


def tilted(image: Image.Image, degrees: float) -> Image.Image:
    """Turn a picture a little, as a sheet laid askew on a scanner."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def noisy(image: Image.Image, strength: float) -> Image.Image:
    """Blur a picture a little and lay noise over it; strength is the noise's deviation in levels.

    The noise is the same for the same size and strength up to Pillow's own dice.
    """
    blurred = image.filter(ImageFilter.GaussianBlur(0.6)).convert("L")
    noise = Image.effect_noise(blurred.size, strength * 2)
    return ImageChops.add(blurred, noise, 1, -128).convert("RGB")


def speckled(image: Image.Image, chance: Random, share: float = 0.0004) -> Image.Image:
    """Strew specks of dirt of one to three pixels over a picture."""
    spotted = image.copy()
    pen = ImageDraw.Draw(spotted)
    for _ in range(int(image.width * image.height * share)):
        x, y = chance.randrange(image.width), chance.randrange(image.height)
        size = chance.choice((0, 0, 1, 1, 2))
        pen.rectangle((x, y, x + size, y + size), (chance.randrange(120),) * 3)
    return spotted


def stamped(
    image: Image.Image, chance: Random, name: str, table: tuple[int, int, int, int]
) -> Image.Image:
    """Press a red seal over the cells of a table: a ring, a star and a name round it."""
    radius = max(40, round(min(image.width * 0.11, (table[3] - table[1]) * 0.4)))
    seal = Image.new("RGBA", (2 * radius + 8,) * 2, (0, 0, 0, 0))
    pen = ImageDraw.Draw(seal)
    ink = (chance.randint(195, 235), chance.randint(20, 60), chance.randint(20, 60), 205)
    middle = radius + 4
    pen.ellipse((4, 4, 2 * radius + 4, 2 * radius + 4), outline=ink, width=max(3, radius // 18))
    star = [
        (
            middle + radius * share * math.sin(turn * math.pi / 5),
            middle - radius * share * math.cos(turn * math.pi / 5),
        )
        for turn, share in zip(range(10), (0.33, 0.13) * 5, strict=True)
    ]
    pen.polygon(star, fill=ink)
    font = ImageFont.truetype(str(font_file(0)), max(10, radius // 4))
    for number, sign in enumerate(name[:14]):
        angle = math.radians(-130 + 260 * number / max(1, len(name[:14]) - 1))
        place = radius * 0.76
        pen.text(
            (middle + place * math.sin(angle), middle - place * math.cos(angle)),
            sign, ink, font, "mm",
        )  # fmt: skip
    stamped_on = image.convert("RGBA")
    x = chance.randint(table[0], max(table[0], table[2] - 2 * radius))
    y = chance.randint(table[1], max(table[1], table[3] - 2 * radius))
    seal = seal.rotate(chance.uniform(-20, 20), Image.Resampling.BICUBIC)
    # Ink over ink: black print stays black under a seal.
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(seal, (x, y))
    return ImageChops.multiply(stamped_on.convert("RGB"), ground.convert("RGB"))


def watermarked(image: Image.Image, chance: Random, text: str) -> Image.Image:
    """Lay a pale text aslant over the whole picture, again and again."""
    size = round(image.width / chance.uniform(14, 26))
    font = ImageFont.truetype(str(font_file(1)), size)
    level = chance.randint(205, 232)
    side = max(image.size) * 3 // 2
    sheet = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(sheet)
    for y in range(0, side, size * 6):
        for x in range(0, side, size * (len(text) + 4)):
            pen.text((x + (y // 6) % 200, y), text, level, font)
    sheet = sheet.rotate(chance.uniform(20, 35), Image.Resampling.BICUBIC, fillcolor=255)
    left, top = (side - image.width) // 2, (side - image.height) // 2
    sheet = sheet.crop((left, top, left + image.width, top + image.height))
    return ImageChops.multiply(image, sheet.convert("RGB"))


def saved(image: Image.Image, kind: str, quality: int = 75) -> bytes:
    """Return the file: ``PNG``, ``JPEG``, ``GIF``, ``BMP``, ``TIFF`` or ``WEBP``."""
    file = io.BytesIO()
    if kind == "JPEG":
        image.save(file, kind, quality=quality)
    elif kind == "WEBP":
        image.save(file, kind, quality=quality, method=2)
    elif kind == "GIF":
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(file, kind)
    elif kind == "TIFF":
        image.save(file, kind, compression="tiff_lzw")
    else:
        image.save(file, kind)
    return file.getvalue()
