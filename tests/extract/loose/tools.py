"""What tools make of a report's tables, each as a generator of its class of text.

Written after the output of real tools on generated reports: trafilatura, html2text, markdownify,
BeautifulSoup, pandoc, inscriptis, pdftotext, pdfplumber, pypdf, PyMuPDF, a word processor's copy,
a spreadsheet's export, a recogniser of scans.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from random import Random

from tests.extract.loose.printed import Line

Rows = list[Line]
Tool = Callable[[Rows, Random], str]


def row_a_line(rows: Rows, chance: Random) -> str:
    """trafilatura: cells between bars, and the bars of what spans leave behind."""
    tail = " |" + "|" * chance.randint(0, 2)
    return "\n".join(" | ".join(r.texts) + (tail if r.kind != "title" else "") for r in rows)


def cell_a_line_with_bars(rows: Rows, chance: Random) -> str:
    """trafilatura, where every cell is a paragraph."""
    del chance
    return "\n".join(
        "\n".join(f"{cell} |" for cell in row.texts) + ("\n||" if len(row.texts) > 1 else "")
        for row in rows)


def soup_lines(rows: Rows, chance: Random) -> str:
    """BeautifulSoup's get_text with line feeds; labels break where the page broke them."""
    gap = chance.choice(["\n", "\n\n", "\n \n"])
    return gap.join(part for row in rows for cell in row.texts for part in _broken(cell, chance))


def soup_blanks(rows: Rows, chance: Random) -> str:
    """get_text with blanks: all of it in one line."""
    return " ".join(part for row in rows for cell in row.texts for part in _broken(cell, chance))


def soup_bars(rows: Rows, chance: Random) -> str:
    """get_text with bars: all of it in one line."""
    return "|".join(part for row in rows for cell in row.texts for part in _broken(cell, chance))


def markdown(rows: Rows, chance: Random) -> str:
    """markdownify, markitdown: a markdown row each."""
    rule = chance.choice(["|---|---|", "| --- | --- |"])
    return "\n".join(
        row.texts[0] if row.kind == "title" else f"| {' | '.join(row.texts)} |\n{rule}"
        for row in rows)


def markdown_escaped(rows: Rows, chance: Random) -> str:
    """html2text, pandoc: ordinals escaped, labels bold, breaks as tags."""
    del chance

    def cell(text: str) -> str:
        if text[:1].isdigit() and text[1:2] == "." and not text[2:3].isdigit():
            return text[0] + "\\" + text[1:]
        return f"**{text[:2]}<br>{text[2:]}**" if text in _SHORT else text

    return "\n".join("| ".join(cell(text) for text in row.texts) for row in rows)


def word_copy(rows: Rows, chance: Random) -> str:
    """Copied from a word processor: tabs between cells, line feeds where a label breaks."""
    return "\n".join(
        "\t".join("\n".join(_broken(cell, chance)) for cell in row.texts) for row in rows)


def comma_separated(rows: Rows, chance: Random) -> str:
    """A spreadsheet's export; labels with commas are quoted, or not."""
    if chance.random() < 0.5:
        return "\n".join(",".join(row.texts) for row in rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(row.texts for row in rows)
    return out.getvalue()


def aligned(rows: Rows, chance: Random) -> str:
    """inscriptis, pypdf in layout mode: columns kept apart by blanks."""
    wide = chance.randint(30, 44)
    gap = " " * chance.randint(2, 6)

    def line(row: Line) -> str:
        if row.kind == "title":
            return "    " + row.texts[0]
        head = f"{row.group:<14}  {row.label:<{wide}}" if row.group else f"{row.label:<{wide}}"
        return "  " + head + gap + gap.join(f"{cell:<4}" for cell in row.cells)

    return "\n\n".join(map(line, rows))


def pdf_rows(rows: Rows, chance: Random) -> str:
    """pdftotext -raw, pypdf: a row a line, a wrapped label above or before its values."""
    width = chance.randint(10, 24)
    out: list[str] = []
    for row in rows:
        if row.kind == "head" and not row.label:
            out += [part for cell in row.cells for part in _wrapped(cell, chance.choice([2, 3, 6]))]
            continue
        parts = [*_wrapped(row.group, 5), *_wrapped(row.label, width)]
        values = " ".join(row.cells)
        if parts and (len(_wrapped(row.label, width)) == 1 or chance.random() < 0.5):
            parts[-1] += " " + values
        else:
            parts.append(values)
        out += parts
    return "\n".join(out)


def pdf_around(rows: Rows, chance: Random) -> str:
    """pdfplumber: by height, so that a wrapped label stands around the line of its values."""
    width = chance.randint(12, 24)
    out: list[str] = []
    for row in rows:
        if row.kind == "head" and not row.label:
            out += _stacked(row.cells)
            continue
        parts = _wrapped(row.label, width) or [""]
        values = " ".join(row.cells)
        group = _wrapped(row.group, 5)
        if len(parts) == 1:
            first, rest = group[:1], group[1:]
            out += [" ".join(one for one in (*first, parts[0], values) if one), *rest]
        else:
            if len(group) == 2:
                parts[0] = f"{group[0]} {parts[0]}"
                parts[-1] = f"{group[1]} {parts[-1]}"
            middle = len(parts) // 2
            if len(parts) % 2 and len(parts) > 1:
                parts[middle] += " " + values
            else:
                parts.insert(middle, values)
            out += parts
    return "\n".join(out)


def pdf_cells(rows: Rows, chance: Random) -> str:
    """PyMuPDF, pdftotext: a cell a line, a wrapped label over lines, some cells side by side."""
    width = chance.randint(10, 24)
    out: list[str] = []
    for row in rows:
        out += _wrapped(row.group, 5)
        out += _wrapped(row.label, width)
        for cell in row.cells:
            out += [cell] if row.kind in ("row", "cases") else _wrapped(cell, 3)
        if row.kind == "row" and len(row.cells) == 7 and chance.random() < 0.2:
            last = out.pop()
            out[-1] += " " + last
    return chance.choice(["\n", "\n\n"]).join(out)


def grid(rows: Rows, chance: Random) -> str:
    """pandoc: cells inside a drawn grid, their paragraphs over several lines."""
    padded = chance.random() < 0.5
    out: list[str] = []
    for row in rows:
        if row.kind == "title":
            out += ["", row.texts[0], ""]
            continue
        cells = row.texts if row.kind != "row" else [row.label, *row.cells]
        columns = [_wrapped(cell, 12) if index == 0 and row.label else [cell]
                   for index, cell in enumerate(cells)]
        if padded and row.kind == "row":
            columns = [columns[0], *(["", *column] for column in columns[1:])]
        height = max(map(len, columns))
        border = "+" + "+".join("-" * 14 for _ in columns) + "+"
        lines = ["| " + " | ".join((column[at] if at < len(column) else "").ljust(12)
                                   for column in columns) + " |" for at in range(height)]
        out += [border, *lines, border]
    return "\n".join(out)


def recognised(rows: Rows, chance: Random) -> str:
    """A recogniser of scans: full-width bars, brackets and colons, blanks in labels."""
    bar = chance.choice(["｜", "│", " ｜ "])

    def cell(text: str) -> str:
        text = text.replace("(", "（").replace(")", "）").replace(":", "：")
        return " ".join(text) if text in _SHORT else text

    return "\n".join(bar + bar.join(map(cell, row.texts)) + bar if row.kind != "title"
                     else row.texts[0] for row in rows)


def drawn(rows: Rows, chance: Random) -> str:
    """A table printed with box-drawing characters."""
    del chance
    return "\n".join(row.texts[0] if row.kind == "title"
                     else "├────┼────┤\n│" + "│".join(f" {cell} " for cell in row.texts) + "│"
                     for row in rows)


def spread(rows: Rows, chance: Random) -> str:
    """A data frame's export: a cell over several columns is printed in each of them."""
    mark = chance.choice([",", "\t"])
    out: list[str] = []
    for row in rows:
        texts = row.texts
        if row.kind == "title":
            texts = texts * 4
        elif row.label and len(row.cells) < 4:
            texts = [*texts, *[row.cells[-1]] * (4 - len(row.cells))]
        elif row.label:
            texts = [row.group or row.label, row.label, row.label, *row.cells]
        line = io.StringIO()
        csv.writer(line, delimiter=mark, lineterminator="").writerow(texts)
        out.append(line.getvalue())
    return "\n".join(out)


def one_line_of_markdown(rows: Rows, chance: Random) -> str:
    """markdownify on tables inside a layout table: each table in one line."""
    out: list[str] = []
    for row in rows:
        if row.kind == "title":
            out.append("\n" + row.texts[0] + "\n")
        else:
            out.append(f"| {' | '.join(row.texts)} |{' |' * chance.randint(0, 2)} | --- | --- ")
    return "".join(out)


# --- what must be refused -------------------------------------------------------------------------


def glued(rows: Rows, chance: Random) -> str:
    """get_text without anything between: all cells have run together."""
    del chance
    return "".join(cell for row in rows for cell in row.texts)


def glued_lines(rows: Rows, chance: Random) -> str:
    """The cells of each row have run together."""
    del chance
    return "\n".join("".join(row.texts) for row in rows)


def glued_values(rows: Rows, chance: Random) -> str:
    """The labels stand apart, the values of a row have run together."""
    gap = chance.choice([" ", " | ", "\n", "\t"])
    return "\n".join(
        gap.join([*row.texts[: len(row.texts) - len(row.cells)], "".join(row.cells)])
        if row.kind in ("row", "cases") and len(row.cells) > 1 else
        ("".join(row.texts) if row.kind == "row" else gap.join(row.texts)) for row in rows)


def labels_first(rows: Rows, chance: Random) -> str:
    """pdfminer: all labels of a table, then all its numbers."""
    del chance
    out: list[str] = []
    numbers: list[str] = []
    for row in rows:
        if row.kind == "title":
            out += numbers
            numbers = []
        if row.kind in ("row", "cases"):
            out += [one for one in (row.group, row.label) if one]
            numbers += row.cells
        else:
            out += row.texts
    return "\n\n".join([*out, *numbers])


def values_first(rows: Rows, chance: Random) -> str:
    """Every row's values stand above its label."""
    del chance
    return "\n".join(
        part for row in rows
        for part in ((*row.cells, row.group, row.label) if row.kind == "row" else row.texts)
        if part)


_SHORT = frozenset({"商业企业", "科研机构", "结果纠正", "其他结果", "尚未审结", "社会公益组织"})


def _broken(cell: str, chance: Random) -> list[str]:
    """A header's short labels break in two."""
    if cell in _SHORT and chance.random() < 0.7:
        return [cell[:2], cell[2:]]
    return [cell]


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def _stacked(cells: Iterable[str]) -> list[str]:
    """Header cells side by side, their lines one above the other."""
    columns = [_wrapped(cell, 3) if len(cell) < 30 else [cell] for cell in cells]
    height = max(map(len, columns))
    lines = [[column[at] for column in columns if at < len(column)] for at in range(height)]
    return [" ".join(line) for line in lines]


WHOLE: tuple[Tool, ...] = (
    row_a_line, cell_a_line_with_bars, soup_lines, soup_blanks, soup_bars, markdown,
    markdown_escaped, word_copy, comma_separated, aligned, pdf_rows, pdf_around, pdf_cells, grid,
    recognised, drawn, one_line_of_markdown, spread,
)
TORN: tuple[Tool, ...] = (glued, glued_lines, glued_values, labels_first, values_first)
