"""How light a color of a PDF is, whatever its color space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# Spaces in which 1 means full ink instead of full light (ISO 32000, 8.6.6.4).
_INKS = frozenset({"Separation", "DeviceN"})


def lightness(color: Any, space: Any) -> float:
    """Return the lightness of a color, 0 black to 1 white.

    Args:
        color: A number or a tuple of them, as pdfminer gives it; anything else is a pattern.
        space: Its color space, with ``name`` and ``ncomponents``.
    """
    parts: Sequence[Any] = color if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return 0.0  # a pattern, or nothing said: it shows
    values = [min(1.0, max(0.0, float(part))) for part in parts]
    name = str(getattr(space, "name", "") or "")
    if name in _INKS:
        return 1.0 - max(values)
    if name == "Indexed":
        return 0.0
    if len(values) == 1:
        return values[0]
    if len(values) == 3:
        red, green, blue = values
        return 0.299 * red + 0.587 * green + 0.114 * blue
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        return (1 - black) * (1 - (0.299 * cyan + 0.587 * magenta + 0.114 * yellow))
    return 0.0
