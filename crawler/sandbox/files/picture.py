"""Reports as pictures: clean screenshots, and sheets that were scanned, stamped and compressed."""

from __future__ import annotations

from random import Random

from crawler.sandbox.files.picture_damage import (
    noisy,
    saved,
    speckled,
    stamped,
    tilted,
    watermarked,
)
from crawler.sandbox.files.picture_drawing import Style, draw
from crawler.sandbox.files.printed import Printed

DAMAGES = ("tilt", "noise", "specks", "seal", "watermark", "jpeg")
KINDS = ("PNG", "PNG", "JPEG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


def make(printed: Printed, chance: Random) -> bytes:
    """Draw a report; about half of the pictures are clean, the others have one or two damages."""
    damages = frozenset(chance.sample(DAMAGES, chance.choice((0, 0, 1, 1, 2))))
    return picture(printed, chance, damages)


def picture(
    printed: Printed, chance: Random, damages: frozenset[str], kind: str | None = None
) -> bytes:
    """Draw a report with the damages named.

    Args:
        printed: The report.
        chance: Draws the style and how much of each damage.
        damages: Some of ``DAMAGES``.
        kind: A kind of file, as in ``KINDS``; drawn when None.

    Returns:
        The file's bytes.
    """
    drawn = draw(printed, style_of(chance))
    image = drawn.image
    if "watermark" in damages:
        image = watermarked(image, chance, chance.choice(("政府信息公开", "内部资料", "gov.cn")))
    if "seal" in damages and drawn.tables:
        name = printed.signature[0] if printed.signature else printed.title
        image = stamped(image, chance, name, chance.choice(drawn.tables))
    if "specks" in damages:
        image = speckled(image, chance)
    if "tilt" in damages:
        image = tilted(image, chance.choice((-1, 1)) * chance.uniform(0.3, 3))
    if "noise" in damages:
        image = noisy(image, chance.uniform(4, 14))
    if "jpeg" in damages:
        return saved(image, "JPEG", chance.randint(30, 55))
    return saved(image, kind or chance.choice(KINDS), chance.randint(75, 92))


def style_of(chance: Random) -> Style:
    """Draw a style: a page 760 to 1600 pixels wide, in one of four founts."""
    size = chance.choice((13, 14, 15, 16, 16, 18, 20, 24))
    return Style(
        width=max(760, round(size * chance.uniform(48, 64))),
        size=size,
        font=chance.randrange(4),
        rule=chance.choice((1, 1, 1, 2)),
        ink=chance.choice((0, 0, 0, 60, 120)),
        padding=chance.choice((0.2, 0.35, 0.6)),
        head=chance.choice((None, None, None, (217, 226, 243), (240, 240, 240))),
    )
