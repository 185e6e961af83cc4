"""One laid-out page: its signs, its rules and its pictures, with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

USUAL_SIZE = 10.0


@dataclass(slots=True, eq=False)
class Sign:
    """One printed character. The origin of all places is the top left corner, y grows downwards.

    Attributes:
        text: The character; ``\\ufffd`` when the file does not say which one it is.
        x0: Left edge, in any unit that the whole file shares.
        top: Upper edge of its em box.
        x1: Right edge.
        bottom: Lower edge of its em box.
        size: Type size in the same unit.
        color: Lightness of its paint, 0 black to 1 white.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    color: float = 0.0

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        """Half its width."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True, eq=False)
class Rule:
    """One straight visible stroke; its longer side says whether it lies or stands."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True, eq=False)
class Picture:
    """Something on the page that shows what is not text: a picture, a filled-in field."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Leaf:
    """One page.

    Attributes:
        number: Its number in the file, from 1.
        width: Its width, in the unit of the places.
        height: Its height.
        signs: What is printed on it, in any order.
        rules: The strokes on it.
        pictures: What it shows that is not text; a background that fills the page is none.
    """

    number: int
    width: float
    height: float
    signs: list[Sign] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def rules_of_box(x0: float, top: float, x1: float, bottom: float) -> list[Rule]:
    """Return the four edges of a rectangle."""
    return [
        Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom),
        Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom),
    ]


def usual_size(signs: Sequence[Sign]) -> float:
    """Return the size that most signs of a page have, the measure of everything else."""
    sizes = [sign.size for sign in signs if sign.size > 0]
    return median(sizes) if sizes else USUAL_SIZE
