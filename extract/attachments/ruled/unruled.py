"""Tables without rules: lines of words set apart, with the blank places told by the other lines.

What such lines mean is told by the reader of loose text. That text has lost where its words stood,
so a line with fewer figures than the lines around it gets marks where a figure is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.attachments.ruled.typeset import Line, words_of
from extract.tables.number import is_value

# In type sizes: words so far apart stand in columns.
_APART = 1.2
# Fewer columns say too little of where a blank is.
_FEWEST = 5
# So many of the lines with fewer figures must stand in the columns of the fullest ones.
_AGREED = 0.8
# A figure stands in a column if its middle is no further off, measured by the nearest two columns.
_ASIDE = 0.3
# Lines of labels may stand between two lines of figures.
_BETWEEN = 4


def is_tabular(line: Line) -> bool:
    """Tell whether a line is made of words set apart, as the columns of a table are."""
    words = words_of(line, _APART)
    # Signs that are all set apart are one word: a title that fills its line.
    return len(words) > 1 and any(len(word.signs) > 1 or is_value(word.text) for word in words)


def has_figures(line: Line) -> bool:
    """Tell whether a line is one of a table: words set apart, the last a figure or its sign."""
    words = words_of(line, _APART)
    return is_value(words[-1].text) and (len(words) > 1 or len(words[0].text) < 8)


def loose_texts(lines: Sequence[Line]) -> dict[Line, str]:
    """Return the text of each tabular line, blank places marked.

    Args:
        lines: The lines of a file outside of ruled tables, in order.

    Returns:
        Texts whose words stand two blanks apart; where a figure is left out that the lines around
        have, its cells stand between pipes.
    """
    texts = {line: "  ".join(word.text for word in words_of(line, _APART))
             for line in lines if is_tabular(line)}
    for block in _blocks(lines):
        columns = _columns(block)
        for line in block if columns else ():
            cells = _placed(line, columns)
            if cells and "" in cells:
                label = [word.text for word in words_of(line, _APART)
                         if not _is_figure(word, columns)]
                texts[line] = " | ".join([*label, *cells]) + " |"
    return texts


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of figures with nothing but labels between them."""
    blocks: list[list[Line]] = []
    between = _BETWEEN + 1
    for line in lines:
        if not has_figures(line):
            between += 1
            continue
        if between > _BETWEEN:
            blocks.append([])
        blocks[-1].append(line)
        between = 0
    return blocks


def _figures(line: Line) -> list[Line]:
    figures: list[Line] = []
    for word in reversed(words_of(line, _APART)):
        if not is_value(word.text):
            break
        figures.insert(0, word)
    return figures


def _columns(block: Sequence[Line]) -> list[float]:
    """The middles of the columns that the lines of a block agree on."""
    best: list[float] = []
    most = 0
    for full in {count for line in block if (count := len(_figures(line))) >= _FEWEST}:
        rows = [row for line in block if len(row := _figures(line)) == full]
        columns = [sum(row[i].x0 + row[i].x1 for row in rows) / 2 / len(rows)
                   for i in range(full)]
        fewer = [line for line in block if len(_figures(line)) < full]
        agreed = sum(bool(_placed(line, columns)) for line in fewer)
        if agreed >= _AGREED * len(fewer) and agreed + len(rows) > most:
            best, most = columns, agreed + len(rows)
    return best


def _placed(line: Line, columns: Sequence[float]) -> list[str]:
    """The figures of a line in their columns, or nothing if one stands between two."""
    figures = _figures(line)
    if not 0 < len(figures) < len(columns):
        return []
    apart = min(b - a for a, b in zip(columns, columns[1:], strict=False))
    cells = [""] * len(columns)
    for figure in figures:
        middle = (figure.x0 + figure.x1) / 2
        at = min(range(len(columns)), key=lambda i: abs(columns[i] - middle))
        if abs(columns[at] - middle) > _ASIDE * apart or cells[at]:
            return []
        cells[at] = figure.text
    return cells


def _is_figure(word: Line, columns: Sequence[float]) -> bool:
    return is_value(word.text) and word.x1 > columns[0]
