"""Pages set by hand, for tests."""

from __future__ import annotations

from extract.attachments.paper import Box, Paper, Sheet
from extract.attachments.ruled.page import Leaf, Rule, Sign

SIZE = 10.0


def signs(text: str, x: float, y: float, size: float = SIZE) -> list[Sign]:
    """A line of text, its upper edge at ``y``; Han signs fill an em, others half of it."""
    found: list[Sign] = []
    for char in text:
        wide = size * (1.0 if ord(char) > 0xFF else 0.5)
        found.append(Sign(char, x, y, x + wide, y + size, size))
        x += wide
    return found


def leaf(number: int, *lines: tuple[str, float, float], rules: list[Rule] | None = None) -> Leaf:
    """A page of 600 by 800 with these lines: text, x and y."""
    found = Leaf(number, 600, 800, rules=rules or [])
    for text, x, y in lines:
        found.signs += signs(text, x, y)
    return found


def table(
    rows: list[list[str]], y: float, height: float = 20, x: float = 50, width: float = 80
) -> tuple[list[tuple[str, float, float]], list[Rule]]:
    """The lines and rules of a table: all cells of one size; a newline breaks a cell's line."""
    lines: list[tuple[str, float, float]] = []
    columns = max(map(len, rows))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            for n, part in enumerate(text.split("\n") if text else ()):
                lines.append((part, x + c * width + 3, y + r * height + 3 + n * (SIZE + 2)))
    right, bottom = x + columns * width, y + len(rows) * height
    rules = [Rule(x, y + r * height, right, y + r * height) for r in range(len(rows) + 1)]
    rules += [Rule(x + c * width, y, x + c * width, bottom) for c in range(columns + 1)]
    return lines, rules


def boxes(paper: Paper) -> list[list[list[str]]]:
    """The texts of all tables of a paper."""
    return [[[box.text for box in row] for row in block.rows]
            for block in paper.blocks if isinstance(block, Sheet)]


def all_boxes(paper: Paper) -> list[Box]:
    """The boxes of all tables of a paper."""
    return [box for block in paper.blocks if isinstance(block, Sheet)
            for row in block.rows for box in row]
