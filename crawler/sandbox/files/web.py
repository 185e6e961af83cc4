"""A report as one HTML document of its own, for programs that print web pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from crawler.sandbox.files.printed import Heading, Printed, Table
from crawler.sandbox.grids import Grid


@dataclass(frozen=True)
class Looks:
    """How the document looks.

    Attributes:
        font: Font family.
        text: Size of prose in points.
        cell: Size in tables in points.
        margin: Of the printed page, in millimetres.
        lines: ``collapse`` (one line between cells), ``separate`` (a box around each) or
            ``ground`` (a dark table shows between light cells, as old pages have it).
        repeats: The header of a table stands on each page that it goes on to.
        whole: Rows are not broken by a page's end.
        head: A line on top of every page (date and title), and address and number at its foot.
    """

    font: str
    text: float
    cell: float
    margin: float
    lines: str
    repeats: bool
    whole: bool
    head: bool


def looks(chance: Random) -> Looks:
    """Draw the looks of a document."""
    return Looks(
        font=chance.choice(("WenQuanYi Micro Hei", "Noto Serif CJK SC", "Noto Sans CJK SC")),
        text=chance.choice((12.0, 14.0, 15.5, 16.0)),
        cell=chance.choice((8.0, 9.0, 10.5, 12.0)),
        margin=chance.choice((12.0, 20.0, 25.0, 30.0)) + chance.random() * 3,
        lines=chance.choice(("collapse", "collapse", "separate", "ground")),
        repeats=chance.random() < 0.5,
        whole=chance.random() < 0.4,
        head=chance.random() < 0.4,
    )


def document(printed: Printed, look: Looks) -> str:
    """Return a report as an HTML document."""
    parts = [f"<h1>{escape(printed.title)}</h1>"]
    for block in printed.blocks:
        if isinstance(block, Table):
            parts.append(_table(block.grid, look))
        elif isinstance(block, Heading):
            parts.append(f"<h2>{escape(block.text)}</h2>")
        else:
            parts.append(f"<p>{escape(block.text)}</p>")
    parts += [f'<p class="end">{escape(line)}</p>' for line in printed.signature]
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">'
        f"<title>{escape(printed.title)}</title><style>{_style(look)}</style></head>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _style(look: Looks) -> str:
    border = {
        "collapse": "table{border-collapse:collapse} td{border:1px solid #000}",
        "separate": "table{border-spacing:2px;border:1px solid #666} td{border:1px solid #666}",
        "ground": "table{border-spacing:1px;background:#000} td{background:#fff}",
    }[look.lines]
    rows = "tr{break-inside:avoid}" if look.whole else "tr{break-inside:auto}"
    return (
        f"@page{{size:A4;margin:{look.margin:.1f}mm}} body{{font:{look.text}pt '{look.font}';"
        "margin:0;print-color-adjust:exact} h1{text-align:center;font-size:20pt}"
        f"h2{{font-size:{look.text}pt}} p{{text-indent:2em;line-height:1.8;margin:0}}"
        f"p.end{{text-align:right}} table{{width:100%;font-size:{look.cell}pt}}"
        f"td{{text-align:center;padding:3px}} {border} {rows}"
    )


def _table(grid: Grid, look: Looks) -> str:
    header = 0
    while header < len(grid) and all(box.label for box in grid[header]):
        header += 1
    rows = [
        "<tr>" + "".join(
            f'<td colspan="{box.columns}" rowspan="{box.rows}">{escape(box.text or "")}</td>'
            for box in row
        ) + "</tr>"
        for row in grid
    ]
    if look.repeats and 0 < header < len(rows):
        rows = ["<thead>", *rows[:header], "</thead><tbody>", *rows[header:], "</tbody>"]
    return f"<table>{''.join(rows)}</table>"
