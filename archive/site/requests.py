"""What a page is asked with: numbers and words out of an address, never trusted."""

from __future__ import annotations

from collections.abc import Mapping

Asked = Mapping[str, str]


def number(asked: Asked, name: str) -> int | None:
    """Return a whole number of an address, None when there is none."""
    text = asked.get(name, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def text(asked: Asked, name: str, longest: int = 200) -> str:
    """Return a text of an address, cut to a length."""
    return asked.get(name, "").strip()[:longest]
