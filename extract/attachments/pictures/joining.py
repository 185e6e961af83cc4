"""Pages of one document put together: a table cut by the end of the page is one table."""

from __future__ import annotations

from collections.abc import Sequence

from extract.attachments.paper import Block, Box, Paragraph, Sheet

_PAGE_MARK = 12  # signs; a page number or running line between the parts of a table is no longer


def joined(before: Sequence[Block], page: Sequence[Block]) -> list[Block]:
    """Put the blocks of the next page behind those of the pages before.

    Args:
        before: Blocks so far.
        page: Blocks of the next page, top to bottom.

    Returns:
        All of them; the table that ends the one and the table that begins the other are one when
        they have the same number of columns. A header row that is printed again is left out.
    """
    first, last = list(page), list(before)
    head = next((i for i, block in enumerate(first) if not _is_mark(block)), None)
    foot = next((i for i in reversed(range(len(last))) if not _is_mark(last[i])), None)
    if head is None or foot is None:
        return last + first
    upper, lower = last[foot], first[head]
    if not (isinstance(upper, Sheet) and isinstance(lower, Sheet)):
        return last + first
    if _width(upper) != _width(lower):
        return last + first
    again = _repeated(upper, lower)
    whole = Sheet(upper.rows + lower.rows[again:])
    return [*last[:foot], whole, *first[head + 1 :]]


def _is_mark(block: Block) -> bool:
    """Tell whether a paragraph is a page number: short, and hardly more than digits and dashes."""
    if not isinstance(block, Paragraph):
        return False
    bare = "".join(block.text.split())
    return len(bare) <= _PAGE_MARK and all(sign.isdigit() or sign in "-—–·第页共/" for sign in bare)


def _width(sheet: Sheet) -> int:
    """Return the number of columns; spans from above count in the rows that they cover."""
    counts = [0] * (len(sheet.rows) + max((b.height for r in sheet.rows for b in r), default=0))
    for number, row in enumerate(sheet.rows):
        for box in row:
            for line in range(number, number + box.height):
                counts[line] += box.width
    return max(counts[: len(sheet.rows)], default=0)


def _repeated(upper: Sheet, lower: Sheet) -> int:
    """Return how many rows at the head of the lower part print the upper part's head again."""

    def key(row: Sequence[Box]) -> tuple[tuple[str, int, int], ...]:
        return tuple(("".join(box.text.split()), box.width, box.height) for box in row)

    count = 0
    for above, below in zip(upper.rows, lower.rows, strict=False):
        texts = [text for text, _, _ in key(below)]
        if key(above) != key(below) or not any(not text.isdigit() and text for text in texts):
            break
        count += 1
    return count if count < len(lower.rows) else 0
