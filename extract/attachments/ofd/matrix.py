"""Where a point of an object lies on its page."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FARTHEST = 1e6  # millimetres: what lies beyond is no place on a page


def numbers(text: str | None) -> list[float]:
    """The numbers of an attribute (ST_Array), those that no page can hold left out."""
    found = (float(one) for one in _NUMBER.findall(text or ""))
    return [one for one in found if abs(one) < _FARTHEST]


@dataclass(frozen=True, slots=True)
class Matrix:
    """An affine transformation as a CTM writes it: ``x' = a·x + c·y + e``, ``y' = b·x + d·y + f``.

    The axes point right and down, the unit is the millimetre (GB/T 33190-2016, 8.5 and 8.6).
    """

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def of(cls, ctm: str | None, boundary: str | None) -> Matrix:
        """The way from an object's space to its parent's: its CTM, then its Boundary's corner."""
        six = numbers(ctm)
        own = cls(*six) if len(six) == 6 else cls()
        corner = numbers(boundary)
        x, y = corner[:2] if len(corner) >= 2 else (0.0, 0.0)
        return cls(own.a, own.b, own.c, own.d, own.e + x, own.f + y)

    def after(self, inner: Matrix) -> Matrix:
        """The transformation that does ``inner`` first and then this one."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def angle(self) -> float:
        """How far the x axis is turned, in degrees clockwise, 0 to 360."""
        return math.degrees(math.atan2(self.b, self.a)) % 360

    @property
    def across(self) -> float:
        """The scale along the x axis."""
        return math.hypot(self.a, self.b)

    @property
    def down(self) -> float:
        """The scale along the y axis."""
        return math.hypot(self.c, self.d)
